from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miaohui.domain.rules.local_times import clock_micros, day_span, first_instant
from miaohui.domain.vocabulary.instants import instant_of, local_day

MINUTE = 60_000_000
TIMES = {"00:00": 0, "08:00": 480, "23:59": 1439, "24:00": 1440, "24:00:00": 1440, "00:01:30": 1.5}


@pytest.mark.parametrize(("text", "minutes"), TIMES.items())
def test_a_clock_time_is_read(text, minutes):
    assert clock_micros(text) == minutes * MINUTE


CASES = {
    "an ordinary one": ("Asia/Shanghai", "2026-03-02", 540, "2026-03-02T01:00Z"),
    "24:00 is the next midnight": ("Asia/Shanghai", "2026-03-02", 1440, "2026-03-02T16:00Z"),
    "after midnight": ("Asia/Shanghai", "2026-03-02", 1560, "2026-03-02T18:00Z"),
    "the last before the gap": ("America/New_York", "2026-03-08", 119, "2026-03-08T06:59Z"),
    "the first in the gap": ("America/New_York", "2026-03-08", 120, "2026-03-08T07:00Z"),
    "the last in the gap": ("America/New_York", "2026-03-08", 179, "2026-03-08T07:00Z"),
    "the first after the gap": ("America/New_York", "2026-03-08", 180, "2026-03-08T07:00Z"),
    "one that comes twice": ("America/New_York", "2026-11-01", 90, "2026-11-01T05:30Z"),
    "the first after the doubled": ("America/New_York", "2026-11-01", 120, "2026-11-01T07:00Z"),
    "a skipped midnight": ("America/Sao_Paulo", "2018-11-04", 0, "2018-11-04T03:00Z"),
    "within a skipped day": ("Pacific/Apia", "2011-12-30", 720, "2011-12-30T10:00Z"),
}


@pytest.mark.parametrize(("zone", "day", "minutes", "instant"), CASES.values(), ids=CASES)
def test_a_local_time_is_the_first_instant_that_shows_it_or_later(zone, day, minutes, instant):
    found = first_instant(ZoneInfo(zone), date.fromisoformat(day), minutes * MINUTE)
    assert instant_of(found) == datetime.fromisoformat(instant)


zones = st.sampled_from(
    ["America/New_York", "America/St_Johns", "Australia/Lord_Howe", "Asia/Tokyo"]
)
local_times = st.datetimes(datetime(2009, 1, 1), datetime(2011, 12, 31))  # noqa: DTZ001


@given(zones, local_times)
def test_clocks_show_it_or_later_at_that_instant_and_earlier_just_before(zone, wanted):
    midnight = datetime.combine(wanted.date(), datetime.min.time())
    micros = (wanted - midnight) // timedelta(microseconds=1)
    found = instant_of(first_instant(ZoneInfo(zone), wanted.date(), micros))

    def shown(instant):
        return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None)

    assert shown(found) >= wanted
    assert all(
        shown(found - timedelta(microseconds=1) - timedelta(hours=h)) < wanted for h in (0, 1)
    )
    assert found.tzinfo is UTC


@given(
    st.sampled_from(["America/New_York", "America/Sao_Paulo", "Australia/Lord_Howe"]), local_times
)
def test_a_day_spans_all_its_instants_and_the_next_begins_where_it_ends(zone, local):
    instant = local.replace(tzinfo=UTC)
    day = local_day(instant, ZoneInfo(zone))
    begins, ends = day_span(ZoneInfo(zone), day)
    assert begins <= instant < ends
    assert day_span(ZoneInfo(zone), day + timedelta(days=1))[0] == ends
