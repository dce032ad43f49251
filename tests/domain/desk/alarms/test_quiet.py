from datetime import timedelta

import pytest
from msgspec.structs import replace
from tests.domain.desk.alarms.evening import (
    AWAKE,
    LEADS,
    OWNERS,
    Play,
    clears,
    holds,
    last_tell,
    only,
    person,
    played,
    shop,
    step,
    tells,
    times,
    waiting,
)
from tests.events import SHANGHAI, at

from miaohui.domain.desk.alarms.quiet import quiet_until
from miaohui.domain.desk.alarms.settings import AlarmSettings, Kind, Level, QuietHours, Repeats, Way
from miaohui.domain.desk.alarms.situation import Channel, Page

NIGHT = QuietHours("23:00", "08:00", kinds=(), ways=())
PUSHED = step(Level.LEAD, 0, Way.WEB_PUSH)
TO_OWNERS = step(Level.OWNER, 300, Way.EMAIL)
SETTINGS = only(
    Kind.CHANNEL_FAILING, PUSHED, TO_OWNERS, quiet_hours=NIGHT, repeats=Repeats(lead=60, owner=None)
)
FAILING = shop(channels=(Channel("web", "Website", failing_since=at("2T02:00:00")),))


def failed_at_night(until: str, settings: AlarmSettings = SETTINGS) -> Play:
    return played(settings, [("2T02:00:00", FAILING)], until)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("22:59:59.999999", None),
        ("23:00:00", "2T08:00:00"),
        ("2T00:00:00", "2T08:00:00"),
        ("2T07:59:59.999999", "2T08:00:00"),
        ("2T08:00:00", None),
        ("12:00:00", None),
    ],
)
def test_quiet_hours_run_over_midnight_from_their_first_instant_to_before_their_last(now, until):
    ends = quiet_until(SETTINGS, SHANGHAI, at(now))
    assert ends == (at(until) if until else None)


def test_quiet_hours_can_lie_inside_a_day():
    lunch = replace(SETTINGS, quiet_hours=QuietHours("12:00", "13:00"))
    assert quiet_until(lunch, SHANGHAI, at("12:30:00")) == at("13:00:00")
    assert quiet_until(lunch, SHANGHAI, at("2T00:00:00")) is None


def test_what_falls_into_quiet_hours_is_held_back_and_summed_up_at_their_end():
    play = failed_at_night(until="2T09:00:00")
    assert holds(play) == ["02:01:00", "02:06:00"]
    assert tells(play, LEADS)[:2] == [("08:00:00", "held_back"), ("08:01:00", "channel_failing")]
    assert tells(play, OWNERS) == [("08:00:00", "held_back")]
    assert last_tell(play, OWNERS).message.values == {"count": 1, "left": 1}
    assert last_tell(play, OWNERS).ways == (Way.EMAIL,)


def test_what_was_over_by_the_end_is_in_the_summary():
    play = failed_at_night(until="2T03:00:00")
    play.change("2T03:00:00", shop())
    play.until("2T09:00:00")
    assert tells(play, LEADS) == [("08:00:00", "held_back_over")]
    assert last_tell(play, LEADS).message.values == {"count": 1}
    assert clears(play) == [("03:00:00", LEADS), ("03:00:00", OWNERS)]
    assert play.told == []


def test_repeats_stop_when_it_gets_quiet_and_go_on_after_the_summary():
    failing = shop(channels=(Channel("web", "Website", failing_since=at("22:57:30")),))
    play = played(SETTINGS, [("22:57:30", failing)], until="2T08:01:30")
    assert times(play, LEADS) == ["22:58:30", "22:59:30", "08:00:00", "08:01:00"]
    assert holds(play) == ["23:00:30", "23:03:30"]


def test_the_settings_say_which_kinds_and_ways_may_pass():
    by_kind = replace(SETTINGS, quiet_hours=replace(NIGHT, kinds=(Kind.CHANNEL_FAILING,)))
    assert times(failed_at_night("2T02:06:01", by_kind), OWNERS) == ["02:06:00"]
    ladder = (step(Level.LEAD, 0, Way.SCREEN, Way.WEB_PUSH),)
    by_way = replace(
        SETTINGS,
        ladders={**SETTINGS.ladders, Kind.CHANNEL_FAILING: ladder},
        quiet_hours=replace(NIGHT, ways=(Way.SCREEN,)),
        repeats=Repeats(lead=None),
    )
    play = failed_at_night("2T09:00:00", by_way)
    assert times(play) == ["02:01:00"]
    assert last_tell(play).ways == (Way.SCREEN,)


def test_a_summary_tells_nothing_twice():
    failing = shop(channels=(Channel("web", "Website", failing_since=at("2T07:54:00")),))
    play = played(SETTINGS, [("2T07:54:00", failing)], until="2T08:00:30")
    assert tells(play) == [("08:00:00", "held_back"), ("08:00:00", "channel_failing")]
    assert len(tells(play, OWNERS)) == 1
    failing = shop(channels=(Channel("web", "Website", failing_since=at("2T07:56:00")),))
    play = played(SETTINGS, [("2T07:56:00", failing)], until="2T08:02:30")
    assert times(play, OWNERS) == ["08:02:00"]


def test_a_summary_is_told_even_if_the_server_slept_past_the_end():
    play = failed_at_night(until="2T02:02:00")
    play.sleep("2T11:00:00")
    assert tells(play, LEADS) == [("11:00:00", "held_back")]
    assert tells(play, OWNERS) == [("11:00:00", "channel_failing")]


def test_quiet_hours_that_are_switched_off_hold_nothing_any_longer():
    play = failed_at_night(until="2T03:00:00")
    play.settings = replace(SETTINGS, quiet_hours=None)
    play.sleep("2T03:00:00")
    assert tells(play) == [("03:00:00", "held_back"), ("03:00:00", "held_back")]


def test_as_usual_a_buyer_under_a_clock_rings_at_any_hour():
    usual = replace(AWAKE, quiet_hours=QuietHours())
    late = shop(waiting("22:58:00"), people=(person(),))
    assert times(played(usual, [("22:58:00", late)], "23:59:00"))[:3] == [
        "23:00:00",
        "23:00:30",
        "23:00:40",
    ]


def test_as_usual_a_page_that_is_muted_at_night_is_only_shown():
    usual = replace(AWAKE, quiet_hours=QuietHours())
    muted = person(page=Page(at("2T03:00:00"), muted=True), since=at("2T02:00:00"))
    play = played(usual, [("2T03:00:00", shop(people=(muted,)))], "2T03:01:00")
    assert times(play) == ["03:00:30"]


def test_held_back_chats_are_named_in_the_summary():
    settings = only(Kind.WAITING, step(Level.LEAD, 0), quiet_hours=NIGHT)
    chats = [waiting("2T07:00:00", chat="still"), waiting("2T07:00:00", chat="answered")]
    play = played(settings, [("2T07:00:00", shop(*chats))], "2T07:30:00")
    play.change("2T07:30:00", shop(chats[0]))
    play.until(at("2T08:00:00") + timedelta(seconds=1))
    assert last_tell(play).chats == ("still",)
    assert last_tell(play).message.values == {"count": 2, "left": 1}
