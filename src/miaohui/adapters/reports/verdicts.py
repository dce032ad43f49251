"""How a shop stands against each line, with the line's source and how sure it is."""

from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from miaohui.adapters.reports.catalogue import Words
from miaohui.adapters.reports.lines import is_rumour, last_day, line_shown
from miaohui.adapters.reports.quantities import day_shown, shown
from miaohui.domain.analytics.report import Report, ShopReport, Verdict
from miaohui.domain.rules.pack import Metric, Threshold


class VerdictView(msgspec.Struct, frozen=True):
    """One verdict in words; `state` is ok, bad or unknown.

    `days` names the days looked at; empty where there is but one and the shop has no other.
    """

    label: str
    metric: str
    needs: str
    measured: str
    days: str
    outcome: str
    state: str
    because: str
    source: str
    confidence: str
    rumour: bool


def verdict_views(report: Report, shop: ShopReport, words: Words) -> tuple[VerdictView, ...]:
    """The verdicts in the pack's order, rumours last."""
    views = _views(report, shop, words)
    return tuple(sorted(views, key=lambda view: view.rumour))


def _views(report: Report, shop: ShopReport, words: Words) -> Iterator[VerdictView]:
    thresholds = {one.id: one for one in report.thresholds}
    metrics = {one.id: one for one in report.metrics}
    for verdict in shop.verdicts:
        threshold = thresholds.get(verdict.threshold)
        if threshold and threshold.metric in metrics:
            days = _days_shown(verdict.days, report, shop, words)
            yield _view(verdict, threshold, metrics[threshold.metric], report, days, words)


def _days_shown(days: Sequence[date], report: Report, shop: ShopReport, words: Words) -> str:
    if not days:
        return ""
    first, last = days[0], days[-1]
    if first == last:
        alone = [day.date for day in shop.days] == [last]
        return "" if alone else day_shown(last, words)
    if last == last_day(report):
        return words["last_days"].format(days=(last - first).days + 1)
    return words["day_range"].format(from_=day_shown(first, words), until=day_shown(last, words))


def _view(
    verdict: Verdict,
    threshold: Threshold,
    metric: Metric,
    report: Report,
    days: str,
    words: Words,
) -> VerdictView:
    state = {True: "yes", False: "no", None: "unknown"}[verdict.holds]
    language = "zh" if words["language"] == "zh" else "en"
    return VerdictView(
        label=getattr(threshold.label, language),
        metric=getattr(metric.label, language),
        needs=line_shown(threshold, metric, words),
        measured=shown(verdict.value, metric.display, words),
        days=days,
        outcome=words[f"holds_{state}"],
        state={"yes": "ok", "no": "bad"}.get(state, "unknown"),
        because=words.get(f"because_{verdict.because}", "") if verdict.because else "",
        source=_source(report, threshold.provenance.source),
        confidence=words[f"confidence_{threshold.provenance.confidence}"],
        rumour=is_rumour(threshold),
    )


def _source(report: Report, source_id: str) -> str:
    found = next((one for one in report.sources if one.id == source_id), None)
    if found is None:
        return source_id
    return " · ".join(part for part in (found.title, found.publisher, found.published) if part)
