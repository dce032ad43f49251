from msgspec.structs import replace
from tests.domain.desk.alarms.evening import (
    ANNA,
    AWAKE,
    BAO,
    LEADS,
    OWNERS,
    Play,
    clears,
    last_tell,
    only,
    person,
    played,
    seconds,
    shop,
    step,
    tells,
    times,
    waiting,
)
from tests.events import at

from miaohui.domain.desk.alarms.settings import Kind, Level, Repeats, Way
from miaohui.domain.desk.alarms.told import Recipient, Urgency, taken
from miaohui.domain.desk.deadlines.clock import Clock

ONCE = replace(AWAKE, repeats=Repeats(lead=None, owner=None))
AGENT_STEP = only(Kind.WAITING, step(Level.AGENT, -20), step(Level.LEAD, -10))


def test_the_agent_then_the_lead_then_the_owner_hear_of_it_to_the_second():
    play = played(ONCE, [("20:00:00", shop(waiting("20:00:00")))], until="20:30:00")
    assert tells(play, ANNA) == [("20:02:00", "waiting_one"), ("20:02:40", "waiting_one")]
    assert tells(play, LEADS) == [("20:02:30", "waiting_one_of")]
    assert tells(play, OWNERS) == [("20:03:00+", "lost_one_of")]
    assert clears(play) == []


def test_a_notice_says_who_waits_how_long_is_left_and_in_which_ways_it_is_told():
    play = played(ONCE, [("20:00:00", shop(waiting("20:00:00")))], until="20:02:41")
    tell = last_tell(play, ANNA)
    assert tell.message.values == {"buyer": "buyer of c1", "seconds": 20}
    assert (tell.ways, tell.urgency) == ((Way.SCREEN, Way.SOUND), Urgency.HIGH)
    assert tell.chats == ("c1",)
    assert last_tell(play, LEADS).message.values == {
        "agent": "anna",
        "buyer": "buyer of c1",
        "seconds": 30,
    }


def test_what_is_lost_is_less_urgent_than_what_can_be_saved():
    play = played(ONCE, [("20:00:00", shop(waiting("20:00:00")))], until="20:04:00")
    assert last_tell(play, OWNERS).urgency is Urgency.NORMAL


def test_a_reply_takes_everything_back_that_was_told_of_the_round():
    chats = [("20:00:00", shop(waiting("20:00:00"))), ("20:02:35", shop())]
    play = played(ONCE, chats, until="21:00:00")
    assert times(play) == ["20:02:00", "20:02:30"]
    assert clears(play) == [("20:02:35", ANNA), ("20:02:35", LEADS)]
    assert play.told == []


def test_a_reply_before_anything_was_told_needs_nothing():
    play = played(ONCE, [("20:00:00", shop(waiting("20:00:00"))), ("20:01:59", shop())], "21:00:00")
    assert play.said == []


def test_a_new_round_of_the_same_chat_starts_anew():
    chats = [
        ("20:00:00", shop(waiting("20:00:00"))),
        ("20:02:05", shop()),
        ("20:05:00", shop(waiting("20:05:00"))),
    ]
    play = played(ONCE, chats, until="20:07:30")
    assert times(play, ANNA) == ["20:02:00", "20:07:00"]


def test_a_round_that_opens_again_because_its_reply_failed_starts_anew():
    chats = [
        ("20:00:00", shop(waiting("20:00:00"))),
        ("20:02:05", shop()),
        ("20:02:10", shop(waiting("20:00:00"))),
    ]
    play = played(ONCE, chats, until="20:02:20")
    assert times(play, ANNA) == ["20:02:00", "20:02:10"]


def test_a_chat_that_moves_starts_over_for_its_new_agent_and_is_taken_back_from_the_old_one():
    chats = [
        ("20:00:00", shop(waiting("20:00:00"))),
        ("20:02:10", shop(waiting("20:00:00", "bao"))),
    ]
    play = played(ONCE, chats, until="20:02:50")
    assert times(play, ANNA) == ["20:02:00"]
    assert times(play, BAO) == ["20:02:10", "20:02:40"]
    assert clears(play) == [("20:02:10", ANNA)]


def test_what_an_agent_gets_late_is_told_at_once_and_as_urgently_as_it_is():
    play = played(ONCE, [("20:02:50", shop(waiting("20:00:00")))], until="20:02:59")
    assert times(play, ANNA) == ["20:02:50"]
    assert last_tell(play, ANNA).ways == (Way.SCREEN, Way.SOUND)


def test_what_nobody_has_the_leads_hear_of_in_the_agents_place():
    untaken = waiting("20:00:00", None, group="presale")
    play = played(ONCE, [("20:00:00", shop(untaken))], until="20:02:59")
    assert tells(play) == [
        ("20:02:00", "waiting_one_untaken"),
        ("20:02:30", "waiting_one_untaken"),
        ("20:02:40", "waiting_one_untaken"),
    ]
    assert last_tell(play).recipient == Recipient(Level.LEAD, "presale")


def test_leads_hear_that_everybody_is_full():
    full = (person(full=True), person("bao", there=False))
    play = played(
        ONCE, [("20:00:00", shop(waiting("20:00:00", None), people=full))], until="20:02:01"
    )
    assert last_tell(play).message.key == "alarm.one_full"
    assert last_tell(play).message.values == {"agent": "anna", "count": 1, "seconds": 60}


def test_a_step_that_would_come_no_later_than_the_buyers_message_is_left_out():
    play = played(ONCE, [("20:00:00", shop(waiting("20:00:00", limit=30)))], until="20:00:30")
    assert times(play) == ["20:00:10"]


