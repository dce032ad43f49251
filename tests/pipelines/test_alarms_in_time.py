"""Whoever looks only when something is due tells the same, in the same seconds, as whoever looks at
everything all the time."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.pipelines.alarm_evenings import CHANNEL, SHOP, AlarmEvening, alarm_evening, played

from miaohui.adapters.channels.port import Answer, Outcome
from miaohui.domain.desk.alarms.settings import AlarmSettings, Kind
from miaohui.domain.desk.floor.people import Health

SETTINGS = AlarmSettings(quiet_hours=None, misses_left_below=2)
# Since when a page is mute or a channel fails, only a house knows that is open.
BY_THE_LOG = replace(SETTINGS, ladders={Kind.MUTED: (), Kind.CHANNEL_FAILING: ()})
Told = list[tuple[int, str, tuple[str, ...]]]


def a_day(seed: int) -> list[Callable[[AlarmEvening], object] | None]:
    """What happens in each of its seconds: buyers ask, people answer, come, go and are muted."""
    chance = random.Random(seed)
    return [_happening(chance) if chance.random() < 0.1 else None for _ in range(900)]


def _happening(chance: random.Random) -> Callable[[AlarmEvening], object]:
    buyer, name = f"b{chance.randrange(6)}", chance.choice(("lin", "zhou"))
    match chance.randrange(10):
        case 0 | 1 | 2:
            return lambda house: house.evening.asks(buyer)
        case 3 | 4:
            return lambda house: house.evening.answers(name, buyer)
        case 5 | 6:
            return lambda house: house.evening.happens("assigned", buyer, account=name)
        case 7:
            there = chance.random() < 0.6
            return lambda house: house.come(name, there=there)
        case 8:
            muted = chance.random() < 0.5
            return lambda house: house.tells_health(name, Health(muted=muted))
        case _:
            outcome = Outcome.TAKEN if chance.random() < 0.6 else Outcome.LATER
            return lambda house: house.health.note((SHOP, CHANNEL), Answer(outcome))


def told_on(
    folder: Path,
    seed: int,
    always: bool = False,
    settings: AlarmSettings = SETTINGS,
    restart_at: int | None = None,
) -> Told:
    async def story() -> Told:
        heard: Told = []
        folder.mkdir()
        async with alarm_evening(folder, settings) as house:
            house.come("lin")
            for second, happens in enumerate(a_day(seed)):
                if second == restart_at:
                    house.open()
                if happens is not None:
                    happens(house)
                if always:
                    house.alarms.stir(SHOP)
                before = {name: len(frames) for name, frames in house.frames.items()}
                await house.now()
                for name, frames in house.frames.items():
                    fresh = [frame["alarms"] for frame in frames[before[name] :]]
                    keys = [each["key"] for news in fresh for each in news.get("rung", ())]
                    cleared = [each for news in fresh for each in news.get("cleared", ())]
                    if keys or cleared:
                        heard.append((second, name, (*sorted(keys), *sorted(cleared))))
        return heard

    return played(story)


@pytest.mark.parametrize("seed", range(6))
def test_nothing_is_told_late_and_nothing_else_is_told(tmp_path, seed):
    always = told_on(tmp_path / "always", seed, always=True)
    due = told_on(tmp_path / "due", seed)
    assert due == always
    assert len(due) > 10


@pytest.mark.parametrize("seed", range(3))
def test_a_restart_in_between_rings_nobody_twice_and_forgets_nobody(tmp_path, seed):
    def rung(told: Told) -> Told:
        return [
            (second, name, keys)
            for second, name, said in told
            if (keys := tuple(each for each in said if each.startswith("alarm.")))
        ]

    whole = told_on(tmp_path / "whole", seed, settings=BY_THE_LOG)
    restarted = told_on(tmp_path / "restarted", seed, settings=BY_THE_LOG, restart_at=450)
    assert rung(restarted) == rung(whole)
