"""The routing trial plays the desk's own policies, every one on the same evening."""

import pytest
from benchmarks.routing import POLICIES, evening_of, interval
from benchmarks.routing_play import DeskRouting
from benchmarks.routing_trial import TRIAL, crowd
from msgspec.structs import replace

from miaohui.domain.traffic.rush.crowd import mean_effort
from miaohui.domain.traffic.rush.play import Waited, play

SMALL = replace(TRIAL, team=3, starts=20.0, ends=21.0)


def rounds_of(name: str, load: float, seed: int = 1) -> list[Waited]:
    routing = DeskRouting(POLICIES[name], SMALL.answer_within_seconds)
    return play(crowd(load, seed, SMALL), routing, mean_effort(SMALL))


@pytest.mark.parametrize("name", POLICIES)
def test_every_policy_answers_every_round_and_plays_the_same_twice(name):
    evening = crowd(1.1, 1, SMALL)
    rounds = rounds_of(name, 1.1)
    assert len(rounds) == sum(len(visit.efforts) for visit in evening.visits)
    assert rounds == rounds_of(name, 1.1)


@pytest.mark.parametrize("name", POLICIES)
def test_no_agent_ever_holds_more_chats_than_their_limit(name):
    class Watching(DeskRouting):
        most = 0

        def next(self, at, clerk, floor):
            self.most = max(self.most, *(len(each.chats) for each in floor.clerks))
            return super().next(at, clerk, floor)

    routing = Watching(POLICIES[name], SMALL.answer_within_seconds)
    play(crowd(1.3, 2, SMALL), routing, mean_effort(SMALL))
    assert 2 <= routing.most <= SMALL.chats_at_once


def test_round_robin_never_moves_a_chat_and_deadline_aware_only_what_waited_ten_minutes():
    for name in POLICIES:
        holder: dict[int, int] = {}
        for each in sorted(rounds_of(name, 1.5), key=lambda each: each.taken_at):
            if holder.setdefault(each.visit, each.clerk) != each.clerk:
                assert name == "deadline_aware"
                assert each.taken_at - each.since >= 600_000
                holder[each.visit] = each.clerk


def test_under_overload_the_deadline_aware_saves_more_and_lets_nobody_wait_too_long():
    ours = evening_of(rounds_of("deadline_aware", 1.3), 180)
    for other in ("round_robin", "least_loaded", "longest_waiting"):
        assert ours.in_time > evening_of(rounds_of(other, 1.3), 180).in_time
    assert ours.longest_untaken <= 15


def test_an_evening_is_summed_up_from_its_rounds():
    def waited(seconds: int, counted: bool = True) -> Waited:
        return Waited(0, 0, 0, 0, 1000 * seconds - 500, 1000 * seconds, counted)

    evening = evening_of([waited(180), waited(181), waited(901, counted=False)], 180)
    assert evening.in_time == 50
    assert evening.lost == 2
    assert evening.beyond_bound == 1
    assert evening.longest_unanswered == pytest.approx(901 / 60)
    assert evening.longest_untaken == pytest.approx(900.5 / 60)


def test_an_interval_is_as_wide_as_chance_makes_it():
    middle, low, high = interval([0.0, 2.0] * 15)
    assert middle == 1
    assert high - 1 == pytest.approx(1 - low)
    assert 0.37 < high - 1 < 0.39
