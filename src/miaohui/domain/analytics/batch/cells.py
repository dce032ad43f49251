"""Where judged samples are added up: cells by day, by account and by hour."""

from typing import NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray

from miaohui.domain.analytics import tallies
from miaohui.domain.analytics.batch import rulings as ruling
from miaohui.domain.analytics.batch.judge import (
    ANSWERED,
    COUNTED,
    HIT,
    MISS,
    PENDING,
    Verdict,
)
from miaohui.domain.analytics.batch.walk import NEVER

NUMERATOR, DENOMINATOR, PENDINGS = tallies.NUMERATOR, tallies.DENOMINATOR, tallies.PENDING
UNANSWERED, PENDING_AGE, EXCLUDED = tallies.UNANSWERED, tallies.PENDING_AGE, tallies.EXCLUDED
RATE, UNANSWERED_PERSONS = ruling.RATE, ruling.UNANSWERED_PERSONS
MEASURE, LIMIT = ruling.MEASURE, ruling.LIMIT
FIRST_REPLY, CAPPED = ruling.FIRST_REPLY, ruling.CAPPED

# The columns of a person-day while it is being judged.
ROW, SEEN, MISSED, WAITING, FIRST, ANSWERED_ONE, LAST_REASON = range(7)
PERSON_WIDTH = 7


class Cells(NamedTuple):
    """Three groupings, each [rows, metrics, tallies.WIDTH]; `by_hour` may be empty.

    A row of `by_day` is (store, day), of `by_account` (pair, day), of `by_hour`
    (store, weekday, hour).
    """

    by_day: NDArray[np.int64]
    by_account: NDArray[np.int64]
    by_hour: NDArray[np.int64]


class People(NamedTuple):
    """The person-days of one conversation on one day, per grouping: working room."""

    days: NDArray[np.int64]  # [longest, PERSON_WIDTH]
    accounts: NDArray[np.int64]
    hours: NDArray[np.int64]
    opened: NDArray[np.int64]  # [3] how many of each are open


def room_for_people(longest: int) -> People:
    """Room for conversations of up to `longest` events."""
    size = max(longest, 1)
    return People(
        *(np.zeros((size, PERSON_WIDTH), np.int64) for _ in range(3)), np.zeros(3, np.int64)
    )


@numba.njit(cache=True, nogil=True)
def add_sample(
    cell: NDArray[np.int64], rule: NDArray[np.int64], verdict: Verdict, age: int
) -> None:
    """Add one judged sample to a cell."""
    if verdict.reason != COUNTED:
        cell[EXCLUDED + verdict.reason] += 1
    elif verdict.status == HIT:
        cell[NUMERATOR] += 1
        cell[DENOMINATOR] += 1
    elif verdict.status == MISS:
        cell[DENOMINATOR] += 1
    elif verdict.status == ANSWERED:
        cell[NUMERATOR] += verdict.waited
        cell[DENOMINATOR] += 1
    else:
        _add_unanswered(cell, rule, verdict.status, age)


@numba.njit(cache=True, nogil=True)
def _add_unanswered(
    cell: NDArray[np.int64], rule: NDArray[np.int64], status: int, age: int
) -> None:
    cell[UNANSWERED] += rule[MEASURE] != RATE
    if status == PENDING:
        cell[PENDINGS] += 1
        cell[PENDING_AGE] += age if rule[MEASURE] != RATE else 0
    elif rule[CAPPED]:
        cell[NUMERATOR] += rule[LIMIT]
        cell[DENOMINATOR] += 1


@numba.njit(cache=True, nogil=True)
def meet(people: NDArray[np.int64], opened: int, row_key: int, verdict: Verdict) -> int:
    """Take one more sample into the person-day of a cell row; how many are open then."""
    row = opened - 1
    while row >= 0 and people[row, ROW] != row_key:
        row -= 1
    if row < 0:
        row = opened
        opened += 1
        people[row] = 0
        people[row, ROW] = row_key
    if verdict.reason != COUNTED:
        people[row, LAST_REASON] = max(people[row, LAST_REASON], verdict.reason)
        return opened
    if people[row, SEEN] == 0:
        people[row, FIRST] = verdict.status
    people[row, SEEN] += 1
    people[row, MISSED] += verdict.status == MISS
    people[row, WAITING] += verdict.status == PENDING
    people[row, ANSWERED_ONE] += verdict.waited != NEVER
    return opened


@numba.njit(cache=True, nogil=True)
def close_people(
    people: NDArray[np.int64],
    opened: int,
    rule: NDArray[np.int64],
    metric: int,
    cells: NDArray[np.int64],
) -> None:
    """Judge open person-days and add each to its row of the cells."""
    for row in range(opened):
        _add_person(cells[people[row, ROW], metric], people[row], rule)


@numba.njit(cache=True, nogil=True)
def _add_person(
    cell: NDArray[np.int64], person: NDArray[np.int64], rule: NDArray[np.int64]
) -> None:
    if person[SEEN] == 0:
        cell[EXCLUDED + person[LAST_REASON]] += 1
    elif rule[MEASURE] == UNANSWERED_PERSONS:
        cell[NUMERATOR] += person[ANSWERED_ONE] == 0
        cell[DENOMINATOR] += 1
    else:
        _add_judged_person(cell, person_status(person, rule))


@numba.njit(cache=True, nogil=True)
def person_status(person: NDArray[np.int64], rule: NDArray[np.int64]) -> int:
    """What a person-day is by its counted samples."""
    if rule[FIRST_REPLY]:
        return person[FIRST]
    if person[MISSED]:
        return MISS
    return PENDING if person[WAITING] else HIT


@numba.njit(cache=True, nogil=True)
def _add_judged_person(cell: NDArray[np.int64], status: int) -> None:
    if status == PENDING:
        cell[PENDINGS] += 1
        return
    cell[NUMERATOR] += status == HIT
    cell[DENOMINATOR] += 1
