"""Which chats leave an agent who goes, stays away or does not answer."""

from datetime import timedelta

from msgspec.structs import replace

from miaohui.domain.desk.routing.people import Load, Presence
from miaohui.domain.desk.routing.policy import DEADLINE_AWARE
from miaohui.domain.desk.routing.reassigning import Cause, Release, reassign

from .floor import NOON, PLAIN, agent, chat, seconds

TWO = {"a": Load(held=(chat("waits", waits_for=20), chat("quiet")))}


def released(policy, agents, load=None):
    return reassign(policy, agents, load or TWO, NOON)


def test_who_is_there_and_answers_keeps_everything():
    assert released(DEADLINE_AWARE, [agent("a")]) == []
    assert released(DEADLINE_AWARE, [agent("a", presence=Presence.BUSY)]) == []


def test_who_is_off_shift_or_no_longer_works_here_keeps_nothing():
    expected = [
        Release("waits", "a", Cause.GONE, waiting=True),
        Release("quiet", "a", Cause.GONE, waiting=False),
    ]
    assert released(PLAIN, [agent("a", presence=Presence.OFF_SHIFT)]) == expected
    assert released(PLAIN, [agent("a", shift_ends=NOON)]) == expected
    assert released(PLAIN, []) == expected


def test_who_is_away_keeps_the_chats_where_nobody_waits():
    away = [agent("a", presence=Presence.AWAY)]
    assert released(PLAIN, away) == [Release("waits", "a", Cause.AWAY, waiting=True)]


def test_a_round_that_its_agent_does_not_answer_is_handed_on():
    policy = replace(PLAIN, unanswered_after=timedelta(seconds=20))
    assert released(policy, [agent("a")]) == [Release("waits", "a", Cause.UNANSWERED, waiting=True)]
    assert released(replace(policy, unanswered_after=seconds(20.1)), [agent("a")]) == []
    assert released(PLAIN, [agent("a")]) == []


def test_what_can_still_be_saved_finds_somebody_first():
    held = (
        chat("quiet"),
        chat("lost", waits_for=200, deadline=NOON - seconds(20)),
        chat("later", waits_for=10, deadline=NOON + seconds(170)),
        chat("soon", waits_for=100, deadline=NOON + seconds(80)),
    )
    moved = released(DEADLINE_AWARE, [], {"a": Load(held=held)})
    assert [each.conversation for each in moved] == ["soon", "later", "lost", "quiet"]
