"""Whether the fields of metrics, indicators and thresholds fit one another."""

from collections.abc import Iterator
from datetime import timedelta

from miaohui.domain.rules.findings import Finding, Path
from miaohui.domain.rules.pack import Indicator, Metric, Pack, Threshold

NO_TIME = timedelta(0)
WITH_LIMIT = ("slow_receptions", "long_receptions", "one_contact_resolution")


def figure_findings(pack: Pack) -> Iterator[Finding]:
    """Everything wrong inside metrics, indicators, thresholds and the terms of conversation."""
    if not pack.metrics:
        yield Finding(("metrics",), "pack.metrics_missing")
    for place, metric in enumerate(pack.metrics):
        yield from _metric_findings(("metrics", place), metric)
    for place, indicator in enumerate(pack.indicators):
        yield from _indicator_findings(("indicators", place), indicator)
    metrics = {metric.id: metric for metric in pack.metrics}
    for place, threshold in enumerate(pack.thresholds):
        metric = metrics.get(threshold.metric)
        yield from _threshold_findings(("thresholds", place), threshold, metric)
    yield from _no_time(("conversation", "session_gap"), pack.conversation.session_gap)
    yield from _no_time(("conversation", "burst_gap"), pack.conversation.burst_gap)


def _metric_findings(path: Path, metric: Metric) -> Iterator[Finding]:
    yield from _threshold_of_metric(path, metric)
    yield from _success_of_metric(path, metric)
    yield from _unanswered_of_metric(path, metric)
    if metric.unit == "person" and metric.measure in ("mean", "median", "p90"):
        yield Finding((*path, "unit"), "pack.person_has_no_wait", {"measure": metric.measure})
    if metric.unit != "person" and metric.measure == "unanswered_persons":
        yield Finding((*path, "unit"), "pack.counts_persons")
    if metric.complaints and metric.unit != "round":
        yield Finding((*path, "complaints"), "pack.complaints_are_rounds")


def _threshold_of_metric(path: Path, metric: Metric) -> Iterator[Finding]:
    where = (*path, "threshold")
    if metric.measure == "rate" and metric.threshold is None:
        yield Finding(where, "pack.rate_needs_threshold")
    if metric.measure != "rate" and metric.threshold is not None:
        yield Finding(where, "pack.threshold_needless", {"measure": metric.measure})
    yield from _no_time(where, metric.threshold)


def _success_of_metric(path: Path, metric: Metric) -> Iterator[Finding]:
    person_rate = metric.unit == "person" and metric.measure == "rate"
    if person_rate and metric.success is None:
        yield Finding((*path, "success"), "pack.success_missing")
    if not person_rate and metric.success is not None:
        yield Finding((*path, "success"), "pack.success_needless")


def _unanswered_of_metric(path: Path, metric: Metric) -> Iterator[Finding]:
    where = (*path, "unanswered")
    allowed = {"rate": ("miss",), "unanswered_persons": ("miss",)}.get(
        metric.measure, ("drop", "cap")
    )
    if metric.unanswered is not None and metric.unanswered not in allowed:
        values = {"value": metric.unanswered, "allowed": ", ".join(allowed)}
        yield Finding(where, "pack.not_allowed", values)
    if metric.unanswered == "cap" and metric.cap is None:
        yield Finding((*path, "cap"), "pack.cap_missing")
    if metric.unanswered != "cap" and metric.cap is not None:
        yield Finding((*path, "cap"), "pack.cap_needless")
    yield from _no_time((*path, "cap"), metric.cap)


def _indicator_findings(path: Path, indicator: Indicator) -> Iterator[Finding]:
    where = (*path, "limit")
    if indicator.measure in WITH_LIMIT and indicator.limit is None:
        yield Finding(where, "pack.limit_missing", {"measure": indicator.measure})
    if indicator.measure not in WITH_LIMIT and indicator.limit is not None:
        yield Finding(where, "pack.limit_needless", {"measure": indicator.measure})
    yield from _no_time(where, indicator.limit)


def _threshold_findings(
    path: Path, threshold: Threshold, metric: Metric | None
) -> Iterator[Finding]:
    where = (*path, "value")
    if threshold.value is None:
        if threshold.basis == "absolute":
            yield Finding(where, "pack.value_missing")
        return
    if threshold.value < 0:
        yield Finding(where, "pack.too_small", {"value": threshold.value, "allowed": 0})
    if metric is not None and metric.measure == "rate" and threshold.value > 1:
        yield Finding(where, "pack.rate_above_one", {"value": threshold.value})


def _no_time(path: Path, duration: timedelta | None) -> Iterator[Finding]:
    if duration is not None and duration <= NO_TIME:
        yield Finding(path, "pack.duration_not_positive")
