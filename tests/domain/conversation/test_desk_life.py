"""What the desk makes of a conversation: closing, snoozing, groups, tags and tasks."""

from itertools import permutations

import pytest
from tests.events import TERMS, asks, at, chat, happens, replies

from miaohui.domain.conversation.state import Life, State
from miaohui.domain.conversation.transitions import apply, fold


def life_after(*events):
    return fold(chat(*events), TERMS).life


def test_a_closed_chat_opens_again_when_its_buyer_writes():
    assert life_after(asks("10:00:00"), happens("closed", "10:05:00")).closed
    assert not life_after(happens("closed", "10:05:00"), asks("10:06:00")).closed


def test_a_closed_chat_opens_again_when_a_person_writes_but_not_for_an_automatic_word():
    closed = happens("closed", "10:05:00")
    assert not life_after(closed, replies("10:06:00")).closed
    assert life_after(closed, replies("10:06:00", origin="auto")).closed


def test_closing_ends_a_snooze_and_so_does_the_buyer_but_not_an_answer():
    snoozed = happens("snoozed", "10:00:00", "agent", until="2026-11-01T20:00:00+08:00")
    assert life_after(snoozed).snoozed_until == at("20:00:00")
    assert life_after(snoozed, replies("10:01:00")).snoozed_until == at("20:00:00")
    assert life_after(snoozed, asks("10:01:00")).snoozed_until is None
    assert life_after(snoozed, happens("closed", "10:01:00")).snoozed_until is None


@pytest.mark.parametrize("until", [None, "", "soon", "2026-11-01T20:00:00"])
def test_a_snooze_without_an_instant_that_has_an_offset_is_none(until):
    assert life_after(happens("snoozed", "10:00:00", until=until)).snoozed_until is None


def test_tags_come_and_go():
    added = happens("tagged", "10:00:00", tag="催发货"), happens("tagged", "10:01:00", tag="VIP")
    assert life_after(*added).tags == {"催发货", "VIP"}
    taken = happens("tagged", "10:02:00", tag="VIP", purpose="removed")
    assert life_after(*added, taken).tags == {"催发货"}


def test_a_chat_keeps_its_group_until_another_one_is_said():
    first = happens("transferred", "10:00:00", group="after_sale")
    assert life_after(first, happens("assigned", "10:01:00", account="lin")).group == "after_sale"
    assert life_after(first, happens("assigned", "10:01:00", group="vip")).group == "vip"


def test_a_promise_is_a_task_until_it_is_kept():
    opened = happens(
        *("task.opened", "10:00:00", "agent"),
        source_id="t1",
        account="lin",
        purpose="follow_up",
        until="2026-11-02T10:00:00+08:00",
        order="o1",
    )
    (task,) = life_after(opened).tasks
    assert (task.id, task.what, task.account, task.order) == ("t1", "follow_up", "lin", "o1")
    assert task.due == at("2T10:00:00")
    handed_on = happens("task.changed", "11:00:00", about="t1", account="zhou")
    put_off = happens("task.changed", "12:00:00", about="t1", until="2026-11-03T10:00:00+08:00")
    (task,) = life_after(opened, handed_on, put_off).tasks
    assert (task.account, task.due) == ("zhou", at("3T10:00:00"))
    (task,) = life_after(opened, happens("task.changed", "11:00:00", about="t1", account="")).tasks
    assert task.account is None
    (task,) = life_after(opened, happens("task.closed", "13:00:00", about="t1"), handed_on).tasks
    assert task.closed_at == at("13:00:00")


def test_complaints_and_refunds_are_tasks_that_close_with_them():
    complaint = happens("complaint.opened", "10:00:00", source_id="c1")
    refund = happens("refund.requested", "10:01:00", source_id="r1", order="o1")
    other = happens("refund.requested", "10:02:00", source_id="r2", order="o2")
    assert [each.what for each in life_after(complaint, refund).tasks] == ["complaint", "refund"]
    done = happens("refund.succeeded", "11:00:00", order="o1")
    states = {each.id: each.closed_at for each in life_after(complaint, refund, other, done).tasks}
    assert states == {"c1": None, "r1": at("11:00:00"), "r2": None}
    (task,) = life_after(complaint, happens("complaint.closed", "12:00:00")).tasks
    assert task.closed_at == at("12:00:00")


def test_a_task_is_at_risk_once_the_platform_has_stepped_in():
    refund = happens("refund.requested", "10:01:00", source_id="r1", order="o1")
    other = happens("refund.requested", "10:02:00", source_id="r2", order="o2")
    risks = life_after(refund, other, happens("platform.intervened", "11:00:00", order="o2")).tasks
    assert [each.risk for each in risks] == [False, True]


def test_the_life_is_the_same_in_whatever_order_events_arrive():
    events = chat(
        asks("10:00:00"),
        happens("snoozed", "10:01:00", until="2026-11-01T20:00:00+08:00"),
        happens("tagged", "10:02:00", tag="VIP"),
        happens("closed", "10:03:00"),
        asks("10:04:00"),
    )
    expected = Life(tags=frozenset({"VIP"}))
    for order in permutations(events):
        state = State()
        for event in order:
            state = apply(state, event, TERMS)
        assert state.life == expected
