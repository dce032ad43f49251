"""The night's backlog in the morning."""

from collections import Counter
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from miaohui.domain.desk.routing.backlog import spread, with_one_more
from miaohui.domain.desk.routing.choice import Reason
from miaohui.domain.desk.routing.people import NOTHING
from miaohui.domain.desk.routing.policy import DEADLINE_AWARE, Window
from miaohui.domain.desk.routing.requests import LastContact

from .floor import NOON, agent, request, seconds

NIGHT = [request(f"c{n:02d}", waiting_since=NOON - seconds(3600 + n)) for n in range(12)]
MORNING = replace(DEADLINE_AWARE, backlog=Window(3, timedelta(minutes=5)))


def handed_out(agents, loads, backlog, now, contacts=None):
    """What is given now, and the loads after it."""
    given_now = [
        each
        for each in spread(MORNING, backlog, agents, loads, contacts or {}, now)
        if each.choice.account is not None
    ]
    for each in given_now:
        account = each.choice.account
        loads = {
            **loads,
            account: with_one_more(loads.get(account, NOTHING), each.request, now),
        }
    return given_now, loads


def test_the_first_to_arrive_gets_only_some_of_it():
    handed, _ = handed_out([agent("a")], {}, NIGHT, NOON)
    assert len(handed) == 3


def test_the_rest_is_for_those_who_come_later_and_for_later():
    first, loads = handed_out([agent("a")], {}, NIGHT, NOON)
    left = NIGHT[: len(NIGHT) - len(first)]
    soon = NOON + timedelta(minutes=1)
    second, loads = handed_out([agent("a"), agent("b")], loads, left, soon)
    assert Counter(each.choice.account for each in second) == {"b": 3}
    left = left[: len(left) - len(second)]
    later = NOON + timedelta(minutes=5)
    third, _ = handed_out([agent("a"), agent("b")], loads, left, later)
    assert Counter(each.choice.account for each in third) == {"a": 3}


def test_whoever_has_answered_everybody_gets_the_next_one():
    handed, loads = handed_out([agent("a")], {}, NIGHT, NOON)
    left = NIGHT[: len(NIGHT) - len(handed)]
    soon = NOON + timedelta(minutes=1)
    answered = [replace(held, waiting_since=None, deadline=None) for held in loads["a"].held]
    still_one = replace(loads["a"], held=(*answered[1:], loads["a"].held[0]))
    assert handed_out([agent("a")], {"a": still_one}, left, soon)[0] == []
    none_left = replace(loads["a"], held=tuple(answered))
    assert len(handed_out([agent("a")], {"a": none_left}, left, soon)[0]) == 1


def test_two_who_arrive_together_share_alike():
    handed, _ = handed_out([agent("a"), agent("b")], {}, NIGHT, NOON)
    assert Counter(each.choice.account for each in handed) == {"a": 3, "b": 3}


def test_the_longest_waiting_goes_first_and_the_others_are_told_why_not():
    given = spread(MORNING, NIGHT, [agent("a")], {}, {}, NOON)
    assert [each.request.conversation for each in given[:2]] == ["c11", "c10"]
    assert given[3].choice.reasons["a"].reason is Reason.WINDOW_LIMIT
    assert len(given) == len(NIGHT)


def test_everything_else_that_bars_an_agent_still_holds():
    assert handed_out([agent("a", capacity=2)], {}, NIGHT, NOON)[0][2:] == []
    none, _ = handed_out([agent("a", shops=frozenset())], {}, NIGHT, NOON)
    assert none == []


def test_a_buyer_of_the_night_comes_back_to_whom_they_know():
    contacts = {NIGHT[0].buyer: LastContact("b", NOON - timedelta(days=1))}
    handed, _ = handed_out([agent("a"), agent("b")], {}, NIGHT[:1], NOON, contacts)
    assert handed[0].choice.account == "b"


@given(st.integers(0, 6), st.integers(0, 12))
def test_no_agent_gets_more_than_their_part_and_no_chat_two_agents(team, chats):
    agents = [agent(f"a{n}") for n in range(team)]
    handed, _ = handed_out(agents, {}, NIGHT[:chats], NOON)
    counts = Counter(each.choice.account for each in handed)
    assert len({each.request.conversation for each in handed}) == len(handed)
    assert len(handed) == min(chats, 3 * team)
    assert max(counts.values(), default=0) <= 3
