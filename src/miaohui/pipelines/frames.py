"""What a desk's page is told over its socket: one JSON object a frame, one thing in it.

A page keeps a card for each chat and applies events to it by the rules of
`domain/conversation/card.py`; a chat that came late, moved, or came into view is told whole.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from miaohui.domain.conversation.card import Card
from miaohui.domain.desk.deadlines.clock import Clock
from miaohui.domain.desk.floor.chats import Chat
from miaohui.domain.directory.masking import masked
from miaohui.domain.vocabulary.events import Event, Payload
from miaohui.pipelines.alarm_frames import AlarmNews


class Spoken(msgspec.Struct, frozen=True, omit_defaults=True):
    """An event of a chat. `answers`: it is a reply that counts; `deadline`: of the waiting round
    after it, null where none runs."""

    chat: str
    seq: int
    at: datetime
    actor: str
    origin: str
    kind: str
    source_id: str
    payload: Payload
    account: str | None = None
    answers: bool = False
    deadline: datetime | None = None
    replayed: bool = False


class Shown(msgspec.Struct, frozen=True, omit_defaults=True):
    """A chat as it is now. `preview` is the text of the last thing said."""

    id: str
    shop: str
    channel: str
    buyer: str
    card: Card
    deadline: datetime | None = None
    clocks: Sequence[Clock] = ()
    preview: str | None = None


class Somebody(msgspec.Struct, frozen=True, omit_defaults=True):
    """A colleague: who, and whether they are there."""

    account: str
    name: str
    presence: str
    groups: Sequence[str] = ()


class Typing(msgspec.Struct, frozen=True, omit_defaults=True):
    """Somebody is writing in a chat: a colleague, or with no account the buyer."""

    chat: str
    account: str | None = None


class Reading(msgspec.Struct, frozen=True):
    """Which colleagues have a chat open."""

    chat: str
    accounts: Sequence[str]


class Sent(msgspec.Struct, frozen=True, omit_defaults=True):
    """How far a message has come on its way to the buyer."""

    chat: str
    seq: int
    state: str
    reason: str | None = None
    attempts: int = 0


class Seen(msgspec.Struct, frozen=True):
    """Up to which seq the buyer has read a chat."""

    chat: str
    buyer: int


class Ready(msgspec.Struct, frozen=True):
    """All that is in view has been told: which chats those are, and the newest event of each shop
    that was heard, from which to go on after a broken connection."""

    chats: Sequence[str]
    seqs: Mapping[str, int]
    now: datetime


class Frame(msgspec.Struct, frozen=True, omit_defaults=True):
    """One frame to a page. `resync`: start again from nothing; `closing`: the house closes, come
    back in a moment; `erased`: forget everything that was ever told of these chats."""

    event: Spoken | None = None
    chats: Sequence[Shown] = ()
    gone: str | None = None
    erased: Sequence[str] = ()
    ready: Ready | None = None
    people: Sequence[Somebody] = ()
    typing: Typing | None = None
    reading: Reading | None = None
    sent: Sent | None = None
    seen: Seen | None = None
    figures: msgspec.Raw | None = None
    alarms: AlarmNews | None = None
    resync: bool = False
    closing: bool = False


encode = msgspec.json.Encoder().encode


def spoken(
    chat: Chat, event: Event, answers: bool, replayed: bool = False, whole: bool = False
) -> Spoken:
    """An event as a page is told it; `whole`: with nothing behind asterisks."""
    return Spoken(
        chat=chat.id,
        seq=event.seq,
        at=event.at,
        actor=event.actor.value,
        origin=event.origin.value,
        kind=event.kind,
        source_id=event.source_id,
        account=event.account,
        payload=event.payload if whole else hidden(event.payload),
        answers=answers,
        deadline=chat.deadline,
        replayed=replayed,
    )


def shown(chat: Chat, card: Card, preview: str | None) -> Shown:
    """A chat as a page is told it."""
    return Shown(
        id=chat.id,
        shop=chat.shop,
        channel=chat.channel,
        buyer=masked(chat.buyer),
        card=card,
        deadline=chat.deadline,
        clocks=chat.clocks,
        preview=masked(preview) if preview else preview,
    )


def hidden(payload: Payload) -> Payload:
    """A payload with personal data behind asterisks."""
    if payload.text is None and not payload.extra:
        return payload
    return msgspec.structs.replace(
        payload,
        text=masked(payload.text) if payload.text else payload.text,
        extra={name: masked(value) for name, value in payload.extra.items()},
    )
