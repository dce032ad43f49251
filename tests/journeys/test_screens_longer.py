"""Every screen in a language whose texts are 40 % longer than the English ones: nothing breaks."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page
from tests.journeys.clients import as_, done
from tests.journeys.desks import Place, run
from tests.journeys.longer import breaks, lengthen
from tests.journeys.screens import SIZES, screen, sitting
from tests.journeys.serving import SHOP, delivered, told
from tests.journeys.test_screens_settings import PAGES
from tests.journeys.test_screens_wall import past_chats, place
from tests.journeys.webchat_pages import browsing

__all__ = ["place"]  # the fixture
# What is there on each screen as soon as there is something to be seen.
SCREENS = {
    "/wall": ".agent",
    "/tasks": "tbody tr",
    "/history": ".found-row",
    "/start": ".start-question",
    **{f"/settings/{name}": ".settings-body .panel" for name in PAGES},
}
# The menus of an open chat, by their keys.
MENUS = {
    "Alt+KeyT": ".menu-form",
    "Alt+KeyS": ".ant-popover",
    "Alt+KeyN": ".menu-form",
}
ORDER = {"order": "261111"}
EVENTS = {"complaint.opened": ORDER, "human_requested": {}, "order.paid": ORDER}

pytestmark = pytest.mark.skipif(
    not (Path(__file__).parents[2] / "src/miaohui/api/built/desk/index.html").exists(),
    reason="the screens have not been built: make setup",
)


@asynccontextmanager
async def longer(
    browser: Browser, place: Place, who: str | None, path: str, size: str
) -> AsyncIterator[Page]:
    """A page of somebody who reads the longer language."""
    context = await sitting(browser, place, who, size, language="en-GB", motion="reduce")
    await lengthen(context, "desk")
    async with screen(context, place, path) as shown:
        yield shown.page
        if who is None:
            shown.complaints.clear()  # that nobody is logged in
    await context.close()


def furnish(place: Place) -> None:
    """A complaint, an order, somebody who wants a person, and somebody at work."""
    for kind, payload in EVENTS.items():
        event = told(f"e-{kind}", "阿强", kind=kind, payload=payload)
        assert delivered(place.house, event).status_code == 200
    with as_(place, "lin") as lin:
        done(lin.put("/me/presence", json={"presence": "online"}))
        done(lin.put("/quick-replies/ship", json={"title": "发货时间", "text": "今天发"}))


@pytest.mark.parametrize("size", SIZES)
def test_no_screen_breaks(place, size):
    async def story() -> list[str]:
        await past_chats(place)
        furnish(place)
        async with browsing() as browser:
            found = []
            async with longer(browser, place, None, "/login", size) as page:
                found += await broken(page, "/login", ".login-box button")
            async with longer(browser, place, "boss", "/wall", size) as page:
                for path, seen in SCREENS.items():
                    await page.goto(f"http://{place.house.address}{path}")
                    found += await broken(page, path, seen)
            return found

    nothing(run(story(), 180))


@pytest.mark.parametrize("size", SIZES)
def test_the_desk_does_not_break_with_a_chat_open_and_what_opens_from_it(place, size):
    async def story() -> list[str]:
        await past_chats(place)
        furnish(place)
        async with browsing() as browser, longer(browser, place, "boss", "/", size) as page:
            found = await broken(page, "desk", ".list")
            await page.locator(".list .ant-tabs-tab").nth(1).click()
            found += await broken(page, "team", ".row")
            await page.locator(".row").first.click()
            found += await broken(page, "chat", ".message")
            for keys, opened in MENUS.items():
                await page.keyboard.press(keys)
                found += await broken(page, keys, opened)
                await page.locator(".messages").click()
                await page.locator(opened).wait_for(state="hidden")
            return found

    nothing(run(story()))


@pytest.mark.parametrize("size", SIZES)
def test_the_buyers_page_does_not_break(place, size):
    with as_(place, "boss") as boss:
        wanted = {"id": "官网", "kind": "webchat", "name": "官网"}
        done(boss.post(f"/shops/{SHOP}/channels", json=wanted), 201)
        chat = done(boss.get(f"/shops/{SHOP}/channels/官网/webchat"))["path"]

    async def story() -> list[str]:
        async with browsing() as browser:
            context = await sitting(browser, place, None, size, language="en-GB", motion="reduce")
            await lengthen(context, "webchat")
            page = await context.new_page()
            await page.goto(f"http://{place.house.address}{chat}?lang=en")
            found = await broken(page, "chat", ".composer textarea")
            await page.locator(".composer textarea").fill("Does it come in red?")
            await page.keyboard.press("Enter")
            found += await broken(page, "asked", ".line.buyer")
            await page.locator(".header .menu > button").click()
            found += await broken(page, "menu", "#more button")
            await page.locator("#more button").first.click()
            found += await broken(page, "other device", ".sheet")
            return found

    nothing(run(story()))


async def broken(page: Page, screen: str, seen: str) -> list[str]:
    """What is broken on a screen, as soon as something is to be seen there."""
    await page.locator(seen).first.wait_for()
    return [f"{screen}: {each}" for each in await breaks(page)]


def nothing(found: list[str]) -> None:
    """All that is broken is told, and not only the first."""
    if found:
        pytest.fail("\n".join(found))
