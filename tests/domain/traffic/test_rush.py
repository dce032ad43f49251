"""The evening rush, with a routing that is as simple as can be."""

from collections import Counter, defaultdict
from itertools import pairwise
from random import Random

import pytest
from msgspec.structs import replace

from miaohui.domain.traffic.arrivals import HOUR
from miaohui.domain.traffic.rush.crowd import (
    Crowd,
    Visit,
    capacity_an_hour,
    crowd_of,
    mean_effort,
    mean_rounds,
)
from miaohui.domain.traffic.rush.play import Chat, Clerk, Floor, play
from miaohui.domain.traffic.rush.settings import RushSettings

SMALL = RushSettings(team=3, chats_at_once=4)


class FirstCome:
    """The line to the first with room; everybody answers in the order written."""

    def place(self, _at: int, floor: Floor) -> tuple[Chat, Clerk] | None:
        free = (clerk for clerk in floor.clerks if len(clerk.chats) < clerk.limit)
        clerk = next(free, None)
        return None if clerk is None else (floor.line[0], clerk)

    def next(self, _at: int, clerk: Clerk, _floor: Floor) -> Chat | None:
        return clerk.waiting[0] if clerk.waiting else None


class TakesOver(FirstCome):
    """Who is free takes what waits with a colleague."""

    def next(self, at: int, clerk: Clerk, floor: Floor) -> Chat | None:
        waiting = [chat for each in floor.clerks for chat in each.waiting]
        return super().next(at, clerk, floor) or (waiting[0] if waiting else None)


def crowd(load: float = 1.0, seed: int = 1, settings: RushSettings = SMALL) -> Crowd:
    return crowd_of(settings, load, Random(seed))


def visit(at: int, efforts: tuple[int, ...], pauses: tuple[int, ...] = ()) -> Visit:
    return Visit(at=at, efforts=efforts, pauses=pauses, lingers=1000, counted=True)


def test_the_same_chance_makes_the_same_crowd():
    assert crowd() == crowd()
    assert crowd(seed=1) != crowd(seed=2)


@pytest.mark.parametrize("load", [0.6, 0.95, 1.1])
def test_the_peak_offers_the_load_asked_for(load):
    evening = crowd(load, settings=RushSettings())
    offered = sum(len(visit.efforts) for visit in evening.visits if visit.counted)
    assert offered / 2 == pytest.approx(
        load * capacity_an_hour(RushSettings(), evening.paces), 0.05
    )


def test_the_means_are_those_of_what_is_drawn():
    visits = [each for seed in range(5) for each in crowd(1.0, seed, RushSettings()).visits]
    efforts = [effort for each in visits for effort in each.efforts]
    assert sum(efforts) / len(efforts) == pytest.approx(mean_effort(RushSettings()), 0.03)
    assert len(efforts) / len(visits) == pytest.approx(mean_rounds(RushSettings()), 0.03)


def test_only_what_begins_in_the_peak_is_counted_and_all_begins_in_the_evening():
    for each in crowd().visits:
        assert each.counted == (20 * HOUR <= each.at < 22 * HOUR)
        assert 19.5 * HOUR <= each.at < 23 * HOUR


def test_every_round_is_answered_once_after_it_was_written():
    evening = crowd(1.1)
    rounds = play(evening, FirstCome(), 40_000)
    answered = Counter((each.visit, each.round) for each in rounds)
    assert set(answered.values()) == {1}
    assert len(answered) == sum(len(each.efforts) for each in evening.visits)
    assert all(each.since <= each.taken_at < each.answered_at for each in rounds)


@pytest.mark.parametrize("routing", [FirstCome(), TakesOver()])
def test_an_agent_writes_one_reply_at_a_time_and_needs_their_time_for_it(routing):
    evening = crowd(1.1)
    by_clerk = defaultdict(list)
    for each in play(evening, routing, 40_000):
        by_clerk[each.clerk].append(each)
        effort = evening.visits[each.visit].efforts[each.round]
        assert each.answered_at - each.taken_at == int(effort * evening.paces[each.clerk])
    for rounds in by_clerk.values():
        for sooner, later in pairwise(rounds):
            assert sooner.answered_at <= later.taken_at


def test_the_next_round_comes_a_pause_after_the_answer():
    evening = crowd(0.8)
    answered = {(each.visit, each.round): each for each in play(evening, FirstCome(), 40_000)}
    for (number, place), each in answered.items():
        if place:
            before = answered[number, place - 1].answered_at
            assert each.since == before + evening.visits[number].pauses[place - 1]


def test_what_nobody_has_room_for_waits_in_line_until_a_chat_is_closed():
    evening = Crowd((visit(0, (5000,)), visit(1, (5000,))), paces=(1.0,), chats_at_once=1)
    first, second = play(evening, FirstCome(), 40_000)
    assert (first.taken_at, first.answered_at) == (0, 5000)
    assert (second.since, second.taken_at) == (1, 6000)


def test_a_colleague_who_takes_over_a_round_keeps_the_chat():
    visits = (
        visit(0, (1000, 9000), (2000,)),
        visit(500, (90_000,)),
        visit(1200, (2000,)),
        visit(2000, (1000, 1000), (1000,)),
    )
    evening = Crowd(visits, paces=(1.0, 1.0), chats_at_once=4)
    rounds = {(each.visit, each.round): each for each in play(evening, TakesOver(), 40_000)}
    assert {each.clerk for each in rounds.values()} == {0}

    class ToTheSecond(TakesOver):
        def place(self, _at: int, floor: Floor) -> tuple[Chat, Clerk] | None:
            return floor.line[0], floor.clerks[floor.line[0].number == 3]

    rounds = {(each.visit, each.round): each for each in play(evening, ToTheSecond(), 40_000)}
    # Free after their own first answer, the second agent finds the third visit waiting.
    assert rounds[2, 0].clerk == 1
    assert rounds[2, 0].taken_at == 3000


def test_a_slower_team_is_offered_fewer_visits_for_the_same_load():
    slow = replace(SMALL, agents=replace(SMALL.agents, thinking=SMALL.buyers.thinking))
    assert len(crowd(settings=slow).visits) < len(crowd().visits)
