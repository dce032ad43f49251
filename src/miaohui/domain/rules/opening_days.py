"""What opening hours say of one local day, first in clock time and then in instants."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import msgspec

from miaohui.domain.rules.calendar import Span
from miaohui.domain.rules.local_times import clock_micros, first_instant
from miaohui.domain.rules.opening_calendar import Holiday, OpeningHours, Period
from miaohui.domain.rules.opening_validation import problems_of
from miaohui.domain.rules.spans import joined, shifted, within, without
from miaohui.domain.vocabulary.instants import DAY_MICROS
from miaohui.domain.vocabulary.problems import ReaderError

ONE_DAY = timedelta(days=1)
SOME_MONDAY = date(2024, 1, 1)
CALENDARS_KEPT, DAYS_KEPT = 256, 64
NIGHT_AFTER_DAYS = 1  # what is said of a date is felt in its night, and so on the date after

Spans = tuple[Span, ...]


class Agenda(msgspec.Struct, frozen=True):
    """Sound opening hours, ready for use.

    `open_on`: what is open from a local day's midnight to the next, whichever day it belongs to,
    in UTC microseconds.
    """

    zone: ZoneInfo
    open_on: Callable[[date], Spans]


@lru_cache(maxsize=CALENDARS_KEPT)
def agenda_of(calendar: OpeningHours) -> Agenda:
    """Opening hours made ready. Raises ReaderError with everything that is wrong with them."""
    if problems := problems_of(calendar):
        raise ReaderError(*problems)
    zone = ZoneInfo(calendar.timezone)
    shown = _shown_on(calendar)

    @lru_cache(maxsize=DAYS_KEPT)
    def open_on(day: date) -> Spans:
        return _instants(zone, day, shown(day))

    return Agenda(zone, open_on)


def own_spans(calendar: OpeningHours, day: date) -> Spans:
    """What belongs to a local day, in UTC microseconds: also what of it lies after midnight."""
    return _instants(agenda_of(calendar).zone, day, _own(calendar, day))


def _instants(zone: ZoneInfo, day: date, spans: Spans) -> Spans:
    return joined(
        (first_instant(zone, day, opens), first_instant(zone, day, closes))
        for opens, closes in spans
    )


def _shown_on(calendar: OpeningHours) -> Callable[[date], Spans]:
    """What is open on a day's clocks; dates of which nothing is said are like their weekday."""
    undated = msgspec.structs.replace(calendar, holidays=(), overrides=())
    week = [_shown(undated, SOME_MONDAY + place * ONE_DAY) for place in range(7)]
    named = _named(calendar)

    def shown(day: date) -> Spans:
        number = day.toordinal()
        if any(first <= number < last for first, last in named):
            return _shown(calendar, day)
        return week[day.weekday()]

    return shown


def _named(calendar: OpeningHours) -> Spans:
    """The day numbers on which holidays and overrides are felt."""
    dated = [(each.day, each.day) for each in calendar.overrides]
    dated += [(each.day, each.until or each.day) for each in calendar.holidays]
    return joined(
        (first.toordinal(), last.toordinal() + NIGHT_AFTER_DAYS + 1) for first, last in dated
    )


def _shown(calendar: OpeningHours, day: date) -> Spans:
    """Spans of clock microseconds from midnight to midnight."""
    yesterday = shifted(_own(calendar, day - ONE_DAY), -DAY_MICROS)
    return joined(within((*yesterday, *_own(calendar, day)), 0, DAY_MICROS))


def _own(calendar: OpeningHours, day: date) -> Spans:
    """Spans of clock microseconds since the day's midnight; they may reach into the next day."""
    if any(not holiday.closed for holiday in _holidays(calendar, day)):
        return ()
    return without(joined(_spans(_hours(calendar, day), day)), joined(_closed(calendar, day)))


def _holidays(calendar: OpeningHours, day: date) -> Iterator[Holiday]:
    return (each for each in calendar.holidays if each.day <= day <= (each.until or each.day))


def _hours(calendar: OpeningHours, day: date) -> tuple[Period, ...]:
    return next((each.hours for each in calendar.overrides if each.day == day), calendar.weekly)


def _closed(calendar: OpeningHours, day: date) -> Iterator[Span]:
    yield from _closed_from(calendar, day)
    # A night belongs to the day it begins on, and so do the breaks within it after midnight.
    yield from shifted(_spans(calendar.breaks, day), DAY_MICROS)
    # A break that itself runs over midnight is one also for those who begin after midnight.
    yield from shifted(_closed_from(calendar, day - ONE_DAY), -DAY_MICROS)


def _closed_from(calendar: OpeningHours, day: date) -> Iterator[Span]:
    yield from _spans(calendar.breaks, day)
    for holiday in _holidays(calendar, day):
        yield from _spans(holiday.closed, day)


def _spans(periods: Iterable[Period], day: date) -> Iterator[Span]:
    for period in periods:
        if day.isoweekday() in period.days:
            opens, closes = clock_micros(period.from_) or 0, clock_micros(period.until) or 0
            yield opens, closes if closes > opens else closes + DAY_MICROS
