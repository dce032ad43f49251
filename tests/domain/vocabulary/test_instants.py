from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from miaohui.domain.vocabulary.instants import instant_of, iso, local_day, micros_of

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


@given(st.datetimes(timezones=st.just(UTC)))
def test_microseconds_keep_an_instant_exactly(instant):
    assert instant_of(micros_of(instant)) == instant


def test_instants_before_1970_count_backwards():
    assert micros_of(datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)) == -1


def test_a_local_day_is_that_of_the_wall_clock():
    assert local_day(NOON, ZoneInfo("Asia/Shanghai")) == date(2026, 11, 1)
    assert local_day(NOON + timedelta(hours=4), ZoneInfo("Asia/Shanghai")) == date(2026, 11, 2)


def test_an_instant_is_written_in_utc_with_microseconds_only_where_there_are_any():
    assert iso(NOON) == "2026-11-01T12:00:00Z"
    assert iso(NOON + timedelta(microseconds=1)) == "2026-11-01T12:00:00.000001Z"
    assert iso(NOON.astimezone(ZoneInfo("Asia/Shanghai"))) == "2026-11-01T12:00:00Z"
