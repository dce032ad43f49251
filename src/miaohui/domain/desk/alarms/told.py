"""What is to be told, and what must be remembered of it so that nothing is told twice."""

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from miaohui.domain.desk.alarms.settings import Kind, Level, Way

# No coalescing span is longer, so nothing that was cleared earlier matters any more.
KEPT = timedelta(minutes=1)


class Recipient(msgspec.Struct, frozen=True):
    """An agent by account, the leads of a group ("": of the shop), or the owners ("")."""

    level: Level
    name: str = ""


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """How far one alarm has come with one recipient; kept by whoever asks.

    `key` is the same after a restart. `line`: when it is crossed. `seconds`: the last step of the
    ladder that was told. `chat`, or `about` (an account or a channel): what it is about. `held`:
    quiet hours kept it back. `cleared`: it is over.
    """

    kind: Kind
    key: str
    recipient: Recipient
    line: datetime
    seconds: int
    told_at: datetime
    ways: tuple[Way, ...]
    chat: str | None = None
    about: str | None = None
    held: bool = False
    taken_by: str | None = None
    cleared: bool = False


class Urgency(StrEnum):
    """High: somebody can still save it."""

    NORMAL = "normal"
    HIGH = "high"


class Message(msgspec.Struct, frozen=True):
    """The key of a sentence in the catalogues, and what fills it."""

    key: str
    values: Mapping[str, object] = {}


class Tell(msgspec.Struct, frozen=True, kw_only=True):
    """Something to be told now, in these ways. `kind` None: what quiet hours held back.

    A later one with the same `notice` takes its place. `chats`: the most urgent first.
    """

    notice: str
    recipient: Recipient
    kind: Kind | None
    ways: tuple[Way, ...]
    message: Message
    urgency: Urgency
    chats: tuple[str, ...]
    rows: tuple[Told, ...]


class Hold(msgspec.Struct, frozen=True, kw_only=True):
    """Something that quiet hours keep back for the summary at their end."""

    rows: tuple[Told, ...]


class Clear(msgspec.Struct, frozen=True, kw_only=True):
    """Something told that is over. `left`: how many rows of the notice still stand; with none it
    is taken back."""

    notice: str
    recipient: Recipient
    rows: tuple[Told, ...]
    left: int


Decision = Tell | Hold | Clear
Place = tuple[str, Recipient]


def remembered(told: Iterable[Told], decisions: Iterable[Decision], now: datetime) -> list[Told]:
    """What is to be kept once the decisions are carried out."""
    rows = {place_of(row): row for row in told}
    rows |= {place_of(row): row for decision in decisions for row in decision.rows}
    return [row for row in rows.values() if not _is_done(row, now)]


def taken(
    told: Iterable[Told], keys: Container[str], recipient: Recipient, by: str
) -> Sequence[Told]:
    """The rows that change when somebody takes what this recipient was told."""
    return [
        replace(row, taken_by=by)
        for row in told
        if row.key in keys and row.recipient == recipient and not row.cleared
    ]


def place_of(row: Told) -> Place:
    """What a row is about: one alarm and one recipient."""
    return row.key, row.recipient


def name_of(row: Told) -> str:
    """A name to keep a row under, the same for the same alarm and recipient of a shop."""
    return f"{row.key}:{row.recipient.level}:{row.recipient.name}"


def notice_of(kind: Kind, key: str, recipient: Recipient) -> str:
    """What the alarm is told under: all chats of a recipient together, all else on its own."""
    about = kind.value if kind is Kind.WAITING else key
    return f"{about}:{recipient.level}:{recipient.name}"


def _is_done(row: Told, now: datetime) -> bool:
    return row.cleared and not row.held and row.told_at + KEPT <= now
