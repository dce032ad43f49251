from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miaohui.domain.traffic.arrivals import arrivals_on, day_weight, local_days, midnight
from miaohui.domain.traffic.chance import Dice
from miaohui.domain.traffic.settings import ArrivalSettings, Promotion

SETTINGS = ArrivalSettings()
MONDAY = date(2026, 9, 7)
SINGLES_DAY = date(2026, 11, 11)


def hours_of(day: date, visits: int = 20_000) -> list[int]:
    instants = arrivals_on(SETTINGS, visits, day, Dice(Random(1)))
    return [(at - midnight(SETTINGS, day)) // 3_600_000 for at in instants]


def test_two_evening_hours_bring_a_fifth_of_the_day():
    hours = hours_of(MONDAY)
    share = sum(20 <= hour < 22 for hour in hours) / len(hours)
    assert 0.18 < share < 0.26
    assert max(set(hours), key=hours.count) in (20, 21)


def test_the_night_has_a_thin_tail_that_never_dies():
    hours = hours_of(MONDAY)
    share = sum(hour < 7 for hour in hours) / len(hours)
    assert 0.02 < share < 0.1
    assert set(hours) == set(range(24))


def test_a_local_day_begins_sixteen_hours_into_the_utc_day_before():
    start = datetime.fromtimestamp(midnight(SETTINGS, MONDAY) / 1000, UTC)
    assert start == datetime(2026, 9, 6, 16, tzinfo=UTC)


def test_weekends_bring_more_than_tuesdays():
    tuesday, saturday = MONDAY + timedelta(days=1), MONDAY + timedelta(days=5)
    assert len(hours_of(saturday, 1000)) > len(hours_of(tuesday, 1000))


def test_a_festival_multiplies_the_visits_of_its_days():
    assert day_weight(SETTINGS, SINGLES_DAY) > 2 * day_weight(SETTINGS, date(2026, 11, 4))
    assert day_weight(SETTINGS, date(2026, 6, 18)) > 2 * day_weight(SETTINGS, date(2026, 6, 11))


def test_a_festival_begins_with_a_rush_at_midnight():
    ordinary, festival = hours_of(MONDAY), hours_of(SINGLES_DAY)
    share = sum(hour < 2 for hour in ordinary) / len(ordinary)
    assert sum(hour < 2 for hour in festival) / len(festival) > 2.5 * share


@pytest.mark.parametrize("day", [date(2027, 12, 31), date(2028, 1, 1), date(2028, 1, 2)])
def test_a_festival_may_reach_over_the_new_year(day: date):
    festival = Promotion(name="new year", month=12, day=31, days=3, factor=2.0)
    settings = ArrivalSettings(weekdays=(1.0,) * 7, promotions=(festival,))
    assert day_weight(settings, day) == 2.0
    assert day_weight(settings, date(2028, 1, 3)) == 1.0


@given(
    st.integers(0, 2**32),
    st.floats(0, 300),
    st.dates(date(2024, 1, 1), date(2030, 1, 1)),
)
def test_visits_begin_inside_their_day_and_their_number_barely_varies(seed, visits, day):
    instants = arrivals_on(SETTINGS, visits, day, Dice(Random(seed)))
    start, end = (midnight(SETTINGS, d) for d in local_days(day, 2))
    assert all(start <= at < end for at in instants)
    assert abs(len(instants) - visits * day_weight(SETTINGS, day)) <= 1
