"""What holds for every policy, team and load."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from miaohui.domain.desk.routing.choice import Reason
from miaohui.domain.desk.routing.choosing import choose
from miaohui.domain.desk.routing.people import Agent, Held, Load, Presence
from miaohui.domain.desk.routing.policy import (
    DEADLINE_AWARE,
    LEAST_LOADED,
    LONGEST_WAITING,
    ROUND_ROBIN,
    WEIGHTED,
    Overflow,
    Policy,
    Preference,
    Sticky,
    Window,
)
from miaohui.domain.desk.routing.requests import LastContact, Request

from .floor import NOON, seconds

ACCOUNTS = [f"a{number}" for number in range(6)]
GROUPS = ["pre", "after", "help"]
few_seconds = st.integers(0, 900).map(seconds)

policies = st.sampled_from(
    [DEADLINE_AWARE, LEAST_LOADED, LONGEST_WAITING, ROUND_ROBIN, WEIGHTED]
) | st.builds(
    Policy,
    prefer=st.lists(st.sampled_from(Preference), max_size=4).map(tuple),
    sticky=st.none() | st.builds(Sticky, wait_at_most=few_seconds),
    skills=st.sampled_from(["required", "preferred", "ignored"]),
    language=st.sampled_from(["required", "preferred", "ignored"]),
    overflow=st.none() | st.builds(Overflow, after=st.none() | few_seconds),
    leaving_before=few_seconds,
    idle_after=st.none() | few_seconds,
    waiting_at_most=st.none() | st.integers(0, 2),
    cool_down=few_seconds,
    windows=st.lists(st.builds(Window, st.integers(1, 3), few_seconds), max_size=2).map(tuple),
)
agents = st.builds(
    Agent,
    account=st.sampled_from(ACCOUNTS),
    presence=st.sampled_from(Presence),
    groups=st.lists(st.sampled_from(GROUPS), unique=True).map(tuple),
    skills=st.dictionaries(st.just("refunds"), st.integers(1, 3)),
    languages=st.frozensets(st.sampled_from(["zh", "en"])),
    shops=st.none() | st.frozensets(st.sampled_from(["shop", "other"])),
    channels=st.none() | st.frozensets(st.sampled_from(["web", "phone"])),
    capacity=st.integers(0, 4),
    channel_capacity=st.dictionaries(st.just("web"), st.integers(0, 3)),
    weight=st.sampled_from([0.0, 0.5, 1.0, 2.0]),
    shift_ends=st.none() | st.integers(-60, 1200).map(lambda number: NOON + seconds(number)),
)
teams = st.lists(agents, max_size=6, unique_by=lambda each: each.account)
ago = st.integers(0, 1200).map(lambda number: NOON - seconds(number))
held = st.builds(
    Held,
    conversation=st.sampled_from([f"c{number}" for number in range(40)]),
    channel=st.sampled_from(["web", "phone"]),
    active_at=ago,
    waiting_since=st.none() | ago,
)
loads = st.dictionaries(
    st.sampled_from(ACCOUNTS),
    st.builds(
        Load,
        held=st.lists(held, max_size=4).map(tuple),
        assigned_at=st.lists(ago, max_size=3).map(tuple),
        last_assigned_at=st.none() | ago,
    ),
)
requests = st.builds(
    Request,
    shop=st.just("shop"),
    channel=st.just("web"),
    conversation=st.just("new"),
    buyer=st.just("buyer"),
    waiting_since=ago,
    deadline=st.none() | st.integers(-300, 300).map(lambda number: NOON + seconds(number)),
    skills=st.dictionaries(st.just("refunds"), st.integers(1, 3)),
    language=st.none() | st.sampled_from(["zh", "en"]),
    group=st.none() | st.sampled_from(GROUPS),
    excluded=st.frozensets(st.sampled_from(ACCOUNTS), max_size=2),
)
contacts = st.none() | st.builds(LastContact, st.sampled_from(ACCOUNTS), ago)


@given(policies, teams, loads, requests, contacts)
def test_never_to_somebody_who_is_not_there_has_no_room_or_no_right(
    policy, team, load, request, contact
):
    account = choose(policy, team, load, request, contact, NOON).account
    if account is None:
        return
    agent = next(each for each in team if each.account == account)
    counted = [
        each
        for each in load.get(account, Load()).held
        if policy.idle_after is None
        or each.waiting_since is not None
        or NOON - each.active_at < policy.idle_after
    ]
    assert agent.presence is Presence.ONLINE
    assert agent.shops is None or "shop" in agent.shops
    assert agent.channels is None or "web" in agent.channels
    assert agent.shift_ends is None or agent.shift_ends - NOON >= policy.leaving_before
    assert account not in request.excluded
    assert len(counted) < agent.capacity


@given(policies, teams, loads, requests, contacts, st.randoms())
def test_the_order_of_the_agents_changes_nothing(policy, team, load, request, contact, random):
    shuffled = random.sample(team, len(team))
    assert choose(policy, shuffled, load, request, contact, NOON) == choose(
        policy, team, load, request, contact, NOON
    )


@given(policies, teams, loads, requests, contacts)
def test_a_reason_is_given_for_everybody_and_a_taking_one_for_the_taken_only(
    policy, team, load, request, contact
):
    taking = {Reason.HOLDS_IT, Reason.LAST_CONTACT, Reason.ONLY_ONE, Reason.AHEAD}
    choice = choose(policy, team, load, request, contact, NOON)
    assert set(choice.reasons) == {each.account for each in team}
    took = {account for account, why in choice.reasons.items() if why.reason in taking}
    assert took == ({choice.account} - {None})


@given(policies, teams, loads, requests, contacts)
def test_a_chat_waits_only_if_everybody_is_barred_or_it_is_kept(
    policy, team, load, request, contact
):
    choice = choose(policy, team, load, request, contact, NOON)
    if choice.account is None:
        reasons = {why.reason for why in choice.reasons.values()}
        assert Reason.BEHIND not in reasons
        if Reason.KEPT_FOR_LAST_CONTACT in reasons:
            assert policy.sticky is not None
            assert NOON - request.waiting_since < policy.sticky.wait_at_most


@given(policies, teams, loads, requests, contacts, st.integers(1, 1000))
def test_everything_shifted_in_time_gives_the_same_choice(
    policy, team, load, request, contact, minutes
):
    by = timedelta(minutes=minutes)

    def later(at):
        return None if at is None else at + by

    moved_team = [replace(each, shift_ends=later(each.shift_ends)) for each in team]
    moved_load = {
        account: Load(
            held=tuple(
                replace(
                    each, active_at=later(each.active_at), waiting_since=later(each.waiting_since)
                )
                for each in one.held
            ),
            assigned_at=tuple(later(at) for at in one.assigned_at),
            last_assigned_at=later(one.last_assigned_at),
        )
        for account, one in load.items()
    }
    moved_request = replace(
        request, waiting_since=later(request.waiting_since), deadline=later(request.deadline)
    )
    moved_contact = None if contact is None else LastContact(contact.account, later(contact.at))
    assert choose(
        policy, moved_team, moved_load, moved_request, moved_contact, NOON + by
    ) == choose(policy, team, load, request, contact, NOON)
