"""The channel's end of a stream, and the simulator that stands on it, against a real house."""

import asyncio
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from tests.journeys.serving import KEY, SHOP, House, log_in, opened_house, settings_in, told

from miaohui.adapters.channels.webhook.handing_in import HandIn
from miaohui.domain.vocabulary.events import Event, Payload
from miaohui.domain.vocabulary.kinds import Actor, Origin
from miaohui.domain.vocabulary.problems import ReaderError


def now() -> datetime:
    return datetime.now(UTC)


def asked(source_id: str, **changes: object) -> Event:
    given = {name: value for name, value in told(source_id).items() if name != "payload"}
    given |= {"at": now(), "actor": Actor.BUYER, "origin": Origin.HUMAN, **changes}
    return Event(shop="", channel="", payload=Payload(text="在吗"), **given)


def test_events_survive_a_house_that_is_killed_and_comes_back(tmp_path):
    house = House(tmp_path)
    events = [asked(f"m{place}") for place in range(1_500)]

    async def story() -> int:
        nonlocal house
        async with HandIn(f"http://{house.address}", "main", KEY, now, pytest.fail) as door:
            for place, event in enumerate(events):
                await door.give(event)
                if place in (400, 900):
                    await asyncio.to_thread(house.kill)
                    house = await asyncio.to_thread(House, tmp_path, house.port)
        return door.acknowledged

    try:
        acknowledged = asyncio.run(story())
    finally:
        house.kill()
    assert acknowledged == len(events)
    with log_in(tmp_path) as log:
        kept = list(log.read(SHOP))
    assert [event.source_id for event in kept] == [event.source_id for event in events]


def test_what_the_house_does_not_take_is_told_and_the_rest_goes_in(tmp_path):
    refused: list[tuple[str, str]] = []

    def note(event: Event, sentence: str) -> None:
        refused.append((event.source_id, sentence))

    async def story(house: House) -> int:
        async with HandIn(f"http://{house.address}", "main", KEY, now, note) as door:
            await door.give(asked("good"))
            await door.give(asked("late", at=now() + timedelta(hours=1)))
            await door.give(asked("strange", kind="telepathy"))
            await door.give(asked("better"))
        return door.acknowledged

    with opened_house(tmp_path) as house:
        assert asyncio.run(story(house)) == 2
    assert [source_id for source_id, _ in refused] == ["late", "strange"]
    assert "telepathy" in refused[1][1]


@pytest.mark.parametrize(("channel", "key"), [("main", KEY[::-1]), ("nobody", KEY)])
def test_a_house_that_refuses_for_good_is_not_asked_for_ever(tmp_path, channel, key):
    async def story(house: House) -> None:
        async with HandIn(f"http://{house.address}", channel, key, now, pytest.fail) as door:
            await door.give(asked("m1"))

    with opened_house(tmp_path) as house, pytest.raises(ReaderError) as refused:
        asyncio.run(story(house))
    assert refused.value.problems[0].key == "webhook.refused"


def test_the_simulator_plays_a_shop_up_to_the_present(tmp_path):
    with opened_house(tmp_path) as house:
        settings = settings_in(tmp_path, house.port)
        command = f"simulate -c {settings} --until-now --hours-back 30 --speed 100000"
        played = subprocess.run(
            [sys.executable, "-m", "miaohui", *command.split(), "--visits=150", "--agents=3"],
            env={**os.environ, "MIAOHUI_LANGUAGE": "en"},
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert played.stderr == ""
        assert house.close() == (0, "")
    count = int(played.stdout.rsplit("Played: ", 1)[1].split(" taken")[0].replace(",", ""))
    with log_in(tmp_path) as log:
        kept = list(log.read(SHOP))
        assert list(log.check()) == []
    assert count == len(kept) > 200
    assert [event.at for event in kept] == sorted(event.at for event in kept)
    assert {Actor.BUYER, Actor.AGENT} <= {event.actor for event in kept}
    assert now() - kept[-1].at < timedelta(hours=12)
