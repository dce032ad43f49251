"""From a buyer who waits to whoever can still help, over real ways out of a real house."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.adapters.notify.web_push.push_services import Browser
from tests.journeys.alarming import INSIDE, only, outside, set_up, trusted
from tests.journeys.clients import done
from tests.journeys.desks import Page, client, opened, page, run
from tests.journeys.serving import House, streamed, told

from miaohui.domain.desk.alarms.settings import Kind

__all__ = ["trusted"]
LADDER = only(
    Kind.WAITING,
    ("agent", -8, ["screen"]),
    ("lead", -6, ["screen", "sound", "web_push"]),
    ("owner", 0, ["screen", "email", "webhook"]),
    repeats={"agent": None, "lead": 2, "owner": None},
)


def waiting(source_id: str, seconds_left: float, conversation: str = "c1") -> dict[str, Any]:
    """A buyer's text under a clock of three minutes that runs out so soon."""
    at = datetime.now(UTC) - timedelta(seconds=180 - seconds_left)
    return told(source_id, conversation, at=at.isoformat())


async def here(house: House, tokens: dict[str, str], *names: str) -> None:
    for name in names:
        async with client(house, tokens[name]) as api:
            done(await api.put("/me/presence", json={"presence": "online"}))


def rung(each: Page) -> list[dict[str, Any]]:
    return [alarm for frame in each.told("alarms") for alarm in frame["alarms"].get("rung", ())]


def rings(each: Page) -> int:
    return len(rung(each))


async def heard(of: list[Any], count: int = 1, seconds: float = 15) -> None:
    async with asyncio.timeout(seconds):
        while len(of) < count:
            await asyncio.sleep(0.05)


def test_agent_lead_and_owner_hear_of_it_in_turn_until_somebody_answers(trusted):
    browser = Browser()

    async def before(place: Any, there: Any) -> tuple[str, str]:
        house, tokens, *_ = place
        async with (
            client(house, tokens["boss"]) as boss,
            client(house, tokens["lead"]) as lead,
            client(house, tokens["zhou"]) as zhou,
        ):
            await set_up(boss, there, LADDER)
            done(await boss.post("/me/addresses", json={"mailbox": "owner@example.com"}), 201)
            subscription = json.loads(browser.subscription(there.push_port))
            done(await lead.post("/me/addresses", json={"subscription": subscription}), 201)
            pages = {name: await page(house, tokens[name]) for name in ("lin", "lead", "boss")}
            await here(house, tokens, "lin")
            await streamed(house.port, [waiting("m1", 10)], 0)
            await pages["lin"].until(rings)
            assert [rings(pages[name]) for name in ("lin", "lead", "boss")] == [1, 0, 0]
            [to_lin] = rung(pages["lin"])
            chat = pages["lin"].has("lin")
            assert (to_lin["level"], to_lin["chats"]) == ("agent", [chat])
            assert "秒" in to_lin["said"]["zh"]
            await pages["lead"].until(rings)
            assert pages["lead"].told("alarms")[-1]["alarms"]["sound"]
            await heard(there.pushed)
            assert "lin" in browser.opened(there.pushed[0])["options"]["body"]
            await pages["lead"].until(lambda each: rings(each) == 2)  # nobody took it
            [alarm] = {each["id"] for each in rung(pages["lead"])}
            taken = done(await lead.put(f"/alarms/{alarm}/taker", json={}))
            assert taken["taken_by"] == "lead"
            again = done(await boss.put(f"/alarms/{alarm}/taker", json={}))
            assert again["taken_by"] == "lead"
            assert (await zhou.put(f"/alarms/{alarm}/taker", json={})).status_code == 404
            await pages["boss"].until(rings)
            assert rung(pages["boss"])[0]["key"].startswith("alarm.lost_one")
            await heard(there.said)
            await heard(there.office.letters)
            await asyncio.sleep(3)
            counts = [rings(pages[name]) for name in ("lin", "lead", "boss")]
            assert counts == [1, 2, 1], "what was taken is not told again"
        return alarm, chat or ""

    async def after(house: House, tokens: dict[str, str], there: Any) -> None:
        before = [len(each) for each in (there.said, there.office.letters, there.pushed)]
        lead = await page(house, tokens["lead"])
        standing = {each["level"]: each for each in lead.told("alarms")[0]["alarms"]["all"]}
        assert standing.keys() == {"agent", "lead", "owner"}, "who sees all chats sees all alarms"
        assert standing["lead"]["taken_by"] == "lead"
        await asyncio.sleep(3)
        assert rings(lead) == 0
        told_now = [len(each) for each in (there.said, there.office.letters, there.pushed)]
        assert told_now == before == [1, 1, len(there.pushed)]
        reply = told("r1", actor="agent", account="lin", payload={"text": "在的"})
        await streamed(house.port, [reply], 0)
        await lead.until(lambda each: each.told("alarms")[-1]["alarms"].get("cleared"))
        async with client(house, tokens["boss"]) as boss:
            assert done(await boss.get("/alarms")) == []

    async def story() -> None:
        async with outside() as there:
            with opened(trusted, more=INSIDE) as place:
                await before(place, there)
                place.house.kill()
                again = House(trusted, place.house.port, place.platform.address, more=INSIDE)
                try:
                    await after(again, place.tokens, there)
                finally:
                    again.close()

    run(story())
