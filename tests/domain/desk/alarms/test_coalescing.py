from datetime import timedelta

from msgspec.structs import replace
from tests.domain.desk.alarms.evening import (
    ANNA,
    AWAKE,
    BAO,
    LEADS,
    OWNERS,
    last_tell,
    only,
    played,
    seconds,
    shop,
    step,
    tells,
    times,
    waiting,
)
from tests.events import at

from miaohui.domain.desk.alarms.settings import Kind, Level, Repeats

ONCE = replace(AWAKE, repeats=Repeats(lead=None, owner=None))
THREE = [
    waiting("20:00:00", chat="first"),
    waiting("20:00:02", chat="second"),
    waiting("20:00:05", chat="third"),
]


def several(*chats, until: str, settings=ONCE):
    return played(settings, [("20:00:05", shop(*chats))], until)


def test_several_chats_near_their_line_make_one_notice():
    play = several(*THREE, until="20:02:29")
    assert tells(play, ANNA) == [("20:02:00", "waiting_many")]
    tell = last_tell(play)
    assert tell.message.values == {"count": 3, "seconds": 60}
    assert tell.chats == ("first", "second", "third")


def test_a_chat_beyond_the_span_is_told_on_its_own():
    later = waiting("20:00:05.000001", chat="later")
    play = several(THREE[0], later, until="20:02:01")
    assert last_tell(play).chats == ("first",)
    assert last_tell(several(*THREE, until="20:02:01")).chats == ("first", "second", "third")


def test_each_agent_hears_of_their_own_chats_and_the_lead_of_all():
    play = several(THREE[0], waiting("20:00:01", "bao", chat="other"), until="20:02:59")
    assert times(play, ANNA) == ["20:02:00", "20:02:40"]
    assert times(play, BAO) == ["20:02:01", "20:02:41"]
    assert tells(play, LEADS) == [("20:02:30", "waiting_many")]


def test_nothing_is_called_lost_before_it_is():
    play = several(*THREE, until="20:04:00")
    assert tells(play, OWNERS) == [("20:03:00+", "lost_one_of"), ("20:03:05+", "lost_many")]
    assert last_tell(play, OWNERS).chats == ("second", "third")


def test_a_chat_that_comes_between_is_told_at_its_own_second():
    play = played(
        ONCE,
        [
            ("20:00:00", shop(waiting("20:00:00"))),
            ("20:02:01", shop(waiting("20:00:00"), waiting("20:00:00", chat="late"))),
        ],
        until="20:02:30",
    )
    assert times(play, ANNA) == ["20:02:00", "20:02:01"]


def test_repeats_of_several_chats_go_together():
    settings = only(
        Kind.WAITING, step(Level.LEAD, 0), repeats=Repeats(lead=60), coalesce_seconds=10
    )
    play = several(*THREE, until="20:06:00", settings=settings)
    assert times(play, LEADS) == ["20:03:00+", "20:03:10+", "20:04:00+", "20:05:00+"]
    assert last_tell(play, LEADS).chats == ("first", "second", "third")


def test_a_notice_tells_what_can_be_saved_from_what_is_lost():
    settings = only(Kind.WAITING, step(Level.LEAD, -10), repeats=Repeats(lead=30))
    start = at("20:00:00")
    chats = [waiting(start, chat="old"), waiting(start + seconds(30), chat="new")]
    play = several(*chats, until="20:03:21", settings=settings)
    assert tells(play)[-1] == ("20:03:20", "waiting_and_lost")
    assert last_tell(play).message.values == {"count": 1, "seconds": 10, "lost": 1}
    assert last_tell(play).chats == ("new", "old")


def test_without_a_span_everything_is_told_at_its_own_instant():
    alone = replace(ONCE, coalesce_seconds=0)
    play = several(*THREE, until="20:04:00", settings=alone)
    assert times(play, ANNA)[:3] == ["20:02:00", "20:02:02", "20:02:05"]
    assert times(play, OWNERS) == ["20:03:00+", "20:03:02+", "20:03:05+"]


def test_a_notice_takes_the_place_of_the_one_before_it():
    play = several(*THREE, until="20:02:50")
    notices = {said.decision.notice for said in play.said if said.decision.recipient == ANNA}
    assert notices == {"waiting:agent:anna"}
    gone = play.said[-1].at + timedelta(seconds=1)
    play.change(gone, shop(*THREE[1:]))
    assert play.said[-1].decision.left == 2


def test_the_span_counts_from_the_last_notice_even_if_its_chat_was_answered_since():
    chats = [waiting("20:00:00"), waiting("20:00:02", chat="c2")]
    play = played(
        ONCE, [("20:00:02", shop(*chats)), ("20:03:01", shop(chats[1]))], until="20:05:00"
    )
    assert times(play, OWNERS) == ["20:03:00+", "20:03:05+"]
    play.change("20:10:00", shop())
    play.sleep("20:11:00")
    assert play.told == []
