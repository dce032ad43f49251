"""What people and the desk do, as events: every one with its doer, its origin and an id."""

from collections.abc import Iterator
from datetime import datetime

from miaohui.domain.desk.floor.chats import Chat
from miaohui.domain.desk.floor.floor import Floor
from miaohui.domain.directory.presence import Presence
from miaohui.domain.vocabulary.events import Event, Payload
from miaohui.domain.vocabulary.intents import Assign, ChangePresence, Intent, Release
from miaohui.domain.vocabulary.kinds import Actor, Origin
from miaohui.pipelines.tokens import NewId

# Where a shop's log says who is there; no buyer writes in it, and no channel may be called so.
PRESENCE_CHANNEL = "~people"
SILENCE = "silence"
DESK = "desk:"  # so begin the source ids of what is done in the house


def events_of_intent(floor: Floor, intent: Intent, now: datetime, new_id: NewId) -> list[Event]:
    """A decision of the desk as events."""
    match intent:
        case Assign():
            chat = floor.chats[intent.chat]
            payload = Payload(purpose=intent.reason, group=intent.group)
            return [by_the_desk(chat, "assigned", now, new_id(), payload, intent.account)]
        case Release():
            chat = floor.chats[intent.chat]
            payload = Payload(purpose=intent.reason)
            return [by_the_desk(chat, "unassigned", now, new_id(), payload)]
        case ChangePresence():
            presence = Presence(intent.presence)
            return list(presence_changed(floor, intent.account, presence, SILENCE, now, new_id))


def is_the_desks(event: Event) -> bool:
    """Whether somebody in the house did it, and no channel told it."""
    return event.source_id.startswith(DESK)


def by_the_desk(
    chat: Chat, kind: str, now: datetime, id_: str, payload: Payload, account: str | None = None
) -> Event:
    """Something the desk itself does in a chat."""
    return _in(chat, kind, now, f"{DESK}{id_}", payload, Actor.SYSTEM, Origin.SYSTEM, account)


def by_a_person(
    chat: Chat,
    kind: str,
    now: datetime,
    id_: str,
    payload: Payload,
    account: str | None,
    origin: Origin = Origin.HUMAN,
) -> Event:
    """Something a person does in a chat; `account` is who acts, or who receives what `payload.by`
    gives away. The same id means the same deed, however often it is asked for."""
    return _in(chat, kind, now, f"{DESK}{id_}", payload, Actor.AGENT, origin, account)


def presence_changed(
    floor: Floor, account: str, presence: Presence, by: str, now: datetime, new_id: NewId
) -> Iterator[Event]:
    """Somebody is there or not: told in the log of every shop they serve."""
    shops = floor.people[account].account.shops
    is_silence = by == SILENCE
    for shop in floor.shops:
        if shops.holds(shop):
            yield Event(
                shop=shop,
                channel=PRESENCE_CHANNEL,
                conversation=account,
                buyer=account,
                at=now,
                actor=Actor.SYSTEM if is_silence else Actor.AGENT,
                origin=Origin.SYSTEM if is_silence else Origin.HUMAN,
                kind="presence.changed",
                source_id=f"{DESK}{new_id()}",
                account=account,
                payload=Payload(purpose=presence.value, by=by),
            )


def presence_of(event: Event) -> tuple[str, Presence, bool] | None:
    """Whose presence an event of the presence channel tells, what it is, and whether anybody
    wanted it so; None for what tells none."""
    said = event.payload.purpose
    if event.account is None or said not in tuple(Presence):
        return None
    return event.account, Presence(said), event.payload.by != SILENCE


def _in(
    chat: Chat,
    kind: str,
    now: datetime,
    source_id: str,
    payload: Payload,
    actor: Actor,
    origin: Origin,
    account: str | None,
) -> Event:
    history = chat.state.history
    return Event(
        shop=chat.shop,
        channel=chat.channel,
        conversation=chat.conversation,
        buyer=chat.buyer,
        # Never before what it answers: a platform's clock may run ahead of its measure.
        at=max(now, history[-1].at) if history else now,
        actor=actor,
        origin=origin,
        kind=kind,
        source_id=source_id,
        account=account,
        payload=payload,
    )
