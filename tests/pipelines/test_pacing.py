"""Whoever goes too fast is slowed, then refused, and nobody else feels it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miaohui.domain.vocabulary.problems import ReaderError
from miaohui.pipelines.pacing import Pace

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
NONE = timedelta()


def pace() -> Pace:
    return Pace(at_once=3, every=SECOND, patience=2 * SECOND)


def test_some_go_at_once_the_next_wait_and_then_nobody_goes():
    slow = pace()
    assert [slow.wait("li", NOON) for _ in range(5)] == [NONE, NONE, NONE, SECOND, 2 * SECOND]
    with pytest.raises(ReaderError) as refused:
        slow.wait("li", NOON)
    assert refused.value.problems[0].values == {"seconds": 1}


def test_others_go_as_if_nobody_else_was_there():
    slow = pace()
    for _ in range(5):
        slow.wait("li", NOON)
    assert slow.wait("wang", NOON) == NONE


def test_a_refusal_uses_nothing_up_and_time_gives_it_all_back():
    slow = pace()
    for _ in range(5):
        slow.wait("li", NOON)
    for _ in range(100):
        with pytest.raises(ReaderError):
            slow.wait("li", NOON)
    assert slow.wait("li", NOON + SECOND) == 2 * SECOND
    assert slow.wait("li", NOON + 60 * SECOND) == NONE


def test_what_costs_more_takes_more():
    slow = pace()
    assert slow.wait("li", NOON, cost=3) == NONE
    assert slow.wait("li", NOON, cost=0.5) == SECOND / 2


@given(st.lists(st.floats(0, 5), min_size=1, max_size=60))
def test_in_the_long_run_nobody_goes_faster_than_allowed(pauses):
    slow, now, gone = pace(), NOON, 0
    for pause in pauses:
        now += timedelta(seconds=pause)
        try:
            slow.wait("li", now)
            gone += 1
        except ReaderError:
            continue
    assert gone <= 3 + 2 + (now - NOON) / SECOND + 1
