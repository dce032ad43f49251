"""Conversations walked, their samples judged and added up."""

from typing import NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray

from miaohui.domain.analytics.batch import rulings as ruling
from miaohui.domain.analytics.batch.cells import Cells, People, add_sample, close_people, meet
from miaohui.domain.analytics.batch.judge import (
    Sample,
    Verdict,
    candidates_of,
    is_sample,
    judge,
    sample_at,
)
from miaohui.domain.analytics.batch.rulings import Rulings
from miaohui.domain.analytics.batch.sheaf import sort_slice
from miaohui.domain.analytics.batch.walk import DAY, Counts, Walked, walk

BY_PERSON = ruling.BY_PERSON
HOUR = DAY // 24
WEEK_HOURS = 168


class Share(NamedTuple):
    """Some shops' conversations: words[bounds[k]:bounds[k+1]], and the rows of their cells.

    Stores and account pairs are counted from the first of the share; `nobody[k]` is the pair
    that stands for nobody in the shop of conversation k. `day_index[local day - first_day]` is
    the column of a day.
    """

    words: NDArray[np.int64]
    bounds: NDArray[np.int64]
    store: NDArray[np.int32]  # [k]
    nobody: NDArray[np.int32]  # [k]
    first_pair: int
    day_index: NDArray[np.int64]
    days: int


class Rows(NamedTuple):
    """The row of a sample in each grouping."""

    day: int
    account: int
    hour: int


@numba.njit(cache=True, nogil=True)
def tally(
    share: Share, rules: Rulings, as_of: int, walked: Walked, people: People, cells: Cells
) -> None:
    """Add every sample of the share's conversations to the cells."""
    for k in range(len(share.bounds) - 1):
        words = share.words[share.bounds[k] : share.bounds[k + 1]]
        if len(words) == 0:
            continue
        sort_slice(words)
        counts = walk(
            words, rules.starts, rules.offsets, rules.session_gap, rules.burst_gap, walked
        )
        for metric in range(len(rules.table)):
            if rules.table[metric, BY_PERSON]:
                _tally_people(share, k, metric, rules, as_of, walked, counts, people, cells)
            else:
                _tally_samples(share, k, metric, rules, as_of, walked, counts, cells)


@numba.njit(cache=True, nogil=True)
def _tally_samples(
    share: Share,
    k: int,
    metric: int,
    rules: Rulings,
    as_of: int,
    walked: Walked,
    counts: Counts,
    cells: Cells,
) -> None:
    rule = rules.table[metric]
    for index in range(candidates_of(rule, counts)):
        if not is_sample(rule, index, walked, counts):
            continue
        sample = sample_at(rule, index, walked, counts)
        verdict = judge(rule, sample, walked, counts, rules, as_of)
        rows = rows_of(share, k, sample, verdict, rules)
        age = as_of - sample.start
        add_sample(cells.by_day[rows.day, metric], rule, verdict, age)
        add_sample(cells.by_account[rows.account, metric], rule, verdict, age)
        if len(cells.by_hour):
            add_sample(cells.by_hour[rows.hour, metric], rule, verdict, age)


@numba.njit(cache=True, nogil=True)
def _tally_people(
    share: Share,
    k: int,
    metric: int,
    rules: Rulings,
    as_of: int,
    walked: Walked,
    counts: Counts,
    people: People,
    cells: Cells,
) -> None:
    rule = rules.table[metric]
    people.opened[:] = 0
    open_day = -1
    for index in range(candidates_of(rule, counts)):
        sample = sample_at(rule, index, walked, counts)
        verdict = judge(rule, sample, walked, counts, rules, as_of)
        if sample.local // DAY != open_day:
            _close(people, rule, metric, cells)
            open_day = sample.local // DAY
        rows = rows_of(share, k, sample, verdict, rules)
        people.opened[0] = meet(people.days, people.opened[0], rows.day, verdict)
        people.opened[1] = meet(people.accounts, people.opened[1], rows.account, verdict)
        if len(cells.by_hour):
            people.opened[2] = meet(people.hours, people.opened[2], rows.hour, verdict)
    _close(people, rule, metric, cells)


@numba.njit(cache=True, nogil=True)
def _close(people: People, rule: NDArray[np.int64], metric: int, cells: Cells) -> None:
    close_people(people.days, people.opened[0], rule, metric, cells.by_day)
    close_people(people.accounts, people.opened[1], rule, metric, cells.by_account)
    close_people(people.hours, people.opened[2], rule, metric, cells.by_hour)
    people.opened[:] = 0


@numba.njit(cache=True, nogil=True)
def rows_of(share: Share, k: int, sample: Sample, verdict: Verdict, rules: Rulings) -> Rows:
    """The rows that a sample of conversation k adds to."""
    local_day = sample.local // DAY
    day = share.day_index[local_day - rules.first_day]
    pair = share.nobody[k] if verdict.account < 0 else verdict.account
    hour = (local_day + 3) % 7 * 24 + sample.local % DAY // HOUR
    return Rows(
        share.store[k] * share.days + day,
        (pair - share.first_pair) * share.days + day,
        share.store[k] * WEEK_HOURS + hour,
    )
