"""How even the load is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miaohui.domain.desk.routing.balance import by_quarter, gini, max_over_min

from .floor import NOON, seconds

amounts = st.lists(st.integers(0, 1000), min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [([5, 5, 5], 0), ([0, 0, 0, 4], 0.75), ([1, 2, 3, 4], 0.25), ([0, 0], 0), ([], 0), ([7], 0)],
)
def test_gini_of_known_cases(numbers, expected):
    assert gini(numbers) == pytest.approx(expected)


@given(amounts)
def test_gini_is_half_the_mean_difference_over_the_mean(numbers):
    pairs = [abs(one - other) for one in numbers for other in numbers]
    mean = sum(numbers) / len(numbers)
    expected = sum(pairs) / len(pairs) / (2 * mean) if mean else 0
    assert gini(numbers) == pytest.approx(expected)


def test_the_most_over_the_least_knows_no_answer_where_somebody_has_nothing():
    assert max_over_min([2, 3, 6]) == 3
    assert max_over_min([0, 3]) is None
    assert max_over_min([]) is None


def test_chats_are_counted_by_quarter_and_who_got_none_counts():
    assigned = [("a", NOON), ("a", NOON + seconds(899)), ("b", NOON), ("a", NOON + seconds(900))]
    first, second = by_quarter(assigned, ["a", "b", "c"])
    assert first.start == NOON
    assert first.chats == {"a": 2, "b": 1, "c": 0}
    assert first.max_over_min is None
    assert first.gini == pytest.approx(4 / 9)
    assert second.start == NOON + seconds(900)
    assert second.chats == {"a": 1, "b": 0, "c": 0}


def test_somebody_who_was_not_named_still_counts_where_they_got_something():
    (quarter,) = by_quarter([("helper", NOON), ("a", NOON)], ["a"])
    assert quarter.chats == {"a": 1, "helper": 1}
    assert quarter.max_over_min == 1


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 9000)), max_size=40))
def test_no_chat_is_counted_twice_or_left_out(pairs):
    assigned = [(account, NOON + seconds(number)) for account, number in pairs]
    quarters = by_quarter(assigned, ["a", "b", "c"])
    assert sum(sum(each.chats.values()) for each in quarters) == len(assigned)
    assert [each.start for each in quarters] == sorted({each.start for each in quarters})
