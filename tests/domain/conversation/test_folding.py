"""However events arrive, the state is the same."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.events import (
    TERMS,
    asks,
    assigned,
    at,
    bot,
    chat,
    events_of,
    happens,
    replies,
)
from tests.reference.nasty_logs import nasty_logs

from miaohui.domain.analytics.live import conversations_of
from miaohui.domain.conversation.replies import Perfunctory, ReplyClass
from miaohui.domain.conversation.state import State, Terms
from miaohui.domain.conversation.transitions import apply, fold, fold_in_order
from miaohui.domain.vocabulary.events import Event, from_wire, to_wire
from miaohui.domain.vocabulary.kinds import FAMILIES, Actor, Mark, Origin

ANYBODY = replace(TERMS, replies=ReplyClass(assisted_counts_as="bot", bots_count=True))
CURT = replace(TERMS, replies=ReplyClass(perfunctory=Perfunctory(at("1T00:00:00").date(), ("ok",))))
every = settings(
    max_examples=500,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

LONG_CHAT = chat(
    happens("order.paid", "09:00:00"),
    assigned("09:59:00", "anna"),
    asks("10:00:00", source_id="first question"),
    bot("10:00:01"),
    asks("10:00:30"),
    replies("10:01:00", source_id="first answer"),
    happens("delivery.confirmed", "10:01:05", about="first answer"),
    happens("complaint.opened", "10:05:00", "buyer"),
    asks("10:06:00"),
    happens("spam.reported", "10:07:00", "agent"),
    happens("transferred", "10:08:00", account="bao", by="anna"),
    replies("10:09:00", "bao", source_id="second answer"),
    asks("11:00:00"),
    happens("buyer.marked", "11:01:00", mark="malicious_user"),
)
KINDS_AND_ONE_OF_TOMORROW = [*FAMILIES, "hologram.shown"]


def applied(events: list[Event], terms: Terms = TERMS) -> State:
    state = State()
    for event in events:
        state = apply(state, event, terms)
    return state


@every
@given(
    rows=nasty_logs(25),
    terms=st.sampled_from([TERMS, ANYBODY, CURT]),
    chance=st.randoms(use_true_random=False),
)
def test_the_state_is_the_same_in_whatever_order_events_arrive(rows, terms, chance):
    events = events_of(rows)
    if not events:
        return
    newest = max(event.at for event in events)
    for told in conversations_of(events, newest).values():
        in_order = fold_in_order(sorted(told, key=lambda event: (event.at, event.seq)), terms)
        arriving = list(told)
        chance.shuffle(arriving)
        assert fold(arriving, terms) == in_order
        assert applied(arriving, terms) == in_order


@pytest.mark.parametrize("kind", KINDS_AND_ONE_OF_TOMORROW)
@pytest.mark.parametrize("actor", Actor)
def test_old_state_and_one_more_event_make_a_fresh_state_for_every_kind(kind, actor):
    when = ["09:00:00", "10:00:30", "10:30:00", "11:30:00"]
    for place, instant in enumerate(when):
        for about in ("first answer", "second answer", "nothing we know"):
            more = happens(
                kind,
                instant,
                actor,
                origin=random.Random(f"{kind}{place}").choice(list(Origin)),
                account="chen",
                about=about,
                mark=Mark.STAFF_OR_TEST_ACCOUNT.value,
                source_id="one more",
                seq=100,
            )
            old = fold(LONG_CHAT, ANYBODY)
            assert apply(old, more, ANYBODY) == fold([*LONG_CHAT, more], ANYBODY)


@pytest.mark.parametrize("late", range(len(LONG_CHAT)))
def test_an_event_that_comes_late_refolds_the_conversation(late):
    in_time = [*LONG_CHAT[:late], *LONG_CHAT[late + 1 :], LONG_CHAT[late]]
    assert applied(in_time) == fold(LONG_CHAT, TERMS)


def test_a_reply_that_comes_late_ends_the_round_in_which_it_falls():
    question, answer, further = chat(asks("10:00:00"), replies("10:01:00"), asks("10:02:00"))
    state = applied([question, further])
    assert [each.start for each in state.rounds] == [at("10:00:00")]
    state = apply(state, answer, TERMS)
    assert [each.start for each in state.rounds] == [at("10:00:00"), at("10:02:00")]
    assert state.waiting_since == at("10:02:00")


def test_a_kind_of_a_newer_version_is_kept_and_changes_nothing():
    known = fold(LONG_CHAT, TERMS)
    unknown = happens("hologram.shown", "12:00:00", "agent", source_id="new", seq=100)
    state = apply(known, unknown, TERMS)
    assert state.history == (*known.history, unknown)
    kept = replace(state, history=known.history, standings=known.standings)
    assert kept == known


def test_a_state_folded_from_the_wire_is_the_same():
    assert fold([from_wire(to_wire(event)) for event in LONG_CHAT], TERMS) == fold(LONG_CHAT, TERMS)
