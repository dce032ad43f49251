"""What the page's script needs to draw: positions, words and tips, no arithmetic left to do."""

from collections.abc import Iterator, Sequence

import msgspec

from miaohui.adapters.reports.catalogue import Words
from miaohui.adapters.reports.headlines import NOTHING
from miaohui.adapters.reports.intervals import SMALL_SAMPLE
from miaohui.adapters.reports.lines import line_of, lines_of, meets
from miaohui.adapters.reports.quantities import (
    bounds,
    day_shown,
    duration_shown,
    made_of,
    shown,
    whole,
)
from miaohui.adapters.reports.weeks import Cell, WeekView
from miaohui.domain.analytics.report import DayFigures, Report, ShopReport, WaitBin, Waits
from miaohui.domain.rules.pack import Metric, Threshold

_SCALES = {"percent": 100.0, "seconds": 1.0, "minutes": 1 / 60, "hours": 1 / 3600, "count": 1.0}


class DayPoint(msgspec.Struct, frozen=True):
    """One day of the headline, in its shown unit; no value, no point."""

    label: str
    value: float | None
    worst: float | None
    best: float | None
    broken: bool
    small: bool
    tip: str


class LineMark(msgspec.Struct, frozen=True):
    """A line across the plot; the merchant's own target is dashed."""

    value: float
    name: str
    dashed: bool


class DaysPlot(msgspec.Struct, frozen=True):
    """The headline per day."""

    points: Sequence[DayPoint]
    lines: Sequence[LineMark]
    unit: str
    limit: float | None


class HeatPlot(msgspec.Struct, frozen=True):
    """Hours × weekdays."""

    hours: Sequence[str]
    weekdays: Sequence[str]
    cells: Sequence[Cell]


class Bar(msgspec.Struct, frozen=True):
    """One bin of waits; `until` names its right edge."""

    rounds: int
    until: str
    late: bool
    tip: str


class WaitsPlot(msgspec.Struct, frozen=True):
    """Equal bins, then the unequal ones, then those never answered."""

    equal: Sequence[Bar]
    unequal: Sequence[Bar]
    never: Bar
    line_at: int | None
    line_name: str


class Plots(msgspec.Struct, frozen=True):
    """Everything drawn for one shop."""

    days: DaysPlot | None
    heat: HeatPlot | None
    waits: WaitsPlot | None


def plots_of(report: Report, shop: ShopReport, week: WeekView | None, words: Words) -> Plots:
    """The plots of a shop; None where there is nothing to draw."""
    has_days = bool(shop.days and report.metrics)
    return Plots(
        days=_days(report, shop, report.metrics[0], words) if has_days else None,
        heat=HeatPlot(week.hours, week.weekdays, week.cells) if week else None,
        waits=_waits(shop.waits, steering_seconds(report), words) if shop.waits else None,
    )


def steering_metric(report: Report) -> Metric | None:
    """The round rate that a team lead steers by; the headline where the pack has none."""
    rates = [one for one in report.metrics if one.measure == "rate" and one.threshold]
    return next((one for one in rates if one.unit == "round"), next(iter(rates), None))


def steering_seconds(report: Report) -> int | None:
    """The threshold of the steering metric in seconds."""
    metric = steering_metric(report)
    return int(metric.threshold.total_seconds()) if metric and metric.threshold else None


def _days(report: Report, shop: ShopReport, metric: Metric, words: Words) -> DaysPlot:
    return DaysPlot(
        points=[_day(report, day, metric, words) for day in shop.days],
        lines=list(_lines(report, metric, words)),
        unit="%" if metric.display.unit == "percent" else "",
        limit=100.0 if metric.measure == "rate" else None,
    )


