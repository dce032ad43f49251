"""The desk in a real browser: ten buyers answered by keyboard, a quick reply by two letters, a
house killed under the page, and nobody kept out."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import expect
from tests.journeys.clients import OTHER_WORD, added, as_, done
from tests.journeys.desks import Place, opened, run
from tests.journeys.screens import Screen, screen, sitting
from tests.journeys.serving import House, delivered, log_in, told
from tests.journeys.test_webchat import picture
from tests.journeys.webchat_pages import browsing

BUYERS = [f"买家{number}" for number in range(10)]
SHIPPING = "今天 16:00 前付款当天发"
FILLED = re.compile(f"^买家\\d，{SHIPPING}$")
SOON = 30_000


@pytest.fixture
def place(tmp_path: Path):
    with opened(tmp_path) as place:
        yield place


def ask(place: Place, *buyers: str) -> None:
    """Buyers ask, and nobody has them yet."""
    for buyer in buyers:
        assert delivered(place.house, told(f"q-{buyer}", buyer)).status_code == 200


def on_duty(place: Place, who: str = "lin") -> None:
    """Somebody is there, with room for everybody."""
    with as_(place, "boss") as boss:
        known = done(boss.get(f"/accounts/{who}"))
        wanted = {name: known[name] for name in ("name", "shops", "visibility", "groups")}
        more = {"capacity": 50, "role": known["role"]["id"]}
        done(boss.put(f"/accounts/{who}", json=wanted | more))
    with as_(place, who) as agent:
        done(agent.put("/me/presence", json={"presence": "online"}))


def said_by_us(place: Place) -> list[tuple[str, str]]:
    """Who was told what, in the order of the log."""
    with log_in(place.folder) as log:
        events = list(log.read("茶叶铺"))
    return [
        (event.conversation, event.payload.text or "")
        for event in events
        if event.actor == "agent" and event.kind == "text"
    ]


@asynccontextmanager
async def at_the_desk(place: Place) -> AsyncIterator[Screen]:
    """The desk of Lin."""
    async with (
        browsing() as browser,
        screen(await sitting(browser, place, "lin"), place) as shown,
    ):
        yield shown


@asynccontextmanager
async def in_a_chat(place: Place) -> AsyncIterator[Screen]:
    """The desk of Lin, where the only buyer's chat is open."""
    async with at_the_desk(place) as shown:
        await taken(shown, 1)
        await shown.press("Alt+KeyJ")
        yield shown


async def taken(shown: Screen, count: int) -> None:
    """Until the list shows so many."""
    await expect(shown.page.locator(".row")).to_have_count(count)


def test_ten_waiting_buyers_are_answered_with_the_keyboard_only(place):
    with as_(place, "lin") as lin:
        reply = {"title": "发货时间", "text": "{buyer}，" + SHIPPING}
        done(lin.put("/quick-replies/ship", json=reply))
    ask(place, *BUYERS)
    on_duty(place)

    async def story() -> None:
        async with at_the_desk(place) as shown:
            waiting = shown.page.locator(".row.waiting")
            for number in range(10):
                await waiting.first.wait_for()
                await shown.press("Alt+KeyJ")
                await shown.page.locator(".composer textarea:focus").wait_for()
                await shown.page.keyboard.type(f"在的，第 {number} 位" if number else "/fh")
                if number == 0:
                    await shown.sees(SHIPPING, ".tray")
                    await shown.press("Enter")
                    await expect(shown.page.locator(".composer textarea")).to_have_value(FILLED)
                await shown.press("Enter")
                mine = shown.page.locator(".message.mine:not(.waiting-to-go)")
                await mine.wait_for(timeout=SOON)
            await expect(waiting).to_have_count(0)

    run(story())
    told = said_by_us(place)
    assert sorted(buyer for buyer, _ in told) == BUYERS
    assert sum(SHIPPING in text for _, text in told) == 1


def test_what_is_taken_back_within_two_seconds_is_never_said(place):
    ask(place, "买家1")
    on_duty(place)

    async def story() -> None:
        async with in_a_chat(place) as shown:
            await shown.page.keyboard.type("说错了")
            await shown.press("Enter", "Control+KeyZ")
            box = shown.page.locator(".composer textarea")
            await expect(box).to_have_value("说错了")
            await asyncio.sleep(2.5)
            await box.fill("说对了")
            await shown.press("Enter")
            await shown.sees("说对了", ".messages")
            await expect(shown.page.locator(".waiting-to-go")).to_have_count(0)

    run(story())
    assert said_by_us(place) == [("买家1", "说对了")]


