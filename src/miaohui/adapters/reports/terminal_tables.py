"""The terminal's tables: shops, figures, efficiency, lines, days, agents, misses."""

from collections.abc import Iterator, Mapping, Sequence
from zoneinfo import ZoneInfo

from rich import box
from rich.table import Table
from rich.text import Text

from miaohui.adapters.reports.catalogue import Words
from miaohui.adapters.reports.headlines import (
    NOTHING,
    Standing,
    by_danger,
    headline_figure,
    label,
    standing,
)
from miaohui.adapters.reports.indicators import IndicatorView, indicator_views
from miaohui.adapters.reports.lines import line_of, line_shown, meets
from miaohui.adapters.reports.quantities import (
    bounds,
    day_shown,
    instant_shown,
    made_of,
    shown,
    wait_shown,
    whole,
)
from miaohui.adapters.reports.verdicts import verdict_views
from miaohui.domain.analytics.figures import Figure
from miaohui.domain.analytics.report import Figures, Report, ShopReport
from miaohui.domain.rules.pack import Metric

_MISSED_SHOWN = 20
_RATES_SHOWN = 3
_COLOURS = {Standing.BROKEN: "red", Standing.UNSURE: "yellow"}


def plain(title: str) -> Table:
    """A table without boxes: a rule under the heads is enough."""
    return Table(
        title=f"\n{title}",
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        show_edge=False,
    )


def printable(text: str, style: str = "") -> Text:
    """A name from outside without control or direction-changing characters."""
    return Text("".join(one if one.isprintable() else "�" for one in text), style=style)


def overview(table: Table, report: Report, words: Words) -> None:
    """Fill the table of shops, most in danger first."""
    metric = report.metrics[0] if report.metrics else None
    heads = (words["shop"], label(metric, words) if metric else words["value"])
    for head in (*heads, words["basis"], words["worst_best"], words["state"]):
        table.add_column(
            head,
            overflow="fold",
            justify="left" if head in (words["shop"], words["state"]) else "right",
        )
    for shop in by_danger(report):
        figure, state = headline_figure(report, shop), standing(report, shop)
        cells = _figure_cells(figure, metric, words) if metric else ("", "", "")
        table.add_row(printable(shop.shop), *cells, _state(state, words))


def _figure_cells(figure: Figure, metric: Metric, words: Words) -> tuple[str, str, str]:
    return (
        shown(figure.value, metric.display, words),
        made_of(figure, metric, words),
        bounds(figure, metric.display, words),
    )


def _state(state: Standing, words: Words) -> Text:
    return Text(words[f"state_{state}"], style=_COLOURS.get(state, ""))


def of_shop(report: Report, shop: ShopReport, words: Words) -> Iterator[Table]:
    """All tables of one shop that have something to say."""
    yield _figures(report, shop, words)
    if indicators := tuple(indicator_views(report, shop, words)):
        yield _indicators(indicators, words)
    if shop.verdicts:
        yield _verdicts(report, shop, words)
    if shop.days:
        yield _groups(
            report,
            words,
            words["by_day"],
            words["date_head"],
            {day_shown(day.date, words): day.metrics for day in shop.days},
        )
    if shop.accounts:
        yield _groups(
            report,
            words,
            words["accounts"],
            words["account"],
            {_name(one.account, words): one.metrics for one in shop.accounts},
        )
    if len(shop.channels) > 1:
        yield _groups(
            report,
            words,
            words["channels"],
            words["channel"],
            {one.channel: one.metrics for one in shop.channels},
        )
    if shop.missed:
        yield _missed(report, shop, words)


def _name(account: str, words: Words) -> str:
    return words["unassigned"] if account == "unassigned" else account


def _figures(report: Report, shop: ShopReport, words: Words) -> Table:
    table = plain(words["metrics"])
    table.add_column(words["metric"], overflow="fold")
    for head in ("value", "basis", "pending", "line"):
        table.add_column(words[head], justify="right", overflow="fold")
    table.add_column(words["excluded"], justify="right", style="dim")
    for metric in report.metrics:
        figure = shop.total.get(metric.id, NOTHING)
        table.add_row(Text(label(metric, words)), *_total_cells(report, metric, figure, words))
    return table


def _total_cells(
    report: Report, metric: Metric, figure: Figure, words: Words
) -> tuple[Text | str, ...]:
    line = line_of(report, metric)
    broken = line is not None and meets(line, figure.value) is False
    value, basis, span = _figure_cells(figure, metric, words)
    return (
        Text(value, style="red" if broken else ""),
        basis,
        f"{whole(figure.pending)}\n{span}" if figure.pending else "",
        Text(line_shown(line, metric, words) if line else "", style="red" if broken else ""),
        whole(sum(figure.excluded.values())) if figure.excluded else "",
    )


def _indicators(views: Sequence[IndicatorView], words: Words) -> Table:
    table = plain(words["indicators"])
    table.add_column(words["metric"], overflow="fold")
    for head in ("value", "basis"):
        table.add_column(words[head], justify="right", overflow="fold")
    for view in views:
        table.add_row(Text(view.label), view.value, view.basis)
    return table


def _verdicts(report: Report, shop: ShopReport, words: Words) -> Table:
    table = plain(words["verdicts"])
    for head in ("threshold", "needs", "measured", "state", "source"):
        table.add_column(words[head], overflow="fold")
    for view in verdict_views(report, shop, words):
        style = "red" if view.state == "bad" and not view.rumour else ""
        table.add_row(
            Text(view.label),
            view.needs,
            Text(view.measured).append(f"\n{view.days}" if view.days else "", style="dim"),
            Text(view.outcome, style=style),
            Text(f"{view.source} · {view.confidence}", style="dim"),
        )
    return table


def _groups(
    report: Report, words: Words, title: str, head: str, groups: Mapping[str, Figures]
) -> Table:
    table = plain(title)
    table.add_column(head, overflow="fold")
    metrics = [one for one in report.metrics if one.status != "legacy"][:_RATES_SHOWN]
    for metric in metrics:
        table.add_column(label(metric, words), justify="right", overflow="fold")
    for name, found in groups.items():
        cells = (_group_cell(report, one, found.get(one.id, NOTHING), words) for one in metrics)
        table.add_row(printable(name), *cells)
    return table


def _group_cell(report: Report, metric: Metric, figure: Figure, words: Words) -> Text:
    line, (value, _, _) = line_of(report, metric), _figure_cells(figure, metric, words)
    broken = line is not None and meets(line, figure.value) is False
    cell = Text(value, style="red" if broken else "")
    short = f"{whole(figure.numerator)}/{whole(figure.denominator)}"
    return cell.append(f"  {short if metric.measure == 'rate' else ''}", style="dim")


def _missed(report: Report, shop: ShopReport, words: Words) -> Table:
    zone, newest = ZoneInfo(report.timezone), shop.missed[:_MISSED_SHOWN]
    note = words["missed_note"].format(shown=len(newest), total=whole(shop.missed_total))
    table = plain(f"{words['missed']}  {note}")
    for head in ("started_at", "conversation", "account", "waited", "outcome"):
        table.add_column(words[head], overflow="fold")
    for chat in newest:
        outcome = words["answered_late" if chat.answered else "still_unanswered"]
        table.add_row(
            instant_shown(chat.started_at, zone, words),
            printable(chat.conversation),
            printable(_name(chat.account, words)),
            wait_shown(chat.waited_seconds),
            outcome,
        )
    return table
