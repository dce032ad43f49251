"""Samples of a walked conversation, judged (docs/metrics.md sections 4–7)."""

from typing import NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray

from miaohui.domain.analytics.batch import rulings as ruling
from miaohui.domain.analytics.batch.rulings import Rulings
from miaohui.domain.analytics.batch.walk import DAY, MALICIOUS, NEVER, STAFF, Counts, Walked

RATE, SPAM = ruling.RATE, ruling.SPAM
BY_MESSAGE, BY_SESSION, COMPLAINTS = ruling.BY_MESSAGE, ruling.BY_SESSION, ruling.COMPLAINTS
MEASURE, LIMIT, BY_AGENT, HOURS = ruling.MEASURE, ruling.LIMIT, ruling.BY_AGENT, ruling.HOURS
CLIPPED, NEEDS_HUMAN, EXCLUDES = ruling.CLIPPED, ruling.NEEDS_HUMAN, ruling.EXCLUDES
CAPPED = ruling.CAPPED

HIT, MISS, PENDING, ANSWERED, UNANSWERED = 0, 1, 2, 3, 4
COUNTED = -1
OUTSIDE_WINDOW, EXEMPT_DAY, STAFF_REASON, MALICIOUS_REASON, SPAM_REASON, BOT_ONLY = range(6)


class Sample(NamedTuple):
    """One thing to judge; `clip` is the wall clock that decides whether it counts."""

    start: int
    local: int
    clip: int
    round_start: int
    reply_at: int
    replier: int
    assigned_at: int
    day_slot: int


class Verdict(NamedTuple):
    """What became of a sample: COUNTED or a reason, its status, wait and account (-1 nobody)."""

    reason: int
    status: int
    waited: int
    account: int


@numba.njit(cache=True, nogil=True)
def candidates_of(rule: NDArray[np.int64], counts: Counts) -> int:
    """How many samples a metric may have in a conversation."""
    units = counts.messages if rule[BY_MESSAGE] else counts.rounds
    return units + counts.complaints if rule[COMPLAINTS] else units


@numba.njit(cache=True, nogil=True)
def is_sample(rule: NDArray[np.int64], index: int, walked: Walked, counts: Counts) -> bool:
    """Whether candidate `index` is one: of a session only the round that opens it is."""
    return not rule[BY_SESSION] or index >= counts.rounds or walked.round[index, 4] == 1


@numba.njit(cache=True, nogil=True)
def sample_at(rule: NDArray[np.int64], index: int, walked: Walked, counts: Counts) -> Sample:
    """Candidate `index`: a message or a round, and after those the complaints."""
    units = counts.messages if rule[BY_MESSAGE] else counts.rounds
    if index >= units:
        row = index - units
        start, local = walked.complaint[row, 0], walked.complaint[row, 1]
        reply_at, replier = walked.complaint[row, 2], walked.complaint[row, 3]
        assigned_at, slot = walked.complaint[row, 4], walked.complaint[row, 5]
        return Sample(start, local, local, start, reply_at, replier, assigned_at, slot)
    round_ = walked.round_of[index] if rule[BY_MESSAGE] else index
    first = walked.round[round_, 0]
    message = index if rule[BY_MESSAGE] else first
    start, local = walked.message[message, 0], walked.message[message, 1]
    clip = walked.session[walked.message[message, 2], 1] if rule[CLIPPED] else local
    return Sample(
        start,
        local,
        clip,
        walked.message[first, 0],
        walked.round[round_, 1],
        walked.round[round_, 2],
        walked.round[round_, 3],
        walked.message[message, 3],
    )


@numba.njit(cache=True, nogil=True)
def judge(
    rule: NDArray[np.int64],
    sample: Sample,
    walked: Walked,
    counts: Counts,
    rules: Rulings,
    as_of: int,
) -> Verdict:
    """Judge one sample as known at `as_of`."""
    waited = _waited(rule, sample)
    return Verdict(
        _reason(rule, sample, walked, counts, rules),
        _status(rule, waited, as_of - sample.start),
        waited,
        _account(rule, sample, walked, counts, as_of),
    )


@numba.njit(cache=True, nogil=True)
def _reason(
    rule: NDArray[np.int64], sample: Sample, walked: Walked, counts: Counts, rules: Rulings
) -> int:
    day = sample.clip // DAY - rules.first_day
    if not _inside(rules.spans[rule[HOURS], day], sample.clip % DAY):
        return OUTSIDE_WINDOW
    if rules.exempt[rule[HOURS], day]:
        return EXEMPT_DAY
    if counts.marks & rule[EXCLUDES] & STAFF:
        return STAFF_REASON
    if counts.marks & rule[EXCLUDES] & MALICIOUS:
        return MALICIOUS_REASON
    if rule[EXCLUDES] & SPAM and walked.day[sample.day_slot, 2]:
        return SPAM_REASON
    if rule[NEEDS_HUMAN] and walked.day[sample.day_slot, 1]:
        return BOT_ONLY
    return COUNTED


@numba.njit(cache=True, nogil=True)
def _inside(spans: NDArray[np.int64], of_day: int) -> bool:
    for window in range(len(spans)):
        if spans[window, 0] <= of_day < spans[window, 1]:
            return True
    return False


@numba.njit(cache=True, nogil=True)
def _waited(rule: NDArray[np.int64], sample: Sample) -> int:
    if sample.reply_at == NEVER:
        return NEVER
    if rule[BY_AGENT] and sample.assigned_at > sample.start:
        return sample.reply_at - sample.assigned_at
    return sample.reply_at - sample.start


@numba.njit(cache=True, nogil=True)
def _status(rule: NDArray[np.int64], waited: int, age: int) -> int:
    if rule[MEASURE] == RATE:
        if waited == NEVER:
            return PENDING if age <= rule[LIMIT] else MISS
        return HIT if waited <= rule[LIMIT] else MISS
    if waited != NEVER:
        return ANSWERED
    return PENDING if rule[CAPPED] and age <= rule[LIMIT] else UNANSWERED


@numba.njit(cache=True, nogil=True)
def _account(
    rule: NDArray[np.int64], sample: Sample, walked: Walked, counts: Counts, as_of: int
) -> int:
    if sample.reply_at != NEVER:
        return sample.replier
    passed = as_of
    if rule[LIMIT] != NEVER:
        passed = min(sample.round_start + rule[LIMIT], as_of)
    for row in range(counts.assignments - 1, -1, -1):
        if walked.assignment[row, 0] <= passed:
            return walked.assignment[row, 1]
    return -1
