from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from miaohui.domain.rules.spans import joined, shifted, within, without

numbers = st.integers(0, 30)
spans = st.lists(st.tuples(numbers, numbers), max_size=6)


def held(some):
    return {number for first, last in some for number in range(first, last)}


@given(spans)
def test_joined_spans_hold_the_same_numbers_apart_and_in_order(some):
    found = joined(some)
    assert held(found) == held(some)
    assert all(first < last for first, last in found)
    assert all(before[1] < after[0] for before, after in pairwise(found))


@given(spans, spans)
def test_what_is_left_is_in_the_one_and_not_in_the_other(some, removed):
    found = without(joined(some), joined(removed))
    assert held(found) == held(some) - held(removed)
    assert found == joined(found)


@given(spans, numbers, numbers)
def test_clipped_spans_hold_what_lies_between(some, first, last):
    found = within(joined(some), first, last)
    assert held(found) == held(some) & set(range(first, last))


@given(spans, st.integers(-9, 9))
def test_shifted_spans_are_as_long(some, by):
    found = shifted(joined(some), by)
    assert held(found) == {number + by for number in held(some)}
