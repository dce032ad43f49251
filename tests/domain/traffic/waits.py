"""A plain fold of events into waits, enough to see whether traffic is believable."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.kinds import IDLE_PURPOSES, TALK, Actor, Family, Origin, family_of

HERE = timedelta(hours=8)
PEOPLE = {Origin.HUMAN, Origin.ASSISTED}


class Wait(NamedTuple):
    conversation: str
    day: date
    hour: int
    seconds: float


def is_buyer_message(event: Event) -> bool:
    return event.actor is Actor.BUYER and family_of(event.kind) is Family.MESSAGE


def is_reply(event: Event) -> bool:
    return event.actor is Actor.AGENT and event.origin in PEOPLE and family_of(event.kind) in TALK


def waits_of(events: Iterable[Event]) -> list[Wait]:
    """One wait per buyer message in the window 08:00–23:00; infinite without a reply."""
    waiting: dict[str, list[datetime]] = {}
    waits: list[Wait] = []
    for event in events:
        if is_buyer_message(event):
            waiting.setdefault(event.conversation, []).append(event.at)
        elif is_reply(event):
            asked = waiting.pop(event.conversation, [])
            waits += [_wait(event, at, (event.at - at).total_seconds()) for at in asked]
    for conversation, asked in waiting.items():
        waits += [_made(conversation, at, float("inf")) for at in asked]
    return [wait for wait in waits if 8 <= wait.hour < 23]


def _wait(event: Event, at: datetime, seconds: float) -> Wait:
    return _made(event.conversation, at, seconds)


def _made(conversation: str, at: datetime, seconds: float) -> Wait:
    local = at + HERE
    return Wait(conversation, local.date(), local.hour, seconds)


def bot_only_people(events: Iterable[Event]) -> set[str]:
    """Conversations that only a bot answered and nobody else was asked for."""
    answered: set[str] = set()
    needing: set[str] = set()
    for event in events:
        if event.actor is Actor.BOT and event.kind == "text":
            if event.payload.purpose not in IDLE_PURPOSES:
                answered.add(event.conversation)
        elif is_reply(event) or event.kind == "human_requested":
            needing.add(event.conversation)
    return answered - needing


def person_rate(waits: Iterable[Wait], seconds: float) -> float:
    """The share of person-days all of whose messages were answered in time."""
    worst: dict[tuple[str, date], float] = {}
    for wait in waits:
        person = (wait.conversation, wait.day)
        worst[person] = max(worst.get(person, 0.0), wait.seconds)
    return sum(wait <= seconds for wait in worst.values()) / len(worst)


def message_rate(waits: Iterable[Wait], seconds: float) -> float:
    """The share of messages answered in time."""
    each = [wait.seconds for wait in waits]
    return sum(wait <= seconds for wait in each) / len(each)
