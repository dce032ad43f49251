"""One card per figure: value, what it was made of, what is open, what was left out, its line."""

from collections.abc import Sequence

import msgspec

from miaohui.adapters.reports.catalogue import Words
from miaohui.adapters.reports.headlines import label
from miaohui.adapters.reports.indicators import indicator_views
from miaohui.adapters.reports.lines import line_of, meets
from miaohui.adapters.reports.plots import line_name
from miaohui.adapters.reports.quantities import (
    bounds,
    made_of,
    reasons_shown,
    shown,
    whole,
)
from miaohui.domain.analytics.figures import Figure
from miaohui.domain.analytics.report import Report, ShopReport
from miaohui.domain.rules.pack import Metric


class Card(msgspec.Struct, frozen=True):
    """A figure in words; `state` is ok, bad or empty where no line is held against it."""

    label: str
    value: str
    basis: str
    state: str = ""
    outcome: str = ""
    line: str = ""
    tag: str = ""
    notes: Sequence[str] = ()


def cards_of(report: Report, shop: ShopReport, words: Words) -> Sequence[Card]:
    """A card per metric that the shop has."""
    return [
        _card(report, metric, shop.total[metric.id], words)
        for metric in report.metrics
        if metric.id in shop.total
    ]


def _card(report: Report, metric: Metric, figure: Figure, words: Words) -> Card:
    line = line_of(report, metric)
    holds = meets(line, figure.value) if line else None
    state = {True: "ok", False: "bad", None: ""}[holds]
    return Card(
        label=label(metric, words),
        value=shown(figure.value, metric.display, words),
        basis=made_of(figure, metric, words),
        state=state,
        outcome={"ok": words["holds_yes"], "bad": words["holds_no"], "": ""}[state],
        line=line_name(line, metric, words) if line else "",
        tag=words.get(metric.status, ""),
        notes=_notes(figure, metric, words),
    )


def _notes(figure: Figure, metric: Metric, words: Words) -> Sequence[str]:
    unit = words[f"unit_{metric.unit}"]
    notes: list[str] = []
    if figure.pending:
        span = bounds(figure, metric.display, words)
        open_count = words["pending_count"].format(count=whole(figure.pending))
        notes.append(f"{open_count} · {words['worst_best']} {span}")
    if figure.unanswered is not msgspec.UNSET and figure.unanswered:
        notes.append(words["unanswered_out"].format(count=whole(figure.unanswered), unit=unit))
    if isinstance(figure.value_bot_only_as_misses, float):
        value = shown(figure.value_bot_only_as_misses, metric.display, words)
        notes.append(words["bot_only_as_misses"].format(value=value))
    if any(figure.excluded.values()):
        count, reasons = whole(sum(figure.excluded.values())), reasons_shown(figure.excluded, words)
        notes.append(words["excluded_count"].format(count=count, unit=unit, reasons=reasons))
    return notes


def indicator_cards(report: Report, shop: ShopReport, words: Words) -> Sequence[Card]:
    """A card per indicator that the shop has a value of."""
    views = indicator_views(report, shop, words)
    return [Card(view.label, view.value, view.basis) for view in views]
