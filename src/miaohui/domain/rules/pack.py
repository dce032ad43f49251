"""The shape of a rule pack: a platform's rules for a range of dates, as data.

Durations are ISO 8601 (`PT3M`), dates `2026-01-01`, local times `08:00`. Every entry that
carries a number carries a `provenance`.
"""

from datetime import date, timedelta
from typing import Annotated, Literal

import msgspec

from miaohui.domain.conversation.replies import ReplyClass

Id = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_]*$")]
LocalTime = Annotated[str, msgspec.Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$")]
Confidence = Literal["H", "M", "L", "U"]
Comparison = Literal[">=", ">", "<=", "<"]
ExclusionReason = Literal[
    "outside_window",
    "exempt_day",
    "staff_or_test_account",
    "malicious_user",
    "spam_confirmed",
    "bot_only",
]


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A pack entry: frozen, and a misspelt field is an error."""


class Words(Strict, frozen=True):
    """One label in the languages we speak."""

    zh: str
    en: str


class Provenance(Strict, frozen=True):
    """Where a number comes from. `source` is the id of an entry of the pack's `sources`."""

    source: str
    confidence: Confidence
    note: Words | None = None


class Source(Strict, frozen=True):
    """Something read. `kind`: own = decided by the pack's author."""

    id: str
    kind: Literal["article", "notice", "export", "inferred", "vendor", "own"]
    title: str
    publisher: str | None = None
    published: str | None = None
    seen_on: date | None = None


class DateRange(Strict, frozen=True):
    """Local days, both ends included; an open end is left out."""

    from_: date | None = msgspec.field(default=None, name="from")
    until: date | None = None


class Heading(Strict, frozen=True):
    """Who the pack is: `id@version` names it; `extends` names the pack it is merged onto."""

    id: Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_-]*$")]
    version: Annotated[str, msgspec.Meta(pattern=r"^[0-9]+(\.[0-9]+)*$")]
    title: Words
    platform: str
    timezone: str
    effective: DateRange
    channels: tuple[str, ...] = ()
    extends: str | None = None


class ConversationTerms(Strict, frozen=True):
    """How a conversation falls into sessions and bursts."""

    provenance: Provenance
    session_gap: timedelta = timedelta(minutes=30)
    burst_gap: timedelta = timedelta(seconds=30)


class NamedReplyClass(Strict, frozen=True):
    """A reply class under the id that metrics name."""

    id: Id
    counts: ReplyClass
    provenance: Provenance


class Window(Strict, frozen=True):
    """Hours of a local day, opening instant in, closing instant out. Days 1 = Monday … 7."""

    from_: LocalTime = msgspec.field(name="from")
    until: LocalTime
    days: tuple[Annotated[int, msgspec.Meta(ge=1, le=7)], ...] = (1, 2, 3, 4, 5, 6, 7)


class Calendar(Strict, frozen=True):
    """When waits are assessed. `clip_by`: whose local time decides whether a sample counts."""

    id: Id
    windows: tuple[Window, ...]
    provenance: Provenance
    clip_by: Literal["message", "session_start"] = "message"


class Overlay(Strict, frozen=True):
    """A festival: on its dates, windows are exempt, replaced, or tightened (hours added)."""

    id: Id
    label: Words
    kind: Literal["exempt", "replace", "tighten"]
    dates: tuple[DateRange, ...]
    applies_to: tuple[str, ...]  # metric ids
    provenance: Provenance
    windows: tuple[Window, ...] = ()


class Display(Strict, frozen=True):
    """How a figure is shown; `decimals` of that unit."""

    unit: Literal["percent", "seconds", "minutes", "hours", "count"]
    decimals: Annotated[int, msgspec.Meta(ge=0, le=6)] = 1


class Metric(Strict, frozen=True):
    """One figure (docs/metrics.md sections 4–8).

    `measure`: `rate` needs `threshold`; `mean`, `median` and `p90` are of waits;
    `unanswered_persons` counts. `success` belongs to unit person. `calendar` null: any hour.
    `exclude` lists the reasons that hold beyond `outside_window` and `exempt_day`.
    `complaints`: each opened complaint is one more sample. `needs_human`: `bot_only` excludes.
    """

    id: Id
    label: Words
    unit: Literal["message", "round", "session", "person"]
    measure: Literal["rate", "mean", "median", "p90", "unanswered_persons"]
    display: Display
    better: Literal["higher", "lower"]
    provenance: Provenance
    threshold: timedelta | None = None
    success: Literal["all_messages_within", "first_reply_within"] | None = None
    reply_class: Id = "human"
    calendar: Id | None = None
    perspective: Literal["shop", "agent"] = "shop"
    unanswered: Literal["miss", "drop", "cap"] | None = None
    cap: timedelta | None = None
    needs_human: bool = False
    complaints: bool = False
    exclude: tuple[Literal["staff_or_test_account", "malicious_user", "spam_confirmed"], ...] = (
        "staff_or_test_account",
        "malicious_user",
        "spam_confirmed",
    )
    status: Literal["current", "legacy", "internal"] = "current"
    note: Words | None = None


