"""What the page says, ready for its template."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

import msgspec

from miaohui.adapters.reports.accounts import AccountTable, account_table
from miaohui.adapters.reports.cards import Card, cards_of, indicator_cards
from miaohui.adapters.reports.catalogue import Words
from miaohui.adapters.reports.groups import Table, day_table, group_table, missed_table, wait_table
from miaohui.adapters.reports.headlines import (
    Standing,
    by_danger,
    headline,
    headline_figure,
    label,
    standing,
    still_open,
)
from miaohui.adapters.reports.plots import (
    Plots,
    plots_of,
    steering_metric,
    steering_seconds,
)
from miaohui.adapters.reports.quantities import (
    bounds,
    instant_shown,
    made_of,
    period_shown,
    shown,
    whole,
)
from miaohui.adapters.reports.verdicts import VerdictView, verdict_views
from miaohui.adapters.reports.waits import WaitsView, waits_view
from miaohui.adapters.reports.weeks import WeekView, week_of
from miaohui.domain.analytics.report import Report, ShopReport

DETAILED_SHOPS = 50


class ShopRow(msgspec.Struct, frozen=True):
    """One line of the overview; `number` leads to the details if they are on the page."""

    name: str
    state: Standing
    value: str
    basis: str
    span: str
    missed: str
    number: int | None


class ShopView(msgspec.Struct, frozen=True):
    """Everything about one shop in words."""

    number: int
    name: str
    state: Standing
    sentence: str
    metric: str
    value: str
    basis: str
    open_cases: str
    cards: Sequence[Card]
    indicators: Sequence[Card]
    days: Table | None
    week: WeekView | None
    week_metric: str
    waits: WaitsView | None
    wait_table: Table | None
    accounts: AccountTable | None
    channels: Table | None
    missed: Table
    verdicts: Sequence[VerdictView]
    plots: Plots


class PageView(msgspec.Struct, frozen=True):
    """The whole page."""

    title: str
    pack: str
    period: str
    as_of: str
    timezone: str
    events: str
    rejected_rows: str
    shop_count: str
    rows: Sequence[ShopRow]
    shops: Sequence[ShopView]


def page_view(report: Report, words: Words) -> PageView:
    """All words of the page; details for the shops most in danger only."""
    shops = by_danger(report)
    return PageView(
        title=report.pack_title.get(words["language"], report.pack),
        pack=report.pack,
        period=period_shown(report.from_, report.until, words)
        if report.from_ and report.until
        else "",
        as_of=instant_shown(report.as_of, ZoneInfo(report.timezone), words, year=True),
        timezone=report.timezone,
        events=whole(report.events),
        rejected_rows=whole(report.rejected_rows) if report.rejected_rows else "",
        shop_count=whole(len(shops)),
        rows=[_row(report, shop, number, words) for number, shop in enumerate(shops, start=1)],
        shops=[
            _shop(report, shop, number, words)
            for number, shop in enumerate(shops[:DETAILED_SHOPS], start=1)
        ],
    )


def _row(report: Report, shop: ShopReport, number: int, words: Words) -> ShopRow:
    figure = headline_figure(report, shop)
    metric = report.metrics[0] if report.metrics else None
    return ShopRow(
        name=shop.shop,
        state=standing(report, shop),
        value=shown(figure.value, metric.display, words) if metric else "",
        basis=made_of(figure, metric, words) if metric else "",
        span=bounds(figure, metric.display, words) if metric else "",
        missed=whole(shop.missed_total),
        number=number if number <= DETAILED_SHOPS else None,
    )


def _shop(report: Report, shop: ShopReport, number: int, words: Words) -> ShopView:
    figure, steering = headline_figure(report, shop), steering_metric(report)
    metric = report.metrics[0] if report.metrics else None
    week = week_of(shop, steering, words)
    return ShopView(
        number=number,
        name=shop.shop,
        state=standing(report, shop),
        sentence=headline(report, shop, words),
        metric=label(metric, words) if metric else "",
        value=shown(figure.value, metric.display, words) if metric else words["nothing"],
        basis=made_of(figure, metric, words) if metric else "",
        open_cases=still_open(figure, metric, words) if metric and figure.denominator else "",
        cards=cards_of(report, shop, words),
        indicators=indicator_cards(report, shop, words),
        days=day_table(report, shop, words),
        week=week,
        week_metric=label(steering, words) if steering else "",
        waits=waits_view(shop.waits, steering_seconds(report), words),
        wait_table=wait_table(shop.waits, words),
        accounts=account_table(report, shop, words),
        channels=group_table(report, shop, words),
        missed=missed_table(report, shop, words),
        verdicts=verdict_views(report, shop, words),
        plots=plots_of(report, shop, week, words),
    )
