"""What a shop's report means, in one sentence, and which shop is most in danger."""

from enum import StrEnum

from miaohui.adapters.reports.catalogue import Language, Words
from miaohui.adapters.reports.lines import is_open, line_of, meets, verdict_on
from miaohui.adapters.reports.quantities import gap_shown, made_of, shown, whole
from miaohui.domain.analytics.figures import Figure
from miaohui.domain.analytics.report import Report, ShopReport
from miaohui.domain.rules.pack import Indicator, Metric, Threshold

NOTHING = Figure(None, 0, 0, 0, None, None, {})


class Standing(StrEnum):
    """How a shop stands against the line of its headline metric, most in danger first."""

    BROKEN = "broken"
    UNSURE = "unsure"
    NO_LINE = "no_line"
    SMALL = "small"
    SAFE = "safe"
    EMPTY = "empty"


_DANGER = list(Standing)


def standing(report: Report, shop: ShopReport) -> Standing:
    """Where the shop stands: the verdict decides, unless open samples can still turn it."""
    if not report.metrics or headline_figure(report, shop).value is None:
        return Standing.EMPTY
    line = line_of(report, report.metrics[0])
    return _against(line, report, shop) if line else Standing.NO_LINE


def _against(line: Threshold, report: Report, shop: ShopReport) -> Standing:
    verdict, figure = verdict_on(shop, line), headline_figure(report, shop)
    holds = verdict.holds if verdict else meets(line, figure.value)
    if holds is None:
        because = verdict.because if verdict else None
        return Standing.NO_LINE if because == "no_line" else Standing.SMALL
    if _covers_all(report, shop, line) and is_open(line, figure):
        return Standing.UNSURE
    return Standing.SAFE if holds else Standing.BROKEN


def _covers_all(report: Report, shop: ShopReport, line: Threshold) -> bool:
    """Whether the verdict looks at the same value as the total, so that its bounds apply."""
    verdict = verdict_on(shop, line)
    return verdict is None or verdict.value in (None, headline_figure(report, shop).value)


def headline_figure(report: Report, shop: ShopReport) -> Figure:
    """The shop's total of the headline metric; an empty figure if it has none."""
    return shop.total.get(report.metrics[0].id, NOTHING) if report.metrics else NOTHING


def by_danger(report: Report) -> tuple[ShopReport, ...]:
    """All shops, the worst headline first, those without samples last."""
    return tuple(sorted(report.shops, key=lambda shop: _danger(report, shop)))


def _danger(report: Report, shop: ShopReport) -> tuple[int, float, str]:
    value = headline_figure(report, shop).value or 0.0
    higher_is_better = bool(report.metrics) and report.metrics[0].better == "higher"
    rank = _DANGER.index(standing(report, shop))
    return rank, value if higher_is_better else -value, shop.shop


def headline(report: Report, shop: ShopReport, words: Words) -> str:
    """The sentence: safe or not, numerator and denominator, the line and the distance to it."""
    if not report.metrics:
        return words["no_sample"]
    metric, figure = report.metrics[0], headline_figure(report, shop)
    state, line = standing(report, shop), line_of(report, metric)
    said = _said(figure, metric, words)
    if line is None or line.value is None or state in (Standing.NO_LINE, Standing.EMPTY):
        return words[f"headline_{state}"].format(**said)
    said |= _compared(line, report, shop, words)
    return words[_pattern(state, said)].format(**said)


def _said(figure: Figure, metric: Metric, words: Words) -> dict[str, str]:
    return {
        "metric": label(metric, words),
        "value": shown(figure.value, metric.display, words),
        "ratio": made_of(figure, metric, words),
        "pending": whole(figure.pending),
        "unit": words[f"unit_{metric.unit}"],
        "worst": shown(figure.worst, metric.display, words),
        "best": shown(figure.best, metric.display, words),
    }


def _compared(line: Threshold, report: Report, shop: ShopReport, words: Words) -> dict[str, str]:
    metric, figure, verdict = (
        report.metrics[0],
        headline_figure(report, shop),
        verdict_on(shop, line),
    )
    judged = verdict.value if verdict and verdict.value is not None else figure.value
    gap = (judged or 0.0) - (line.value or 0.0)
    apart = verdict is not None and not _covers_all(report, shop, line)
    return {
        "line": _text(line.label.zh, line.label.en, words),
        "line_value": shown(line.value, metric.display, words),
        "side": words["higher" if gap > 0 else "lower"],
        "gap": gap_shown(gap, metric.display, words) if gap else "",
        "judged": words["judged_days"].format(
            days=len(verdict.days) or line.days, value=shown(judged, metric.display, words)
        )
        if verdict and apart
        else "",
    }


def _pattern(state: Standing, said: dict[str, str]) -> str:
    if said["gap"] or state not in (Standing.SAFE, Standing.BROKEN):
        return f"headline_{state}"
    return "headline_on_the_line" if state is Standing.SAFE else "headline_broken_on_the_line"


def still_open(figure: Figure, metric: Metric, words: Words) -> str:
    """How far the open samples can still move the figure, or that none can."""
    said = _said(figure, metric, words)
    return words["open_cases" if figure.pending else "all_decided"].format(**said)


def label(metric: Metric | Indicator, words: Words) -> str:
    """The metric's or indicator's name in the reader's language."""
    return _text(metric.label.zh, metric.label.en, words)


def _text(zh: str, en: str, words: Words) -> str:
    language: Language = "zh" if words["language"] == "zh" else "en"
    return zh if language == "zh" else en
