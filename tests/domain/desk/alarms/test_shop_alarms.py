from datetime import date

import pytest
from msgspec.structs import replace
from tests.domain.desk.alarms.evening import (
    ANNA,
    AWAKE,
    DAY,
    LEADS,
    MORNING,
    OWNERS,
    clears,
    last_tell,
    person,
    played,
    shop,
    tells,
    times,
    waiting,
)
from tests.events import at

from miaohui.domain.desk.alarms.duty import Gap, gaps_of
from miaohui.domain.desk.alarms.settings import Kind, Repeats
from miaohui.domain.desk.alarms.situation import Channel, MissesLeft, Page
from miaohui.domain.directory.presence import Presence

ONCE = replace(AWAKE, repeats=Repeats(lead=None, owner=None))
NOW = at("12:00:00")


def gone(account: str = "anna", since: str = "15:00:00", **more):
    return person(account, there=False, since=at(since), **more)


def gaps(*people, now=NOW) -> list[tuple[Gap, ...]]:
    return gaps_of([DAY], people, now)


def test_while_somebody_without_a_known_end_is_there_no_gap_is_known():
    assert gaps(person(), gone("bao")) == []


def test_a_gap_begins_when_the_last_one_goes():
    start, end = at("15:00:00"), DAY[1]
    assert gaps(gone(), gone("bao", "14:00:00")) == [Gap(start, end, end, False)]


def test_without_anybody_the_whole_window_is_a_gap():
    assert gaps() == [Gap(*DAY, DAY[1], False)]
    assert gaps(now=DAY[1]) == []


def test_a_gap_is_foreseen_where_the_last_shift_is_known_to_end():
    leaves = at("20:30:00")
    assert gaps(person(shift_ends=leaves), person("bao", shift_ends=at("18:00:00"))) == [
        Gap(leaves, DAY[1], DAY[1], True)
    ]


def test_whoever_stays_a_little_beyond_the_end_of_the_shift_moves_no_gap():
    leaves = at("20:30:00")
    stayed = gone(since="20:31:10", shift_ends=leaves)
    assert gaps(stayed) == [Gap(leaves, DAY[1], DAY[1], True)]


def test_a_shift_to_come_is_believed_in_but_not_counted_on():
    leaves, comes = at("20:30:00"), at("21:00:00")
    first = person(shift_ends=leaves)
    at_once = gone("bao", "10:00:00", shift_starts=leaves, shift_ends=DAY[1])
    later = gone("bao", "10:00:00", shift_starts=comes, shift_ends=DAY[1])
    assert gaps(first, at_once) == [Gap(leaves, DAY[1], DAY[1], False)]
    assert gaps(first, later) == [Gap(leaves, DAY[1], comes, True)]


def test_leads_hear_half_an_hour_before_that_nobody_will_be_there():
    people = (person(shift_ends=at("20:30:00")),)
    play = played(ONCE, [("19:00:00", shop(people=people))], until="20:40:00")
    assert tells(play) == [
        ("20:01:00", "nobody_from"),
        ("20:31:00", "nobody_now"),
        ("20:31:00", "nobody_now"),
    ]
    assert play.said[0].decision.message.values == {"from": "20:30", "until": "23:00"}


def test_a_gap_that_nobody_foresaw_is_told_after_a_minute_and_is_over_when_somebody_comes():
    changes = [
        ("15:00:00", shop(people=(gone(),))),
        ("15:10:00", shop(people=(person(since=at("15:10:00")),))),
    ]
    play = played(ONCE, changes, until="16:00:00")
    assert tells(play) == [("15:01:00", "nobody_now"), ("15:01:00", "nobody_now")]
    assert clears(play) == [("15:10:00", LEADS), ("15:10:00", OWNERS)]


def test_a_gap_ends_with_the_assessed_hours_and_begins_again_with_the_next():
    tomorrow = (at("2T08:00:00"), at("2T23:00:00"))
    empty = shop(people=(gone(since="22:00:00"),), windows=(DAY, tomorrow))
    play = played(ONCE, [("22:00:00", empty)], until="2T09:00:00")
    assert times(play, LEADS) == ["22:01:00", "08:01:00"]
    assert clears(play) == [("23:00:00", LEADS), ("23:00:00", OWNERS)]


def test_a_late_evening_is_assessed_until_24():
    late = shop(people=(gone(since="22:00:00"),), windows=((DAY[0], at("2T00:00:00")),))
    play = played(ONCE, [("22:00:00", late)], until="22:02:00")
    assert last_tell(play).message.values == {"until": "24:00"}


def test_messages_while_everybody_is_offline_are_told_once_for_all_of_them():
    offline = (gone(since="15:00:00"), person("bao", presence=Presence.AWAY, since=MORNING))
    quiet = replace(ONCE, ladders={Kind.NOBODY_ON_DUTY: (), Kind.WAITING: ()})
    first = waiting("15:05:00", None)
    changes = [
        ("15:05:00", shop(first, people=offline)),
        ("15:05:40", shop(first, waiting("15:05:40", None, chat="c2"), people=offline)),
    ]
    play = played(quiet, changes, until="15:20:00")
    assert tells(play) == [("15:05:10", "all_offline"), ("15:06:10", "all_offline")]
    assert last_tell(play, OWNERS).message.values == {"count": 2}
    assert last_tell(play, OWNERS).chats == ("c1", "c2")
    back = (person(since=at("15:20:00")), offline[1])
    play.change("15:20:00", shop(first, people=back))
    assert clears(play) == [("15:20:00", LEADS), ("15:20:00", OWNERS)]


