"""Packs of one metric, for figures that can be added up by hand."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from msgspec.structs import replace
from tests.domain.analytics.packs import OWN, WORDS
from tests.events import at

from miaohui.domain.analytics.assembly import report_of
from miaohui.domain.analytics.encoding import facts_of
from miaohui.domain.analytics.figures import Figure
from miaohui.domain.analytics.report import ShopReport
from miaohui.domain.conversation.replies import ReplyClass
from miaohui.domain.rules.pack import (
    Calendar,
    ConversationTerms,
    DateRange,
    Display,
    Heading,
    Indicator,
    Metric,
    NamedReplyClass,
    Pack,
    Source,
    Threshold,
    Window,
)
from miaohui.domain.rules.validation import findings
from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.instants import micros_of

DAY_HOURS = (Window("08:00", "23:00"),)
NEXT_WEEK = "9T00:00:00"


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


def metric(name: str = "reply", **rules: Any) -> Metric:
    """A round rate within three minutes, unless told otherwise."""
    usual: dict[str, Any] = {"unit": "round", "measure": "rate", "calendar": "day"}
    if rules.get("measure", "rate") == "rate":
        usual["threshold"] = seconds(180)
    shown = {"display": Display("percent"), "better": "higher", "label": WORDS, "provenance": OWN}
    return Metric(id=name, **{**usual, **shown, **rules})


def indicator(measure: str, **rules: Any) -> Indicator:
    shown = {"id": measure, "label": WORDS, "display": Display("count"), "provenance": OWN}
    return Indicator(measure=measure, **{**shown, "calendar": "day", **rules})  # type: ignore


def line(name: str = "line", **rules: Any) -> Threshold:
    """At least 80 % of `reply`, over the last day, unless told otherwise."""
    usual = {"metric": "reply", "op": ">=", "basis": "absolute", "value": 0.8}
    return Threshold(id=name, label=WORDS, provenance=OWN, **{**usual, **rules})


def small_pack(*metrics: Metric, **parts: Any) -> Pack:
    """08:00–23:00 in Shanghai, people only, unless told otherwise."""
    calendar = Calendar(
        "day", parts.pop("windows", DAY_HOURS), OWN, parts.pop("clip_by", "message")
    )
    zone = parts.pop("timezone", "Asia/Shanghai")
    replies = parts.pop("replies", ReplyClass())
    pack = Pack(
        pack=Heading("small", "1", WORDS, "none", zone, DateRange()),
        sources=(Source("own", "own", "nobody"),),
        conversation=ConversationTerms(OWN),
        reply_classes=(NamedReplyClass("human", replies, OWN),),
        metrics=metrics or (metric(),),
        calendars=(calendar,),
    )
    pack = replace(pack, **parts)
    assert not findings(pack)
    return pack


def shop_of(events: Iterable[Event], pack: Pack, as_of: str | None = NEXT_WEEK) -> ShopReport:
    """The report of the only shop; `as_of` None is the newest event."""
    facts = facts_of(events)
    known = facts.newest_at if as_of is None else micros_of(at(as_of))
    [shop] = report_of(facts, pack, known or 0, threads=1).shops
    return shop


def total_of(events: Iterable[Event], pack: Pack, as_of: str | None = NEXT_WEEK) -> Figure:
    """The figure of the pack's only metric."""
    [figure] = shop_of(events, pack, as_of).total.values()
    return figure


def parts_of(figure: Figure) -> tuple[float, int, int]:
    """Numerator, denominator and pending."""
    return figure.numerator, figure.denominator, figure.pending
