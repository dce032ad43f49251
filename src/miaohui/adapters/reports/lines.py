"""The lines that a metric is held against."""

from datetime import date
from zoneinfo import ZoneInfo

from miaohui.adapters.reports.catalogue import Words
from miaohui.adapters.reports.quantities import shown
from miaohui.domain.analytics.figures import Figure
from miaohui.domain.analytics.report import Report, ShopReport, Verdict
from miaohui.domain.rules.pack import Metric, Threshold


def lines_of(report: Report, metric: Metric) -> tuple[Threshold, ...]:
    """The published lines of a metric on the report's last day: rules first, own targets last."""
    day = last_day(report)
    lines = [one for one in report.thresholds if one.metric == metric.id and in_force(one, day)]
    published = [one for one in lines if one.value is not None and not is_rumour(one)]
    return tuple(sorted(published, key=lambda one: one.basis == "user_target"))


def line_of(report: Report, metric: Metric) -> Threshold | None:
    """The line that bites first: the pack's own order, rumours left out."""
    return next(iter(lines_of(report, metric)), None)


def last_day(report: Report) -> date:
    """The last local day that the report looks at."""
    return report.until or report.as_of.astimezone(ZoneInfo(report.timezone)).date()


def in_force(threshold: Threshold, day: date) -> bool:
    """Whether a threshold is effective on a local day."""
    effective = threshold.effective
    started = effective.from_ is None or effective.from_ <= day
    return started and (effective.until is None or day <= effective.until)


def is_rumour(threshold: Threshold) -> bool:
    """Whether a line is only claimed: shown as such, and in no total."""
    return threshold.provenance.confidence == "U"


def meets(threshold: Threshold, value: float | None) -> bool | None:
    """Whether a value meets a line; None where either is missing."""
    if value is None or threshold.value is None:
        return None
    match threshold.op:
        case ">=":
            return value >= threshold.value
        case ">":
            return value > threshold.value
        case "<=":
            return value <= threshold.value
        case "<":
            return value < threshold.value


def verdict_on(shop: ShopReport, threshold: Threshold) -> Verdict | None:
    """The shop's verdict on a threshold, if the report gave one."""
    return next((one for one in shop.verdicts if one.threshold == threshold.id), None)


def line_shown(threshold: Threshold, metric: Metric, words: Words) -> str:
    """`≥ 50.0%`, or that the platform published none."""
    if threshold.value is None:
        return words["no_value"]
    sign = {">=": "≥", "<=": "≤"}.get(threshold.op, threshold.op)
    return f"{sign} {shown(threshold.value, metric.display, words)}"


def is_open(threshold: Threshold, figure: Figure) -> bool:
    """Whether the samples still open can carry the figure over the line."""
    return figure.pending > 0 and meets(threshold, figure.worst) != meets(threshold, figure.best)
