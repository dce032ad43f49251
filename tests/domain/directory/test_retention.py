import pytest

from miaohui.domain.directory.retention import Retention, retention_problems


@pytest.mark.parametrize("days", [0, 7, 365, 36_500])
def test_for_ever_and_whole_days_from_a_week_on_are_sound(days):
    assert retention_problems(Retention(text_days=days, media_days=days)) == []


@pytest.mark.parametrize("days", [-1, 1, 6, 36_501])
def test_what_is_no_retention_is_told_with_its_field(days):
    (problem,) = retention_problems(Retention(media_days=days))
    assert (problem.key, problem.values["path"]) == ("retention.days", "media_days")
