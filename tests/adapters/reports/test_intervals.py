import pytest
from hypothesis import given
from hypothesis import strategies as st

from miaohui.adapters.reports.intervals import wilson


def test_the_interval_agrees_with_published_values():
    # Newcombe 1998, Statistics in Medicine 17:857, table I: 81/263 and 15/148 by Wilson's score.
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(15, 148) == pytest.approx((0.0624, 0.1605), abs=5e-5)


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_rate_and_stays_between_0_and_1(counts):
    low, high = wilson(*counts)
    assert 0 <= low <= counts[0] / counts[1] + 1e-12
    assert counts[0] / counts[1] - 1e-12 <= high <= 1


def test_nobody_has_no_interval():
    assert wilson(0, 0) is None
