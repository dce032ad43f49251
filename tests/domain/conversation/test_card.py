"""A card kept event by event is the card of the whole, for every kind of event."""

import random

import pytest
from msgspec.structs import replace
from tests.events import TERMS, asks, assigned, at, chat, happens, replies

from miaohui.domain.conversation.card import Card, card_of, next_card
from miaohui.domain.conversation.replies import counts
from miaohui.domain.conversation.state import State
from miaohui.domain.conversation.transitions import apply, fold
from miaohui.domain.vocabulary.kinds import KINDS, Actor, Family, Origin

CAN_BE_KEPT = [
    kind for family, kinds in KINDS.items() if family is not Family.DELIVERY for kind in kinds
]
SAID = {
    "account": ["anna", "lin", "unassigned", None],
    "group": ["pre_sale", None, None],
    "until": ["2026-11-01T20:00:00+08:00", "soon", None],
    "tag": ["VIP", "催发货", None],
    "purpose": ["removed", None, None],
    "mark": ["malicious_user", "staff_or_test_account", "kind_person", None],
    "rating": ["1", "3", None],
    "about": ["e1", "e2", "e3", None],
    "order": ["o1", "o2", None],
}


def something(chance: random.Random, kind: str, second: int):
    """An event of a kind with whatever it may say."""
    actor = chance.choice(list(Actor))
    said = {name: chance.choice(words) for name, words in SAID.items()}
    event = happens(kind, "10:00:00", actor, origin=chance.choice(list(Origin)), **said)
    return replace(event, at=at(f"10:{second // 60:02}:{second % 60:02}"))


@pytest.mark.parametrize("kind", CAN_BE_KEPT)
def test_old_card_and_event_are_the_fresh_card(kind):
    chance = random.Random(kind)
    for _ in range(40):
        kinds = [*chance.choices(CAN_BE_KEPT, k=chance.randint(0, 12)), kind]
        events = chat(*(something(chance, each, 5 * n) for n, each in enumerate(kinds)))
        old = card_of(fold(events[:-1], TERMS))
        answers = counts(TERMS.replies, events[-1], TERMS.zone)
        assert next_card(old, events[-1], answers) == card_of(fold(events, TERMS))


def test_a_card_says_who_waits_since_when_and_for_how_many_messages():
    events = chat(asks("10:00:00"), asks("10:00:20"))
    card = card_of(fold(events, TERMS))
    assert (card.waiting_since, card.waiting, card.seq) == (at("10:00:00"), 2, 2)
    answered = next_card(card, chat(*events, replies("10:01:00"))[-1], answers=True)
    assert (answered.waiting_since, answered.waiting) == (None, 0)
    assert answered.said is not None
    assert answered.said.account == "anna"


def test_a_card_names_whoever_has_the_chat_and_nobody_once_it_is_closed():
    card = card_of(fold(chat(assigned("10:00:00", "anna")), TERMS))
    assert card.life.account == "anna"
    closed = chat(assigned("10:00:00", "anna"), happens("closed", "10:01:00", "agent"))
    assert card_of(fold(closed, TERMS)).life.account is None


def test_an_empty_chat_has_an_empty_card():
    assert card_of(State()) == Card()


def test_a_card_of_a_delivery_is_the_folds_own():
    """Nobody applies it to a card: whoever keeps one is sent the chat anew."""
    events = chat(asks("10:00:00"), replies("10:01:00"), asks("10:02:00"))
    failed = replace(happens("delivery.failed", "10:03:00", about="e2"), seq=4, source_id="e4")
    state = fold(events, TERMS)
    assert card_of(state).waiting_since == at("10:02:00")
    assert card_of(apply(state, failed, TERMS)).waiting_since == at("10:00:00")
