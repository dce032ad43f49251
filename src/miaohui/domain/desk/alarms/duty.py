"""The gaps in assessed hours in which nobody is there, those that shifts foretell included."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec

from miaohui.domain.desk.alarms.situation import Person, is_there
from miaohui.domain.rules.calendar import Span
from miaohui.domain.rules.spans import joined, without
from miaohui.domain.vocabulary.instants import instant_of, micros_of

ALWAYS = 1 << 62


class Gap(msgspec.Struct, frozen=True):
    """From `start` on nobody is there if nobody comes, until the assessed hours end at `end`.

    `foreseen`: a shift ends at `start` and, as far as is known, no other has begun; the next one
    begins at `until`.
    """

    start: datetime
    end: datetime
    until: datetime
    foreseen: bool


def gaps_of(
    windows: Iterable[tuple[datetime, datetime]], people: Sequence[Person], now: datetime
) -> list[Gap]:
    """The gaps that are not over yet, in order."""
    assessed = [(micros_of(opens), micros_of(closes)) for opens, closes in windows]
    empty = without(assessed, joined(map(_there, people)))
    unplanned = dict(without(empty, joined(map(_planned, people))))
    ends_of_shifts = {person.shift_ends for person in people}
    gaps = []
    for start, end in empty:
        foreseen = start in unplanned and instant_of(start) in ends_of_shifts
        until = unplanned[start] if foreseen else end
        gaps.append(Gap(instant_of(start), instant_of(end), instant_of(until), foreseen))
    return [gap for gap in gaps if gap.end > now]


def _there(person: Person) -> Span:
    """When somebody is there if nothing changes: until the known end of their shift."""
    ends = _ends(person)
    return 0, ends if is_there(person) else min(micros_of(person.since), ends)


def _planned(person: Person) -> Span:
    """The shift that somebody has before them."""
    starts = person.shift_starts
    if is_there(person) or starts is None or starts <= person.since:
        return 0, 0
    return micros_of(starts), _ends(person)


def _ends(person: Person) -> int:
    return ALWAYS if person.shift_ends is None else micros_of(person.shift_ends)
