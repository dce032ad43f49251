"""The report as data: what every rendition (JSON, terminal, tables, page) is made from."""

from collections.abc import Mapping
from datetime import date, datetime

import msgspec

from miaohui.domain.analytics.figures import Figure
from miaohui.domain.rules.pack import Indicator, Metric, Source, Threshold

Figures = Mapping[str, Figure]


class Frozen(msgspec.Struct, frozen=True, omit_defaults=True):
    """A part of a report."""


class DayFigures(Frozen, frozen=True):
    """One local day."""

    date: date
    metrics: Figures


class AccountFigures(Frozen, frozen=True):
    """One sub-account, or `unassigned`."""

    account: str
    metrics: Figures


class HourFigures(Frozen, frozen=True):
    """One hour 0–23 of one weekday (1 = Monday … 7), over all days of the report."""

    weekday: int
    hour: int
    metrics: Figures


class ChannelFigures(Frozen, frozen=True):
    """One channel."""

    channel: str
    metrics: Figures


class WaitBin(Frozen, frozen=True):
    """Answered counted rounds that waited from_seconds < wait ≤ until_seconds (the first bin
    takes 0 as well); None means no end."""

    from_seconds: int
    until_seconds: int | None
    rounds: int


class Waits(Frozen, frozen=True):
    """How long buyers waited for a reply, over counted rounds. `unanswered` stands apart: it is
    in no mean."""

    bins: tuple[WaitBin, ...]
    unanswered: int
    mean_seconds: float | None
    median_seconds: float | None
    p90_seconds: float | None


class MissedChat(Frozen, frozen=True):
    """One missed round: `waited_seconds` until its reply, or until `as_of` if `answered` is
    false."""

    channel: str
    conversation: str
    account: str
    started_at: datetime
    waited_seconds: float
    answered: bool


class Verdict(Frozen, frozen=True):
    """How the shop stands against one threshold of the pack on the last days it looks at.

    `holds` is None where it cannot be said; `because` then is `no_line` (the platform compares
    with peers and no value was entered), `insufficient_sample` or `no_days`.
    """

    threshold: str
    holds: bool | None
    value: float | None
    because: str | None = None
    days: tuple[date, ...] = ()


class ShopReport(Frozen, frozen=True):
    """Everything about one shop. `missed` holds the newest misses of the headline metric's line,
    `missed_total` how many there are."""

    shop: str
    total: Figures
    days: tuple[DayFigures, ...]
    accounts: tuple[AccountFigures, ...]
    channels: tuple[ChannelFigures, ...] = ()
    hours: tuple[HourFigures, ...] = ()
    indicators: Figures = {}
    waits: Waits | None = None
    missed: tuple[MissedChat, ...] = ()
    missed_total: int = 0
    verdicts: tuple[Verdict, ...] = ()


class Report(Frozen, frozen=True):
    """The figures of a log under one pack version, as known at `as_of`.

    `metrics`, `indicators`, `thresholds` and `sources` are the pack's own entries: labels,
    displays, lines and provenance. The headline metric is the first of `metrics`; the round
    metric that a team lead steers by is the first of unit round with a threshold.
    """

    pack: str
    pack_title: Mapping[str, str]
    timezone: str
    as_of: datetime
    shops: tuple[ShopReport, ...]
    metrics: tuple[Metric, ...]
    indicators: tuple[Indicator, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    sources: tuple[Source, ...] = ()
    from_: date | None = msgspec.field(default=None, name="from")
    until: date | None = None
    events: int = 0
    rejected_rows: int = 0
