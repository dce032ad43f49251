"""What became of a reply (docs/metrics.md section 3)."""

from tests.events import TERMS, asks, at, bot, chat, happens, replies

from miaohui.domain.conversation.state import Reply, State
from miaohui.domain.conversation.transitions import apply, fold
from miaohui.domain.vocabulary.events import Event


def after(*events: Event) -> State:
    return fold(chat(*events), TERMS)


def answer_in(state: State) -> Reply | None:
    return state.rounds[0].reply


def told(kind: str, when: str, about: str = "r") -> Event:
    return happens(kind, when, about=about)


QUESTION, ANSWER = asks("10:00:00"), replies("10:01:00", source_id="r")


def test_a_reply_counts_at_its_own_instant_until_its_delivery_is_known():
    assert answer_in(after(QUESTION, ANSWER)).at == at("10:01:00")


def test_a_confirmed_reply_counts_at_its_confirmation_and_is_still_its_authors():
    reply = answer_in(after(QUESTION, ANSWER, told("delivery.confirmed", "10:01:07")))
    assert (reply.at, reply.account, reply.source_id) == (at("10:01:07"), "anna", "r")


def test_a_failed_or_recalled_reply_is_none():
    for kind in ("delivery.failed", "message.recalled"):
        assert answer_in(after(QUESTION, ANSWER, told(kind, "10:02:00"))) is None


def test_what_was_confirmed_after_it_had_failed_counts_and_what_failed_in_the_end_does_not():
    confirmed, failed = "delivery.confirmed", "delivery.failed"
    retried = after(QUESTION, ANSWER, told(failed, "10:02:00"), told(confirmed, "10:03:00"))
    assert answer_in(retried).at == at("10:03:00")
    lost = after(QUESTION, ANSWER, told(confirmed, "10:02:00"), told(failed, "10:03:00"))
    assert answer_in(lost) is None


def test_of_several_confirmations_the_first_holds():
    twice = ("10:02:00", "10:03:00")
    reply = answer_in(after(QUESTION, ANSWER, *(told("delivery.confirmed", t) for t in twice)))
    assert reply.at == at("10:02:00")


def test_a_recall_voids_whatever_was_confirmed_before_or_after():
    recalled, confirmed = told("message.recalled", "10:02:00"), "delivery.confirmed"
    for when in ("10:01:30", "10:02:30"):
        assert answer_in(after(QUESTION, ANSWER, recalled, told(confirmed, when))) is None


def test_a_recall_takes_its_answer_back_and_the_next_reply_ends_the_round():
    state = after(QUESTION, ANSWER, replies("10:05:00"), told("message.recalled", "10:06:00"))
    assert answer_in(state).at == at("10:05:00")


def test_a_confirmation_that_comes_before_its_reply_is_remembered():
    question, confirmation, answer = chat(
        QUESTION, told("delivery.confirmed", "10:01:07"), replies("10:01:00", source_id="r")
    )
    state = fold([question, confirmation], TERMS)
    assert answer_in(state) is None
    assert answer_in(apply(state, answer, TERMS)).at == at("10:01:07")


def test_a_confirmation_that_even_happened_before_its_reply_is_remembered():
    events = chat(QUESTION, told("delivery.confirmed", "10:00:59"), ANSWER)
    state = apply(fold(events[:2], TERMS), events[2], TERMS)
    assert answer_in(state).at == at("10:00:59")
    assert state == fold(events, TERMS)


def test_a_delivery_about_nothing_we_know_changes_nothing():
    state = after(QUESTION, told("delivery.confirmed", "10:01:00", about="who knows"))
    assert answer_in(state) is None


def test_a_failed_reply_still_holds_its_session_together():
    state = after(
        QUESTION,
        replies("10:20:00", source_id="r"),
        told("delivery.failed", "10:20:01"),
        asks("10:40:00"),
    )
    assert len(state.sessions) == 1


def test_a_confirmation_holds_no_session_together():
    state = after(
        QUESTION,
        replies("10:01:00", source_id="r"),
        told("delivery.confirmed", "10:29:00"),
        asks("10:35:00"),
    )
    assert len(state.sessions) == 2


def test_a_bot_answer_stands_at_its_confirmation_and_is_none_once_it_failed():
    sent = bot("10:00:05", source_id="b")
    confirmed = after(QUESTION, sent, told("delivery.confirmed", "10:00:09", "b"))
    answering = [each.at for each in confirmed.standings if each.bot_answers]
    assert answering == [at("10:00:09")]
    failed = after(QUESTION, sent, told("delivery.failed", "10:00:09", "b"))
    assert not any(each.bot_answers for each in failed.standings)


def test_a_message_of_the_buyer_stays_one_even_if_recalled():
    asked = asks("10:00:00", source_id="q")
    assert len(after(asked, told("message.recalled", "10:00:05", "q")).rounds) == 1
