"""When chats come and are missed: hours × weekdays."""

from collections.abc import Mapping, Sequence

import msgspec

from miaohui.adapters.reports.catalogue import Words
from miaohui.adapters.reports.quantities import whole
from miaohui.domain.analytics.figures import Figure
from miaohui.domain.analytics.report import ShopReport
from miaohui.domain.rules.pack import Metric

FEW = 5  # cells with fewer samples are hollow: one missed chat of one is no 100 %


class Cell(msgspec.Struct, frozen=True):
    """One hour of one weekday; `column` and `row` index the hours and weekdays shown."""

    column: int
    row: int
    share: float
    missed: int
    chats: int
    small: bool
    tip: str


class WeekView(msgspec.Struct, frozen=True):
    """The heat map and its table: `rows[weekday][hour]` is a cell or None."""

    hours: Sequence[str]
    weekdays: Sequence[str]
    cells: Sequence[Cell]
    rows: Sequence[Sequence[Cell | None]]
    unit: str
    few: int
    sentence: str


def week_of(shop: ShopReport, metric: Metric | None, words: Words) -> WeekView | None:
    """The week of a rate; None where no hour has a sample."""
    found = _figures(shop, metric)
    if metric is None or not found:
        return None
    hours = range(min(hour for _, hour in found), max(hour for _, hour in found) + 1)
    unit = words[f"unit_{metric.unit}"]
    cells = {at: _cell(at, figure, hours, unit, words) for at, figure in found.items()}
    return WeekView(
        hours=[f"{hour:02d}" for hour in hours],
        weekdays=[words[f"weekday_{day}"] for day in range(1, 8)],
        cells=list(cells.values()),
        rows=[[cells.get((day, hour)) for hour in hours] for day in range(1, 8)],
        unit=unit,
        few=FEW,
        sentence=_sentence(cells, unit, words),
    )


def _figures(shop: ShopReport, metric: Metric | None) -> Mapping[tuple[int, int], Figure]:
    if metric is None:
        return {}
    found = {(one.weekday, one.hour): one.metrics.get(metric.id) for one in shop.hours}
    return {at: figure for at, figure in found.items() if figure and figure.denominator}


def _cell(at: tuple[int, int], figure: Figure, hours: range, unit: str, words: Words) -> Cell:
    day, hour = at
    missed = figure.denominator - round(figure.numerator)
    return Cell(
        column=hour - hours.start,
        row=day - 1,
        share=missed / figure.denominator,
        missed=missed,
        chats=figure.denominator,
        small=figure.denominator < FEW,
        tip=words["heat_tip"].format(
            weekday=words[f"weekday_{day}"],
            hour=hour,
            missed=whole(missed),
            chats=whole(figure.denominator),
            unit=unit,
        ),
    )


def _sentence(cells: Mapping[tuple[int, int], Cell], unit: str, words: Words) -> str:
    day, hour = max(cells, key=lambda at: (cells[at].missed, at))
    worst = cells[day, hour]
    if not worst.missed:
        return words["heat_none"]
    return words["heat_worst"].format(
        weekday=words[f"weekday_{day}"],
        hour=hour,
        next=hour + 1,
        missed=whole(worst.missed),
        chats=whole(worst.chats),
        unit=unit,
    )
