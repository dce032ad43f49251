import string
import tomllib
from datetime import date
from pathlib import Path

import pytest

from miaohui.domain.rules.opening_calendar import Holiday, OpeningHours, Override, Period
from miaohui.domain.rules.opening_validation import problems_of

LANGUAGE = Path(__file__).parents[3] / "src" / "miaohui" / "app" / "language"
GOOD, DAY = Period("09:00", "18:00"), date(2026, 3, 4)
ZONE = "Asia/Shanghai"


def told(calendar):
    return [(problem.values["path"], problem.key) for problem in problems_of(calendar)]


def test_sound_opening_hours_have_nothing_wrong():
    night, seconds, whole = (
        Period("20:00", "02:00", (5,)),
        Period("08:00:30", "24:00:00"),
        Period("00:00", "24:00"),
    )
    holidays = (Holiday(DAY), Holiday(DAY, until=DAY, closed=(night,)))
    overrides = (Override(DAY), Override(date(2026, 3, 5), (whole,)))
    calendar = OpeningHours(ZONE, (GOOD, night, seconds), (GOOD,), holidays, overrides)
    assert problems_of(calendar) == []
    assert problems_of(OpeningHours("UTC")) == []


TIMES = [
    "9:00",
    "25:00",
    "24:01",
    "12:60",
    "12:00:60",
    "12",
    "",
    "noon",
    "１２:00",
    "12:00 ",
    "-1:00",
]


@pytest.mark.parametrize("text", TIMES)
def test_what_is_no_time_is_told(text):
    assert told(OpeningHours(ZONE, (Period(text, "23:00"), Period("08:00", text)))) == [
        ("weekly[0].from", "opening_hours.not_a_local_time"),
        ("weekly[1].until", "opening_hours.not_a_local_time"),
    ]


WRONG = [
    (OpeningHours("Mars/Olympus"), "timezone", "unknown_timezone"),
    (OpeningHours(""), "timezone", "unknown_timezone"),
    (OpeningHours("../etc"), "timezone", "unknown_timezone"),
    (OpeningHours(ZONE, (Period("24:00", "02:00"),)), "weekly[0].from", "begins_at_end_of_day"),
    (OpeningHours(ZONE, (Period("08:00", "9:00", (0,)),)), "weekly[0].days", "not_a_weekday"),
    (OpeningHours(ZONE, (Period("08:00", "09:00", (8,)),)), "weekly[0].days", "not_a_weekday"),
    (OpeningHours(ZONE, (Period("08:00", "09:00", ()),)), "weekly[0].days", "weekdays_missing"),
    (OpeningHours(ZONE, breaks=(GOOD, Period("a", "b"))), "breaks[1].from", "not_a_local_time"),
    (
        OpeningHours(ZONE, holidays=(Holiday(DAY), Holiday(DAY, until=date(2026, 3, 3)))),
        *("holidays[1]", "dates_backward"),
    ),
    (
        OpeningHours(ZONE, holidays=(Holiday(DAY, closed=(Period("08:00", "8"),)),)),
        *("holidays[0].closed[0].until", "not_a_local_time"),
    ),
    (
        OpeningHours(ZONE, overrides=(Override(DAY), Override(DAY, (GOOD,)))),
        *("overrides[1].day", "overridden_twice"),
    ),
    (
        OpeningHours(ZONE, overrides=(Override(DAY, (Period("x", "09:00"),)),)),
        *("overrides[0].hours[0].from", "not_a_local_time"),
    ),
]


@pytest.mark.parametrize(("calendar", "path", "key"), WRONG)
def test_what_is_wrong_is_told_with_its_place(calendar, path, key):
    assert (path, f"opening_hours.{key}") in told(calendar)


def test_everything_wrong_is_told_at_once():
    calendar = OpeningHours(
        "Mars/Olympus",
        weekly=(Period("9:00", "18:00", (0, 9)),),
        holidays=(Holiday(DAY, until=date(2026, 1, 1)),),
    )
    assert told(calendar) == [
        ("timezone", "opening_hours.unknown_timezone"),
        ("weekly[0].from", "opening_hours.not_a_local_time"),
        ("weekly[0].days", "opening_hours.not_a_weekday"),
        ("weekly[0].days", "opening_hours.not_a_weekday"),
        ("holidays[0]", "opening_hours.dates_backward"),
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_problem_has_words_that_its_values_fill(language):
    sentences = tomllib.loads((LANGUAGE / f"{language}.toml").read_text("utf-8"))["opening_hours"]
    problems = [problem for calendar, _, _ in WRONG for problem in problems_of(calendar)]
    assert {problem.key.removeprefix("opening_hours.") for problem in problems} == set(sentences)
    for problem in problems:
        sentence = sentences[problem.key.removeprefix("opening_hours.")]
        fields = {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
        assert fields == set(problem.values)
