"""The live wall, the second queue and the history in a real browser."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from playwright.async_api import Browser, Page, expect
from tests.journeys.desks import Place, client, opened, run
from tests.journeys.screens import Screen, screen, sitting
from tests.journeys.serving import SHOP, streamed, told
from tests.journeys.test_shop_hours import LINE_SECONDS, packs_in
from tests.journeys.webchat_pages import browsing


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MIAOHUI_PACKS", str(packs_in(tmp_path)))
    with opened(tmp_path) as place:
        boss = {"authorization": f"Bearer {place.tokens['boss']}"}
        address = f"http://{place.house.address}/v1/shops/{SHOP}"
        httpx.put(address, json={"name": "云上衣橱", "pack": "day"}, headers=boss)
        lines = {"value": {"values": {"star_reply_3min": 0.6}}, "expected_version": None}
        assert httpx.put(f"{address}/settings/lines", json=lines, headers=boss).status_code == 200
        yield place


@asynccontextmanager
async def at(
    browser: Browser, place: Place, who: str, path: str, size: str = "desk", scheme: str = "light"
) -> AsyncIterator[Screen]:
    """A page of somebody's own browser."""
    async with screen(await sitting(browser, place, who, size, scheme), place, path) as shown:
        shown.page.set_default_timeout(15_000)
        yield shown


async def past_chats(place: Place) -> None:
    """One answered in time, one missed, and one that waits."""
    ago = datetime.now(UTC) - timedelta(seconds=LINE_SECONDS + 120)
    reply = {"actor": "agent", "account": "lin", "payload": {"text": "今天就发"}}
    await streamed(
        place.house.port,
        [
            told("m1", "阿强", at=ago.isoformat(), payload={"text": "今天能发吗 13812345678"}),
            told("r1", "阿强", at=(ago + timedelta(seconds=20)).isoformat(), **reply),
            told("m2", "小美", at=ago.isoformat(), payload={"text": "运费险怎么赔"}),
            told("m3", "老王", payload={"text": "尺码表发一下"}),
        ],
        0,
    )


async def indexed(place: Place, words: str) -> None:
    async with client(place.house, place.tokens["lead"]) as api, asyncio.timeout(20):
        while not (await api.get("/search", params={"words": words})).json()["items"]:
            await asyncio.sleep(0.1)


def test_a_rate_on_the_wall_leads_to_the_chats_that_it_missed(place):
    async def story() -> None:
        await past_chats(place)
        async with browsing() as browser, at(browser, place, "lead", "/wall") as wall:
            await wall.sees("1 / 2 人", ".hero")
            await wall.sees("才回到线上", ".hero")
            await wall.sees("云上衣橱", ".wall-head")
            await expect(wall.page.locator(".queue .counts dd").first).to_have_text("2")
            assert await wall.page.locator(".queue .ring.safe").count() == 1
            await wall.page.get_by_role("button", name="用表格看").click()
            assert await wall.page.locator(".hours-table tbody tr").count() >= 1
            assert await wall.serious() == []
            await wall.page.locator(".hero").click()
            await wall.sees("小美", ".found")
            assert await wall.page.locator(".found-row").count() == 1
            await wall.page.locator(".found-row").click()
            await wall.sees("运费险怎么赔", ".reading-messages")
            assert await wall.serious() == []

    run(story())


def test_on_a_phone_in_the_dark_everything_is_one_column_and_nothing_keeps_anybody_out(place):
    async def story() -> None:
        await past_chats(place)
        async with browsing() as browser:
            for path, seen in (("/wall", ".agent"), ("/tasks", "h1"), ("/history", ".found-row")):
                async with at(browser, place, "lead", path, "phone", "dark") as page:
                    await page.page.locator(seen).first.wait_for()
                    assert await page.serious() == []
                    wide = "document.documentElement.scrollWidth > innerWidth"
                    assert not await page.page.evaluate(wide)

    run(story())


def test_a_complaint_comes_is_taken_and_is_done_with(place):
    async def story() -> None:
        async with browsing() as browser, at(browser, place, "lead", "/tasks") as tasks:
            await tasks.sees("都办完了")
            opened = told("c1", "阿强", kind="complaint.opened", payload={"order": "261111"})
            await streamed(place.house.port, [opened], 0)
            await tasks.sees("剩 47 小时 59 分", "tbody")
            await tasks.sees("平台时限", "tbody")
            assert await tasks.serious() == []
            page: Page = tasks.page
            await page.locator(".owner").click()
            await page.locator(".ant-select-item-option", has_text="lin").click()
            await expect(page.locator(".owner")).to_contain_text("lin")
            await page.get_by_role("tab", name="没人管").click()
            await tasks.sees("都办完了")
            await page.get_by_role("tab", name="投诉").click()
            await page.get_by_role("button", name="推迟").click()
            await page.get_by_text("4 小时后", exact=True).click()
            await tasks.sees("剩 3 小时 59 分", "tbody")
            await page.get_by_role("button", name="办完了").click()
            await tasks.sees("都办完了")

    run(story())


def test_words_are_found_read_at_their_place_kept_under_a_name_and_seen_in_full(place):
    async def story() -> None:
        await past_chats(place)
        await indexed(place, "今天能发")
        async with browsing() as browser, at(browser, place, "boss", "/history") as history:
            page: Page = history.page
            await page.get_by_role("searchbox").fill("今天能发")
            await expect(page.locator(".found-row")).to_have_count(1)
            await page.locator(".found-row").click()
            hit = page.locator(".message.hit .bubble")
            await expect(hit).to_have_text("今天能发吗 138****5678")
            await page.get_by_role("button", name="看完整的").click()
            await page.locator(".ant-popconfirm-buttons .ant-btn-primary").click()
            await expect(hit).to_have_text("今天能发吗 13812345678")
            await history.sees("1 次被看过完整内容")
            await page.get_by_role("button", name="存下这个筛选").click()
            await page.get_by_placeholder("起个名字").fill("催发货")
            await page.keyboard.press("Enter")
            await page.goto(f"http://{place.house.address}/history")
            await page.get_by_role("button", name="存好的").click()
            await page.get_by_role("menuitem", name="催发货").click()
            await expect(page.locator(".found-row")).to_have_count(1)
            assert "words=" in page.url
        async with client(place.house, place.tokens["boss"]) as api:
            deeds = (await api.get("/audit")).json()["items"]
            assert [each["what"] for each in deeds].count("buyer.disclosed") == 1

    run(story())


def test_who_may_export_gets_a_table_and_others_see_no_button(place):
    async def story() -> None:
        await past_chats(place)
        async with browsing() as browser:
            async with at(browser, place, "lead", "/history") as lead:
                await lead.page.locator(".found-row").first.wait_for()
                async with lead.page.expect_download() as taken:
                    await lead.page.get_by_role("link", name="导出").click()
                path = await (await taken.value).path()
                assert "小美" in path.read_text("utf-8-sig")
            async with at(browser, place, "lin", "/history") as agent:
                await agent.page.get_by_role("searchbox").wait_for()
                assert await agent.page.get_by_text("导出").count() == 0
                assert await agent.page.get_by_role("link", name="看板").count() == 0

    run(story())
