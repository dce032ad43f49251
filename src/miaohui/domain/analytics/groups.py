"""Tallies of a whole log gathered by shop, and made into figures."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from miaohui.domain.analytics.batch.engine import Measured
from miaohui.domain.analytics.figures import Figure
from miaohui.domain.analytics.tallies import WIDTH, Tally, figure_of
from miaohui.domain.rules.pack import Metric
from miaohui.domain.vocabulary.kinds import UNASSIGNED

HOURS = 24
NOTHING = (0,) * WIDTH
ByMetric = dict[str, Tally]
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class ShopGroups:
    """One shop's tallies. Keys: day, account, channel, (weekday 1–7, hour); the total's is None."""

    total: dict[None, ByMetric] = field(default_factory=lambda: defaultdict(dict))
    days: dict[date, ByMetric] = field(default_factory=lambda: defaultdict(dict))
    accounts: dict[str, ByMetric] = field(default_factory=lambda: defaultdict(dict))
    channels: dict[str, ByMetric] = field(default_factory=lambda: defaultdict(dict))
    hours: dict[tuple[int, int], ByMetric] = field(default_factory=lambda: defaultdict(dict))


def gathered(measured: Iterable[Measured]) -> dict[str, ShopGroups]:
    """Every shop's tallies; a shop without a sample has an empty group."""
    shops: dict[str, ShopGroups] = {}
    for each in measured:
        for shop, _ in each.stores:
            shops.setdefault(shop, ShopGroups())
        _gather_stores(shops, each)
        _gather_accounts(shops, each)
    return shops


def _gather_stores(shops: Mapping[str, ShopGroups], measured: Measured) -> None:
    names = sorted(shops)
    shop_of = np.array([names.index(shop) for shop, _ in measured.stores], np.int64)
    store, day = measured.by_day.keys.T
    shop = shop_of[store]
    tallies = measured.by_day.tallies
    for (number, _), tally in _summed(shop, np.zeros_like(shop), tallies):
        _put(shops[names[number]].total, None, measured, tally)
    for (number, column), tally in _summed(shop, day, tallies):
        _put(shops[names[number]].days, measured.days[column], measured, tally)
    for (number, _), tally in _summed(store, np.zeros_like(store), tallies):
        name, channel = measured.stores[number]
        _put(shops[name].channels, channel, measured, tally)
    store, hour = measured.by_hour.keys.T
    for (number, column), tally in _summed(shop_of[store], hour, measured.by_hour.tallies):
        key = (column // HOURS + 1, column % HOURS)
        _put(shops[names[number]].hours, key, measured, tally)


def _gather_accounts(shops: Mapping[str, ShopGroups], measured: Measured) -> None:
    pair = measured.by_account.keys[:, 0]
    for (number, _), tally in _summed(pair, np.zeros_like(pair), measured.by_account.tallies):
        shop, account = measured.pairs[number]
        _put(shops[shop].accounts, account or UNASSIGNED, measured, tally)


def _summed(
    first: NDArray[np.int64], second: NDArray[np.int64], tallies: NDArray[np.int64]
) -> Iterable[tuple[tuple[int, int], list[list[int]]]]:
    """The sum of the tallies of each (first, second), as lists [metrics][WIDTH]."""
    if not len(first):
        return
    order = np.lexsort((second, first))
    first, second = first[order], second[order]
    changes = (np.diff(first) != 0) | (np.diff(second) != 0)
    starts = np.concatenate([[0], np.flatnonzero(changes) + 1])
    sums = np.add.reduceat(tallies[order], starts, axis=0).tolist()
    for start, tally in zip(starts, sums, strict=True):
        yield (int(first[start]), int(second[start])), tally


def _put(
    grouping: dict[Key, ByMetric], key: Key, measured: Measured, tallies: Sequence[Sequence[int]]
) -> None:
    for assessment, tally in zip(measured.assessments, tallies, strict=True):
        if any(tally):
            grouping[key][assessment.metric.id] = tally


def figures_of(
    metrics: Sequence[Metric],
    tallies: Mapping[str, Tally],
    percentiles: Mapping[str, int | None],
) -> dict[str, Figure]:
    """Every metric's figure over one group; `percentiles` are waits in microseconds by metric."""
    return {
        metric.id: figure_of(metric, tallies.get(metric.id, NOTHING), percentiles.get(metric.id))
        for metric in metrics
    }
