"""Verdicts added up: each sample to its cells, or the samples of a person-day together."""

import numba
import numpy as np
from numpy.typing import NDArray

from miaohui.domain.analytics import tallies
from miaohui.domain.analytics.batch.judge import (
    ANSWERED,
    COUNTED,
    HIT,
    MISS,
    PENDING,
    Verdicts,
)
from miaohui.domain.analytics.batch.rulings import Ruling
from miaohui.domain.analytics.batch.samples import NEVER

NUMERATOR, DENOMINATOR, PENDINGS = tallies.NUMERATOR, tallies.DENOMINATOR, tallies.PENDING
UNANSWERED, PENDING_AGE, EXCLUDED = tallies.UNANSWERED, tallies.PENDING_AGE, tallies.EXCLUDED

# How a person-day is judged.
ALL_MESSAGES, FIRST_REPLY, NONE_ANSWERED = range(3)

# The columns of a person-day while it is being judged.
ROW, SEEN, MISSED, WAITING, FIRST, ANSWERED_ONE, LAST_REASON = range(7)
PERSON_WIDTH = 7


@numba.njit(cache=True, nogil=True)
def fill_account_rows(
    account: NDArray[np.int32],
    nobody: NDArray[np.int32],
    conversation: NDArray[np.int32],
    day_column: NDArray[np.int64],
    days: int,
    rows: NDArray[np.int64],
) -> None:
    """The (pair, day) row of each verdict; nobody's verdicts go to the pair that stands for nobody
    in the shop of their conversation."""
    for index in range(len(rows)):
        pair = nobody[conversation[index]]
        if account[index] >= 0:
            pair = account[index]
        rows[index] = pair * days + day_column[index]


@numba.njit(cache=True, nogil=True)
def tally_samples(
    verdicts: Verdicts,
    rows: NDArray[np.int64],
    ages: NDArray[np.int64],
    ruling: Ruling,
    cells: NDArray[np.int64],
) -> None:
    """Add every verdict to its row of the cells [rows, tallies.WIDTH]."""
    for index in range(len(rows)):
        row = rows[index]
        status = verdicts.status[index]
        if verdicts.reason[index] != COUNTED:
            cells[row, EXCLUDED + verdicts.reason[index]] += 1
        elif status == HIT:
            cells[row, NUMERATOR] += 1
            cells[row, DENOMINATOR] += 1
        elif status == MISS:
            cells[row, DENOMINATOR] += 1
        elif status == ANSWERED:
            cells[row, NUMERATOR] += verdicts.waited[index]
            cells[row, DENOMINATOR] += 1
        else:
            cells[row, UNANSWERED] += not ruling.is_rate
            if status == PENDING:
                cells[row, PENDINGS] += 1
                cells[row, PENDING_AGE] += 0 if ruling.is_rate else ages[index]
            elif ruling.capped:
                cells[row, NUMERATOR] += ruling.limit
                cells[row, DENOMINATOR] += 1


@numba.njit(cache=True, nogil=True)
def tally_people(
    verdicts: Verdicts,
    rows: NDArray[np.int64],
    conversations: NDArray[np.int32],
    days: NDArray[np.int32],
    success: int,
    people: NDArray[np.int64],
    cells: NDArray[np.int64],
) -> None:
    """Add each person-day to every row that holds one of its samples, judged on those alone.

    Samples lie by conversation and time; `people` is working room [longest, PERSON_WIDTH].
    """
    opened = 0
    for index in range(len(rows)):
        if index and (
            conversations[index] != conversations[index - 1] or days[index] != days[index - 1]
        ):
            _close(people, opened, success, cells)
            opened = 0
        row = opened - 1
        while row >= 0 and people[row, ROW] != rows[index]:
            row -= 1
        if row < 0:
            row = opened
            opened += 1
            people[row, ROW] = rows[index]
            people[row, SEEN:] = 0
        _meet(people, row, verdicts, index)
    _close(people, opened, success, cells)


@numba.njit(cache=True, nogil=True)
def _meet(people: NDArray[np.int64], row: int, verdicts: Verdicts, index: int) -> None:
    reason, status = verdicts.reason[index], verdicts.status[index]
    if reason != COUNTED:
        people[row, LAST_REASON] = max(people[row, LAST_REASON], reason)
        return
    if people[row, SEEN] == 0:
        people[row, FIRST] = status
    people[row, SEEN] += 1
    people[row, MISSED] += status == MISS
    people[row, WAITING] += status == PENDING
    people[row, ANSWERED_ONE] += verdicts.waited[index] != NEVER


@numba.njit(cache=True, nogil=True)
def _close(people: NDArray[np.int64], opened: int, success: int, cells: NDArray[np.int64]) -> None:
    for row in range(opened):
        cell = people[row, ROW]
        if people[row, SEEN] == 0:
            cells[cell, EXCLUDED + people[row, LAST_REASON]] += 1
        elif success == NONE_ANSWERED:
            cells[cell, NUMERATOR] += people[row, ANSWERED_ONE] == 0
            cells[cell, DENOMINATOR] += 1
        else:
            status = person_status(people, row, success)
            cells[cell, NUMERATOR] += status == HIT
            cells[cell, DENOMINATOR] += status != PENDING
            cells[cell, PENDINGS] += status == PENDING


@numba.njit(cache=True, nogil=True)
def person_status(people: NDArray[np.int64], row: int, success: int) -> int:
    """What a person-day is by its counted samples."""
    if success == FIRST_REPLY:
        return people[row, FIRST]
    if people[row, MISSED]:
        return MISS
    return PENDING if people[row, WAITING] else HIT
