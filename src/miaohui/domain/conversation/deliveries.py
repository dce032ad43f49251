"""Where replies stand once we know what became of them (docs/metrics.md section 3)."""

from collections.abc import Iterable, Mapping, Sequence

from miaohui.domain.conversation.replies import counts
from miaohui.domain.conversation.state import Standing, Terms
from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.kinds import (
    BOT_ANSWERS,
    IDLE_PURPOSES,
    TALK,
    Actor,
    Family,
    family_of,
)


def is_delivery(event: Event) -> bool:
    """Whether the event tells what became of another."""
    return family_of(event.kind) is Family.DELIVERY


def standing_of(event: Event, terms: Terms) -> Standing:
    """An event of which nothing further is known stands at its own place."""
    return Standing(
        event.at,
        event.seq,
        event,
        event,
        touches=family_of(event.kind) in TALK,
        replies=counts(terms.replies, event, terms.zone),
        bot_answers=answers_as_bot(event),
    )


def answers_as_bot(event: Event) -> bool:
    """A bot's message, card or coupon that is not a mere greeting, menu or away note."""
    return (
        event.actor is Actor.BOT
        and family_of(event.kind) in BOT_ANSWERS
        and event.payload.purpose not in IDLE_PURPOSES
    )


def standings_of(history: Sequence[Event], terms: Terms) -> list[Standing]:
    """Every event at the place where it counts; `history` in order of `(at, seq)`.

    A confirmed event answers at its confirmation, a failed or recalled one not at all; each
    still touches its session at its own instant.
    """
    fates = _fates(history)
    stand = [_own_place(event, fates, terms) for event in history]
    spoken = {event.source_id: event for event in history if not is_delivery(event)}
    confirmations = {
        fate.source_id: spoken[about]
        for about, fate in fates.items()
        if fate is not None and about in spoken
    }
    return [_with_confirmed(standing, confirmations, terms) for standing in stand]


def _fates(history: Iterable[Event]) -> Mapping[str, Event | None]:
    """source_id → the confirmation that holds, or None where it failed or was recalled."""
    fates: dict[str, Event | None] = {}
    recalled: set[str] = set()
    for event in history:
        about = event.payload.about
        if about is None:
            continue
        match event.kind:
            case "delivery.confirmed" if fates.get(about) is None:
                fates[about] = event
            case "delivery.failed":
                fates[about] = None
            case "message.recalled":
                recalled.add(about)
            case _:
                pass
    return fates | dict.fromkeys(recalled)


def _own_place(event: Event, fates: Mapping[str, Event | None], terms: Terms) -> Standing:
    standing = standing_of(event, terms)
    if event.source_id not in fates or is_delivery(event):
        return standing
    return Standing(event.at, event.seq, event, event, touches=standing.touches)


def _with_confirmed(
    standing: Standing, confirmations: Mapping[str, Event], terms: Terms
) -> Standing:
    if standing.event.kind != "delivery.confirmed":
        return standing
    spoken = confirmations.get(standing.event.source_id)
    if spoken is None:
        return standing
    return Standing(
        standing.at,
        standing.seq,
        standing.event,
        spoken,
        replies=counts(terms.replies, spoken, terms.zone),
        bot_answers=answers_as_bot(spoken),
    )
