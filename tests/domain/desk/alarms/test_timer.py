"""One timer suffices for every kind of alarm: `Play` sees to it that there is something to do at
its instants and nothing between them."""

import random
from datetime import date, datetime, timedelta

import pytest
from tests.domain.desk.alarms.evening import DAY, MORNING, Play, person, seconds, shop, waiting
from tests.events import at

from miaohui.domain.desk.alarms.settings import AlarmSettings, Kind, Patience, QuietHours, Repeats
from miaohui.domain.desk.alarms.situation import Channel, MissesLeft, Page, Person, Situation
from miaohui.domain.desk.alarms.told import Tell
from miaohui.domain.directory.presence import Presence

WINDOWS = (DAY, (at("2T08:00:00"), at("2T23:00:00")), (at("3T08:00:00"), at("3T23:00:00")))
SOME_KINDS = ((), (Kind.WAITING,), (Kind.NOBODY_ON_DUTY, Kind.CHANNEL_SILENT))
NIGHTS = (None, QuietHours(), *(QuietHours("21:00", "09:30", kinds, ()) for kinds in SOME_KINDS))


def some_settings(chance: random.Random) -> AlarmSettings:
    return AlarmSettings(
        repeats=Repeats(*(chance.choice([None, 600, 3_000]) for _ in range(3))),
        quiet_hours=chance.choice(NIGHTS),
        patience=Patience(*(chance.choice([0, 30, 1800]) for _ in range(5))),
        coalesce_seconds=chance.choice([0, 5, 30]),
    )


def some_shop(chance: random.Random, now: datetime) -> Situation:
    return shop(
        *(
            waiting(now, chance.choice(["anna", None]), f"c{n}")
            for n in range(chance.choice([0, 3]))
        ),
        windows=WINDOWS,
        people=tuple(some_person(chance, name, now) for name in ("anna", "bao")),
        channels=(some_channel(chance, now),),
        misses_left=(MissesLeft("line", "rate", date(2026, 11, 1), chance.randint(-1, 12), now),),
    )


def some_person(chance: random.Random, name: str, now: datetime) -> Person:
    ends = chance.choice([None, now + timedelta(hours=2), at("20:30:00")])
    return person(
        name,
        presence=chance.choice(list(Presence)),
        since=now - seconds(chance.choice([0, 40])),
        shift_starts=chance.choice([None, now + timedelta(hours=1), at("2T09:00:00")]),
        shift_ends=ends,
        full=chance.choice([True, False]),
        page=chance.choice([None, Page(now, muted=True), Page(now, may_notify=False), Page(now)]),
    )


def some_channel(chance: random.Random, now: datetime) -> Channel:
    heard_at = chance.choice([None, now, now - timedelta(minutes=10)])
    return Channel("web", "Website", heard_at, chance.choice([None, None, now]))


@pytest.mark.parametrize("run", range(4))
def test_there_is_something_to_do_when_the_timer_goes_off_and_never_before(run):
    kinds: set[Kind | None] = set()
    for seed in range(run * 10, run * 10 + 10):
        chance = random.Random(f"timer {seed}")
        looks = [MORNING + seconds(chance.uniform(0, 120_000)) for _ in range(60)]
        play = Play(some_settings(chance), looks, cuts=set(chance.sample(range(200), 20)))
        play.sleep(MORNING)
        for _ in range(chance.randint(1, 6)):
            now = play.now + timedelta(seconds=chance.choice([3, 400, 9_000, 25_000]))
            play.change(now, some_shop(chance, now))
        play.until(play.now + timedelta(minutes=10))
        kinds |= {said.decision.kind for said in play.said if isinstance(said.decision, Tell)}
        play.change(play.now + timedelta(hours=1), shop(windows=()))
        play.until(play.now + timedelta(days=1))
        assert play.told == []
    assert kinds == {*Kind, None}
