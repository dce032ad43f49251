"""The routing trial: one evening after the other, the same for every policy, at each load.

`shares` are of the rounds of chats that begin in the peak. Differences are paired over seeds,
with 95 % confidence intervals by Student's t.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from math import sqrt
from multiprocessing import get_context
from statistics import mean, stdev

import msgspec

from benchmarks.lines import Line
from benchmarks.routing_play import DeskRouting
from benchmarks.routing_trial import LOADS, LOST_BOUND_SECONDS, SEEDS, TRIAL, crowd
from miaohui.domain.desk.routing import policy
from miaohui.domain.traffic.rush.crowd import mean_effort
from miaohui.domain.traffic.rush.play import Waited, play
from miaohui.domain.traffic.rush.settings import RushSettings

OURS = "deadline_aware"
POLICIES = {
    "round_robin": policy.ROUND_ROBIN,
    "least_loaded": policy.LEAST_LOADED,
    "longest_waiting": policy.LONGEST_WAITING,
    OURS: policy.DEADLINE_AWARE,
}
STUDENT_95 = {30: 2.045}
MILLISECONDS = 1000


class Evening(msgspec.Struct, frozen=True):
    """What one policy made of one evening. `in_time`: percent of the counted rounds; the rest is
    of lost rounds, of all chats: longest wait until somebody took it up and until the answer, in
    minutes, how many there were, and how many were answered only after the bound."""

    in_time: float
    longest_untaken: float
    longest_unanswered: float
    lost: int
    beyond_bound: int


Results = Mapping[tuple[str, float], Sequence[Evening]]


def lines() -> list[Line]:
    """Every policy at every load, then the differences that the bars are about."""
    results = trial()
    measured = [_share(results, name, load) for load in LOADS for name in POLICIES]
    measured.append(_gain(results, 0.95, "round_robin", "at least 20 points"))
    measured += [_gain(results, load, _best_other(results, load), _bar_at(load)) for load in LOADS]
    return measured + [_longest_at(results, load) for load in LOADS] + _beyond(results)


def trial(settings: RushSettings = TRIAL) -> Results:
    """All evenings, by policy and load; two processes where there are two cores."""
    games = [(name, load, seed, settings) for load in LOADS for name in POLICIES for seed in SEEDS]
    results: dict[tuple[str, float], list[Evening]] = {}
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        for game, evening in zip(games, pool.map(_evening, games, chunksize=5), strict=True):
            results.setdefault(game[:2], []).append(evening)
    return results


def evening_of(rounds: Sequence[Waited], within_seconds: int) -> Evening:
    """Sum up a play."""
    limit = within_seconds * MILLISECONDS
    lost = [each for each in rounds if each.answered_at - each.since > limit]
    bound = LOST_BOUND_SECONDS * MILLISECONDS
    return Evening(
        in_time=100
        * mean(each.answered_at - each.since <= limit for each in rounds if each.counted),
        longest_untaken=max((each.taken_at - each.since for each in lost), default=0) / 60_000,
        longest_unanswered=max((each.answered_at - each.since for each in lost), default=0)
        / 60_000,
        lost=len(lost),
        beyond_bound=sum(each.answered_at - each.since > bound for each in lost),
    )


def interval(differences: Sequence[float]) -> tuple[float, float, float]:
    """Mean and the ends of its 95 % confidence interval."""
    middle = mean(differences)
    half = STUDENT_95[len(differences)] * stdev(differences) / sqrt(len(differences))
    return middle, middle - half, middle + half


def _evening(game: tuple[str, float, int, RushSettings]) -> Evening:
    name, load, seed, settings = game
    within = settings.answer_within_seconds
    routing = DeskRouting(POLICIES[name], within)
    return evening_of(play(crowd(load, seed, settings), routing, mean_effort(settings)), within)


def _in_time(results: Results, name: str, load: float) -> list[float]:
    return [evening.in_time for evening in results[name, load]]


def _best_other(results: Results, load: float) -> str:
    others = [name for name in POLICIES if name != OURS]
    return max(others, key=lambda name: mean(_in_time(results, name, load)))


def _bar_at(load: float) -> str:
    return "at least 20 points" if load > 1 else "not significantly below 0"


def _share(results: Results, name: str, load: float) -> Line:
    middle, low, high = interval(_in_time(results, name, load))
    return Line(f"routing.{load:.0%}.{name}", middle, "%", None, "", f"{low:.1f} … {high:.1f}")


def _gain(results: Results, load: float, other: str, bar: str) -> Line:
    pairs = zip(_in_time(results, OURS, load), _in_time(results, other, load), strict=True)
    middle, low, high = interval([ours - theirs for ours, theirs in pairs])
    name = f"routing.{load:.0%}.gain_over_{other}"
    return Line(name, middle, "points", None, bar, f"{low:+.2f} … {high:+.2f}")


def _longest_at(results: Results, load: float) -> Line:
    evenings = results[OURS, load]
    untaken = max(evening.longest_untaken for evening in evenings)
    unanswered = max(evening.longest_unanswered for evening in evenings)
    bar = f"at most {LOST_BOUND_SECONDS // 60}"
    spread = f"until its answer: {unanswered:.1f}"
    return Line(f"routing.{load:.0%}.longest_wait_of_lost", untaken, "min", None, bar, spread)


def _beyond(results: Results) -> list[Line]:
    """Lost rounds answered after the bound, because that one reply took minutes."""
    return [
        Line(
            f"routing.110%.beyond_bound.{name}",
            sum(evening.beyond_bound for evening in results[name, 1.10]),
            "rounds",
            None,
            "",
            f"of {sum(evening.lost for evening in results[name, 1.10])} lost",
        )
        for name in POLICIES
    ]
