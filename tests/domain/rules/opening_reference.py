"""Opening hours once more, slowly: every step of time is asked whether it is open.

Written from docs/opening-hours.md alone; it shares the calendar's shape with the product and
nothing else. Exact where every boundary is a whole number of steps.
"""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

ONE_DAY = timedelta(days=1)
LONGEST_CHANGE = timedelta(hours=3)  # by which clocks are ever put back, and a little more


def open_seconds(calendar, start, end, pauses=(), step=1):
    """Open seconds between two instants, counted in steps of so many seconds."""
    zone, pace = ZoneInfo(calendar.timezone), timedelta(seconds=step)
    at, steps = start.astimezone(UTC) - LONGEST_CHANGE, 0
    latest = _clocks(zone, at)
    while at < end:
        # What clocks show a second time is over: only the latest time they have shown counts.
        latest = max(latest, _clocks(zone, at))
        paused = any(first <= at < last for first, last in pauses)
        if at >= start and not paused and is_open_when_clocks_show(calendar, latest):
            steps += 1
        at += pace
    return steps * step


def is_open_when_clocks_show(calendar, shown):
    today = shown.date()
    return any(_belongs(calendar, day, shown) for day in (today, today - ONE_DAY))


def _belongs(calendar, day, shown):
    """Whether a clock time is open by the hours of this day (today's, or last night's)."""
    holidays = _holidays(calendar, day)
    if any(not holiday.closed for holiday in holidays):
        return False
    overrides = [override for override in calendar.overrides if override.day == day]
    hours = overrides[0].hours if overrides else calendar.weekly
    if not any(_covers(period, day, shown) for period in hours):
        return False
    closed = [period for holiday in holidays for period in holiday.closed]
    if any(_covers(period, day, shown) for period in [*calendar.breaks, *closed]):
        return False
    if any(_covers(period, day, shown - ONE_DAY) for period in calendar.breaks):
        return False  # a break after midnight, in a night that began on this day
    eve = day - ONE_DAY
    closed = [period for holiday in _holidays(calendar, eve) for period in holiday.closed]
    return not any(_covers(period, eve, shown) for period in [*calendar.breaks, *closed])


def _holidays(calendar, day):
    return [each for each in calendar.holidays if each.day <= day <= (each.until or each.day)]


def _covers(period, day, shown):
    if day.isoweekday() not in period.days:
        return False
    begins, ends = _clock(day, period.from_), _clock(day, period.until)
    return begins <= shown < (ends if ends > begins else ends + ONE_DAY)


def _clocks(zone, at):
    """What the clocks show, as a datetime without a zone."""
    return at.astimezone(zone).replace(tzinfo=None)


def _clock(day, text):
    hours, minutes, seconds = [*map(int, text.split(":")), 0][:3]
    clock = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return datetime.combine(day, time()) + clock
