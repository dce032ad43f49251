"""Who has a chat, complaints, spam and marks."""

from tests.events import TERMS, asks, assigned, at, chat, happens, replies

from miaohui.domain.conversation.state import State
from miaohui.domain.conversation.transitions import fold
from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.kinds import Mark


def after(*events: Event) -> State:
    return fold(chat(*events), TERMS)


def test_a_chat_lies_with_the_account_that_was_given_it_last():
    given = [assigned("10:00:00", "anna"), happens("transferred", "10:05:00", account="bao")]
    assert after().account is None
    assert after(given[0]).account == "anna"
    assert after(*given).account == "bao"
    assert after(*given, happens("unassigned", "10:06:00")).account is None


def test_a_reply_gives_nobody_the_chat():
    assert after(assigned("10:00:00", "anna"), replies("10:01:00", "bao")).account == "anna"


def test_a_reply_knows_when_its_account_was_last_given_the_chat():
    state = after(
        assigned("09:00:00", "anna"),
        asks("10:00:00"),
        assigned("10:01:00", "bao"),
        assigned("10:02:00", "anna"),
        replies("10:03:00", "anna"),
        assigned("10:04:00", "anna"),
    )
    assert state.rounds[0].reply.assigned_at == at("10:02:00")


def test_a_reply_of_somebody_who_was_never_given_the_chat_knows_of_no_assignment():
    state = after(asks("10:00:00"), assigned("10:01:00", "bao"), replies("10:02:00", "anna"))
    assert state.rounds[0].reply.assigned_at is None
    nameless = after(asks("10:00:00"), assigned("10:01:00", None), replies("10:02:00", None))
    assert nameless.rounds[0].reply.assigned_at is None


def test_a_complaint_is_answered_by_the_next_counted_reply():
    state = after(happens("complaint.opened", "10:00:00", "buyer"), replies("10:05:00"))
    assert [each.reply.at for each in state.complaints] == [at("10:05:00")]


def test_a_complaint_is_answered_by_its_closing_and_no_later_reply_moves_that():
    state = after(
        happens("complaint.opened", "10:00:00", "buyer"),
        happens("complaint.closed", "10:04:00", "agent", account="bao"),
        replies("10:05:00"),
    )
    [complaint] = state.complaints
    assert (complaint.reply.at, complaint.reply.account) == (at("10:04:00"), "bao")


def test_closing_a_complaint_answers_no_round():
    state = after(asks("10:00:00"), happens("complaint.closed", "10:04:00", "agent"))
    assert state.waiting_since == at("10:00:00")


def test_one_reply_answers_every_open_complaint_and_the_open_round():
    state = after(
        happens("complaint.opened", "10:00:00", "buyer"),
        asks("10:01:00"),
        happens("complaint.opened", "10:02:00", "buyer"),
        replies("10:05:00"),
    )
    assert [each.reply.at for each in state.complaints] == [at("10:05:00")] * 2
    assert state.waiting_since is None


def test_spam_is_merely_reported_until_the_platform_has_judged():
    report = happens("spam.reported", "10:00:00", "agent")
    assert [each.confirmed for each in after(report).spam_reports] == [None]
    for kind, confirmed in (("spam.confirmed", True), ("spam.rejected", False)):
        judged = after(report, happens(kind, "2T09:00:00"))
        assert [each.confirmed for each in judged.spam_reports] == [confirmed]
        assert judged.spam_reports[0].at == at("10:00:00")


def test_a_verdict_is_on_the_latest_report_and_the_last_verdict_holds():
    state = after(
        happens("spam.reported", "10:00:00", "agent"),
        happens("spam.reported", "11:00:00", "agent"),
        happens("spam.confirmed", "12:00:00"),
        happens("spam.rejected", "13:00:00"),
    )
    assert [each.confirmed for each in state.spam_reports] == [None, False]


def test_a_verdict_without_a_report_means_nothing():
    assert after(happens("spam.confirmed", "10:00:00")).spam_reports == ()


def test_a_mark_holds_until_it_is_taken_back():
    marked = happens("buyer.marked", "10:00:00", mark="malicious_user")
    unmarked = happens("buyer.unmarked", "11:00:00", mark="malicious_user")
    assert after(marked).marks == {Mark.MALICIOUS_USER: True}
    assert after(marked, unmarked).marks == {Mark.MALICIOUS_USER: False}


def test_taking_back_one_mark_leaves_the_other():
    state = after(
        happens("buyer.marked", "10:00:00", mark="malicious_user"),
        happens("buyer.marked", "10:01:00", mark="staff_or_test_account"),
        happens("buyer.unmarked", "11:00:00", mark="staff_or_test_account"),
    )
    assert state.marks[Mark.MALICIOUS_USER]
    assert not state.marks[Mark.STAFF_OR_TEST_ACCOUNT]


def test_a_mark_that_nobody_knows_changes_nothing():
    for mark in ("best_customer", None):
        assert after(happens("buyer.marked", "10:00:00", mark=mark)).marks == {}


def test_every_wish_for_a_human_is_remembered():
    state = after(
        happens("human_requested", "10:00:00", "buyer"),
        happens("human_requested", "11:00:00", "buyer"),
    )
    assert state.human_requests == (at("10:00:00"), at("11:00:00"))
