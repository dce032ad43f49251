"""Where a waiting buyer stands, and when nothing is said of the time."""

from datetime import timedelta

from tests.domain.desk.floor.evenings import Evening

from miaohui.domain.desk.floor.standing import LinePace, Standing, people_there, standings
from miaohui.domain.desk.routing.policy import LONGEST_WAITING, Policy
from miaohui.domain.desk.routing.sorting import RoutingSettings
from miaohui.domain.directory.presence import Presence


def crowded(**policy: object) -> Evening:
    """One agent who has her hands full, and three who wait in line."""
    evening = Evening(RoutingSettings(policy=Policy(**policy)) if policy else None)  # type: ignore[arg-type]
    evening.agent("lin", capacity=1)
    evening.asks("first")
    evening.decide()
    for buyer in ("li", "wang", "zhao"):
        evening.wait(1).asks(buyer)
    evening.decide()
    return evening


def told(evening: Evening, pace: LinePace | None = None) -> dict[str, Standing]:
    return standings(evening.floor, "tea", {None: pace} if pace else {}, evening.now)


def practised(evening: Evening, seconds: float, replies: int = 5) -> None:
    """Lin has answered some, each in so many seconds."""
    evening.floor.people["lin"].replies.extend([seconds] * replies)


def moved(evening: Evening, every: float, places: int) -> LinePace:
    """The pace of a line that moved on every so many seconds, up to now."""
    pace = LinePace()
    pace.stands(evening.now)
    for _ in range(places):
        evening.wait(every).beat()
        pace.left(evening.now, timedelta(seconds=40))
    return pace


def test_whoever_waits_in_line_is_told_how_many_come_before():
    assert {buyer: each.ahead for buyer, each in told(crowded()).items()} == {
        "first": 0,
        "li": 0,
        "wang": 1,
        "zhao": 2,
    }


def test_no_time_is_told_before_anything_was_measured():
    assert {each.wait for each in told(crowded()).values()} == {None}


def test_the_time_in_line_is_the_pace_of_the_line_and_an_answer():
    evening = crowded()
    practised(evening, 30)
    pace = moved(evening, every=20, places=4)
    waits = {buyer: each.wait for buyer, each in told(evening, pace).items()}
    assert waits["li"] == timedelta(seconds=50)
    assert waits["zhao"] == timedelta(seconds=90)


def test_a_line_that_hardly_moved_tells_no_time():
    evening = crowded()
    practised(evening, 30)
    assert told(evening, moved(evening, every=30, places=2))["li"].wait is None
    assert told(evening, moved(evening, every=5, places=4))["li"].wait is None


def test_those_who_got_somebody_at_once_do_not_make_the_line_look_fast():
    evening = crowded()
    practised(evening, 30)
    pace = moved(evening, every=20, places=3)
    for _ in range(50):
        pace.left(evening.now, timedelta(seconds=0.1))
    assert told(evening, pace)["li"].wait == timedelta(seconds=50)


def test_what_was_measured_is_forgotten_when_the_line_is_empty_or_long_ago():
    evening = crowded()
    practised(evening, 30)
    pace = moved(evening, every=20, places=4)
    assert pace.seconds_a_chat(evening.now + timedelta(minutes=11)) is None
    pace = moved(evening, every=20, places=4)
    pace.is_empty()
    pace.stands(evening.now)
    assert pace.seconds_a_chat(evening.wait(90).now) is None


def test_nobody_there_means_no_time():
    evening = crowded()
    practised(evening, 30)
    pace = moved(evening, every=20, places=4)
    evening.floor.hear_presence("lin", Presence.AWAY, chosen=True)
    assert {each.wait for each in told(evening, pace).values()} == {None}
    assert people_there(evening.floor, "tea", evening.now) == 0


def test_more_than_half_an_hour_is_not_told():
    evening = crowded()
    practised(evening, 30)
    pace = moved(evening, every=550, places=4)
    standing = told(evening, pace)["zhao"]
    assert standing.wait is None
    assert standing.ahead == 2


def test_whoever_is_with_an_agent_waits_for_those_before_them_with_that_agent():
    evening = Evening(RoutingSettings(policy=LONGEST_WAITING))
    evening.agent("lin", capacity=5)
    for buyer in ("li", "wang"):
        evening.wait(1).asks(buyer)
        evening.happens("assigned", buyer, account="lin")
    practised(evening, 20)
    evening.agent("zhou")
    assert told(evening) == {
        "li": Standing(0, timedelta(seconds=20)),
        "wang": Standing(1, timedelta(seconds=40)),
    }
    assert people_there(evening.floor, "tea", evening.now) == 2


def test_whoever_was_answered_stands_nowhere():
    evening = crowded()
    evening.answers("lin", "first")
    assert "first" not in told(evening)


def test_lines_of_different_groups_move_by_themselves():
    evening = Evening()
    for buyer, group in (("li", "售前"), ("wang", "售后"), ("zhao", "售后")):
        evening.wait(1).asks(buyer)
        evening.happens("transferred", buyer, group=group)
    assert {buyer: each.ahead for buyer, each in told(evening).items()} == {
        "li": 0,
        "wang": 0,
        "zhao": 1,
    }