def test_a_picture_is_sent_and_what_is_none_is_refused_in_a_sentence(place):
    ask(place, "买家1")
    on_duty(place)

    async def story() -> None:
        async with in_a_chat(place) as shown:
            pick = shown.page.locator(".composer input[type=file]")
            await pick.set_input_files([_file(picture())])
            await shown.page.locator(".message.mine img").wait_for()
            await expect(shown.page.locator(".waiting-to-go")).to_have_count(0)
            await pick.set_input_files([_file(b"<svg/>")])
            await shown.sees("这个文件不是图片", ".trouble")
            [refused] = shown.complaints
            assert "status of 4" in refused
            shown.complaints.clear()

    run(story())


def _file(content: bytes) -> Any:
    return {"name": "a.png", "mimeType": "image/png", "buffer": content}


def test_a_house_killed_under_the_page_loses_nothing_doubles_nothing_and_is_told_of(place):
    ask(place, "买家1")
    on_duty(place)

    async def story() -> None:
        async with browsing() as browser:
            context = await sitting(browser, place, "lin")
            async with screen(context, place) as shown:
                await taken(shown, 1)
                await shown.press("Alt+KeyJ")
                await write(shown, "一")
                await expect(shown.page.locator(".waiting-to-go")).to_have_count(0)
                place.house.kill()
                await shown.sees("断网了")
                await write(shown, "二")
                await write(shown, "三")
                await shown.sees("2 条等着发")
                again = House(place.folder, place.house.port, to=place.platform.address)
                try:
                    await expect(shown.page.locator(".waiting-to-go")).to_have_count(
                        0, timeout=30_000
                    )
                    bubbles = shown.page.locator(".message.mine .bubble")
                    await expect(bubbles).to_have_text(["一", "二", "三"])
                    assert delivered(again, told("later", "买家1")).status_code == 200
                    await shown.sees("在吗 later", ".messages")
                finally:
                    again.close()

    run(story())
    assert said_by_us(place) == [("买家1", "一"), ("买家1", "二"), ("买家1", "三")]


async def write(shown: Screen, text: str) -> None:
    await shown.page.locator(".composer textarea").fill(text)
    await shown.press("Enter")


def test_logging_in_with_a_first_password_that_must_be_changed(place):
    with as_(place, "boss") as boss:
        added(boss, "小饼干")

    async def story() -> None:
        async with browsing() as browser:
            context = await sitting(browser, place, None)
            page = await context.new_page()
            await page.goto(f"http://{place.house.address}/?chat=none")
            await page.get_by_label("账号").fill("小饼干")
            await page.get_by_label("密码").fill("不是这个")
            await page.keyboard.press("Enter")
            await page.get_by_text("不对").wait_for()
            await page.get_by_label("密码").fill(OTHER_WORD)
            await page.keyboard.press("Enter")
            await page.get_by_role("navigation").wait_for()

    run(story())


LOOKS = [
    ("desk", "light", "zh-CN"),
    ("desk", "dark", "en-GB"),
    ("phone", "dark", "zh-CN"),
    ("phone", "light", "en-GB"),
]


@pytest.mark.parametrize(("size", "scheme", "language"), LOOKS)
def test_nobody_is_kept_out_of_the_desk(place, size, scheme, language):
    ask(place, *BUYERS[:3])
    on_duty(place)

    async def story() -> Any:
        async with browsing() as browser:
            context = await sitting(browser, place, "lin", size, scheme, language)
            async with screen(context, place) as shown:
                await taken(shown, 3)
                found = await shown.serious()
                await shown.page.locator(".row").first.click()
                await shown.page.locator(".composer textarea").wait_for()
                width = await shown.page.evaluate("document.documentElement.scrollWidth")
                assert width <= shown.page.viewport_size["width"]  # type: ignore[index]
                return found + await shown.serious()

    assert run(story()) == []


def test_the_menus_of_a_chat_close_by_their_own_key_and_by_escape(place):
    ask(place, "买家1")
    on_duty(place)

    async def story() -> None:
        async with in_a_chat(place) as shown:
            form = shown.page.locator(".menu-form")
            for keys in (("Alt+KeyT", "Alt+KeyT"), ("Alt+KeyN", "Escape")):
                opens, closes = keys
                await shown.press(opens)
                await form.wait_for()
                await shown.press(closes)
                await form.wait_for(state="hidden")
            await shown.page.locator(".composer textarea:focus").wait_for()

    run(story())
