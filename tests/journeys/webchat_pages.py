"""The buyer's page in a real browser, and a merchant's site of which it is a part."""

import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from playwright.async_api import Browser, BrowserContext, Page, async_playwright
from tests.journeys.buyers import Site

from miaohui.domain.directory.webchat import WebchatSettings

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SIZES = {"desk": (1280, 800), "phone": (360, 740), "small": (320, 568)}
SETTINGS = WebchatSettings(
    name="云上衣橱",
    greeting={"zh": "您好，我是自动助手。", "en": "Hello, I am the assistant."},
    hours={"zh": "人工 08:00–23:00", "en": "people 08:00–23:00"},
    questions={"zh": ("查物流", "尺码表"), "en": ("Track my order", "Sizes")},
)


@asynccontextmanager
async def browsing() -> AsyncIterator[Browser]:
    """A browser."""
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=ARGUMENTS
        )
        yield chromium
        await chromium.close()


async def context(
    browser: Browser, size: str = "phone", scheme: str = "light", motion: str = "no-preference"
) -> BrowserContext:
    """A browser of somebody who was never here."""
    width, height = SIZES[size]
    return await browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,  # type: ignore[arg-type]
        reduced_motion=motion,  # type: ignore[arg-type]
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
    )


class Visited:
    """An open page and everything that the browser complained about."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.on("console", lambda said: self.complaints.append(said.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    async def open(self, address: str) -> "Visited":
        await self.page.goto(address)
        return self

    async def write(self, text: str) -> None:
        await self.page.locator(".composer textarea").fill(text)
        await self.page.keyboard.press("Enter")

    async def sees(self, text: str, within: str = "body") -> None:
        """Wait until a text is to be seen."""
        await self.page.locator(within).get_by_text(text, exact=False).first.wait_for()

    async def texts(self) -> list[str]:
        """What was said, as the page shows it; the greeting left out."""
        said = await self.page.locator(".line .bubble").all_inner_texts()
        return [each for each in said if each not in SETTINGS.greeting.values()]

    async def serious(self) -> list[Any]:
        """What axe finds that keeps people out."""
        await self.page.evaluate(AXE.read_text("utf-8"))
        found = (await self.page.evaluate("axe.run()"))["violations"]
        serious = [each for each in found if each["impact"] in ("serious", "critical")]
        return [(each["id"], each["nodes"][0]["html"]) for each in serious]


async def visited(
    where: BrowserContext, site: Site, language: str = "zh", path: str | None = None
) -> Visited:
    """The buyer's page, come up to date."""
    here = path or f"/webchat/{site.id}?lang={language}"
    page = await Visited(await where.new_page()).open(f"http://{site.house.address}{here}")
    await page.page.locator(".composer textarea").wait_for()
    return page


class _Serving(BaseHTTPRequestHandler):
    server: "MerchantsSite"

    def do_GET(self) -> None:
        body = self.server.body.encode()
        self.send_response(200)
        self.send_header("content-type", "text/html; charset=utf-8")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *values: object) -> None:  # noqa: A002
        """Say nothing."""


class MerchantsSite(ThreadingHTTPServer):
    """A page of the merchant's own, with the two lines in it."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Serving)
        self.body = ""

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


@contextmanager
def merchants_site() -> Iterator[MerchantsSite]:
    """A site that answers on a port of its own."""
    with MerchantsSite() as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
