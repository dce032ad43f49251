"""Samples judged by one ruling (docs/metrics.md sections 5–7): a verdict for each."""

from typing import NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray

from miaohui.domain.analytics.batch import samples as sample
from miaohui.domain.analytics.batch.rulings import Ruling
from miaohui.domain.analytics.batch.samples import NEVER, Messages, Rounds

STAFF, MALICIOUS, SPAM = sample.STAFF, sample.MALICIOUS, sample.SPAM
BOT_ONLY = sample.BOT_ONLY

HIT, MISS, PENDING, ANSWERED, UNANSWERED = 0, 1, 2, 3, 4
COUNTED = -1
OUTSIDE_WINDOW, EXEMPT_DAY, STAFF_REASON, MALICIOUS_REASON, SPAM_REASON, BOT_REASON = range(6)


class Verdicts(NamedTuple):
    """What became of each unit: COUNTED or a reason, its status, wait (NEVER while unanswered)
    and account pair (-1 for nobody)."""

    reason: NDArray[np.int8]
    status: NDArray[np.int8]
    waited: NDArray[np.int64]
    account: NDArray[np.int32]


def verdicts_for(units: int) -> Verdicts:
    """Room for so many verdicts."""
    return Verdicts(
        np.empty(units, np.int8),
        np.empty(units, np.int8),
        np.empty(units, np.int64),
        np.empty(units, np.int32),
    )


# Inlined, and columns taken out of their tuples first: a call with whole tables costs more than
# what it computes.
inlined = numba.njit(inline="always")


@numba.njit(cache=True, nogil=True)
def judge(
    units: NDArray[np.int32],
    messages: Messages,
    rounds: Rounds,
    ruling: Ruling,
    as_of: int,
    into: Verdicts,
) -> None:
    """Judge the samples whose clock starts at each message of `units`, as known at `as_of`."""
    starts, rounds_of, flags = messages.start, messages.round, messages.flags
    days, times = messages.day, messages.of_day
    if ruling.clipped:
        days, times = messages.clip_day, messages.clip_of_day
    reply_at, replier, given_at = rounds.reply_at, rounds.replier, rounds.given_at
    for index in range(len(units)):
        message = units[index]
        into.reason[index] = _reason(
            days[message],
            times[message],
            flags[message] & ruling.excludes,
            ruling.spans,
            ruling.exempt,
        )
        round_, start = rounds_of[message], starts[message]
        if reply_at[round_] == NEVER:
            waited = NEVER
            passed = as_of
            if ruling.limit != NEVER:
                passed = min(starts[rounds.first[round_]] + ruling.limit, as_of)
            into.account[index] = _assignee(
                rounds.assigned_at,
                rounds.assignee,
                rounds.assigned_from[round_],
                rounds.assigned_until[round_],
                passed,
            )
        else:
            since = max(start, given_at[round_]) if ruling.by_agent else start
            waited = reply_at[round_] - since
            into.account[index] = replier[round_]
        into.waited[index] = waited
        into.status[index] = _status(
            ruling.is_rate, ruling.capped, ruling.limit, waited, as_of - start
        )


@inlined
def _reason(
    day: int, of_day: int, flags: int, spans: NDArray[np.int64], exempt: NDArray[np.bool_]
) -> int:
    inside = False
    for window in range(spans.shape[1]):
        inside |= spans[day, window, 0] <= of_day < spans[day, window, 1]
    if not inside:
        return OUTSIDE_WINDOW
    if exempt[day]:
        return EXEMPT_DAY
    if flags == 0:
        return COUNTED
    if flags & STAFF:
        return STAFF_REASON
    if flags & MALICIOUS:
        return MALICIOUS_REASON
    return SPAM_REASON if flags & SPAM else BOT_REASON


@inlined
def _assignee(
    at: NDArray[np.int64], assignee: NDArray[np.int32], first: int, end: int, passed: int
) -> int:
    """Whoever had the chat at an instant; -1 for nobody."""
    for row in range(end - 1, first - 1, -1):
        if at[row] <= passed:
            return assignee[row]
    return -1


@inlined
def _status(is_rate: bool, capped: bool, limit: int, waited: int, age: int) -> int:
    if is_rate:
        if waited == NEVER:
            return PENDING if age <= limit else MISS
        return HIT if waited <= limit else MISS
    if waited != NEVER:
        return ANSWERED
    return PENDING if capped and age <= limit else UNANSWERED
