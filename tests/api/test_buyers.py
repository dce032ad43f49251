"""Whose pace a request counts for."""

import pytest

from miaohui.api.buyers import neighbourhood


@pytest.mark.parametrize(
    ("said", "counted"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_a_household_shares_one_pace_and_no_more_than_that(said, counted):
    assert neighbourhood(said) == counted
