"""The rules that shops go by: what each figure and each line is called and means."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Annotated, Any

import msgspec
from litestar import Request, get
from litestar.handlers import BaseRouteHandler
from litestar.params import QueryParameter

from miaohui.api.callers import LOGGED_IN, caller_of
from miaohui.api.openapi import ALWAYS, example, refusals
from miaohui.domain.rules.pack import Metric, Pack, Threshold, Words

AnyRequest = Request[Any, Any, Any]
InForce = Callable[[str], Mapping[str, Pack]]  # the packs of a shop by the names of its figures
OneShop = Annotated[
    str | None, QueryParameter(max_length=200, description="Only those that this shop goes by.")
]
KnownPacks = Callable[[], Sequence[Pack]]  # those that a shop may go by; blocks


class MetricTold(msgspec.Struct, frozen=True):
    """A figure. `seconds`: what it counts as in time; `unit` is what it counts; `shown_in`: how it
    is written, with so many `decimals`; `status`: whether the platform still goes by it."""

    id: str
    name: Mapping[str, str]
    unit: str
    measure: str
    better: str
    shown_in: str
    decimals: int
    status: str
    seconds: float | None = None
    needs_human: bool = False
    note: Mapping[str, str] | None = None


class LineTold(msgspec.Struct, frozen=True):
    """A line that a figure is held against. `value` is 0–1 or seconds, null where the merchant has
    to say it; `confidence`: how sure we are of it, from H to U for unconfirmed."""

    id: str
    name: Mapping[str, str]
    metric: str
    op: str
    basis: str
    confidence: str
    value: float | None = None
    since: date | None = None
    until: date | None = None


class PackTold(msgspec.Struct, frozen=True):
    """A pack of rules. `id` is what figures are told under, `zone` where its days are."""

    id: str
    version: str
    title: Mapping[str, str]
    zone: str
    metrics: Sequence[MetricTold]
    lines: Sequence[LineTold]


class Assessed(msgspec.Struct, frozen=True):
    """Local times between which a platform assesses replies; the end may be `24:00`."""

    start: str
    end: str


class KnownPackTold(msgspec.Struct, frozen=True):
    """A pack that a shop may go by, under its `id`. `assessed`: the hours of its main figure, empty
    where they are all of the day; `seconds`: what it counts as in time."""

    id: str
    version: str
    title: Mapping[str, str]
    platform: str
    timezone: str
    assessed: Sequence[Assessed] = ()
    seconds: float | None = None


WORDS = {"zh": "3分钟人工回复率", "en": "Human reply rate within 3 minutes"}
EXAMPLE_METRIC = MetricTold(
    *("reply_3min", WORDS, "person", "rate", "higher", "percent", 2, "current"),
    seconds=180.0,
    needs_human=True,
)
EXAMPLE = PackTold(
    id="neutral",
    version="1.0",
    title={"zh": "通用", "en": "Neutral"},
    zone="Asia/Shanghai",
    metrics=[EXAMPLE_METRIC],
    lines=[LineTold("target", WORDS, "reply_3min", ">=", "user_target", "M", 0.7)],
)


EXAMPLE_KNOWN = KnownPackTold(
    "neutral",
    "1.0",
    {"zh": "通用", "en": "Neutral"},
    "neutral",
    "Asia/Shanghai",
    [Assessed("08:00", "23:00")],
    180.0,
)


def pack_routes(
    shops: Callable[[], Sequence[str]], in_force: InForce, known: KnownPacks
) -> list[BaseRouteHandler]:
    """The routes of packs; `shops` are all of the house."""

    @get(
        "/v1/packs",
        operation_id="ListPacks",
        summary="The rules that your shops go by",
        tags=["shops"],
        opt=LOGGED_IN | example([EXAMPLE]),
        responses=refusals(**ALWAYS),
    )
    async def list_packs(request: AnyRequest, shop: OneShop = None) -> Sequence[PackTold]:
        """Names and meanings of figures and lines, for whoever shows them."""
        seen = caller_of(request).account.shops
        found: dict[str, Pack] = {}
        for each in shops():
            if seen.holds(each) and shop in (None, each):
                found |= in_force(each)
        return [_told(name, found[name]) for name in sorted(found)]

    @get(
        "/v1/packs/known",
        operation_id="ListKnownPacks",
        summary="The rules that a shop may go by",
        tags=["shops"],
        opt=LOGGED_IN | example([EXAMPLE_KNOWN]),
        responses=refusals(**ALWAYS),
    )
    async def list_known_packs() -> Sequence[KnownPackTold]:
        """The newest version of each, those of the merchant's own folder included."""
        return [_known(each) for each in await asyncio.to_thread(known)]

    return [list_packs, list_known_packs]


def _told(name: str, pack: Pack) -> PackTold:
    return PackTold(
        id=name,
        version=pack.pack.version,
        title=_words(pack.pack.title),
        zone=pack.pack.timezone,
        metrics=[_metric(each) for each in pack.metrics],
        lines=[_line(each) for each in pack.thresholds],
    )


def _known(pack: Pack) -> KnownPackTold:
    first = pack.metrics[0]
    windows = next((each.windows for each in pack.calendars if each.id == first.calendar), ())
    return KnownPackTold(
        id=pack.pack.id,
        version=pack.pack.version,
        title=_words(pack.pack.title),
        platform=pack.pack.platform,
        timezone=pack.pack.timezone,
        assessed=[Assessed(str(each.from_), str(each.until)) for each in windows],
        seconds=first.threshold.total_seconds() if first.threshold else None,
    )


def _metric(metric: Metric) -> MetricTold:
    return MetricTold(
        id=metric.id,
        name=_words(metric.label),
        unit=metric.unit,
        measure=metric.measure,
        better=metric.better,
        shown_in=metric.display.unit,
        decimals=metric.display.decimals,
        status=metric.status,
        seconds=metric.threshold.total_seconds() if metric.threshold else None,
        needs_human=metric.needs_human,
        note=_words(metric.note) if metric.note else None,
    )


def _line(line: Threshold) -> LineTold:
    return LineTold(
        id=line.id,
        name=_words(line.label),
        metric=line.metric,
        op=line.op,
        basis=line.basis,
        confidence=line.provenance.confidence,
        value=line.value,
        since=line.effective.from_,
        until=line.effective.until,
    )


def _words(words: Words) -> Mapping[str, str]:
    return {"zh": words.zh, "en": words.en}
