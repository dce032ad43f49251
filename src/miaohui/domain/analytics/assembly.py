"""The report of a log under one pack, put together from the batch engine's tallies."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from miaohui.domain.analytics.batch.bound import Bound, alike, bound_for
from miaohui.domain.analytics.batch.engine import Measured, Progress, tallied
from miaohui.domain.analytics.facts import Facts
from miaohui.domain.analytics.groups import ByMetric, Key, ShopGroups, figures_of, gathered
from miaohui.domain.analytics.indicators import indicators_of
from miaohui.domain.analytics.misses import ShopMisses, misses_of
from miaohui.domain.analytics.percentiles import Found, percentiles_of
from miaohui.domain.analytics.report import (
    AccountFigures,
    ChannelFigures,
    DayFigures,
    Figures,
    HourFigures,
    Report,
    ShopReport,
)
from miaohui.domain.analytics.verdicts import verdicts_of
from miaohui.domain.rules.assessment import assessments_of
from miaohui.domain.rules.calendar import EVERY_DAY
from miaohui.domain.rules.pack import DateRange, Pack
from miaohui.domain.vocabulary.instants import instant_of

MOST_MISSED = 200


@dataclass(frozen=True, slots=True)
class Details:
    """What only a report for people needs."""

    percentiles: Found
    misses: Mapping[str, ShopMisses] = field(default_factory=dict)
    indicators: Mapping[str, Figures] = field(default_factory=dict)


def report_of(
    facts: Facts,
    pack: Pack,
    as_of: int,
    wanted: DateRange = EVERY_DAY,
    hourly: bool = True,
    rejected_rows: int = 0,
    threads: int = 2,
    progress: Progress | None = None,
) -> Report:
    """The figures of a log as known at `as_of` (microseconds), over the wanted local days.

    `hourly`: with hours, waits, missed chats and indicators, which cost a few more passes.
    """
    bounds = [bound_for(facts, group, as_of, wanted) for group in alike(assessments_of(pack))]
    measured = [tallied(bound, hourly, threads, progress) for bound in bounds]
    details = _details(facts, pack, bounds, as_of, wanted, hourly)
    return Report(
        pack=pack.name,
        pack_title={"zh": pack.pack.title.zh, "en": pack.pack.title.en},
        timezone=pack.pack.timezone,
        as_of=instant_of(as_of),
        shops=_shops(pack, facts, as_of, measured, details),
        metrics=pack.metrics,
        indicators=pack.indicators,
        thresholds=pack.thresholds,
        sources=pack.sources,
        from_=wanted.from_,
        until=wanted.until,
        events=len(facts.at),
        rejected_rows=rejected_rows,
    )


def _details(
    facts: Facts, pack: Pack, bounds: Sequence[Bound], as_of: int, wanted: DateRange, hourly: bool
) -> Details:
    percentiles: Found = {}
    for bound in bounds:
        for shop, groupings in percentiles_of(bound).items():
            for grouping, keys in groupings.items():
                into = percentiles.setdefault(shop, {}).setdefault(grouping, {})
                for key, found in keys.items():
                    into.setdefault(key, {}).update(found)
    if not hourly:
        return Details(percentiles)
    return Details(percentiles, _misses(bounds), indicators_of(facts, pack, as_of, wanted))


def _misses(bounds: Sequence[Bound]) -> Mapping[str, ShopMisses]:
    """Under the first rate of rounds with a line: what a team lead steers by."""
    for bound in bounds:
        for number, assessment in enumerate(bound.assessments):
            if assessment.metric.unit == "round" and assessment.metric.measure == "rate":
                return misses_of(bound, number, MOST_MISSED)
    return {}


def _shops(
    pack: Pack, facts: Facts, as_of: int, measured: Sequence[Measured], details: Details
) -> tuple[ShopReport, ...]:
    shops = gathered(measured)
    known = _shops_known(facts, as_of)
    return tuple(
        _shop(pack, shop, groups, details)
        for shop, groups in sorted(shops.items())
        if shop in known
    )


def _shops_known(facts: Facts, as_of: int) -> set[str]:
    """Shops of which anything at all is known at `as_of`."""
    rows = np.flatnonzero(facts.at <= as_of)
    stores = np.unique(np.searchsorted(facts.rows, rows, side="right") - 1)
    return {facts.stores[store][0] for store in stores.tolist()}


def _shop(pack: Pack, shop: str, groups: ShopGroups, details: Details) -> ShopReport:
    misses = details.misses.get(shop, ShopMisses())

    def named(grouping: Mapping[Key, ByMetric], name: str) -> Iterator[tuple[Key, Figures]]:
        ranks = details.percentiles.get(shop, {}).get(name, {})
        for key in sorted(grouping, key=_order):
            yield key, figures_of(pack.metrics, grouping[key], ranks.get(key, {}))

    return ShopReport(
        shop=shop,
        total=dict(named({None: groups.total.get(None, {})}, "total"))[None],
        days=tuple(DayFigures(*each) for each in named(groups.days, "days")),
        accounts=tuple(AccountFigures(*each) for each in named(groups.accounts, "accounts")),
        channels=tuple(ChannelFigures(*each) for each in named(groups.channels, "channels")),
        hours=tuple(HourFigures(*hour, each) for hour, each in named(groups.hours, "hours")),
        indicators=details.indicators.get(shop, {}),
        waits=misses.waits,
        missed=tuple(misses.missed),
        missed_total=misses.missed_total,
        verdicts=verdicts_of(pack, groups),
    )


def _order(key: object) -> tuple[object, ...]:
    return key if isinstance(key, tuple) else (key,)
