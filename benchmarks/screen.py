"""The desk in a real browser: when a message is painted, what typing and changing chats cost, and
whether a long day leaves the page as it was.

The day is one agent's: HOUR_CHATS chats in each of its HOURS, asked, answered in the
platform's own client and closed, in fast motion beside OPEN chats that stay.
"""

import asyncio
import json
import shutil
import tempfile
import time
from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import websockets
from playwright.async_api import Page, async_playwright

from benchmarks.houses import Staff, furnished, served, stream_to
from benchmarks.lines import Line
from miaohui.api.callers import COOKIE
from miaohui.domain.directory.accounts import Visibility

OPEN, RATE, SECONDS = 300, 20, 20
HOURS, HOUR_CHATS, MESSAGES, DAY_RATE = 8, 60, 8, 60
WATCH = Path(__file__).with_name("screen_watch.js")
NUMBERS = count()
Stream = websockets.ClientConnection


class Seen(NamedTuple):
    """What the page measured over a while, in milliseconds."""

    painted: Sequence[float]
    long: Sequence[float]
    keys: Sequence[float]
    switched: Sequence[float]


def lines() -> list[Line]:
    """Every bar of the desk's page."""
    with tempfile.TemporaryDirectory() as folder:
        (token,) = furnished(Path(folder), Staff(1, 1, capacity=1_000, visibility=Visibility.ALL))
        with served(["miaohui", "serve", "-c", f"{folder}/miaohui.toml"], folder) as (port, _):
            return asyncio.run(_story(port, token))


async def _story(port: int, token: str) -> list[Line]:
    house = f"http://127.0.0.1:{port}"
    async with async_playwright() as playwright, await stream_to(port, "shop0") as stream:
        draining = asyncio.create_task(_drain(stream))
        browser = await playwright.chromium.launch(executable_path=shutil.which("chromium"))
        context = await browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
        await context.add_cookies([{"name": COOKIE, "value": token, "url": house}])
        await context.add_init_script(path=WATCH)
        page = await context.new_page()
        await page.goto(house)
        await page.locator(".list").wait_for()
        headers = {"authorization": f"Bearer {token}"}
        async with httpx.AsyncClient(base_url=f"{house}/v1", headers=headers) as api:
            await _begin(api, stream, [f"c{chat}" for chat in range(OPEN)])
            fresh = await _while_busy(page, stream)
            before = await _memory(page)
            for hour in range(HOURS):
                await _serve(api, stream, [f"{hour}-{chat}" for chat in range(HOUR_CHATS)])
            after = await _memory(page)
            tired = await _while_busy(page, stream)
        draining.cancel()
        await browser.close()
    return _lines(fresh, tired, before, after)


async def _while_busy(page: Page, stream: Stream) -> Seen:
    """Messages come in at RATE while somebody writes, and then while they change chats."""
    row = page.locator(".row").nth(1)
    await row.click()
    await page.locator(".chat [role=log] .message").first.wait_for()
    buyer = await page.locator(".chat.first").get_attribute("aria-label") or ""
    await page.evaluate("watch.painted.clear(), watch.long.length = watch.keys.length = 0")
    asking = asyncio.create_task(_ask(stream, buyer))
    await page.locator(".composer textarea").click()
    while not asking.done():
        await page.keyboard.type("zaidemashang", delay=60)
    await asyncio.sleep(1)
    told = await page.evaluate("({...watch, painted: [...watch.painted.values()]})")
    await page.locator(".composer textarea").fill("")
    asking = asyncio.create_task(_ask(stream, buyer))
    switched: list[float] = []
    for number in (2, 4, 6, 1) * 10:
        switched.append(await page.locator(".row").nth(number).evaluate("switchTo"))
        await asyncio.sleep(0.3)
    await asking
    painted = [each for each in told["painted"] if each is not None]
    return Seen(painted, told["long"], told["keys"], switched)


async def _ask(stream: Stream, buyer: str) -> None:
    """So many messages at RATE: every fourth of the buyer whose chat is open, the others of all
    who stay, one after the other."""
    began = time.perf_counter()
    for number in range(RATE * SECONDS):
        wait = began + number / RATE - time.perf_counter()
        await asyncio.sleep(max(wait, 0))
        text = f"这款还有货吗 ⏱{time.time() * 1_000:.0f}"
        await stream.send(_frame(f"c{number * 7 % OPEN}" if number % 4 else buyer, text))


