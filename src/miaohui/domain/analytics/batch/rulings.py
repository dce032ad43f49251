"""A pack's metrics as numbers, for the compiled judge."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from miaohui.domain.analytics.batch.samples import BOT_ONLY, MALICIOUS, NEVER, SPAM, STAFF
from miaohui.domain.rules.assessment import Assessment
from miaohui.domain.rules.calendar import Hours, offsets_of
from miaohui.domain.vocabulary.instants import DAY_MICROS, EPOCH_DAY, MICROSECOND

EXCLUDE_BITS = {
    "staff_or_test_account": STAFF,
    "malicious_user": MALICIOUS,
    "spam_confirmed": SPAM,
}


class Reading(NamedTuple):
    """How conversations are read: gaps in microseconds, the zone's offsets, and the local day
    (since 1970-01-01) that days are counted from."""

    session_gap: int
    burst_gap: int
    starts: NDArray[np.int64]
    offsets: NDArray[np.int64]
    first_day: int


class Ruling(NamedTuple):
    """How one metric judges a sample. `limit` is NEVER where none decides.

    `spans[d, w]` are opening and closing microseconds of day d, unused ones -1; `exempt[d]`
    whether a festival lifts it; `excludes` the bits of a message that exclude it.
    """

    is_rate: bool
    limit: int
    capped: bool
    by_agent: bool
    clipped: bool
    excludes: int
    spans: NDArray[np.int64]
    exempt: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Rulings:
    """Metrics that read conversations alike, over `days` local days."""

    reading: Reading
    each: tuple[Ruling, ...]
    days: int


def rulings_of(assessments: Sequence[Assessment], first: int, last: int) -> Rulings:
    """Rulings for a log whose events lie between two instants (microseconds)."""
    terms = assessments[0].terms
    offsets = offsets_of(terms.zone, first, last)
    first_day = offsets.local(first) // DAY_MICROS - 1
    days = range(first_day, offsets.local(last) // DAY_MICROS + 2)
    reading = Reading(
        terms.session_gap // MICROSECOND,
        assessments[0].burst_gap // MICROSECOND,
        np.array(offsets.starts, np.int64),
        np.array(offsets.offsets, np.int64),
        first_day,
    )
    dates = [EPOCH_DAY + timedelta(days=day) for day in days]
    return Rulings(reading, tuple(_ruling(each, dates) for each in assessments), len(days))


def _ruling(assessment: Assessment, dates: Sequence[date]) -> Ruling:
    metric, limit = assessment.metric, assessment.limit
    hours = [assessment.hours(day) for day in dates]
    return Ruling(
        metric.measure == "rate",
        NEVER if limit is None else limit // MICROSECOND,
        metric.unanswered == "cap",
        metric.perspective == "agent",
        assessment.clipped_by_session,
        sum(EXCLUDE_BITS[reason] for reason in metric.exclude) | BOT_ONLY * metric.needs_human,
        _span_table(hours),
        np.array([each.exempt for each in hours], np.bool_),
    )


def _span_table(hours: Sequence[Hours]) -> NDArray[np.int64]:
    most = max((len(each.spans) for each in hours), default=0)
    table = np.full((len(hours), max(most, 1), 2), -1, np.int64)
    for day, each in enumerate(hours):
        for window, span in enumerate(each.spans):
            table[day, window] = span
    return table