def test_messages_at_night_that_nobody_assesses_are_no_alarm():
    offline = shop(waiting("2T03:00:00", None, clocks=()), people=(gone(),))
    assert played(ONCE, [("2T03:00:00", offline)], until="2T04:00:00").said == []


@pytest.mark.parametrize(
    ("page", "what"),
    [
        (Page(at("15:00:00"), muted=True), "muted"),
        (Page(at("15:00:00"), may_notify=False), "may_not_notify"),
    ],
)
def test_a_page_that_cannot_ring_is_told_to_its_agent_and_then_to_the_lead(page, what):
    play = played(ONCE, [("15:00:00", shop(people=(person(page=page),)))], until="15:10:00")
    assert tells(play, ANNA) == [("15:00:30", what)]
    assert tells(play, LEADS) == [("15:02:30", f"{what}_of")]


def test_a_page_that_can_ring_or_of_somebody_who_is_gone_is_no_alarm():
    page = Page(at("15:00:00"), muted=True)
    people = (person(page=Page(MORNING)), person("bao"), gone("chen", page=page))
    assert played(ONCE, [("15:00:00", shop(people=people))], until="16:00:00").said == []


def test_a_silent_channel_is_told_after_half_an_hour_of_assessed_time():
    web = Channel("web", "Website", last_heard_at=at("07:50:00"))
    play = played(ONCE, [("07:50:00", shop(channels=(web,)))], until="09:10:00")
    assert tells(play) == [("08:30:00", "channel_silent"), ("09:00:00", "channel_silent")]
    assert last_tell(play).message.values == {"channel": "Website", "minutes": 70}


def test_a_message_ends_the_silence_and_so_does_the_end_of_assessed_hours():
    silent = shop(channels=(Channel("web", "Website", last_heard_at=at("22:10:00")),))
    heard = shop(channels=(Channel("web", "Website", last_heard_at=at("22:45:00")),))
    play = played(ONCE, [("22:10:00", silent), ("22:45:00", heard)], until="2T07:00:00")
    assert times(play) == ["22:40:00"]
    assert clears(play) == [("22:45:00", LEADS)]
    play = played(ONCE, [("22:10:00", silent)], until="2T07:00:00")
    assert clears(play) == [("23:00:00", LEADS)]


def test_a_channel_of_which_nothing_was_ever_heard_is_not_silent():
    assert (
        played(ONCE, [("08:00:00", shop(channels=(Channel("web", "W"),)))], "12:00:00").said == []
    )


def test_a_failing_channel_is_told_after_a_minute_and_until_it_works_again():
    failing = shop(channels=(Channel("web", "Website", failing_since=at("12:00:00")),))
    play = played(ONCE, [("12:00:00", failing), ("12:10:00", shop())], until="13:00:00")
    assert tells(play) == [("12:01:00", "channel_failing"), ("12:06:00", "channel_failing")]
    assert last_tell(play).message.values == {"channel": "Website", "since": "12:00"}
    assert clears(play) == [("12:10:00", LEADS), ("12:10:00", OWNERS)]


def left(number: int, since: str = "20:00:00") -> MissesLeft:
    return MissesLeft("line", "3-minute rate", date(2026, 11, 1), number, at(since))


def test_misses_left_below_the_number_set_are_told_once_and_do_not_flicker():
    changes = [
        ("20:00:00", shop(misses_left=(left(5),))),
        ("20:10:00", shop(misses_left=(left(4, "20:10:00"),))),
        ("20:11:00", shop(misses_left=(left(6, "20:11:00"),))),
        ("20:12:00", shop(misses_left=(left(3, "20:12:00"),))),
        ("20:30:00", shop(misses_left=(left(10, "20:30:00"),))),
    ]
    play = played(ONCE, changes, until="21:00:00")
    assert times(play, LEADS) == times(play, OWNERS) == ["20:10:00"]
    assert clears(play) == [("20:30:00", LEADS), ("20:30:00", OWNERS)]


@pytest.mark.parametrize(
    ("number", "key"), [(4, "misses_left"), (0, "no_misses_left"), (-1, "line_broken")]
)
def test_a_line_says_whether_it_can_still_be_held(number, key):
    play = played(ONCE, [("20:00:00", shop(misses_left=(left(number),)))], until="20:01:00")
    assert tells(play, LEADS) == [("20:00:00", key)]


def test_none_below_zero_switches_the_count_off():
    off = replace(ONCE, misses_left_below=0)
    assert played(off, [("20:00:00", shop(misses_left=(left(-3),)))], until="21:00:00").said == []


def test_two_alarms_of_a_kind_that_is_no_chat_are_two_notices():
    both = tuple(Channel(name, name, failing_since=at("12:00:00")) for name in ("web", "app"))
    play = played(ONCE, [("12:00:00", shop(channels=both))], until="12:02:00")
    assert times(play, LEADS) == ["12:01:00", "12:01:00"]
    assert len({said.decision.notice for said in play.said}) == 2


def test_a_kind_without_steps_is_switched_off():
    off = replace(ONCE, ladders={Kind.CHANNEL_FAILING: ()})
    failing = shop(channels=(Channel("web", "Website", failing_since=at("12:00:00")),))
    assert played(off, [("12:00:00", failing)], until="13:00:00").said == []
