"""The card of a chat: what a list shows of it, and what a browser keeps and applies events to.

`next_card` is the small copy of `transitions.apply` that runs in the browser as well
(web/src/conversation); `card_of(state)` is what both must come to. An event that comes behind
others, or moves one, is not applied: whoever keeps cards is sent the chat anew.
"""

from collections.abc import Iterable
from datetime import datetime

import msgspec
from msgspec.structs import replace

from miaohui.domain.conversation.life import lived
from miaohui.domain.conversation.state import Life, State
from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.kinds import TALK, Actor, Family, Mark, Origin, family_of


class Said(msgspec.Struct, frozen=True, omit_defaults=True):
    """The last thing said in a chat; its text is to be read under `seq`."""

    seq: int
    at: datetime
    actor: Actor
    origin: Origin
    kind: str
    account: str | None = None


class Card(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a list shows of a chat. `waiting` counts the buyer's messages since a person last
    answered, the first of them at `waiting_since`; `human_wanted`: the buyer has asked for a person
    since; `spam` is `reported`, `confirmed` or `rejected`; `seq` is the newest event."""

    seq: int = 0
    opened_at: datetime | None = None
    at: datetime | None = None
    waiting_since: datetime | None = None
    waiting: int = 0
    human_wanted: bool = False
    life: Life = Life()
    spam: str | None = None
    marks: frozenset[str] = frozenset()
    rating: str | None = None
    said: Said | None = None


JUDGED = {"spam.reported": "reported", "spam.confirmed": "confirmed", "spam.rejected": "rejected"}
VERDICTS = {None: "reported", True: "confirmed", False: "rejected"}


def next_card(card: Card, event: Event, answers: bool) -> Card:
    """The card after the next event in order of `(at, seq)`; `answers`: it is a counted reply."""
    card = replace(
        card,
        seq=event.seq,
        opened_at=card.opened_at or event.at,
        at=event.at,
        life=lived(card.life, event),
        said=_said(event) if family_of(event.kind) in TALK else card.said,
    )
    if answers:
        return replace(card, waiting_since=None, waiting=0, human_wanted=False)
    if _asks(event):
        since = card.waiting_since or event.at
        return replace(card, waiting_since=since, waiting=card.waiting + 1)
    return _marked(card, event)


def card_of(state: State) -> Card:
    """The card of a conversation as it is."""
    waiting = state.rounds[-1].messages if state.waiting_since is not None else ()
    talk = [event for event in state.history if family_of(event.kind) in TALK]
    ratings = [each.payload.rating for each in state.history if each.kind == "rating.given"]
    return Card(
        seq=max((event.seq for event in state.history), default=0),
        opened_at=state.history[0].at if state.history else None,
        at=state.history[-1].at if state.history else None,
        waiting_since=state.waiting_since,
        waiting=len(waiting),
        human_wanted=_human_wanted(state),
        life=state.life,
        spam=VERDICTS[state.spam_reports[-1].confirmed] if state.spam_reports else None,
        marks=frozenset(mark.value for mark, holds in state.marks.items() if holds),
        rating=ratings[-1] if ratings else None,
        said=_said(talk[-1]) if talk else None,
    )


def _marked(card: Card, event: Event) -> Card:
    match event.kind:
        case "human_requested":
            return replace(card, human_wanted=True)
        case "spam.reported":
            return replace(card, spam="reported")
        case "spam.confirmed" | "spam.rejected" if card.spam is not None:
            return replace(card, spam=JUDGED[event.kind])
        case "buyer.marked" | "buyer.unmarked" if event.payload.mark in tuple(Mark):
            mark = frozenset({event.payload.mark or ""})
            is_set = event.kind == "buyer.marked"
            return replace(card, marks=card.marks | mark if is_set else card.marks - mark)
        case "rating.given":
            return replace(card, rating=event.payload.rating)
        case _:
            return card


def _human_wanted(state: State) -> bool:
    """Whether the buyer asked for a person and none has answered since."""
    return "human_requested" in _kinds_since_the_last_reply(state)


def _kinds_since_the_last_reply(state: State) -> Iterable[str]:
    for standing in reversed(state.standings):
        if standing.replies:
            return
        yield standing.event.kind


def _asks(event: Event) -> bool:
    return event.actor is Actor.BUYER and family_of(event.kind) is Family.MESSAGE


def _said(event: Event) -> Said:
    return Said(event.seq, event.at, event.actor, event.origin, event.kind, event.account)
