"""Who gets a chat, and what is said of everybody else."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from miaohui.domain.desk.routing.choice import Reason, Why
from miaohui.domain.desk.routing.choosing import choose
from miaohui.domain.desk.routing.people import Load, Presence
from miaohui.domain.desk.routing.policy import (
    DEADLINE_AWARE,
    LEAST_LOADED,
    Overflow,
    Policy,
    Preference,
    Reserve,
    Window,
)

from .floor import NOON, PLAIN, agent, chat, given, holding, request, seconds


def chosen(policy: Policy, agents, load=None, wanted=None, now=NOON):
    return choose(policy, agents, load or {}, wanted or request(), None, now)


def why(policy: Policy, one, load=None, wanted=None, now=NOON) -> Reason:
    """Why an agent who is alone does not get a request."""
    choice = chosen(policy, [one], {one.account: load} if load else {}, wanted, now)
    assert choice.account is None
    return choice.reasons[one.account].reason


def test_nobody_is_there_and_nobody_is_chosen():
    choice = chosen(DEADLINE_AWARE, [])
    assert choice.account is None
    assert choice.reasons == {}


@pytest.mark.parametrize(
    ("presence", "reason"),
    [
        (Presence.BUSY, Reason.BUSY),
        (Presence.AWAY, Reason.AWAY),
        (Presence.OFF_SHIFT, Reason.OFF_SHIFT),
    ],
)
def test_only_who_is_online_gets_a_chat(presence, reason):
    assert why(PLAIN, agent("a", presence=presence)) is reason


def test_no_chat_without_the_right_to_its_shop_and_channel():
    assert why(PLAIN, agent("a", shops=frozenset({"other"}))) is Reason.NO_RIGHT
    assert why(PLAIN, agent("a", channels=frozenset({"other"}))) is Reason.NO_RIGHT
    assert why(PLAIN, agent("a", shops=frozenset())) is Reason.NO_RIGHT
    both = agent("a", shops=frozenset({"shop"}), channels=frozenset({"web"}))
    assert chosen(PLAIN, [both]).account == "a"


def test_nobody_about_to_leave_gets_a_chat_and_the_margin_itself_is_enough():
    policy = replace(PLAIN, leaving_before=timedelta(minutes=5))
    assert why(policy, agent("a", shift_ends=NOON + seconds(299))) is Reason.LEAVING
    assert why(policy, agent("a", shift_ends=NOON)) is Reason.OFF_SHIFT
    assert chosen(policy, [agent("a", shift_ends=NOON + seconds(300))]).account == "a"


def test_who_was_just_taken_off_a_chat_does_not_get_it_back():
    wanted = request(excluded=frozenset({"a"}))
    assert why(PLAIN, agent("a"), wanted=wanted) is Reason.JUST_PASSED_ON
    assert chosen(PLAIN, [agent("a"), agent("b")], wanted=wanted).account == "b"


def test_capacity_is_the_most_chats_at_once():
    assert why(PLAIN, agent("a", capacity=3), holding(3)) is Reason.FULL
    assert chosen(PLAIN, [agent("a", capacity=3)], {"a": holding(2)}).account == "a"
    assert why(PLAIN, agent("a", capacity=0)) is Reason.FULL


def test_a_channel_may_have_its_own_capacity():
    one = agent("a", channel_capacity={"phone": 1})
    busy = holding(1, channel="phone")
    assert why(PLAIN, one, busy, request(channel="phone")) is Reason.CHANNEL_FULL
    assert chosen(PLAIN, [one], {"a": busy}, request(channel="web")).account == "a"


def test_idle_chats_stop_counting_unless_their_buyer_waits():
    policy = replace(PLAIN, idle_after=timedelta(minutes=5))
    one = agent("a", capacity=1)
    idle = Load(held=(chat("old", active_at=NOON - seconds(300)),))
    fresh = Load(held=(chat("old", active_at=NOON - seconds(299)),))
    waiting = Load(held=(chat("old", waits_for=900),))
    assert chosen(policy, [one], {"a": idle}).account == "a"
    assert why(policy, one, fresh) is Reason.FULL
    assert why(policy, one, waiting) is Reason.FULL
    assert why(PLAIN, one, idle) is Reason.FULL


def test_places_may_be_kept_free_for_a_higher_band():
    policy = replace(PLAIN, reserve=Reserve(places=1, from_band=2))
    one, load = agent("a", capacity=3), holding(2)
    assert why(policy, one, load, request(band=1)) is Reason.KEPT_FREE
    assert chosen(policy, [one], {"a": load}, request(band=2)).account == "a"


def test_a_wanted_skill_needs_its_level_where_it_is_required():
    wanted = request(skills={"refunds": 2})
    beginner, expert = agent("a", skills={"refunds": 1}), agent("b", skills={"refunds": 2})
    assert why(PLAIN, beginner, wanted=wanted) is Reason.SKILL
    assert chosen(PLAIN, [beginner, expert], wanted=wanted).account == "b"


def test_a_preferred_skill_ranks_and_bars_nobody():
    policy = replace(PLAIN, skills="preferred", prefer=(Preference.SKILLS,))
    wanted = request(skills={"refunds": 2})
    beginner, expert = agent("a"), agent("b", skills={"refunds": 3})
    choice = chosen(policy, [beginner, expert], wanted=wanted)
    assert choice.account == "b"
    assert choice.reasons["a"] == Why(Reason.BEHIND, Preference.SKILLS)
    assert chosen(policy, [beginner], wanted=wanted).account == "a"


def test_a_language_is_required_or_preferred():
    wanted = request(language="en")
    speaks, not_yet = agent("b", languages=frozenset({"en"})), agent("a")
    required = replace(PLAIN, language="required")
    assert why(required, not_yet, wanted=wanted) is Reason.LANGUAGE
    preferred = replace(PLAIN, prefer=(Preference.LANGUAGE,))
    assert chosen(preferred, [not_yet, speaks], wanted=wanted).account == "b"
    assert chosen(preferred, [not_yet], wanted=wanted).account == "a"


def test_a_group_is_served_by_its_members():
    wanted = request(group="after-sale")
    assert why(PLAIN, agent("a", groups=("pre-sale",)), wanted=wanted) is Reason.GROUP
    two = agent("b", groups=("pre-sale", "after-sale"))
    assert chosen(PLAIN, [agent("a"), two], wanted=wanted).account == "b"


def test_who_serves_a_group_first_comes_before_who_serves_it_second():
    policy = replace(PLAIN, prefer=(Preference.GROUP,))
    second = agent("a", groups=("pre-sale", "after-sale"))
    own = agent("b", groups=("after-sale",))
    assert chosen(policy, [second, own], wanted=request(group="after-sale")).account == "b"


def test_another_group_helps_when_the_wanted_one_is_full():
    policy = replace(PLAIN, overflow=Overflow(after=None, when_full=True))
    member = agent("a", groups=("after-sale",), capacity=1)
    other = agent("b", groups=("pre-sale",))
    wanted = request(group="after-sale")
    assert chosen(policy, [member, other], wanted=wanted).account == "a"
    full = chosen(policy, [member, other], {"a": holding(1)}, wanted)
    assert full.account == "b"
    assert full.reasons["a"].reason is Reason.FULL
    gone = [replace(member, presence=Presence.AWAY), other]
    assert chosen(policy, gone, wanted=wanted).account == "b"


def test_another_group_helps_after_a_while_and_members_still_come_first():
    policy = replace(
        PLAIN,
        overflow=Overflow(after=timedelta(seconds=30), when_full=False),
    )
    member = agent("b", groups=("after-sale",), capacity=1)
    other = agent("a", groups=("pre-sale",))
    full = {"b": holding(1)}
    waits_29 = request(group="after-sale", waiting_since=NOON - seconds(29))
    waits_30 = request(group="after-sale", waiting_since=NOON - seconds(30))
    assert chosen(policy, [member, other], full, waits_29).account is None
    assert chosen(policy, [member, other], full, waits_30).account == "a"
    assert chosen(policy, [member, other], {}, waits_30).account == "b"


def test_a_member_who_is_only_answering_somebody_does_not_make_the_group_full():
    policy = replace(DEADLINE_AWARE, overflow=Overflow(after=timedelta(seconds=30)))
    agents = [agent("a", groups=("pre-sale",)), agent("b", groups=("after-sale",))]
    answering = {"b": Load(held=(chat("x", waits_for=1),))}
    fresh = request(group="after-sale")
    waits = request(group="after-sale", waiting_since=NOON - seconds(30))
    assert chosen(policy, agents, answering, fresh).account is None
    assert chosen(policy, agents, answering, waits).account == "a"


def test_overflow_goes_only_to_the_groups_named():
    policy = replace(PLAIN, overflow=Overflow(to=frozenset({"help"})))
    wanted = request(group="after-sale")
    one, two = agent("a", groups=("pre-sale",)), agent("b", groups=("help",))
    choice = chosen(policy, [one, two], wanted=wanted)
    assert choice.account == "b"
    assert choice.reasons["a"].reason is Reason.GROUP


def test_after_a_chat_there_is_a_pause():
    policy = replace(PLAIN, cool_down=timedelta(seconds=10))
    assert why(policy, agent("a"), holding(0, ago=9)) is Reason.COOL_DOWN
    assert chosen(policy, [agent("a")], {"a": holding(0, ago=10)}).account == "a"
    assert why(policy, agent("a"), given(500, 9)) is Reason.COOL_DOWN


def test_no_more_than_so_many_in_any_window():
    policy = replace(PLAIN, windows=(Window(at_most=2, per=timedelta(seconds=60)),))
    assert why(policy, agent("a"), given(10, 59)) is Reason.WINDOW_LIMIT
    assert chosen(policy, [agent("a")], {"a": given(10, 60, 61)}).account == "a"


def test_who_has_rounds_waiting_gets_no_more_where_the_policy_says_so():
    policy = replace(PLAIN, waiting_at_most=1)
    two = Load(held=(chat("x", waits_for=5), chat("y", waits_for=9), chat("z")))
    one = Load(held=(chat("x", waits_for=5), chat("z")))
    assert why(policy, agent("a"), two) is Reason.BACKLOG
    assert chosen(policy, [agent("a")], {"a": one}).account == "a"


def test_the_least_loaded_is_who_has_the_most_places_left():
    large, small = agent("a", capacity=10), agent("b", capacity=4)
    loads = {"a": holding(7), "b": holding(0)}
    choice = chosen(LEAST_LOADED, [large, small], loads)
    assert choice.account == "b"
    assert choice.reasons["b"] == Why(Reason.AHEAD, Preference.SPARE)
    assert choice.reasons["a"] == Why(Reason.BEHIND, Preference.SPARE)
    assert chosen(LEAST_LOADED, [large, small], {"a": holding(5)}).account == "a"


def test_a_tie_goes_to_the_longest_without_a_chat_then_by_account():
    agents = [agent("c"), agent("b"), agent("a")]
    loads = {"a": given(5), "b": given(20), "c": given(20)}
    assert chosen(PLAIN, agents, loads).account == "b"
    assert chosen(PLAIN, agents, {"a": given(5)}).account == "b"
    assert chosen(PLAIN, agents).account == "a"


def test_the_only_one_left_is_said_to_be_the_only_one():
    away = agent("a", presence=Presence.AWAY)
    assert chosen(PLAIN, [away, agent("b")]).reasons["b"] == Why(Reason.ONLY_ONE)


def test_a_chat_that_somebody_holds_stays_there_whoever_is_better():
    loads = {"b": Load(held=(chat("new", waits_for=1),))}
    choice = chosen(DEADLINE_AWARE, [agent("a"), agent("b", capacity=1)], loads)
    assert choice.account == "b"
    assert choice.reasons["b"].reason is Reason.HOLDS_IT
    assert choice.reasons["a"].reason is Reason.HELD_BY_ANOTHER
    busy = agent("b", presence=Presence.BUSY)
    assert chosen(DEADLINE_AWARE, [agent("a"), busy], loads).account == "b"


def test_a_holder_who_went_away_or_passed_it_on_keeps_nothing():
    loads = {"b": Load(held=(chat("new", waits_for=1),))}
    away = agent("b", presence=Presence.AWAY)
    assert chosen(DEADLINE_AWARE, [agent("a"), away], loads).account == "a"
    passed_on = request(excluded=frozenset({"b"}))
    assert chosen(DEADLINE_AWARE, [agent("a"), agent("b")], loads, passed_on).account == "a"


def test_deadline_aware_skips_who_is_too_slow_to_save_the_round():
    slow, quick = agent("a", seconds_per_reply=50), agent("b", seconds_per_reply=20, capacity=2)
    wanted = request(deadline=NOON + seconds(30))
    choice = chosen(DEADLINE_AWARE, [slow, quick], wanted=wanted)
    assert choice.account == "b"
    assert choice.reasons["a"] == Why(Reason.BEHIND, Preference.IN_TIME)
    later = request(deadline=NOON + seconds(60))
    assert chosen(DEADLINE_AWARE, [slow, quick], wanted=later).account == "a"


def test_deadline_aware_reckons_with_the_rounds_that_wait_already():
    policy = replace(DEADLINE_AWARE, waiting_at_most=None)
    wanted = request(deadline=NOON + seconds(90))
    agents = [agent("a"), agent("b", capacity=1)]
    waiting = Load(held=(chat("x", waits_for=1), chat("y", waits_for=2)))
    assert chosen(policy, agents, {"a": waiting}, wanted).account == "b"
    lost = request(deadline=NOON - seconds(1))
    assert chosen(policy, agents, {"a": waiting}, lost).account == "b"


def test_deadline_aware_leaves_a_chat_in_line_while_everybody_has_a_round_to_answer():
    loads = {"a": Load(held=(chat("x", waits_for=1),))}
    choice = chosen(DEADLINE_AWARE, [agent("a")], loads)
    assert choice.account is None
    assert choice.reasons["a"].reason is Reason.BACKLOG
