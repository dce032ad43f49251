"""The report in a terminal: the sentence first, then the figures, days, agents and misses."""

from collections.abc import Iterator
from typing import Literal
from zoneinfo import ZoneInfo

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.text import Text

from miaohui.adapters.reports import terminal_tables as tables
from miaohui.adapters.reports.catalogue import Language, Words, words_of
from miaohui.adapters.reports.headlines import (
    NOTHING,
    Standing,
    by_danger,
    headline,
    headline_figure,
    label,
    standing,
    still_open,
)
from miaohui.adapters.reports.quantities import instant_shown, period_shown, reasons_shown, whole
from miaohui.adapters.reports.sparks import spark_line
from miaohui.domain.analytics.report import Report, ShopReport

Detail = Literal["auto", "full", "overview"]

_DETAILED_SHOPS = 3
_COLOURS = {Standing.BROKEN: "bold red", Standing.UNSURE: "bold yellow"}


def render(
    report: Report, console: Console, language: Language = "zh", detail: Detail = "auto"
) -> None:
    """Print the report.

    `detail`: `overview` prints the table of shops only, `full` the details of every shop, `auto`
    the details of the few shops most in danger.
    """
    words = words_of(language)
    console.print(_heading(report, words))
    if not report.shops:
        console.print(Text(words["no_shop"]), Text(words["no_shop_hint"]))
        return
    if len(report.shops) > 1:
        console.print(_overview(report, words))
    for shop in _detailed(report, detail):
        _print_shop(report, shop, console, words)
    _print_footnote(report, console, words, detail)


def _detailed(report: Report, detail: Detail) -> tuple[ShopReport, ...]:
    if detail == "overview":
        return ()
    return by_danger(report)[: None if detail == "full" else _DETAILED_SHOPS]


def _heading(report: Report, words: Words) -> Text:
    zone = ZoneInfo(report.timezone)
    parts = [
        report.pack,
        words["as_of"].format(instant=instant_shown(report.as_of, zone, words, year=True)),
    ]
    if report.from_ and report.until:
        parts.insert(1, period_shown(report.from_, report.until, words))
    return Text(" · ".join(parts), style="dim")


def _overview(report: Report, words: Words) -> RenderableType:
    note = words["overview_note"].format(shops=whole(len(report.shops)))
    table = tables.plain(f"{words['overview']}  {note}")
    tables.overview(table, report, words)
    return table


def _print_shop(report: Report, shop: ShopReport, console: Console, words: Words) -> None:
    console.print()
    console.print(tables.printable(shop.shop, "bold"))
    console.print(
        Text(headline(report, shop, words), style=_COLOURS.get(standing(report, shop), ""))
    )
    if headline_figure(report, shop).pending:
        console.print(Text(still_open(headline_figure(report, shop), report.metrics[0], words)))
    console.print(Padding(Text(spark_line(report, shop, words)), (0, 0, 1, 0)))
    for table in tables.of_shop(report, shop, words):
        console.print(table)
    for line in _exclusions(report, shop, words):
        console.print(Text(line, style="dim"))


def _exclusions(report: Report, shop: ShopReport, words: Words) -> Iterator[str]:
    for metric in report.metrics:
        excluded = shop.total.get(metric.id, NOTHING).excluded
        if any(excluded.values()):
            yield words["excluded_of"].format(
                metric=label(metric, words),
                count=whole(sum(excluded.values())),
                unit=words[f"unit_{metric.unit}"],
                reasons=reasons_shown(excluded, words),
            )


def _print_footnote(report: Report, console: Console, words: Words, detail: Detail) -> None:
    console.print()
    shown = len(_detailed(report, detail))
    if len(report.shops) > shown:
        hint = words["terminal_more_shops" if shown else "terminal_only_overview"]
        console.print(Text(hint.format(shown=shown)))
    if report.rejected_rows:
        console.print(Text(words["footnote_rejected"].format(count=whole(report.rejected_rows))))
