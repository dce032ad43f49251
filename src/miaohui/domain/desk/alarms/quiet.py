"""Quiet hours: when they end, and what passes while they last."""

from datetime import date, datetime, timedelta, tzinfo

from miaohui.domain.desk.alarms.settings import AlarmSettings, Kind, QuietHours, Way
from miaohui.domain.rules.local_times import clock_micros, first_instant
from miaohui.domain.vocabulary.instants import DAY_MICROS, instant_of, local_day

A_DAY, NO_DAY = timedelta(days=1), timedelta()


def quiet_until(settings: AlarmSettings, zone: tzinfo, now: datetime) -> datetime | None:
    """The instant at which the quiet hours of now end; None: it is not quiet."""
    if settings.quiet_hours is None:
        return None
    today = local_day(now, zone)
    nights = (_night(settings.quiet_hours, zone, today - back) for back in (A_DAY, NO_DAY))
    return next((ends for begins, ends in nights if begins <= now < ends), None)


def passing(settings: AlarmSettings, kind: Kind, ways: tuple[Way, ...]) -> tuple[Way, ...]:
    """The ways that quiet hours leave open."""
    quiet = settings.quiet_hours
    if quiet is None or kind in quiet.kinds:
        return ways
    return tuple(way for way in ways if way in quiet.ways)


def _night(quiet: QuietHours, zone: tzinfo, day: date) -> tuple[datetime, datetime]:
    begins, ends = clock_micros(quiet.from_) or 0, clock_micros(quiet.until) or 0
    if ends <= begins:
        ends += DAY_MICROS
    return (
        instant_of(first_instant(zone, day, begins)),
        instant_of(first_instant(zone, day, ends)),
    )
