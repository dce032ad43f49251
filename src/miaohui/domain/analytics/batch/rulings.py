"""The metrics of a pack as tables of numbers, for the compiled judge."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from miaohui.domain.analytics.batch.walk import MALICIOUS, NEVER, STAFF
from miaohui.domain.rules.assessment import Assessment
from miaohui.domain.rules.calendar import Hours, offsets_of
from miaohui.domain.vocabulary.instants import DAY_MICROS, EPOCH_DAY, MICROSECOND

# The columns of a ruling.
BY_MESSAGE, BY_SESSION, BY_PERSON = 0, 1, 2
MEASURE, LIMIT, FIRST_REPLY, BY_AGENT = 3, 4, 5, 6
HOURS, CLIPPED, NEEDS_HUMAN, COMPLAINTS, EXCLUDES, CAPPED = 7, 8, 9, 10, 11, 12
RULING_WIDTH = 13

RATE, WAIT, UNANSWERED_PERSONS = 0, 1, 2
MEASURES = {
    "rate": RATE,
    "mean": WAIT,
    "median": WAIT,
    "p90": WAIT,
    "unanswered_persons": UNANSWERED_PERSONS,
}
SPAM = 4  # beside STAFF and MALICIOUS in EXCLUDES
EXCLUDE_BITS = {
    "staff_or_test_account": STAFF,
    "malicious_user": MALICIOUS,
    "spam_confirmed": SPAM,
}


class Rulings(NamedTuple):
    """Metrics that read conversations alike, over local days first_day … first_day + d - 1.

    `spans[h, d]` are pairs of opening and closing microseconds of that day, the unused -1;
    `exempt[h, d]` whether a festival lifts it.
    """

    table: NDArray[np.int64]  # [metrics, RULING_WIDTH]
    spans: NDArray[np.int64]  # [hours, days, windows, 2]
    exempt: NDArray[np.bool_]  # [hours, days]
    first_day: int
    starts: NDArray[np.int64]
    offsets: NDArray[np.int64]
    session_gap: int
    burst_gap: int


def rulings_of(assessments: Sequence[Assessment], first: int, last: int) -> Rulings:
    """Tables for a log whose events lie between two instants (microseconds)."""
    terms = assessments[0].terms
    zone_offsets = offsets_of(terms.zone, first, last)
    first_day = zone_offsets.local(first) // DAY_MICROS - 1
    days = range(first_day, zone_offsets.local(last) // DAY_MICROS + 2)
    hours = [[each.hours(_date(day)) for day in days] for each in assessments]
    return Rulings(
        np.array([_ruling(each, row) for row, each in enumerate(assessments)], np.int64),
        _span_table(hours),
        np.array([[each.exempt for each in row] for row in hours], np.bool_),
        first_day,
        np.array(zone_offsets.starts, np.int64),
        np.array(zone_offsets.offsets, np.int64),
        micros(terms.session_gap),
        micros(assessments[0].burst_gap),
    )


def micros(duration: timedelta) -> int:
    """A duration in microseconds."""
    return duration // MICROSECOND


def _date(day: int) -> date:
    return EPOCH_DAY + timedelta(days=day)


def _ruling(assessment: Assessment, row: int) -> list[int]:
    metric = assessment.metric
    limit = assessment.limit
    return [
        metric.unit == "message" or metric.success == "all_messages_within",
        metric.unit == "session",
        metric.unit == "person",
        MEASURES[metric.measure],
        NEVER if limit is None else micros(limit),
        metric.success == "first_reply_within",
        metric.perspective == "agent",
        row,
        assessment.clipped_by_session,
        metric.needs_human,
        metric.complaints,
        sum(EXCLUDE_BITS[reason] for reason in metric.exclude),
        metric.unanswered == "cap",
    ]


def _span_table(hours: Sequence[Sequence[Hours]]) -> NDArray[np.int64]:
    most = max((len(each.spans) for row in hours for each in row), default=1)
    table = np.full((len(hours), len(hours[0]), max(most, 1), 2), -1, np.int64)
    for index, row in enumerate(hours):
        for day, each in enumerate(row):
            for window, span in enumerate(each.spans):
                table[index, day, window] = span
    return table
