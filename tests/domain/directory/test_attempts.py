"""Waits after failed log-ins."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from miaohui.domain.directory.attempts import (
    WITH_ACCOUNT,
    WITH_ADDRESS,
    Failures,
    locked_until,
    one_more,
)

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
counts = st.integers(1, 10_000)


def waits(count: int) -> float:
    until = locked_until(Failures(count, NOON), WITH_ACCOUNT)
    return 0.0 if until is None else (until - NOON).total_seconds()


def test_five_failures_are_free_and_then_waits_double_up_to_a_quarter_of_an_hour():
    assert [waits(count) for count in range(3, 12)] == [0, 0, 30, 60, 120, 240, 480, 900, 900]


@given(counts)
def test_another_failure_never_shortens_the_wait(count):
    assert waits(count) <= waits(count + 1) <= WITH_ACCOUNT.longest_wait.total_seconds()


def test_a_day_without_failure_forgives_everything():
    many = Failures(50, NOON)
    assert one_more(many, WITH_ACCOUNT, NOON + timedelta(days=1)).count == 1
    assert one_more(many, WITH_ACCOUNT, NOON + timedelta(hours=23)).count == 51
    assert one_more(None, WITH_ACCOUNT, NOON) == Failures(1, NOON)


def test_an_address_that_an_office_shares_is_given_more_and_then_made_to_wait_longer():
    assert WITH_ADDRESS.free > WITH_ACCOUNT.free
    assert WITH_ADDRESS.longest_wait > WITH_ACCOUNT.longest_wait
    assert locked_until(None, WITH_ADDRESS) is None


def test_whoever_guesses_all_day_has_about_a_hundred_guesses_at_one_account():
    now, failures, guesses = NOON, None, 0
    while now < NOON + timedelta(days=1):
        now = locked_until(failures, WITH_ACCOUNT) or now
        failures, guesses = one_more(failures, WITH_ACCOUNT, now), guesses + 1
    assert 90 <= guesses <= 110
