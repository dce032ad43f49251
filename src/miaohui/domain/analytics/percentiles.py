"""Waits at a percentile, by shop and group: what cannot be added up from tallies."""

from collections import defaultdict
from collections.abc import Hashable, Iterable

import numpy as np
from numpy.typing import NDArray

from miaohui.domain.analytics.batch.bound import Bound
from miaohui.domain.analytics.batch.judge import ANSWERED, COUNTED, UNANSWERED
from miaohui.domain.analytics.batch.rulings import Ruling
from miaohui.domain.analytics.batch.share import Share, walked
from miaohui.domain.analytics.waits import percentile
from miaohui.domain.rules.pack import Metric
from miaohui.domain.vocabulary.kinds import UNASSIGNED

PERCENTS = {"median": 50, "p90": 90}
HOURS = 24

# shop → grouping → key → metric id → wait in microseconds
Found = dict[str, dict[str, dict[Hashable, dict[str, int | None]]]]


def percentiles_of(bound: Bound) -> Found:
    """The percentile of every metric that asks for one; groupings as in `ShopGroups`."""
    found: Found = defaultdict(lambda: defaultdict(lambda: defaultdict(dict)))
    asked = [
        (number, each.metric)
        for number, each in enumerate(bound.assessments)
        if each.metric.measure in PERCENTS
    ]
    if not asked:
        return found
    for share in walked(bound):
        for number, metric in asked:
            for shop, grouping, key, waited in _waits(share, bound, number, metric):
                rank = percentile(np.sort(waited), PERCENTS[metric.measure])
                found[shop][grouping][key][metric.id] = rank
    return found


def _waits(
    share: Share, bound: Bound, number: int, metric: Metric
) -> Iterable[tuple[str, str, Hashable, NDArray[np.int64]]]:
    """The waits of every group of a share: whole shops, so that no group is cut in two."""
    units = share.units_of(metric)
    verdicts = share.judged(number, units)
    ruling = bound.rulings.each[number]
    counted = (verdicts.reason == COUNTED) & _has_wait(verdicts.status, ruling)
    answered = verdicts.status[counted] == ANSWERED
    waited = np.where(answered, verdicts.waited[counted], ruling.limit)
    stores = bound.facts.stores
    store = units.day_row[counted] // share.days + share.first_store
    pair = share.pairs_of(verdicts, units)[counted]
    shop = bound.shops.of_store[store].astype(np.int64)
    names = bound.shops.names
    for (at, _), chosen in _split(shop, np.zeros_like(shop)):
        yield names[at], "total", None, waited[chosen]
    for (at, day), chosen in _split(shop, units.day_column[counted]):
        yield names[at], "days", bound.days[day], waited[chosen]
    for (at, _), chosen in _split(store, np.zeros_like(store)):
        yield stores[at][0], "channels", stores[at][1], waited[chosen]
    for (at, _), chosen in _split(pair.astype(np.int64), np.zeros_like(shop)):
        name, account = bound.shops.pairs[at]
        yield name, "accounts", account or UNASSIGNED, waited[chosen]
    for (at, hour), chosen in _split(shop, units.hour_row[counted] % (7 * HOURS)):
        yield names[at], "hours", (hour // HOURS + 1, hour % HOURS), waited[chosen]


def _has_wait(status: NDArray[np.int8], ruling: Ruling) -> NDArray[np.bool_]:
    return (status == ANSWERED) | ((status == UNANSWERED) & ruling.capped)


def _split(
    first: NDArray[np.int64], second: NDArray[np.int64]
) -> Iterable[tuple[tuple[int, int], NDArray[np.int64]]]:
    """The rows of each (first, second)."""
    if not len(first):
        return
    order = np.lexsort((second, first))
    changes = (np.diff(first[order]) != 0) | (np.diff(second[order]) != 0)
    for rows in np.split(order, np.flatnonzero(changes) + 1):
        yield (int(first[rows[0]]), int(second[rows[0]])), rows
