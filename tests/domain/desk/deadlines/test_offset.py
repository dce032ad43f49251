from collections.abc import Iterable
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.events import at

from miaohui.domain.desk.deadlines.offset import ClockOffset, offset_at, platform_now

NOON = at("12:00:00")
NOTHING = timedelta()


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


def heard(leads: Iterable[float], signed: bool = False) -> ClockOffset:
    """A channel heard of once a second, its time stamps so many seconds ahead of our clock."""
    clock = ClockOffset()
    for place, lead in enumerate(leads):
        received_at = NOON + seconds(place)
        hear = clock.hear_sent if signed else clock.hear
        clock = hear(received_at + seconds(lead), received_at)
    return clock


def offset(clock: ClockOffset, now: datetime = NOON + timedelta(minutes=1)) -> float:
    return offset_at(clock, now).total_seconds()


def test_nothing_heard_is_no_offset():
    assert offset(ClockOffset()) == 0


def test_one_event_from_our_future_proves_that_the_platform_is_ahead():
    assert offset(heard([3])) == 3
    assert platform_now(NOON, seconds(3)) == at("12:00:03")


def test_of_several_events_the_one_that_was_under_way_shortest_tells():
    assert offset(heard([2.2, -4, 2.9, 1])) == 2.9


def test_events_from_the_past_do_not_prove_that_the_platform_is_behind():
    assert offset(heard([-30] * 20)) == 0


def test_a_platform_is_behind_by_what_its_signed_send_times_leave_no_doubt_of():
    assert offset(heard([-30] * 5, signed=True)) == -28
    assert offset(heard([-2.5] * 5, signed=True)) == -0.5


@pytest.mark.parametrize("lead", [0, -1, -2])
def test_two_seconds_may_be_rounding_and_a_slow_line(lead):
    assert offset(heard([lead] * 9, signed=True)) == 0


def test_a_few_slow_deliveries_do_not_make_a_platform_behind():
    assert offset(heard([-30] * 4, signed=True)) == 0
    assert offset(heard([-30] * 9 + [-1], signed=True)) == 0


def test_one_fresh_event_shows_that_late_deliveries_were_only_late():
    clock = heard([-30] * 9, signed=True)
    assert offset(clock.hear(NOON - seconds(1), NOON)) == 0


def test_a_leap_into_the_future_takes_a_second_witness():
    assert offset(heard([8 * 3600])) == 0
    assert offset(heard([-0.2, 8 * 3600, -0.3, 1])) == 1
    assert offset(heard([300])) == 0
    assert offset(heard([300, -1, 299.5])) == 300


def test_a_leap_does_not_hide_that_the_platform_is_behind():
    clock = heard([-30] * 9, signed=True)
    assert offset(clock.hear(NOON + timedelta(hours=8), NOON)) == -28


def test_it_is_forgotten_after_some_minutes():
    clock = heard([3])
    assert offset(clock, NOON + timedelta(minutes=10)) == 3
    assert offset(clock, NOON + timedelta(minutes=11)) == 0
    later = clock.hear(at("12:20:00"), at("12:20:01"))
    assert len(later.heard) == 1


def test_when_our_own_clock_is_put_back_what_it_had_measured_is_forgotten():
    clock = heard([3])
    put_back = clock.hear(at("11:30:00"), at("11:30:00.5"))
    assert offset(put_back, at("11:30:01")) == 0


def test_what_it_keeps_does_not_grow_with_what_it_hears():
    clock = heard(place % 7 / 10 for place in range(3_000))
    assert len(clock.heard) == 11
    assert all(len(each.leads) == 2 for each in clock.heard)


latencies = st.lists(st.floats(0, 60), min_size=1, max_size=30)


@given(ahead=st.floats(0, 600), late=latencies)
def test_an_offset_never_runs_ahead_of_the_platform(ahead, late):
    clock = heard(ahead - latency for latency in late)
    assert 0 <= offset(clock) <= ahead + 1e-6


@given(ahead=st.floats(0, 600), late=latencies)
def test_two_quick_events_measure_it_however_late_the_others_are(ahead, late):
    clock = heard(ahead - latency for latency in [0.05, *late, 0.04])
    assert max(0, ahead - 0.05) - 1e-6 <= offset(clock)


@given(
    behind=st.floats(0, 600),
    late=st.lists(st.floats(0, 60), min_size=5, max_size=30),
    quickest=st.floats(0, 1),
)
def test_a_countdown_is_never_too_long_nor_more_than_two_seconds_too_short(behind, late, quickest):
    clock, now = ClockOffset(), NOON
    for place, latency in enumerate([*late, quickest]):
        sent = NOON + seconds(place * 1.37)
        now = max(now, sent + seconds(latency))
        signed = (sent - seconds(behind)).replace(microsecond=0)
        clock = clock.hear_sent(signed, sent + seconds(latency))
    found = offset(clock, now)
    assert -behind - 1e-5 <= found <= min(0, 2 - behind) + 1e-5


@given(
    leads=st.lists(st.floats(-60, 60), min_size=1, max_size=40), order=st.permutations(range(40))
)
def test_the_order_of_hearing_inside_a_minute_changes_nothing(leads, order):
    mixed = [leads[place] for place in order if place < len(leads)]
    assert offset(heard(mixed)) == pytest.approx(offset(heard(leads)))
