from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from miaohui.domain.directory.retention import (
    Due,
    Retention,
    due,
    quiet_before,
    retention_problems,
    tidying_day,
)

NOON = datetime(2026, 11, 1, 4, tzinfo=UTC)
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize("days", [0, 7, 365, 36_500])
def test_for_ever_and_whole_days_from_a_week_on_are_sound(days):
    assert retention_problems(Retention(text_days=days, media_days=days)) == []


@pytest.mark.parametrize("days", [-1, 1, 6, 36_501])
def test_what_is_no_retention_is_told_with_its_field(days):
    (problem,) = retention_problems(Retention(media_days=days))
    assert (problem.key, problem.values["path"]) == ("retention.days", "media_days")


@pytest.mark.parametrize(
    ("text_days", "media_days", "quiet", "has_media", "what"),
    [
        (0, 0, 9_999 * DAY, True, Due.NOTHING),
        (30, 0, 30 * DAY, True, Due.NOTHING),
        (30, 0, 30 * DAY + SECOND, False, Due.EVERYTHING),
        (0, 7, 7 * DAY + SECOND, True, Due.MEDIA),
        (0, 7, 7 * DAY + SECOND, False, Due.NOTHING),
        (30, 7, 8 * DAY, True, Due.MEDIA),
        (30, 7, 31 * DAY, True, Due.EVERYTHING),
        (7, 30, 8 * DAY, True, Due.EVERYTHING),
    ],
)
def test_what_is_due_by_how_long_a_buyer_was_quiet(text_days, media_days, quiet, has_media, what):
    retention = Retention(text_days, media_days)
    assert due(retention, NOON - quiet, has_media, NOON) is what


def test_nothing_is_due_of_whom_anything_was_heard_since():
    assert quiet_before(Retention(), NOON) is None
    assert quiet_before(Retention(text_days=30), NOON) == NOON - 30 * DAY
    assert quiet_before(Retention(30, 7), NOON) == NOON - 7 * DAY
    assert quiet_before(Retention(media_days=9), NOON) == NOON - 9 * DAY


def test_a_day_of_forgetting_begins_in_the_small_hours_of_the_shop():
    three = datetime(2026, 11, 2, 3, tzinfo=SHANGHAI)
    assert tidying_day(SHANGHAI, three - SECOND) == date(2026, 11, 1)
    assert tidying_day(SHANGHAI, three) == date(2026, 11, 2)
    assert tidying_day(SHANGHAI, three + 23 * timedelta(hours=1)) == date(2026, 11, 2)