async def _begin(api: httpx.AsyncClient, stream: Stream, buyers: Sequence[str]) -> list[str]:
    """Buyers ask, and the agent has their chats."""
    for buyer in buyers:
        await stream.send(_frame(buyer, "在吗"))
    chats: list[str] = []
    while len(chats) < len(buyers):
        await asyncio.sleep(0.5)
        chats = await _chats_of(api, set(buyers))
    for chat in chats:
        taken = await api.put(f"/chats/{chat}/assignment", json={"account": "a0"})
        taken.raise_for_status()
    return chats


async def _chats_of(api: httpx.AsyncClient, buyers: Collection[str]) -> list[str]:
    found: list[str] = []
    page: dict[str, Any] = {"next": ""}
    while page["next"] is not None and len(found) < len(buyers):
        asked = {"limit": 100} | ({"cursor": page["next"]} if page["next"] else {})
        page = (await api.get("/chats", params=asked)).raise_for_status().json()
        found += [each["chat"]["chat_id"] for each in page["items"] if each["buyer"] in buyers]
    return found


async def _serve(api: httpx.AsyncClient, stream: Stream, buyers: Sequence[str]) -> None:
    """The chats of an hour come, are answered and closed."""
    chats = await _begin(api, stream, buyers)
    for number in range(MESSAGES):
        for buyer in buyers:
            await stream.send(_frame(buyer, f"第 {number} 句，什么时候发货？"))
            await asyncio.sleep(1 / DAY_RATE)
    for buyer in buyers:
        await stream.send(_frame(buyer, "今天发", actor="agent", account="a0"))
    await asyncio.sleep(0.5)
    for chat in chats:
        (await api.put(f"/chats/{chat}/closure")).raise_for_status()


async def _memory(page: Page) -> dict[str, float]:
    """The page by the browser's own counters, its garbage gone."""
    session = await page.context.new_cdp_session(page)
    await session.send("HeapProfiler.collectGarbage")
    await session.send("Performance.enable")
    told = await session.send("Performance.getMetrics")
    return {each["name"]: each["value"] for each in told["metrics"]}


async def _drain(stream: Stream) -> None:
    with suppress(websockets.ConnectionClosed):
        async for _ in stream:
            pass


def _frame(chat: str, text: str, actor: str = "buyer", account: str | None = None) -> str:
    number = next(NUMBERS)
    event: dict[str, Any] = {
        "conversation": chat,
        "buyer": chat,
        "at": datetime.now(UTC).isoformat(),
        "actor": actor,
        "account": account,
        "origin": "human",
        "kind": "text",
        "source_id": f"{time.time_ns()}-{number}",
        "payload": {"text": text},
    }
    return json.dumps({"ref": number, "event": event})


def _lines(
    fresh: Seen, tired: Seen, before: dict[str, float], after: dict[str, float]
) -> list[Line]:
    heap, nodes = "JSHeapUsedSize", "Nodes"
    growth = f"{before[heap] / 1e6:.0f} MB before, nodes {before[nodes]:.0f} → {after[nodes]:.0f}"
    found = list[Line]()
    for name, seen in (("fresh", fresh), ("after_a_day", tired)):
        found += [
            _line(f"screen.painted_{name}", seen.painted, 95, "at most 200"),
            _line(f"screen.typing_{name}", seen.keys, 100, "never over 50"),
            _line(f"screen.switched_{name}", seen.switched, 95, "at most 100"),
            _line(f"screen.long_tasks_{name}", seen.long, 100, "what held the page up over 50"),
        ]
    day = f"{HOURS * HOUR_CHATS} chats of {MESSAGES + 4} events"
    heap_line = Line(
        "screen.heap_after_a_day", after[heap] / 1e6, "MB", None, "under 300", f"{growth}; {day}"
    )
    return [*found, heap_line]


def _line(name: str, values: Sequence[float], percent: int, bar: str) -> Line:
    kept = sorted(values) or [0.0]
    p50, worst = kept[len(kept) // 2], kept[-1]
    value = kept[min(len(kept) * percent // 100, len(kept) - 1)]
    spread = f"p50 {p50:.0f}, worst {worst:.0f} ms of {len(values)}"
    what = "worst" if percent == 100 else f"p{percent}"
    return Line(name, value, "ms", None, f"{what}, {bar}", spread)
