"""How a shop stands against each line, with the line's source and how sure it is."""

from collections.abc import Iterator

import msgspec

from miaohui.adapters.reports.catalogue import Words
from miaohui.adapters.reports.lines import is_rumour, line_shown
from miaohui.adapters.reports.quantities import shown
from miaohui.domain.analytics.report import Report, ShopReport, Verdict
from miaohui.domain.rules.pack import Metric, Threshold


class VerdictView(msgspec.Struct, frozen=True):
    """One verdict in words; `state` is ok, bad or unknown."""

    label: str
    metric: str
    needs: str
    measured: str
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
            yield _view(verdict, threshold, metrics[threshold.metric], report, words)


def _view(
    verdict: Verdict, threshold: Threshold, metric: Metric, report: Report, words: Words
) -> VerdictView:
    state = {True: "yes", False: "no", None: "unknown"}[verdict.holds]
    language = "zh" if words["language"] == "zh" else "en"
    return VerdictView(
        label=getattr(threshold.label, language),
        metric=getattr(metric.label, language),
        needs=line_shown(threshold, metric, words),
        measured=shown(verdict.value, metric.display, words),
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
