"""The agent who last spoke with a buyer, and what happens where that one cannot."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from miaohui.domain.desk.routing.choice import Reason
from miaohui.domain.desk.routing.choosing import choose
from miaohui.domain.desk.routing.people import Load, Presence
from miaohui.domain.desk.routing.policy import DEADLINE_AWARE, Sticky
from miaohui.domain.desk.routing.requests import LastContact

from .floor import NOON, PLAIN, agent, chat, holding, request, seconds

STICKY = replace(PLAIN, sticky=Sticky(within=timedelta(days=3)))
PATIENT = replace(PLAIN, sticky=Sticky(timedelta(days=3), wait_at_most=timedelta(seconds=30)))
YESTERDAY = LastContact("z", NOON - timedelta(days=1))
BOTH = (agent("a"), agent("z"))


def chosen(policy, agents=BOTH, load=None, wanted=None, last=YESTERDAY):
    return choose(policy, agents, load or {}, wanted or request(), last, NOON)


def test_the_buyer_comes_back_to_whom_they_spoke_with():
    choice = chosen(STICKY)
    assert choice.account == "z"
    assert choice.reasons["z"].reason is Reason.LAST_CONTACT
    assert choice.reasons["a"].reason is Reason.KEPT_FOR_LAST_CONTACT


def test_it_is_forgotten_after_so_many_days():
    on_the_edge = LastContact("z", NOON - timedelta(days=3))
    past_it = LastContact("z", NOON - timedelta(days=3, microseconds=1))
    assert chosen(STICKY, last=on_the_edge).account == "z"
    assert chosen(STICKY, last=past_it).account == "a"


def test_a_policy_need_not_be_sticky():
    assert chosen(PLAIN).account == "a"


def test_who_no_longer_works_here_is_not_waited_for():
    assert chosen(PATIENT, [agent("a")]).account == "a"


@pytest.mark.parametrize("presence", [Presence.BUSY, Presence.AWAY, Presence.OFF_SHIFT])
def test_others_take_over_at_once_where_the_last_contact_is_not_there(presence):
    agents = [agent("a"), agent("z", presence=presence)]
    choice = chosen(STICKY, agents)
    assert choice.account == "a"
    assert choice.reasons["z"].reason == presence.value


def test_a_patient_policy_waits_for_a_full_agent_but_not_for_ever():
    full = {"z": holding(8)}
    at_29 = request(waiting_since=NOON - seconds(29))
    at_30 = request(waiting_since=NOON - seconds(30))
    waits = chosen(PATIENT, load=full, wanted=at_29)
    assert waits.account is None
    assert waits.reasons["z"].reason is Reason.FULL
    assert waits.reasons["a"].reason is Reason.KEPT_FOR_LAST_CONTACT
    assert chosen(PATIENT, load=full, wanted=at_30).account == "a"


def test_nobody_waits_for_who_has_gone_home_or_lost_the_right():
    off = [agent("a"), agent("z", presence=Presence.OFF_SHIFT)]
    barred = [agent("a"), agent("z", shops=frozenset())]
    assert chosen(PATIENT, off).account == "a"
    assert chosen(PATIENT, barred).account == "a"


def test_the_last_contact_is_no_way_around_group_or_skill():
    wanted = request(group="after-sale", skills={"refunds": 1})
    able = agent("a", groups=("after-sale",), skills={"refunds": 1})
    assert chosen(PATIENT, [able, agent("z")], wanted=wanted).account == "a"


def test_deadline_aware_queues_behind_the_last_contact_if_the_round_is_still_saved():
    busy = {"z": Load(held=(chat("other", waits_for=5),))}
    in_time = request(deadline=NOON + seconds(80))
    too_late = request(deadline=NOON + seconds(79))
    assert chosen(DEADLINE_AWARE, load=busy, wanted=in_time).account == "z"
    assert chosen(DEADLINE_AWARE, load=busy, wanted=too_late).account == "a"
