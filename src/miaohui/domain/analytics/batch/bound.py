"""A log prepared for one way of reading its conversations."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numba
import numpy as np
from numpy.typing import NDArray

from miaohui.domain.analytics.batch.roles import Replying, replying
from miaohui.domain.analytics.batch.rulings import Rulings, rulings_of
from miaohui.domain.analytics.batch.samples import DAY
from miaohui.domain.analytics.batch.shops import Shops, shops_of
from miaohui.domain.analytics.facts import Facts
from miaohui.domain.rules.assessment import Assessment
from miaohui.domain.rules.calendar import EVERY_DAY, in_range
from miaohui.domain.rules.pack import DateRange
from miaohui.domain.vocabulary.instants import EPOCH_DAY


@dataclass(frozen=True, slots=True)
class Bound:
    """A log and one way of reading it: what every pass over its samples needs."""

    facts: Facts
    shops: Shops
    assessments: tuple[Assessment, ...]
    how: Replying
    rulings: Rulings
    day_index: NDArray[np.int64]
    wanted_days: NDArray[np.bool_]
    days: tuple[date, ...]
    as_of: int


def alike(assessments: Iterable[Assessment]) -> list[tuple[Assessment, ...]]:
    """Assessments grouped by the terms under which they read conversations."""
    groups: dict[object, list[Assessment]] = {}
    for each in assessments:
        groups.setdefault((each.terms, each.burst_gap), []).append(each)
    return [tuple(group) for group in groups.values()]


def bound_for(
    facts: Facts,
    assessments: Sequence[Assessment],
    as_of: int,
    wanted: DateRange = EVERY_DAY,
) -> Bound:
    """Prepare a log for assessments that read conversations alike."""
    terms = assessments[0].terms
    how = replying(facts, terms.replies, terms.zone)
    rulings = rulings_of(assessments, *_ends(facts.at, as_of))
    present = np.zeros(rulings.days, np.bool_)
    reading = rulings.reading
    _mark_days(
        facts.at,
        facts.what,
        how.bits,
        as_of,
        reading.starts,
        reading.offsets,
        reading.first_day,
        present,
    )
    dates = [EPOCH_DAY + timedelta(days=reading.first_day + day) for day in range(rulings.days)]
    return Bound(
        facts,
        shops_of(facts),
        tuple(assessments),
        how,
        rulings,
        np.maximum(np.cumsum(present) - 1, 0),
        np.array([in_range(day, wanted) for day in dates], np.bool_),
        tuple(day for day, there in zip(dates, present, strict=True) if there),
        as_of,
    )


def _ends(at: NDArray[np.int64], as_of: int) -> tuple[int, int]:
    """The first and the last instant that anything is known of."""
    if not len(at) or int(at.min()) > as_of:
        return 0, 0
    return int(at.min()), min(int(at.max()), as_of)


@numba.njit(cache=True, nogil=True)
def _mark_days(
    at: NDArray[np.int64],
    what: NDArray[np.uint16],
    bits: NDArray[np.int32],
    as_of: int,
    starts: NDArray[np.int64],
    offsets: NDArray[np.int64],
    first_day: int,
    present: NDArray[np.bool_],
) -> None:
    for index in range(len(at)):
        if bits[what[index]] and at[index] <= as_of:
            offset = offsets[max(0, np.searchsorted(starts, at[index], side="right") - 1)]
            present[(at[index] + offset) // DAY - first_day] = True
