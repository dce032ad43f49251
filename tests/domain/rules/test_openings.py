"""When assessed hours open."""

from datetime import timedelta

import pytest
from tests.events import at

from miaohui.adapters.pack_files.library import load_pack
from miaohui.domain.rules.assessment import assessments_of
from miaohui.domain.rules.openings import opens_at

HEADLINE, *_ = assessments_of(load_pack("pdd"))
AT_ANY_HOUR = next(e for e in assessments_of(load_pack("pdd")) if e.metric.id == "reply_48h")


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("07:59:59", "08:00:00"),
        ("08:00:00", "08:00:00"),
        ("12:00:00", "12:00:00"),
        ("22:59:59", "22:59:59"),
        ("23:00:00", "2T08:00:00"),
        ("23:59:59", "2T08:00:00"),
    ],
)
def test_hours_open_at_once_or_next_morning(now, opens):
    assert opens_at(HEADLINE, at(now)) == at(opens)


def test_what_is_assessed_at_any_hour_is_always_open():
    for hours in range(24):
        now = at("00:00:00") + timedelta(hours=hours)
        assert opens_at(AT_ANY_HOUR, now) == now
