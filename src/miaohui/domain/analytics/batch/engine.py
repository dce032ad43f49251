"""The batch engine's front door: facts and a pack's assessments in, added-up cells out."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta

import numba
import numpy as np
from numpy.typing import NDArray

from miaohui.domain.analytics.batch.cells import Cells, room_for_people
from miaohui.domain.analytics.batch.roles import roles_of
from miaohui.domain.analytics.batch.rulings import Rulings, rulings_of
from miaohui.domain.analytics.batch.sheaf import Sheaf, bind
from miaohui.domain.analytics.batch.tally import WEEK_HOURS, Share, tally
from miaohui.domain.analytics.batch.walk import local_of, room_for
from miaohui.domain.analytics.facts import Facts
from miaohui.domain.analytics.tallies import WIDTH
from miaohui.domain.rules.assessment import Assessment
from miaohui.domain.vocabulary.instants import DAY_MICROS, EPOCH_DAY

SHARE_EVENTS = 250_000  # about what one thread takes at once: a few milliseconds of work
Progress = Callable[[int, int], None]  # events done, events in all


@dataclass(frozen=True, slots=True)
class Measured:
    """Cells of the metrics that read conversations alike; only rows holding a sample are kept.

    Cells are [rows, metrics, tallies.WIDTH]. `day_keys` [rows, 2] are (store, day),
    `account_keys` (pair, day), `hour_keys` (store, weekday 0–6 × 24 + hour); a day indexes
    `days`, a pair `pairs`.
    """

    assessments: tuple[Assessment, ...]
    stores: tuple[tuple[str, str], ...]
    pairs: tuple[tuple[str, str | None], ...]
    days: tuple[date, ...]
    day_keys: NDArray[np.int64]
    by_day: NDArray[np.int64]
    account_keys: NDArray[np.int64]
    by_account: NDArray[np.int64]
    hour_keys: NDArray[np.int64]
    by_hour: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Bound:
    """A log bound for one way of reading it: what every pass over its samples needs."""

    sheaf: Sheaf
    rules: Rulings
    day_index: NDArray[np.int64]
    days: tuple[date, ...]
    as_of: int


def measure(
    facts: Facts,
    assessments: Sequence[Assessment],
    as_of: int,
    hourly: bool = False,
    threads: int = 2,
    progress: Progress | None = None,
) -> list[Measured]:
    """Tally every assessment over the log as known at `as_of` (microseconds).

    One Measured for each way of reading conversations that the assessments need.
    """
    return [
        _tallied(bound_for(facts, group, as_of), facts, group, hourly, threads, progress)
        for group in alike(assessments)
    ]


def alike(assessments: Iterable[Assessment]) -> list[tuple[Assessment, ...]]:
    """Assessments grouped by the terms under which they read conversations."""
    groups: dict[object, list[Assessment]] = {}
    for each in assessments:
        groups.setdefault((each.terms, each.burst_gap), []).append(each)
    return [tuple(group) for group in groups.values()]


def bound_for(facts: Facts, assessments: Sequence[Assessment], as_of: int) -> Bound:
    """Bind a log for assessments that read conversations alike."""
    terms = assessments[0].terms
    sheaf = bind(facts, roles_of(facts, terms.replies, terms.zone, as_of), as_of)
    instants = sheaf.words[:, 0]
    first, last = (int(instants.min()), int(instants.max())) if len(instants) else (0, 0)
    rules = rulings_of(assessments, first, last)
    present = np.zeros(rules.spans.shape[1], np.bool_)
    _mark_days(instants, rules.starts, rules.offsets, rules.first_day, present)
    days = np.flatnonzero(present)
    day_index = np.cumsum(present) - 1
    dates = tuple(EPOCH_DAY + timedelta(days=rules.first_day + int(day)) for day in days)
    return Bound(sheaf, rules, day_index, dates, as_of)


@numba.njit(cache=True, nogil=True)
def _mark_days(
    instants: NDArray[np.int64],
    starts: NDArray[np.int64],
    offsets: NDArray[np.int64],
    first_day: int,
    present: NDArray[np.bool_],
) -> None:
    for index in range(len(instants)):
        present[local_of(instants[index], starts, offsets) // DAY_MICROS - first_day] = True


def _tallied(
    bound: Bound,
    facts: Facts,
    assessments: tuple[Assessment, ...],
    hourly: bool,
    threads: int,
    progress: Progress | None,
) -> Measured:
    parts: list[list[NDArray[np.int64]]] = []
    done, everything = 0, len(bound.sheaf.words)
    with ThreadPoolExecutor(threads) as pool:
        shares = shares_of(bound)
        for events, part in pool.map(lambda share: _tally_share(share, bound, hourly), shares):
            parts.append(part)
            done += events
            if progress is not None:
                progress(done, everything)
    columns = (
        [np.concatenate(each) for each in zip(*parts, strict=True)] if parts else _nothing(bound)
    )
    return Measured(assessments, facts.stores, bound.sheaf.pairs, bound.days, *columns)


def shares_of(bound: Bound, most_events: int = SHARE_EVENTS) -> Iterator[tuple[Share, int, int]]:
    """The log cut between shops into shares; each with its first store and first conversation."""
    sheaf = bound.sheaf
    shop_of = sheaf.shop_of_store[sheaf.store_of]
    cuts = np.flatnonzero(np.diff(shop_of, append=-1)) + 1
    first = 0
    for cut in cuts:
        if sheaf.starts[cut] - sheaf.starts[first] < most_events and cut != len(shop_of):
            continue
        yield _share(bound, shop_of, first, int(cut))
        first = int(cut)


def _share(
    bound: Bound, shop_of: NDArray[np.int32], first: int, last: int
) -> tuple[Share, int, int]:
    sheaf = bound.sheaf
    low, high = int(sheaf.starts[first]), int(sheaf.starts[last])
    first_store, first_shop = int(sheaf.store_of[first]), int(shop_of[first])
    first_pair = int(sheaf.unassigned_of[first_shop - 1]) + 1 if first_shop else 0
    share = Share(
        sheaf.words[low:high],
        sheaf.starts[first : last + 1] - low,
        sheaf.store_of[first:last] - np.int32(first_store),
        sheaf.unassigned_of[shop_of[first:last]],
        first_pair,
        bound.day_index,
        len(bound.days),
    )
    return share, first_store, first


def _tally_share(
    cut: tuple[Share, int, int], bound: Bound, hourly: bool
) -> tuple[int, list[NDArray[np.int64]]]:
    share, first_store, _ = cut
    stores = int(share.store[-1]) + 1
    pairs = int(share.nobody[-1]) + 1 - share.first_pair
    cells = Cells(
        *(
            np.zeros((rows, len(bound.rules.table), WIDTH), np.int64)
            for rows in (stores * share.days, pairs * share.days, stores * WEEK_HOURS * hourly)
        )
    )
    longest = int(np.diff(share.bounds).max())
    tally(share, bound.rules, bound.as_of, room_for(longest), room_for_people(longest), cells)
    return len(share.words), [
        *_kept(cells.by_day, share.days, first_store),
        *_kept(cells.by_account, share.days, share.first_pair),
        *_kept(cells.by_hour, WEEK_HOURS, first_store),
    ]


def _kept(
    cells: NDArray[np.int64], columns: int, first: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    rows = np.flatnonzero(cells.any(axis=(1, 2)))
    keys = np.stack([rows // max(columns, 1) + first, rows % max(columns, 1)], axis=1)
    return keys, cells[rows]


def _nothing(bound: Bound) -> list[NDArray[np.int64]]:
    empty = np.zeros((0, len(bound.rules.table), WIDTH), np.int64)
    return [np.zeros((0, 2), np.int64), empty] * 3
