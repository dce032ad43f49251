"""What stands is what was told and is not over, worded as of now."""

from datetime import timedelta

from tests.domain.desk.alarms.evening import ANNA, LEADS, Play, only, shop, step, waiting
from tests.events import at

from miaohui.domain.desk.alarms.settings import Kind, Level, Repeats
from miaohui.domain.desk.alarms.standing import rows_under, standing_of
from miaohui.domain.desk.alarms.told import notice_of, taken

STEPS = (step(Level.AGENT, -60), step(Level.LEAD, -30), step(Level.OWNER, 0))
SETTINGS = only(Kind.WAITING, *STEPS, repeats=Repeats(None, None, None))


def evening() -> Play:
    play = Play(SETTINGS)
    chats = waiting("20:00:00", chat="c1"), waiting("20:00:40", chat="c2")
    play.change("20:00:40", shop(*chats))
    play.until("20:03:00")
    return play


def standing(play: Play, now: str):
    return {
        each.recipient.level: each
        for each in standing_of(SETTINGS, play.situation, play.told, at(now))
    }


def test_it_is_what_was_told_with_the_seconds_that_are_left_now():
    play = evening()
    found = standing(play, "20:02:50")
    assert found.keys() == {Level.AGENT, Level.LEAD}
    assert found[Level.AGENT].message.values == {"seconds": 10, "count": 2}
    assert found[Level.AGENT].line == at("20:03:00")
    assert (found[Level.AGENT].chats, found[Level.LEAD].chats) == (("c1", "c2"), ("c1",))
    later = standing(play, "20:03:20")[Level.AGENT]
    assert later.line == at("20:03:40")
    assert later.message.key == "alarm.waiting_and_lost"
    assert standing(play, "20:09:00")[Level.AGENT].line == at("20:03:00")


def test_what_is_over_or_held_back_does_not_stand():
    play = evening()
    play.change("20:03:00", shop(waiting("20:00:40", chat="c2")))
    assert standing(play, "20:03:00")[Level.AGENT].chats == ("c2",)
    play.situation = shop()
    assert standing(play, "20:03:00") == {}


def test_it_is_taken_once_somebody_took_all_of_it():
    play = evening()
    play.until("20:03:20")
    notice = notice_of(Kind.WAITING, "", LEADS)
    first, second = rows_under(play.told, notice)
    assert (first.chat, second.chat) == ("c1", "c2")
    assert rows_under(play.told, notice, first.told_at) == [first]
    changed = taken(play.told, {first.key}, LEADS, "mei")
    rest = [row for row in play.told if row.key != first.key or row.recipient != LEADS]
    play.told = [*rest, *changed]
    assert standing(play, "20:03:20")[Level.LEAD].taken_by is None
    assert rows_under(play.told, notice) == [second]
    play.told = [
        *(row for row in play.told if row.recipient != LEADS),
        *changed,
        *taken([second], {second.key}, LEADS, "mei"),
    ]
    assert standing(play, "20:03:20")[Level.LEAD].taken_by == "mei"
    assert standing(play, "20:03:20")[Level.AGENT].taken_by is None


def test_it_was_told_when_the_last_of_it_was():
    play = evening()
    play.until("20:03:20")
    told_at = standing(play, "20:03:20")[Level.LEAD].told_at
    assert told_at - at("20:03:10") <= timedelta(seconds=5)
    assert {row.recipient for row in play.told} >= {ANNA, LEADS}
