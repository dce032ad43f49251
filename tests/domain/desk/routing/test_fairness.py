"""Many chats one after the other: shares by turn, over groups, by weight, within windows."""

from collections import Counter
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from miaohui.domain.desk.routing.backlog import with_one_more
from miaohui.domain.desk.routing.choosing import choose
from miaohui.domain.desk.routing.people import NOTHING, Agent, Load
from miaohui.domain.desk.routing.policy import (
    DEADLINE_AWARE,
    LEAST_LOADED,
    ROUND_ROBIN,
    WEIGHTED,
    Policy,
    Window,
)

from .floor import NOON, agent, request, seconds


def assigned(
    policy: Policy, agents: list[Agent], groups: list[str | None], every: float = 1
) -> list[tuple[str | None, datetime]]:
    """Chats one after the other, each closed before the next; who got them and when."""
    loads: dict[str, Load] = {}
    found: list[tuple[str | None, datetime]] = []
    for number, group in enumerate(groups):
        now = NOON + seconds(number * every)
        wanted = request(f"c{number}", group=group, waiting_since=now)
        account = choose(policy, agents, loads, wanted, None, now).account
        found.append((account, now))
        if account is not None:
            got = with_one_more(loads.get(account, NOTHING), wanted, now)
            loads[account] = replace(got, held=())
    return found


def shares(*arguments, **more) -> Counter[str | None]:
    return Counter(account for account, _ in assigned(*arguments, **more))


@given(st.integers(1, 7), st.integers(0, 60))
def test_round_robin_gives_everybody_the_same_within_one(team, chats):
    got = shares(ROUND_ROBIN, [agent(f"a{n}") for n in range(team)], [None] * chats)
    counts = [got[f"a{n}"] for n in range(team)]
    assert sum(counts) == chats
    assert max(counts) - min(counts) <= 1


def test_round_robin_goes_round_in_the_same_order():
    agents = [agent("c"), agent("a"), agent("b")]
    accounts = [account for account, _ in assigned(ROUND_ROBIN, agents, [None] * 6)]
    assert accounts == ["a", "b", "c", "a", "b", "c"]


def test_an_agent_of_two_groups_gets_no_double_share():
    agents = [
        agent("both", groups=("pre", "after")),
        agent("pre only", groups=("pre",)),
        agent("after only", groups=("after",)),
    ]
    got = shares(ROUND_ROBIN, agents, ["pre", "after"] * 30)
    assert max(got.values()) - min(got.values()) <= 1


@pytest.mark.parametrize("weights", [(1, 1), (3, 1), (5, 3, 2), (1, 0.5)])
def test_chats_fall_by_weight(weights):
    agents = [agent(f"a{n}", weight=weight) for n, weight in enumerate(weights)]
    got = shares(WEIGHTED, agents, [None] * 120)
    for number, weight in enumerate(weights):
        assert abs(got[f"a{number}"] - 120 * weight / sum(weights)) <= 1


def test_no_weight_means_only_where_nobody_else_can():
    agents = [agent("a", weight=0), agent("b", capacity=1)]
    assert shares(WEIGHTED, agents, [None] * 20) == {"b": 20}
    assert shares(WEIGHTED, agents[:1], [None] * 3) == {"a": 3}


@given(st.integers(1, 4), st.integers(1, 30), st.sampled_from([0.5, 1, 3]))
def test_no_window_ever_holds_more_than_its_limit(at_most, per, every):
    policy = replace(LEAST_LOADED, windows=(Window(at_most, timedelta(seconds=per)),))
    found = assigned(policy, [agent("a"), agent("b")], [None] * 40, every=every)
    for account in ("a", "b"):
        instants = [at for each, at in found if each == account]
        for start in instants:
            inside = [at for at in instants if start <= at < start + timedelta(seconds=per)]
            assert len(inside) <= at_most


@given(st.sampled_from([1, 2, 5]), st.sampled_from([2, 7, 20]))
def test_between_two_chats_of_an_agent_lies_the_pause(every, pause):
    policy = replace(DEADLINE_AWARE, cool_down=timedelta(seconds=pause))
    found = assigned(policy, [agent("a"), agent("b")], [None] * 30, every=every)
    for account in ("a", "b"):
        instants = [at for each, at in found if each == account]
        gaps = [later - sooner for sooner, later in pairwise(instants)]
        assert all(gap >= timedelta(seconds=pause) for gap in gaps)


def test_fifty_messages_of_one_buyer_at_once_are_one_assignment():
    agents = [agent(f"a{n}") for n in range(5)]
    loads: dict[str, Load] = {}
    accounts = set()
    for _ in range(50):
        wanted = request("one", waiting_since=NOON)
        account = choose(DEADLINE_AWARE, agents, loads, wanted, None, NOON).account
        assert account is not None
        loads[account] = with_one_more(loads.get(account, NOTHING), wanted, NOON)
        accounts.add(account)
    assert len(accounts) == 1
    assert sum(len(load.assigned_at) for load in loads.values()) == 1
