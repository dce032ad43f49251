"""The screens of whoever works here, in a real browser."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from playwright.async_api import Browser, BrowserContext, Page
from tests.journeys.desks import Place
from tests.journeys.webchat_pages import AXE

from miaohui.api.callers import COOKIE

SIZES = {"desk": (1440, 900), "phone": (390, 844)}
BOXES = """[...document.querySelectorAll("body *")]
  .map((each) => JSON.stringify(each.getBoundingClientRect())).join()"""


class Screen:
    """An open page and everything that the browser complained about."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.on("console", lambda said: self._heard(said.type, said.text, said.location["url"]))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _heard(self, kind: str, text: str, about: str) -> None:
        if kind in ("error", "warning") and "WebSocket" not in text and "ERR_" not in text:
            self.complaints.append(f"{text} {about}")

    async def sees(self, text: str, within: str = "body") -> None:
        """Wait until a text is to be seen."""
        await self.page.locator(within).get_by_text(text, exact=False).first.wait_for()

    async def press(self, *keys: str) -> None:
        """Keys, one after the other."""
        for key in keys:
            await self.page.keyboard.press(key)

    async def serious(self) -> list[Any]:
        """What axe finds that keeps people out."""
        # By the debugger and not as a script of the page: its policy lets no other script in.
        session = await self.page.context.new_cdp_session(self.page)
        run = "JSON.stringify(await axe.run(document, {resultTypes: ['violations']}))"
        source = f"{AXE.read_text('utf-8')}\n;(async () => {run})()"
        told = await session.send(
            "Runtime.evaluate",
            {"expression": source, "awaitPromise": True, "returnByValue": True},
        )
        found = json.loads(told["result"]["value"])["violations"]
        return [
            (each["id"], [node["html"][:200] for node in each["nodes"]])
            for each in found
            if each["impact"] in ("serious", "critical")
        ]


async def sitting(
    browser: Browser,
    place: Place,
    who: str | None,
    size: str = "desk",
    scheme: str = "light",
    language: str = "zh-CN",
    motion: str = "no-preference",
    zone: str = "Asia/Shanghai",
) -> BrowserContext:
    """A browser of somebody who is logged in."""
    width, height = SIZES[size]
    context = await browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,  # type: ignore[arg-type]
        reduced_motion=motion,  # type: ignore[arg-type]
        locale=language,
        timezone_id=zone,
    )
    if who is not None:
        address = f"http://{place.house.address}"
        cookie = {"name": COOKIE, "value": place.tokens[who], "url": address}
        await context.add_cookies([cookie])  # type: ignore[list-item]
    return context


@asynccontextmanager
async def screen(context: BrowserContext, place: Place, path: str = "/") -> AsyncIterator[Screen]:
    """A page of theirs; it must have complained of nothing."""
    shown = Screen(await context.new_page())
    await shown.page.goto(f"http://{place.house.address}{path}")
    yield shown
    assert shown.complaints == [], shown.complaints
    await shown.page.close()


async def settled(page: Page) -> None:
    """Until nothing in a page moves any more."""
    before, found = None, await page.evaluate(BOXES)
    while found != before:
        await page.wait_for_timeout(200)
        before, found = found, await page.evaluate(BOXES)
