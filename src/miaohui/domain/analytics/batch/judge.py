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
    for index in range(len(units)):
        message = units[index]
        round_ = messages.round[message]
        into.reason[index] = _reason(messages, message, ruling)
        start, reply_at = messages.start[message], rounds.reply_at[round_]
        if reply_at == NEVER:
            into.waited[index] = NEVER
            into.account[index] = _assignee(messages, rounds, round_, ruling.limit, as_of)
        else:
            if ruling.by_agent and rounds.given_at[round_] > start:
                start = rounds.given_at[round_]
            into.waited[index] = reply_at - start
            into.account[index] = rounds.replier[round_]
        into.status[index] = _status(ruling, into.waited[index], as_of - messages.start[message])


@numba.njit(cache=True, nogil=True)
def _reason(messages: Messages, message: int, ruling: Ruling) -> int:
    day, of_day = messages.day[message], messages.of_day[message]
    if ruling.clipped:
        day, of_day = messages.clip_day[message], messages.clip_of_day[message]
    inside = False
    for window in range(ruling.spans.shape[1]):
        inside |= ruling.spans[day, window, 0] <= of_day < ruling.spans[day, window, 1]
    if not inside:
        return OUTSIDE_WINDOW
    if ruling.exempt[day]:
        return EXEMPT_DAY
    flags = messages.flags[message] & ruling.excludes
    if flags == 0:
        return COUNTED
    if flags & STAFF:
        return STAFF_REASON
    if flags & MALICIOUS:
        return MALICIOUS_REASON
    return SPAM_REASON if flags & SPAM else BOT_REASON


@numba.njit(cache=True, nogil=True)
def _assignee(messages: Messages, rounds: Rounds, round_: int, limit: int, as_of: int) -> int:
    """Whoever had the chat when the limit passed; -1 for nobody."""
    start = messages.start[rounds.first[round_]]
    passed = as_of if limit == NEVER else min(start + limit, as_of)
    first = rounds.assigned_from[round_]
    for row in range(rounds.assigned_until[round_] - 1, first - 1, -1):
        if rounds.assigned_at[row] <= passed:
            return rounds.assignee[row]
    return -1


@numba.njit(cache=True, nogil=True)
def _status(ruling: Ruling, waited: int, age: int) -> int:
    if ruling.is_rate:
        if waited == NEVER:
            return PENDING if age <= ruling.limit else MISS
        return HIT if waited <= ruling.limit else MISS
    if waited != NEVER:
        return ANSWERED
    return PENDING if ruling.capped and age <= ruling.limit else UNANSWERED
