"""The report as JSON (docs/metrics.md section 10): the named keys always there, more may follow."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import msgspec

from miaohui.domain.analytics.report import (
    AccountFigures,
    ChannelFigures,
    DayFigures,
    Figures,
    HourFigures,
    MissedChat,
    Report,
    ShopReport,
    Verdict,
    Waits,
)
from miaohui.domain.rules.pack import Indicator, Metric, Source, Threshold


class ShopForm(msgspec.Struct, frozen=True):
    """One shop with every key present."""

    shop: str
    total: Figures
    days: Sequence[DayFigures]
    accounts: Sequence[AccountFigures]
    channels: Sequence[ChannelFigures]
    hours: Sequence[HourFigures]
    indicators: Figures
    waits: Waits | None
    missed: Sequence[MissedChat]
    missed_total: int
    verdicts: Sequence[Verdict]


class ReportForm(msgspec.Struct, frozen=True, rename={"from_": "from"}):
    """One report with every key present, in the order they are printed."""

    pack: str
    as_of: datetime
    shops: Sequence[ShopForm]
    pack_title: Mapping[str, str]
    from_: date | None
    until: date | None
    timezone: str
    events: int
    rejected_rows: int
    metrics: Sequence[Metric]
    indicators: Sequence[Indicator]
    thresholds: Sequence[Threshold]
    sources: Sequence[Source]


_encoder = msgspec.json.Encoder()


def to_json(report: Report) -> bytes:
    """One JSON object in UTF-8, on one line."""
    return _encoder.encode(_report_form(report))


def _report_form(report: Report) -> ReportForm:
    return ReportForm(
        pack=report.pack,
        as_of=report.as_of,
        shops=[_shop_form(shop) for shop in report.shops],
        pack_title=report.pack_title,
        from_=report.from_,
        until=report.until,
        timezone=report.timezone,
        events=report.events,
        rejected_rows=report.rejected_rows,
        metrics=report.metrics,
        indicators=report.indicators,
        thresholds=report.thresholds,
        sources=report.sources,
    )


def _shop_form(shop: ShopReport) -> ShopForm:
    return ShopForm(*(getattr(shop, field) for field in ShopForm.__struct_fields__))
