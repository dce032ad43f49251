"""Every screen of a demo, light and dark, wide and on a phone, in both languages: `make pictures`.

The demo plays for a while first, so that there is something to be seen. Pictures land in
`pictures/`, which is in no commit.
"""

import asyncio
import json
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx
from playwright.async_api import Browser, Page, async_playwright

PORT = 8_599
HOUSE = f"http://127.0.0.1:{PORT}"
INTO = Path(__file__).parents[1] / "pictures"
PLAYS_FOR = 60  # seconds
SIZES = {"wide": (1440, 900), "phone": (390, 844)}
LOOKS = [("light", "zh-CN"), ("dark", "zh-CN"), ("light", "en-GB")]
SCREENS = {
    "desk": ("lead", "/"),
    "wall": ("lead", "/wall"),
    "history": ("lead", "/history"),
    "tasks": ("lead", "/tasks"),
    "accounts": ("owner", "/settings/accounts"),
    "shops": ("owner", "/settings/shops"),
    "routing": ("owner", "/settings/routing"),
    "alarms": ("owner", "/settings/alarms"),
    "start": ("owner", "/start"),
    "login": (None, "/login"),
}


@contextmanager
def demo(folder: Path) -> Iterator[dict[str, str]]:
    """An open demo that has played for a while: sessions by role."""
    words = [sys.executable, "-m", "miaohui", "demo", str(folder), f"--port={PORT}", "--pace=3"]
    process = subprocess.Popen([*words, "--visits=240"], stdout=subprocess.DEVNULL)  # noqa: S603
    try:
        until_open(folder / "logins.json")
        time.sleep(PLAYS_FOR)
        logins = json.loads((folder / "logins.json").read_bytes())
        yield {each["role"]: session(each) for each in logins if not each.get("played")}
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)


def until_open(logins: Path) -> None:
    """Until the house answers and its log-ins are there."""
    for _ in range(600):
        try:
            if httpx.get(f"{HOUSE}/health").is_success and logins.exists():
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise TimeoutError(HOUSE)


def session(login: dict[str, str]) -> str:
    """A session of somebody."""
    body = {name: login[name] for name in ("name", "password")}
    return httpx.post(f"{HOUSE}/v1/session", json=body).raise_for_status().json()["token"]


async def take(tokens: dict[str, str]) -> None:
    """All of them, one after the other."""
    INTO.mkdir(exist_ok=True)
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for name, (role, path) in SCREENS.items():
            for size, (width, height) in SIZES.items():
                for scheme, locale in LOOKS:
                    options = {
                        "viewport": {"width": width, "height": height},
                        "color_scheme": scheme,
                        "locale": locale,
                    }
                    file = INTO / f"{name}-{size}-{scheme}-{locale[:2]}.png"
                    await picture(chromium, tokens.get(role or ""), path, options, file)
        await chromium.close()


async def picture(
    browser: Browser, token: str | None, path: str, options: dict[str, Any], file: Path
) -> None:
    """One screen as somebody sees it."""
    context = await browser.new_context(timezone_id="Asia/Shanghai", **options)
    if token:
        cookie = {"name": "miaohui_session", "value": token, "url": HOUSE}
        await context.add_cookies([cookie])  # type: ignore[list-item]
    page = await context.new_page()
    await page.goto(HOUSE + path)
    await page.wait_for_timeout(1_500)
    if path == "/":
        await open_a_chat(page)
    await page.screenshot(path=file)
    await context.close()


async def open_a_chat(page: Page) -> None:
    """The most urgent of the team."""
    await page.locator(".list .ant-tabs-tab").nth(1).click()
    await page.locator(".row").first.click()
    await page.wait_for_timeout(1_000)


def main() -> None:
    """Play, and take them."""
    with TemporaryDirectory() as folder, demo(Path(folder) / "demo") as tokens:
        asyncio.run(take(tokens))


if __name__ == "__main__":
    main()
