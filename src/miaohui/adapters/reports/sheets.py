"""What stands on each sheet of the workbook."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

import msgspec

from miaohui.adapters.reports.catalogue import Words
from miaohui.adapters.reports.headlines import NOTHING, label
from miaohui.adapters.reports.quantities import reasons_shown
from miaohui.domain.analytics.figures import Figure
from miaohui.domain.analytics.report import Figures, Report, ShopReport
from miaohui.domain.rules.pack import Display, Indicator, Metric


class Formed(msgspec.Struct, frozen=True):
    """A cell's value and the number format that shows it."""

    value: float | datetime
    form: str


Cell = str | float | int | Formed | None
Row = Sequence[Cell]
Group = tuple[Row, Figures]

_WHOLE = {
    "shop": 26,
    "metric": 28,
    "value": 12,
    "numerator": 12,
    "denominator": 12,
    "pending": 10,
    "worst": 12,
    "best": 12,
    "excluded": 60,
}  # heads and their widths
_DIVISORS = {"percent": 1, "seconds": 1, "minutes": 60, "hours": 3600, "count": 1}


class Sheet(msgspec.Struct, frozen=True):
    """A sheet: heads, column widths in characters, and rows made as they are written."""

    title: str
    heads: Sequence[str]
    widths: Sequence[int]
    rows: Iterable[Row]


def sheets_of(report: Report, words: Words) -> Iterator[Sheet]:
    """Overview, efficiency, days, hours, agents, channels and missed chats of all shops."""
    accounts, hours = partial(_accounts, words=words), partial(_hours, words=words)
    yield _whole(report, words, "sheet_total", report.metrics, lambda shop: shop.total)
    yield _whole(report, words, "sheet_indicators", report.indicators, lambda shop: shop.indicators)
    yield _grouped(report, words, "sheet_days", ("date_head",), _days)
    yield _grouped(report, words, "sheet_hours", ("weekday_head", "hour_head"), hours)
    yield _grouped(report, words, "sheet_accounts", ("account",), accounts)
    yield _grouped(report, words, "sheet_channels", ("channel",), _channels)
    yield _missed(report, words)


def _whole(
    report: Report,
    words: Words,
    title: str,
    measures: Sequence[Metric | Indicator],
    figures: Callable[[ShopReport], Figures],
) -> Sheet:
    """One row per shop and figure of the whole shop."""
    rows = (
        _whole_row(shop, one, figures(shop).get(one.id, NOTHING), words)
        for shop in report.shops
        for one in measures
    )
    return Sheet(words[title], [words[head] for head in _WHOLE], tuple(_WHOLE.values()), rows)


def _whole_row(shop: ShopReport, measure: Metric | Indicator, figure: Figure, words: Words) -> Row:
    return (
        shop.shop,
        label(measure, words),
        _formed(figure.value, measure.display),
        figure.numerator,
        figure.denominator,
        figure.pending,
        _formed(figure.worst, measure.display),
        _formed(figure.best, measure.display),
        reasons_shown(figure.excluded, words),
    )


def _formed(value: float | None, display: Display) -> Formed | None:
    """The value in the metric's own unit: percents as percents, minutes as minutes."""
    if value is None:
        return None
    digits = "0." + "0" * display.decimals if display.decimals else "0"
    form = f"{digits}%" if display.unit == "percent" else digits
    return Formed(value / _DIVISORS[display.unit], form)


def _grouped(
    report: Report,
    words: Words,
    title: str,
    names: Sequence[str],
    groups: Callable[[ShopReport], Iterator[Group]],
) -> Sheet:
    """One row per shop and group; value, numerator and denominator of every metric."""
    heads = [words["shop"], *(words[name] for name in names)]
    for metric in report.metrics:
        name = label(metric, words)
        heads += [name, f"{name} {words['numerator']}", f"{name} {words['denominator']}"]
    rows = (
        (shop.shop, *group, *_cells(report.metrics, figures))
        for shop in report.shops
        for group, figures in groups(shop)
    )
    return Sheet(words[title], heads, (26, *(18,) * (len(heads) - 1)), rows)


def _cells(metrics: Sequence[Metric], figures: Figures) -> Iterator[Cell]:
    for metric in metrics:
        figure: Figure = figures.get(metric.id, NOTHING)
        yield _formed(figure.value, metric.display)
        yield figure.numerator
        yield figure.denominator


def _days(shop: ShopReport) -> Iterator[Group]:
    return (((Formed(_midnight(day.date), "yyyy-mm-dd"),), day.metrics) for day in shop.days)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001, workbooks know no zones


def _hours(shop: ShopReport, words: Words) -> Iterator[Group]:
    return (((words[f"weekday_{one.weekday}"], one.hour), one.metrics) for one in shop.hours)


def _accounts(shop: ShopReport, words: Words) -> Iterator[Group]:
    for one in shop.accounts:
        name = words["unassigned"] if one.account == "unassigned" else one.account
        yield (name,), one.metrics


def _channels(shop: ShopReport) -> Iterator[Group]:
    return (((one.channel,), one.metrics) for one in shop.channels)


def _missed(report: Report, words: Words) -> Sheet:
    heads = ["shop", "started_at", "channel", "conversation", "account", "waited", "outcome"]
    zone = ZoneInfo(report.timezone)
    return Sheet(
        words["sheet_missed"],
        [words[head] for head in heads],
        (26, 20, 14, 28, 20, 10, 14),
        (row for shop in report.shops for row in _missed_rows(shop, zone, words)),
    )


def _missed_rows(shop: ShopReport, zone: ZoneInfo, words: Words) -> Iterator[Row]:
    for chat in shop.missed:
        local = chat.started_at.astimezone(zone).replace(tzinfo=None)
        nobody = chat.account == "unassigned"
        yield (
            shop.shop,
            Formed(local, "yyyy-mm-dd hh:mm:ss"),
            chat.channel,
            chat.conversation,
            words["unassigned"] if nobody else chat.account,
            Formed(chat.waited_seconds / 86_400, "[h]:mm:ss"),
            words["answered_late" if chat.answered else "still_unanswered"],
        )
