"""Business time: how much of it passes, when so much of it is over, when the next begins.

Plain functions on opening hours and aware instants (docs/opening-hours.md). The instant of
opening is open, that of closing is closed; time is what really passes, whatever the clocks are
put to, to the microsecond. Opening hours that are not sound raise ReaderError with every problem.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from miaohui.domain.rules.calendar import Span
from miaohui.domain.rules.opening_calendar import OpeningHours
from miaohui.domain.rules.opening_days import ONE_DAY, Spans, agenda_of, own_spans
from miaohui.domain.rules.spans import joined, within, without
from miaohui.domain.vocabulary.instants import (
    DAY_MICROS,
    SECOND_MICROS,
    instant_of,
    local_day,
    micros_of,
)

Pause = tuple[datetime, datetime]
QUIET_DAYS = 400
CENTURY_MICROS = 36_525 * DAY_MICROS


def business_seconds(
    calendar: OpeningHours, start: datetime, end: datetime, pauses: Iterable[Pause] = ()
) -> int | float:
    """The open seconds from `start` to before `end`, less the pauses: whole ones as an int.

    Pauses may overlap and reach outside. An `end` that is not after `start` gives 0.
    """
    micros = sum(
        closes - opens
        for first, last in _unpaused(micros_of(start), micros_of(end), pauses)
        for spans in _day_by_day(calendar, first, last)
        for opens, closes in spans
    )
    seconds, rest = divmod(micros, SECOND_MICROS)
    return micros / SECOND_MICROS if rest else seconds


def deadline(
    calendar: OpeningHours, start: datetime, seconds: float, pauses: Iterable[Pause] = ()
) -> datetime | None:
    """The earliest UTC instant at which so many open seconds have passed since `start`.

    It may be a closing instant. Of 0 seconds (or fewer) it is `start` itself if open, else the
    next opening. None: 400 days on end without opening hours, or more than a century away.
    """
    left = max(0, round(seconds * SECOND_MICROS))
    first = micros_of(start)
    for opens, closes in _open_until_quiet(calendar, first, first + CENTURY_MICROS, pauses):
        if left <= closes - opens:
            return instant_of(opens + left)
        left -= closes - opens
    return None


def next_opening(calendar: OpeningHours, at: datetime) -> datetime | None:
    """The first open instant that is not before `at`: `at` itself if open. None: see `deadline`."""
    return deadline(calendar, at, 0)


def is_open(calendar: OpeningHours, at: datetime) -> bool:
    """Whether an instant is in business time."""
    instant = micros_of(at)
    return any(_day_by_day(calendar, instant, instant + 1))


def spans_of(calendar: OpeningHours, day: date) -> tuple[tuple[datetime, datetime], ...]:
    """The business time that belongs to a local day, in order: opening and closing UTC instants.

    A night belongs wholly to the day it begins on, so the last may close on the day after.
    """
    spans = own_spans(calendar, day)
    return tuple((instant_of(opens), instant_of(closes)) for opens, closes in spans)


def _open_until_quiet(
    calendar: OpeningHours, start: int, end: int, pauses: Iterable[Pause]
) -> Iterator[Span]:
    for first, last in _unpaused(start, end, pauses):
        quiet = 0
        for spans in _day_by_day(calendar, first, last):
            yield from spans
            quiet = 0 if spans else quiet + 1
            if quiet > QUIET_DAYS:
                return


def _unpaused(start: int, end: int, pauses: Iterable[Pause]) -> Spans:
    return without(
        [(start, end)], joined((micros_of(first), micros_of(last)) for first, last in pauses)
    )


def _day_by_day(calendar: OpeningHours, first: int, last: int) -> Iterator[Spans]:
    agenda = agenda_of(calendar)
    day = local_day(instant_of(first), agenda.zone)
    # Clocks put back over midnight show the day before again when this one has begun.
    final = local_day(instant_of(last), agenda.zone) + ONE_DAY
    while day <= final:
        yield within(agenda.open_on(day), first, last)
        day += ONE_DAY
