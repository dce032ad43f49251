"""A whole day in fast motion: made-up buyers ask, two people answer them in real browsers by
keyboard, and in the end screens, API and report say the same."""

import asyncio
import json
import os
import subprocess
import sys
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import msgspec
import pytest
from playwright.async_api import Error, Page
from tests.journeys.clients import as_, done
from tests.journeys.desks import Place, opened, run
from tests.journeys.screens import screen, sitting
from tests.journeys.serving import KEY, SHOP
from tests.journeys.test_desk_page import on_duty
from tests.journeys.test_shop_hours import packs_in
from tests.journeys.webchat_pages import browsing

from miaohui.adapters.channels.webhook.handing_in import HandIn
from miaohui.adapters.channels.webhook.sender import Said
from miaohui.app.demo.buyers import Buyers
from miaohui.app.wiring import now
from miaohui.domain.vocabulary.events import Event

DAY_SECONDS = 45
PACE, VISITS_AN_HOUR = 15 * 3_600 / DAY_SECONDS, 2.0
SEED = 11
RATE = "reply_3min"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MIAOHUI_PACKS", str(packs_in(tmp_path)))
    with opened(tmp_path) as place:
        with as_(place, "boss") as boss:
            done(boss.put(f"/shops/{SHOP}", json={"name": SHOP, "pack": "day"}))
        yield place


async def buyers_day(place: Place, rejected: list[str]) -> None:
    """Buyers come in by the channel's door, hear what the house sends there, and go on."""
    buyers = Buyers(SEED, VISITS_AN_HOUR, PACE)
    ends, heard = asyncio.get_running_loop().time() + DAY_SECONDS, 0
    address = f"http://{place.house.address}"

    def refuse(_: Event, sentence: str) -> None:
        rejected.append(sentence)

    async with HandIn(address, "main", KEY, now, refuse) as door:
        while asyncio.get_running_loop().time() < ends:
            said, heard = place.platform.came[heard:], len(place.platform.came)
            for each in said:
                buyers.hear(msgspec.convert(each, Said, strict=False))
            for event in buyers.next_events():
                await door.give(event)
            await asyncio.sleep(0.1)


async def answering(page: Page, is_over: asyncio.Event) -> int:
    """Whoever is most urgent, one after the other, until the day is over."""
    answered = 0
    while not is_over.is_set():
        await asyncio.sleep(0.2)
        if not await page.locator(".row.waiting").count():
            continue
        await page.keyboard.press("Alt+KeyJ")
        try:
            await page.locator(".composer textarea:focus").wait_for(timeout=2_000)
        except Error:
            continue
        await page.keyboard.type(f"亲，在的，第 {answered} 句")
        await page.keyboard.press("Enter")
        answered += 1
    return answered


async def until_over(place: Place, day: asyncio.Task[None], is_over: asyncio.Event) -> Any:
    """Until nobody comes and nobody waits any more; the shop as it is then."""
    await day
    with as_(place, "lead") as lead:
        while True:
            told = done(await asyncio.to_thread(lead.get, f"/shops/{SHOP}/now"))
            if told.get("waiting", 0) == 0:
                is_over.set()
                return told
            await asyncio.sleep(0.2)


def reported(place: Place, at: str) -> dict[str, Any]:
    """The last day's figures as the report on the same log has them."""
    words = [str(place.folder / "shop.db"), "--pack", "day", "--format", "json", "--brief"]
    command = [sys.executable, "-m", "miaohui", "report", *words, "--as-of", at]
    key = {"MIAOHUI_MASTER_KEY_FILE": str(place.folder / "key")}
    told = subprocess.run(
        command, capture_output=True, text=True, check=True, env={**os.environ, **key}
    )
    (shop,) = json.loads(told.stdout)["shops"]
    return dict(shop["days"][-1]["metrics"])


def test_two_people_answer_a_day_and_screens_and_report_say_the_same(place):
    on_duty(place, "lin")
    on_duty(place, "zhou")
    rejected: list[str] = []

    async def story() -> None:
        async with browsing() as browser, AsyncExitStack() as open_screens:
            desks = [
                await open_screens.enter_async_context(
                    screen(await sitting(browser, place, who, scheme=look), place)
                )
                for who, look in (("lin", "light"), ("zhou", "dark"))
            ]
            for each in desks:
                await each.page.locator(".list").wait_for()
            day = asyncio.create_task(buyers_day(place, rejected))
            is_over = asyncio.Event()
            answering_all = [answering(each.page, is_over) for each in desks]
            shop, *answers = await asyncio.gather(until_over(place, day, is_over), *answering_all)
            for each in desks:  # pictures of made-up buyers have no file
                each.complaints[:] = [said for said in each.complaints if "/media/" not in said]
            assert min(answers) >= 5
            figures = shop["figures"]["day"]
            assert figures == await asyncio.to_thread(reported, place, shop["at"])
            rate = figures[RATE]
            assert rate["numerator"] >= 20
            async with screen(await sitting(browser, place, "lead"), place, "/wall") as wall:
                await wall.sees(f"{rate['numerator']} / {rate['denominator']} 人", ".hero")

    run(story(), 240)
    assert rejected == []
