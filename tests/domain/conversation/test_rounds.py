"""Rounds, sessions and who owes whom (docs/metrics.md section 4)."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.events import TERMS, asks, at, bot, chat, events_of, happens, replies
from tests.reference.nasty_logs import nasty_logs

from miaohui.domain.analytics.live import conversations_of
from miaohui.domain.conversation.state import State
from miaohui.domain.conversation.transitions import apply, fold
from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.kinds import KINDS, Family


def after(*events: Event) -> State:
    return fold(chat(*events), TERMS)


def answered(state: State) -> list[bool]:
    return [each.reply is not None for each in state.rounds]


def test_nothing_has_happened_in_an_empty_conversation():
    state = State()
    assert (state.rounds, state.sessions, state.waiting_since, state.account) == (
        (),
        (),
        None,
        None,
    )


def test_a_further_buyer_message_never_moves_the_start_of_a_round():
    state = after(asks("10:00:00"), asks("10:00:50"), asks("10:20:00"))
    assert [each.start for each in state.rounds] == [at("10:00:00")]
    assert len(state.rounds[0].messages) == 3
    assert state.waiting_since == at("10:00:00")


def test_the_first_counted_reply_ends_a_round_and_a_second_one_changes_nothing():
    state = after(asks("10:00:00"), replies("10:01:00"), replies("10:02:00", account="bao"))
    assert [each.reply.at for each in state.rounds] == [at("10:01:00")]
    assert state.rounds[0].reply.account == "anna"
    assert state.waiting_since is None


def test_the_next_message_after_a_reply_opens_the_next_round():
    state = after(asks("10:00:00"), replies("10:01:00"), asks("10:02:00"))
    assert [each.start for each in state.rounds] == [at("10:00:00"), at("10:02:00")]
    assert answered(state) == [True, False]


def test_a_reply_before_any_question_answers_nothing():
    assert after(replies("10:00:00")).rounds == ()
    assert answered(after(replies("10:00:00"), asks("10:00:01"))) == [False]


def test_of_two_events_at_the_same_instant_the_earlier_in_the_log_comes_first():
    assert answered(after(asks("10:00:00"), replies("10:00:00"))) == [True]
    assert answered(after(replies("10:00:00"), asks("10:00:00"))) == [False]


def test_the_bot_answers_no_round():
    assert answered(after(asks("10:00:00"), bot("10:00:01"))) == [False]


@pytest.mark.parametrize("kind", KINDS[Family.MESSAGE])
def test_a_buyer_asks_with_any_message(kind):
    assert len(after(happens(kind, "10:00:00", "buyer")).rounds) == 1


@pytest.mark.parametrize("family", [Family.CARD, Family.COUPON, Family.OPERATION])
def test_a_buyer_asks_with_nothing_but_messages(family):
    for kind in KINDS[family]:
        state = after(happens(kind, "10:00:00", "buyer"))
        assert state.rounds == ()
        assert len(state.sessions) == 1


def test_a_gap_of_exactly_the_session_gap_begins_a_new_session():
    assert len(after(asks("10:00:00"), asks("10:29:59.999999")).sessions) == 1
    assert len(after(asks("10:00:00"), asks("10:30:00")).sessions) == 2


def test_what_anybody_sends_holds_a_session_together_and_a_note_does_not():
    held = [asks("10:00:00"), bot("10:20:00"), asks("10:40:00")]
    assert len(after(*held).sessions) == 1
    held[1] = happens("note", "10:20:00", "agent")
    assert len(after(*held).sessions) == 2


def test_a_round_that_goes_on_in_a_later_session_is_of_the_session_it_started_in():
    state = after(asks("10:00:00"), asks("11:00:00"), replies("11:00:10"), asks("11:00:20"))
    first, second = state.rounds
    assert (first.session, second.session) == (0, 1)
    assert [message.session for message in first.messages] == [0, 1]


def test_the_sample_of_a_session_is_the_first_round_that_starts_in_it():
    state = after(
        *(asks("10:00:00"), replies("10:00:10"), asks("10:01:00"), replies("10:01:10")),
        *(asks("11:00:00"),),
    )
    assert [each.opens_session for each in state.rounds] == [True, False, True]


def test_a_session_lasts_from_its_first_event_to_its_last():
    [session] = after(asks("10:00:00"), replies("10:10:00"), bot("10:20:00")).sessions
    assert (session.first, session.last) == (at("10:00:00"), at("10:20:00"))


@settings(max_examples=300, deadline=None)
@given(rows=nasty_logs(25), pause=st.sampled_from([0, 1, 1800, 90_000]))
def test_of_any_chat_a_further_buyer_message_never_moves_the_start_of_an_open_round(rows, pause):
    events = events_of(rows)
    if not events:
        return
    newest = max(event.at for event in events)
    for (_, _, conversation), told in conversations_of(events, newest).items():
        state = fold(told, TERMS)
        instant = newest + timedelta(seconds=pause)
        further = asks("10:00:00", at=instant, conversation=conversation, seq=10_000)
        then = apply(state, further, TERMS)
        assert then.waiting_since == (state.waiting_since or instant)
        assert [each.start for each in then.rounds[: len(state.rounds)]] == [
            each.start for each in state.rounds
        ]
