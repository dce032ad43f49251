import msgspec
import pytest
from msgspec.structs import replace
from tests.domain.desk.alarms.evening import step

from miaohui.app.language import say
from miaohui.domain.desk.alarms.settings import (
    USUAL_LADDERS,
    AlarmSettings,
    Kind,
    Level,
    Patience,
    QuietHours,
    Repeats,
    Step,
    Way,
    ladder_of,
)
from miaohui.domain.desk.alarms.settings_validation import problems_of

USUAL = AlarmSettings()


def found(settings: AlarmSettings) -> list[tuple[str, object]]:
    return [(problem.key, problem.values["path"]) for problem in problems_of(settings)]


def test_usual_settings_are_sound_with_every_ladder_written_out():
    assert problems_of(USUAL) == []
    assert problems_of(replace(USUAL, ladders=USUAL_LADDERS)) == []
    assert set(USUAL_LADDERS) == set(Kind)


def test_settings_come_from_plain_values_and_what_is_left_out_is_as_usual():
    plain = {
        "ladders": {"waiting": [{"level": "lead", "seconds": -45, "ways": ["web_push"]}]},
        "quiet_hours": {"from": "22:00", "until": "07:30", "kinds": [], "ways": []},
    }
    settings = msgspec.convert(plain, AlarmSettings)
    assert ladder_of(settings, Kind.WAITING) == (Step(Level.LEAD, -45, (Way.WEB_PUSH,)),)
    assert ladder_of(settings, Kind.MUTED) == USUAL_LADDERS[Kind.MUTED]
    assert settings.coalesce_seconds == 5
    assert msgspec.json.decode(msgspec.json.encode(settings), type=AlarmSettings) == settings
    with pytest.raises(msgspec.ValidationError, match="quiet"):
        msgspec.convert({"quiet": None}, AlarmSettings)


@pytest.mark.parametrize(
    ("kind", "steps", "expected"),
    [
        (Kind.WAITING, [step(Level.LEAD, 86_401)], ("not_between", "seconds")),
        (Kind.WAITING, [step(Level.LEAD, -86_401)], ("not_between", "seconds")),
        (Kind.MUTED, [step(Level.LEAD, -1)], ("not_foreseen", "seconds")),
        (Kind.CHANNEL_SILENT, [step(Level.AGENT, 0)], ("nobodys", "level")),
        (Kind.WAITING, [Step(Level.LEAD, 0, ())], ("no_way", "ways")),
    ],
)
def test_a_step_that_makes_no_sense_is_named(kind, steps, expected):
    key, field = expected
    settings = replace(USUAL, ladders={kind: tuple(steps)})
    assert found(settings) == [(f"alarm_settings.{key}", f"ladders.{kind.value}[0].{field}")]


def test_the_same_level_at_the_same_instant_is_named_where_it_stands_again():
    ladder = (step(Level.LEAD, 0), step(Level.OWNER, 0), step(Level.LEAD, 0))
    settings = replace(USUAL, ladders={Kind.WAITING: ladder})
    assert found(settings) == [("alarm_settings.step_twice", "ladders.waiting[2]")]


@pytest.mark.parametrize(
    ("quiet", "expected"),
    [
        (QuietHours("24:00", "08:00"), ("not_a_local_time", "quiet_hours.from")),
        (QuietHours("23:00", "8:00"), ("not_a_local_time", "quiet_hours.until")),
        (QuietHours("23:00", "23:00"), ("always_quiet", "quiet_hours")),
        (QuietHours("00:00", "24:00"), ("always_quiet", "quiet_hours")),
    ],
)
def test_quiet_hours_that_make_no_sense_are_named(quiet, expected):
    key, path = expected
    assert found(replace(USUAL, quiet_hours=quiet)) == [(f"alarm_settings.{key}", path)]


def test_everything_wrong_is_told_at_once_in_both_languages():
    wrong = replace(
        USUAL,
        repeats=Repeats(agent=5, lead=0, owner=None),
        patience=Patience(muted=-1),
        coalesce_seconds=61,
        misses_left_below=-1,
    )
    assert [path for _, path in found(wrong)] == [
        "repeats.agent",
        "repeats.lead",
        "patience.muted",
        "coalesce_seconds",
        "misses_left_below",
    ]
    for problem in problems_of(wrong):
        said = [say(problem.key, problem.values, language) for language in ("zh", "en")]
        assert all(str(problem.values["path"]) in each and "{" not in each for each in said)