class Indicator(Strict, frozen=True):
    """A KPI of efficiency that is no reply rate (docs/metrics.md section 11).

    `limit`: the wait of a slow reception, the length of a long one, the quiet time after a
    session that was resolved in one contact.
    """

    id: Id
    label: Words
    measure: Literal[
        "reply_persons",
        "slow_receptions",
        "long_receptions",
        "question_answer_ratio",
        "concurrent_chats",
        "one_contact_resolution",
    ]
    display: Display
    provenance: Provenance
    limit: timedelta | None = None
    calendar: Id | None = None
    reply_class: Id = "human"


class MinimumSample(Strict, frozen=True):
    """A line bites only where the denominator (`of`: people or samples) compares like this."""

    op: Comparison
    count: Annotated[int, msgspec.Meta(ge=0)]
    of: Literal["persons", "samples"] = "samples"


class Threshold(Strict, frozen=True):
    """A line that a metric is held against on the dates of `effective`.

    `value` is 0–1 or seconds; null where the platform compares with peers and the merchant
    must enter or import the peers' value.
    """

    id: Id
    label: Words
    metric: Id
    op: Comparison
    basis: Literal[
        "absolute",
        "peer_mean",
        "peer_percentile",
        "category_excellent",
        "next_star_standard",
        "user_target",
    ]
    provenance: Provenance
    value: float | None = None
    minimum_sample: MinimumSample | None = None
    days: Annotated[int, msgspec.Meta(ge=1)] = 1
    mode: Literal["each_day", "pooled", "rolling"] = "pooled"
    effective: DateRange = DateRange()


class Eligibility(Strict, frozen=True):
    """What a shop may join while all the thresholds hold.

    `condition`: what else it hangs on, where Miaohui does not compute the figure.
    """

    id: Id
    label: Words
    all_of: tuple[Id, ...]
    provenance: Provenance
    blocks: tuple[Words, ...] = ()
    on_fail: Words | None = None
    condition: Words | None = None
    effective: DateRange = DateRange()


class Consequence(Strict, frozen=True):
    """What the platform does when any of the thresholds is missed.

    `condition`: what else sets it off, where Miaohui does not compute the figure.
    """

    id: Id
    label: Words
    any_of: tuple[Id, ...]
    effects: tuple[Words, ...]
    severity: Annotated[int, msgspec.Meta(ge=1, le=5)]
    provenance: Provenance
    streak_days: int | None = None
    recover_days: int | None = None
    condition: Words | None = None
    effective: DateRange = DateRange()


class Penalty(Strict, frozen=True):
    """A fine. Amounts in fen per offence in order; out of every total unless switched on."""

    id: Id
    label: Words
    any_of: tuple[Id, ...]
    amounts_fen: tuple[Annotated[int, msgspec.Meta(ge=1)], ...]
    after_last: Literal["repeat_last", "unknown"]
    provenance: Provenance
    include_in_totals: bool = False
    effective: DateRange = DateRange()


class MenuPath(Strict, frozen=True):
    """Where in the merchant's back office something is found."""

    id: Id
    label: Words
    steps: tuple[str, ...]
    provenance: Provenance


class TableLayout(Strict, frozen=True):
    """How a platform's export is read into the interchange table (a chat log) or recognised.

    `columns`: header in the file → interchange or payload column. `values`: column → word in
    the file → our word; `values.origin` also reads the cell of the actor column where a file has
    no origin column. `required`: headers, or columns that some header must lead to. `skip_rows`:
    a row whose first filled cell is one of these is a total or an average. `kind` report: known,
    but holds no chats. A report's `time_unit` and `percent` say how its cells are written.
    """

    id: Id
    label: Words
    kind: Literal["chats", "report"]
    columns: dict[str, str]
    provenance: Provenance
    required: tuple[str, ...] = ()
    values: dict[str, dict[str, str]] = {}
    constants: dict[str, str] = {}
    skip_rows: tuple[str, ...] = ()
    time_unit: Literal["seconds", "minutes"] | None = None
    percent: Literal["fraction", "percent"] | None = None


class Pack(Strict, frozen=True):
    """Everything known of one platform's rules in one range of dates."""

    pack: Heading
    sources: tuple[Source, ...]
    conversation: ConversationTerms
    reply_classes: tuple[NamedReplyClass, ...]
    metrics: tuple[Metric, ...]
    calendars: tuple[Calendar, ...] = ()
    overlays: tuple[Overlay, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    eligibility: tuple[Eligibility, ...] = ()
    consequences: tuple[Consequence, ...] = ()
    penalties: tuple[Penalty, ...] = ()
    menu_paths: tuple[MenuPath, ...] = ()
    layouts: tuple[TableLayout, ...] = ()

    @property
    def name(self) -> str:
        """`id@version`, as reports print it."""
        return f"{self.pack.id}@{self.pack.version}"
