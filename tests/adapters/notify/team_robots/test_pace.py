from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.adapters.notify.notices import NOW

from miaohui.adapters.notify.team_robots.pace import Limit, Pace

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
LIMITS = (Limit(5, SECOND), Limit(20, MINUTE))


def test_the_first_five_speak_and_the_sixth_waits_for_the_second_to_end():
    pace = Pace()
    assert [pace.pause("a", LIMITS, NOW) for _ in range(6)] == [None] * 5 + [SECOND]
    assert pace.pause("a", LIMITS, NOW + SECOND / 4) == SECOND * 3 / 4
    assert pace.pause("a", LIMITS, NOW + SECOND) is None


def test_the_longest_pause_counts():
    pace = Pace()
    for second in range(4):
        assert [pace.pause("a", LIMITS, NOW + second * SECOND) for _ in range(5)] == [None] * 5
    assert pace.pause("a", LIMITS, NOW + 4 * SECOND) == 56 * SECOND


def test_robots_do_not_wait_for_one_another():
    pace = Pace()
    for _ in range(5):
        pace.pause("a", LIMITS, NOW)
    assert pace.pause("b", LIMITS, NOW) is None


def test_a_clock_that_is_set_back_makes_nobody_wait_longer_than_the_limit():
    pace = Pace()
    for _ in range(5):
        pace.pause("a", LIMITS, NOW)
    assert pace.pause("a", LIMITS, NOW - timedelta(days=1)) == SECOND


@given(st.lists(st.integers(0, 3_000), max_size=120))
def test_no_window_ever_holds_more_than_its_limit(steps):
    pace, at, spoken = Pace(), NOW, []
    for step in steps:
        at += timedelta(milliseconds=step)
        if pace.pause("a", LIMITS, at) is None:
            spoken.append(at)
    for limit in LIMITS:
        for first in spoken:
            within = [each for each in spoken if first <= each < first + limit.within]
            assert len(within) <= limit.count
