"""The batch engine's front door: facts and a pack's assessments in, added-up cells out."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

import numba
import numpy as np
from numpy.typing import NDArray

from miaohui.domain.analytics.batch.roles import roles_of
from miaohui.domain.analytics.batch.rulings import Rulings, rulings_of
from miaohui.domain.analytics.batch.samples import DAY
from miaohui.domain.analytics.batch.share import WEEK_HOURS, Cut, Share
from miaohui.domain.analytics.batch.sheaf import Sheaf, bind
from miaohui.domain.analytics.facts import Facts
from miaohui.domain.analytics.tallies import WIDTH
from miaohui.domain.rules.assessment import Assessment
from miaohui.domain.rules.calendar import EVERY_DAY, in_range
from miaohui.domain.rules.pack import DateRange
from miaohui.domain.vocabulary.instants import EPOCH_DAY

SHARE_EVENTS = 250_000  # what one thread takes at once: its samples stay near the caches
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


@dataclass(frozen=True, slots=True)
class Bound:
    """A log bound for one way of reading it: what every pass over its samples needs."""

    facts: Facts
    assessments: tuple[Assessment, ...]
    sheaf: Sheaf
    rulings: Rulings
    day_index: NDArray[np.int64]
    wanted_days: NDArray[np.bool_]
    days: tuple[date, ...]
    as_of: int


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
    """Bind a log for assessments that read conversations alike."""
    terms = assessments[0].terms
    sheaf = bind(facts, roles_of(facts, terms.replies, terms.zone, as_of), as_of)
    first, last = _ends(sheaf.words)
    rulings = rulings_of(assessments, first, last)
    present = np.zeros(rulings.days, np.bool_)
    reading = rulings.reading
    _mark_days(sheaf.words, reading.starts, reading.offsets, reading.first_day, present)
    dates = [EPOCH_DAY + timedelta(days=reading.first_day + day) for day in range(rulings.days)]
    return Bound(
        facts,
        tuple(assessments),
        sheaf,
        rulings,
        np.maximum(np.cumsum(present) - 1, 0),
        np.array([in_range(day, wanted) for day in dates], np.bool_),
        tuple(day for day, there in zip(dates, present, strict=True) if there),
        as_of,
    )


def shares_of(bound: Bound, most_events: int = SHARE_EVENTS) -> Iterator[Cut]:
    """The log cut between shops."""
    sheaf = bound.sheaf
    shop_of = sheaf.shop_of_store[sheaf.store_of]
    cuts = np.flatnonzero(np.diff(shop_of, append=-1)) + 1
    first = 0
    for cut in cuts:
        if sheaf.starts[cut] - sheaf.starts[first] >= most_events or cut == len(shop_of):
            yield Cut(first, int(cut))
            first = int(cut)


def walked(bound: Bound, threads: int = 2) -> Iterator[Share]:
    """Every share of the log, walked, in order of shop."""
    cuts = list(shares_of(bound))
    with ThreadPoolExecutor(threads) as pool:
        for first in range(0, len(cuts), threads):
            yield from pool.map(partial(_share, bound), cuts[first : first + threads])


def _share(bound: Bound, cut: Cut) -> Share:
    return Share(bound.sheaf, cut, bound.rulings, bound.day_index, bound.wanted_days, bound.as_of)


def _ends(words: NDArray[np.int64]) -> tuple[int, int]:
    if not len(words):
        return 0, 0
    return int(words[:, 0].min()), int(words[:, 0].max())


@numba.njit(cache=True, nogil=True)
def _mark_days(
    words: NDArray[np.int64],
    starts: NDArray[np.int64],
    offsets: NDArray[np.int64],
    first_day: int,
    present: NDArray[np.bool_],
) -> None:
    for index in range(len(words)):
        offset = offsets[max(0, np.searchsorted(starts, words[index, 0], side="right") - 1)]
        present[(words[index, 0] + offset) // DAY - first_day] = True


def tallied(
    bound: Bound, hourly: bool = False, threads: int = 2, progress: Progress | None = None
) -> Measured:
    """Tally the assessments that a log was bound for."""
    parts: list[tuple[Cells, Cells, Cells]] = []
    done, everything = 0, len(bound.sheaf.words)
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
        bound.sheaf.pairs,
        bound.days,
        by_day,
        by_account,
        by_hour,
    )


def _tally_cut(bound: Bound, hourly: bool, cut: Cut) -> tuple[int, tuple[Cells, Cells, Cells]]:
    share = _share(bound, cut)
    metrics = [each.metric for each in bound.assessments]
    tallied = [list(share.tallied(metric, row, hourly)) for row, metric in enumerate(metrics)]
    groupings = [np.stack(cells, axis=1) for cells in zip(*tallied, strict=True)]
    by_day = _kept(groupings[0], share.days, share.first_store)
    by_account = _kept(groupings[1], share.days, share.first_pair)
    empty = np.zeros((0, len(metrics), WIDTH), np.int64)
    by_hour = _kept(groupings[2] if hourly else empty, WEEK_HOURS, share.first_store)
    return share.events, (by_day, by_account, by_hour)


def _kept(cells: NDArray[np.int64], columns: int, first: int) -> Cells:
    rows = np.flatnonzero(cells.any(axis=(1, 2)))
    return Cells(np.stack([rows // columns + first, rows % columns], axis=1), cells[rows])


def _joined(parts: Sequence[Cells], metrics: int) -> Cells:
    if not parts:
        return Cells(np.zeros((0, 2), np.int64), np.zeros((0, metrics, WIDTH), np.int64))
    return Cells(
        np.concatenate([part.keys for part in parts]),
        np.concatenate([part.tallies for part in parts]),
    )