def _day(report: Report, day: DayFigures, metric: Metric, words: Words) -> DayPoint:
    figure, line = day.metrics.get(metric.id, NOTHING), line_of(report, metric)
    scale = _SCALES[metric.display.unit]
    said = [day_shown(day.date, words), shown(figure.value, metric.display, words)]
    said += [made_of(figure, metric, words), bounds(figure, metric.display, words)]
    return DayPoint(
        label=day_shown(day.date, words, "day_short" if day.date.day > 1 else "date"),
        value=_scaled(figure.value, scale),
        worst=_scaled(figure.worst, scale) if figure.pending else None,
        best=_scaled(figure.best, scale) if figure.pending else None,
        broken=line is not None and meets(line, figure.value) is False,
        small=0 < figure.denominator < SMALL_SAMPLE,
        tip=" · ".join(part for part in said if part),
    )


def _scaled(value: float | None, scale: float) -> float | None:
    return None if value is None else round(value * scale, 6)


def _lines(report: Report, metric: Metric, words: Words) -> Iterator[LineMark]:
    for line in lines_of(report, metric):
        if line.value is not None:
            value = line.value * _SCALES[metric.display.unit]
            yield LineMark(value, line_name(line, metric, words), line.basis == "user_target")


def line_name(line: Threshold, metric: Metric, words: Words) -> str:
    """`行业线 62.0%`."""
    name = line.label.zh if words["language"] == "zh" else line.label.en
    return f"{name} {shown(line.value, metric.display, words)}"


def _waits(waits: Waits, line: int | None, words: Words) -> WaitsPlot:
    equal = equal_bins(waits)
    edges = [one.until_seconds for one in equal]
    inside = waits_within(waits, line)
    return WaitsPlot(
        equal=[_bar(one, waits, line, words) for one in equal],
        unequal=[_bar(one, waits, line, words) for one in waits.bins[len(equal) :]],
        never=_bar_of(waits.unanswered, words["never"], waits, words["never"]),
        line_at=edges.index(line) + 1 if line in edges else None,
        line_name=words["waits_within"].format(
            line=duration_shown(line, words), share=f"{inside * 100:.0f}%"
        )
        if line and inside is not None
        else "",
    )


def equal_bins(waits: Waits) -> Sequence[WaitBin]:
    """The leading bins that are as wide as the first."""
    step = waits.bins[0].until_seconds if waits.bins else None
    count = 0
    for one in waits.bins:
        if step is None or one.until_seconds != one.from_seconds + step:
            break
        count += 1
    return waits.bins[:count]


def waits_within(waits: Waits, line: int | None) -> float | None:
    """The share of all counted rounds answered within the line; never answered counts against."""
    whole_count = waits.unanswered + sum(one.rounds for one in waits.bins)
    if line is None or not whole_count:
        return None
    inside = (one.rounds for one in waits.bins if one.until_seconds and one.until_seconds <= line)
    return sum(inside) / whole_count


def _bar(one: WaitBin, waits: Waits, line: int | None, words: Words) -> Bar:
    late = line is not None and one.from_seconds >= line
    return _bar_of(one.rounds, until_shown(one, words), waits, range_shown(one, words), late=late)


def _bar_of(rounds: int, until: str, waits: Waits, name: str, *, late: bool = True) -> Bar:
    whole_count = waits.unanswered + sum(one.rounds for one in waits.bins)
    share = f" · {rounds / whole_count * 100:.1f}%" if whole_count else ""
    return Bar(rounds, until, late, f"{name} · {whole(rounds)}{share}")


def until_shown(one: WaitBin, words: Words) -> str:
    """A short name of a bin's end: `45`, `–10分`, `更久`."""
    if one.until_seconds is None:
        return words["wait_longer"]
    if one.until_seconds - one.from_seconds >= 60:
        return words["wait_until_minutes"].format(minutes=one.until_seconds // 60)
    return str(one.until_seconds)


def range_shown(one: WaitBin, words: Words) -> str:
    """A bin in words: `15–30 秒`, `5–10 分`, `超过 1 小时`."""
    if one.until_seconds is None:
        return words["wait_from"].format(from_=duration_shown(one.from_seconds, words))
    if one.from_seconds >= 60 and one.from_seconds % 60 == 0 == one.until_seconds % 60:
        span = f"{one.from_seconds // 60}–{one.until_seconds // 60}"
        return words["duration_minutes"].format(minutes=span)
    return words["duration_seconds"].format(seconds=f"{one.from_seconds}–{one.until_seconds}")
