"""The agents' table: rate, its 95 % interval as a bar, and the other current figures."""

from collections.abc import Sequence
from math import ceil, floor

import msgspec

from miaohui.adapters.reports.catalogue import Words
from miaohui.adapters.reports.headlines import NOTHING, label
from miaohui.adapters.reports.intervals import SMALL_SAMPLE, wilson
from miaohui.adapters.reports.lines import line_of
from miaohui.adapters.reports.plots import line_name
from miaohui.adapters.reports.quantities import made_of, shown
from miaohui.domain.analytics.figures import Figure
from miaohui.domain.analytics.report import AccountFigures, Report, ShopReport
from miaohui.domain.rules.pack import Metric

BAR_WIDTH = 184  # units of the drawing
_OTHERS = 4


class Interval(msgspec.Struct, frozen=True):
    """A bar's place, 0–BAR_WIDTH, and the same in words."""

    low: float
    high: float
    at: float
    text: str


class AccountRow(msgspec.Struct, frozen=True):
    """One agent; `nobody` holds the misses that no agent was responsible for."""

    name: str
    nobody: bool
    small: bool
    value: str
    basis: str
    interval: Interval | None
    others: Sequence[tuple[str, str, str]]  # label, value, what it was made of


class AccountTable(msgspec.Struct, frozen=True):
    """All agents, the best rate first, small samples after them, nobody last."""

    metric: str
    others: Sequence[str]
    low: str
    high: str
    line_at: float | None
    line_name: str
    small_below: int
    rows: Sequence[AccountRow]


class Scale(msgspec.Struct, frozen=True):
    """The rates at the two ends of the bar."""

    low: float
    high: float

    def place(self, rate: float) -> float:
        """Where a rate stands on the bar."""
        share = (rate - self.low) / (self.high - self.low)
        return round(BAR_WIDTH * min(1.0, max(0.0, share)), 1)


def account_table(report: Report, shop: ShopReport, words: Words) -> AccountTable | None:
    """None where no account has a sample of the headline."""
    if not shop.accounts or not report.metrics:
        return None
    metric, line = report.metrics[0], line_of(report, report.metrics[0])
    scale = _scale(shop, metric, line.value if line else None)
    others = [one for one in report.metrics[1:] if one.status == "current"][:_OTHERS]
    return AccountTable(
        metric=label(metric, words),
        others=[label(one, words) for one in others],
        low=f"{scale.low * 100:.0f}%",
        high=f"{scale.high * 100:.0f}%",
        line_at=scale.place(line.value) if line and line.value is not None else None,
        line_name=line_name(line, metric, words) if line else "",
        small_below=SMALL_SAMPLE,
        rows=[_row(one, metric, others, scale, words) for one in _ranked(shop, metric)],
    )


def _scale(shop: ShopReport, metric: Metric, line: float | None) -> Scale:
    """Whole tens around every interval and the line; nobody's zero is left out."""
    figures = (one.metrics.get(metric.id, NOTHING) for one in shop.accounts if not _nobody(one))
    ends = [end for one in figures for end in wilson(one.numerator, one.denominator) or ()]
    ends += [line] if line is not None else []
    low, high = min(ends, default=0.0), max(ends, default=1.0)
    low_ten = floor(low * 10) / 10
    return Scale(low_ten, max(ceil(high * 10) / 10, low_ten + 0.1))


def _nobody(one: AccountFigures) -> bool:
    return one.account == "unassigned"


def _ranked(shop: ShopReport, metric: Metric) -> Sequence[AccountFigures]:
    def place(one: AccountFigures) -> tuple[bool, bool, float]:
        figure = one.metrics.get(metric.id, NOTHING)
        value = figure.value if figure.value is not None else -1.0
        return _nobody(one), _small(figure), -value if metric.better == "higher" else value

    return sorted(shop.accounts, key=place)


def _small(figure: Figure) -> bool:
    return figure.denominator < SMALL_SAMPLE


def _row(
    one: AccountFigures, metric: Metric, others: Sequence[Metric], scale: Scale, words: Words
) -> AccountRow:
    figure = one.metrics.get(metric.id, NOTHING)
    return AccountRow(
        name=words["unassigned"] if _nobody(one) else one.account,
        nobody=_nobody(one),
        small=_small(figure),
        value=shown(figure.value, metric.display, words),
        basis=made_of(figure, metric, words),
        interval=_interval(figure, metric, scale, words) if not _nobody(one) else None,
        others=[_other(one.metrics.get(other.id, NOTHING), other, words) for other in others],
    )


def _interval(figure: Figure, metric: Metric, scale: Scale, words: Words) -> Interval | None:
    ends = wilson(figure.numerator, figure.denominator) if metric.measure == "rate" else None
    if ends is None or figure.value is None:
        return None
    low, high = (shown(end, metric.display, words) for end in ends)
    return Interval(
        scale.place(ends[0]),
        scale.place(ends[1]),
        scale.place(figure.value),
        words["interval_text"].format(low=low, high=high),
    )


def _other(figure: Figure, metric: Metric, words: Words) -> tuple[str, str, str]:
    value = shown(figure.value, metric.display, words)
    return label(metric, words), value, made_of(figure, metric, words)
