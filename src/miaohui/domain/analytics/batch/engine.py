"""The batch engine's front door: facts and a pack's assessments in, added-up cells out."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import partial

import numpy as np
from numpy.typing import NDArray

from miaohui.domain.analytics.batch.bound import Bound, alike, bound_for
from miaohui.domain.analytics.batch.share import WEEK_HOURS, Cut, Share, shares_of
from miaohui.domain.analytics.facts import Facts
from miaohui.domain.analytics.tallies import WIDTH
from miaohui.domain.rules.assessment import Assessment
from miaohui.domain.rules.calendar import EVERY_DAY
from miaohui.domain.rules.pack import DateRange

Progress = Callable[[int, int], None]  # events done, events in all


@dataclass(frozen=True, slots=True)
class Cells:
    """Tallies of one grouping, only rows that hold a sample: keys [rows, 2] and tallies
    [rows, metrics, tallies.WIDTH]."""

    keys: NDArray[np.int64]
    tallies: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Measured:
    """The metrics that read conversations alike, tallied.

    Keys of `by_day` are (store, day), of `by_account` (pair, day), of `by_hour` (store,
    weekday from Monday 0 × 24 + hour); a day indexes `days`, a store `stores`, a pair `pairs`.
    """

    assessments: tuple[Assessment, ...]
    stores: tuple[tuple[str, str], ...]
    pairs: tuple[tuple[str, str | None], ...]
    days: tuple[date, ...]
    by_day: Cells
    by_account: Cells
    by_hour: Cells


def measure(
    facts: Facts,
    assessments: Sequence[Assessment],
    as_of: int,
    wanted: DateRange = EVERY_DAY,
    hourly: bool = False,
    threads: int = 2,
    progress: Progress | None = None,
) -> list[Measured]:
    """Tally every assessment over the log as known at `as_of` (microseconds).

    One Measured for each way of reading conversations that the assessments need. `wanted`:
    only samples of these local days.
    """
    return [
        tallied(bound_for(facts, group, as_of, wanted), hourly, threads, progress)
        for group in alike(assessments)
    ]


def tallied(
    bound: Bound, hourly: bool = False, threads: int = 2, progress: Progress | None = None
) -> Measured:
    """Tally the assessments that a log was bound for."""
    parts: list[tuple[Cells, Cells, Cells]] = []
    done, everything = 0, len(bound.facts.at)
    with ThreadPoolExecutor(threads) as pool:
        for events, part in pool.map(partial(_tally_cut, bound, hourly), shares_of(bound)):
            parts.append(part)
            done += events
            if progress is not None:
                progress(done, everything)
    by_day, by_account, by_hour = (
        (_joined(cells, len(bound.assessments)) for cells in zip(*parts, strict=True))
        if parts
        else (_joined((), len(bound.assessments)),) * 3
    )
    return Measured(
        bound.assessments,
        bound.facts.stores,
        bound.shops.pairs,
        bound.days,
        by_day,
        by_account,
        by_hour,
    )


def _tally_cut(bound: Bound, hourly: bool, cut: Cut) -> tuple[int, tuple[Cells, Cells, Cells]]:
    share = Share(bound, cut)
    metrics = [each.metric for each in bound.assessments]
    by_day, by_account, by_hour = share.tallied(metrics, hourly)
    return share.events, (
        _kept(by_day, share.days, share.first_store),
        _kept(by_account, share.days, share.first_pair),
        _kept(by_hour, WEEK_HOURS, share.first_store),
    )


def _kept(cells: NDArray[np.int64], columns: int, first: int) -> Cells:
    rows = np.flatnonzero(cells.reshape(len(cells), cells.shape[1] * WIDTH).any(axis=1))
    return Cells(np.stack([rows // columns + first, rows % columns], axis=1), cells[rows])


def _joined(parts: Sequence[Cells], metrics: int) -> Cells:
    if not parts:
        return Cells(np.zeros((0, 2), np.int64), np.zeros((0, metrics, WIDTH), np.int64))
    return Cells(
        np.concatenate([part.keys for part in parts]),
        np.concatenate([part.tallies for part in parts]),
    )