def test_every_metric_that_the_shop_steers_by_has_its_own_ladder_and_they_tell_as_one():
    start = at("20:00:00")
    clocks = tuple(
        Clock(name, start, at(f"20:0{minutes}:00"))
        for name, minutes in [("person", 3), ("round", 3), ("slow", 5)]
    )
    play = played(ONCE, [("20:00:00", shop(waiting(start, clocks=clocks)))], until="20:04:30")
    assert times(play, ANNA) == ["20:02:00", "20:02:40", "20:04:00"]
    assert last_tell(play, ANNA).chats == ("c1",)


def test_a_chat_without_a_clock_alarms_nobody():
    play = played(ONCE, [("20:00:00", shop(waiting("20:00:00", clocks=())))], until="21:00:00")
    assert play.said == []


def test_it_is_repeated_until_somebody_takes_it():
    settings = replace(AGENT_STEP, repeats=Repeats(agent=6, lead=7))
    play = played(settings, [("20:00:00", shop(waiting("20:00:00")))], until="20:02:56")
    assert times(play, ANNA) == ["20:02:40", "20:02:46", "20:02:52"]
    take(play, ANNA)
    play.until("20:03:10")
    assert len(times(play, ANNA)) == 3


def take(play: Play, recipient: Recipient) -> None:
    keys = [row.key for row in play.told]
    changed = taken(play.told, keys, recipient, "somebody")
    places = {(row.key, row.recipient) for row in changed}
    kept = [row for row in play.told if (row.key, row.recipient) not in places]
    play.told = [*kept, *changed]


def test_what_the_agent_took_the_lead_hears_only_if_the_line_is_crossed():
    play = played(ONCE, [("20:00:00", shop(waiting("20:00:00")))], until="20:02:10")
    take(play, ANNA)
    play.until("20:10:00")
    assert times(play, ANNA) == ["20:02:00"]
    assert times(play, LEADS) == ["20:03:00+"]
    assert times(play, OWNERS) == ["20:03:00+"]


def test_what_was_taken_and_answered_in_time_nobody_else_hears_of():
    play = played(ONCE, [("20:00:00", shop(waiting("20:00:00")))], until="20:02:10")
    take(play, ANNA)
    play.change("20:03:00", shop())
    play.until("20:10:00")
    assert times(play) == ["20:02:00"]


def test_what_the_lead_took_is_left_to_the_owner_once_it_is_lost():
    play = played(AWAKE, [("20:00:00", shop(waiting("20:00:00")))], until="20:02:35")
    take(play, LEADS)
    play.until("20:20:00")
    assert times(play, LEADS) == ["20:02:30"]
    assert times(play, OWNERS) == ["20:03:00+", "20:13:00+"]


def test_the_agent_who_has_to_answer_is_told_whoever_else_has_taken_it():
    play = played(ONCE, [("20:00:00", shop(waiting("20:00:00")))], until="20:02:35")
    take(play, LEADS)
    play.until("20:02:59")
    assert times(play, ANNA) == ["20:02:00", "20:02:40"]


def test_a_chat_that_a_lead_took_and_gave_to_an_agent_is_told_to_that_agent():
    play = played(ONCE, [("20:00:00", shop(waiting("20:00:00", None)))], until="20:02:05")
    take(play, LEADS)
    play.change("20:02:10", shop(waiting("20:00:00", "bao")))
    play.until("20:02:59")
    assert times(play, LEADS) == ["20:02:00"]
    assert times(play, BAO) == ["20:02:10", "20:02:40"]


def test_what_an_owner_took_no_lead_is_told_again():
    ladder = only(
        Kind.WAITING,
        step(Level.OWNER, -20),
        step(Level.LEAD, -10),
        step(Level.LEAD, 10),
        repeats=Repeats(lead=None),
    )
    play = played(ladder, [("20:00:00", shop(waiting("20:00:00")))], until="20:02:45")
    take(play, OWNERS)
    play.until("20:10:00")
    assert times(play) == ["20:02:40"]


def test_whoever_takes_over_from_the_one_who_took_it_is_told_anew():
    play = played(ONCE, [("20:00:00", shop(waiting("20:00:00")))], until="20:02:10")
    take(play, ANNA)
    play.change("20:02:20", shop(waiting("20:00:00", "bao")))
    play.until("20:02:59")
    assert times(play, BAO) == ["20:02:20", "20:02:40"]
    assert times(play, LEADS) == ["20:02:30"]


def test_when_the_agent_takes_it_the_lead_who_heard_already_is_not_told_again_before_the_line():
    settings = replace(AWAKE, repeats=Repeats(lead=10))
    play = played(settings, [("20:00:00", shop(waiting("20:00:00")))], until="20:02:35")
    take(play, ANNA)
    play.until("20:03:05")
    assert times(play, LEADS) == ["20:02:30", "20:03:00+"]


def test_of_two_clocks_of_one_metric_the_one_that_ran_out_stays():
    first, second = at("20:00:00"), at("20:02:00")
    clocks = tuple(Clock("message", start, start + seconds(180)) for start in (first, second))
    for order in (clocks, clocks[::-1]):
        chat = waiting("20:00:00", clocks=order)
        play = played(ONCE, [("20:00:00", shop(chat))], until="20:10:00")
        assert times(play, OWNERS) == ["20:03:00+"]


def test_the_timer_goes_off_at_once_when_something_is_over():
    play = played(ONCE, [("20:00:00", shop(waiting("20:00:00")))], until="20:02:10")
    play.situation = shop()
    assert play.next() == at("20:02:10")
    play.sleep("20:02:10")
    assert play.next() is None
