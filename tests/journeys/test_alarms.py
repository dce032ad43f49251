"""From a buyer who waits to whoever can still help, over real ways out of a real house."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from tests.adapters.notify.web_push.push_services import Browser
from tests.journeys.alarming import BUSY, INSIDE, only, outside, set_up, trusted
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
        assert told_now == before, house.complaints()
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


def test_a_robot_that_was_too_busy_is_told_after_a_power_cut_and_only_once(trusted):
    async def story() -> None:
        async with outside() as there:
            there.moods["robot"] = BUSY
            with opened(trusted, more=INSIDE) as place:
                async with client(place.house, place.tokens["boss"]) as boss:
                    await set_up(boss, there, only(Kind.WAITING, ("owner", 0, ["webhook"])))
                await streamed(place.house.port, [waiting("m1", 1)], 0)
                await heard(there.said)
                place.house.kill()
                before = len(there.said)
                there.moods.clear()
                again = House(trusted, place.house.port, place.platform.address, more=INSIDE)
                try:
                    await heard(there.said, before + 1)
                    await asyncio.sleep(3)
                    assert len(there.said) == before + 1
                    page = httpx.get(f"http://{again.address}/metrics").text
                    assert 'miaohui_notices_total{outcome="taken",way="webhook"} 1.0' in page
                finally:
                    again.close()

    run(story())


def test_a_muted_page_is_told_to_its_agent_and_the_lead_until_it_can_ring(trusted):
    muted = only(
        Kind.MUTED, ("agent", 0, ["screen"]), ("lead", 1, ["screen"]), patience={"muted": 1}
    )

    async def story() -> None:
        async with outside() as there:
            with opened(trusted, more=INSIDE) as place:
                house, tokens, *_ = place
                async with client(house, tokens["boss"]) as boss:
                    await set_up(boss, there, muted)
                lin, lead = await page(house, tokens["lin"]), await page(house, tokens["lead"])
                await here(house, tokens, "lin")
                await lin.say(beat={"may_notify": True, "muted": True})
                await lin.until(rings)
                await lead.until(rings)
                assert [each["key"] for each in rung(lin) + rung(lead)] == [
                    "alarm.muted",
                    "alarm.muted_of",
                ]
                await lin.say(beat={"may_notify": True, "muted": False})
                await lead.until(lambda each: each.told("alarms")[-1]["alarms"].get("cleared"))

    run(story())


def test_nobody_is_there_while_a_buyer_waits(trusted):
    offline = only(Kind.ALL_OFFLINE, ("owner", 0, ["screen"]), patience={"all_offline": 1})

    async def story() -> None:
        async with outside() as there:
            with opened(trusted, more=INSIDE) as place:
                house, tokens, *_ = place
                async with client(house, tokens["boss"]) as boss:
                    await set_up(boss, there, offline)
                owner, zhou = await page(house, tokens["boss"]), await page(house, tokens["zhou"])
                await streamed(house.port, [told("m1")], 0)
                await owner.until(rings)
                assert rung(owner)[0]["said"]["en"] == "Nobody is online; buyers waiting: 1"
                await here(house, tokens, "lin")
                await owner.until(lambda each: each.told("alarms")[-1]["alarms"].get("cleared"))
                assert [each["alarms"] for each in zhou.told("alarms")] == [{"all": []}]

    run(story())
