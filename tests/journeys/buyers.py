"""A real house with a chat on the merchant's own site, and buyers' pages that talk to it."""

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import msgspec
import websockets
from tests.journeys.desks import move_in
from tests.journeys.serving import SHOP, House

from miaohui.adapters.storage.directory_ports import Author
from miaohui.adapters.storage.sealing import pseudonym
from miaohui.adapters.storage.sqlite.tables import open_sqlite_tables
from miaohui.adapters.storage.tables.directory.directory import TableDirectory
from miaohui.adapters.storage.tables.settings import TableSettings
from miaohui.domain.directory.accounts import Account, Channel, Shop
from miaohui.domain.directory.webchat import WebchatSettings

SITE = "官网"
_ids = count(1)


class Site(NamedTuple):
    """A house with a chat on a site; `id` is the one in the chat's address."""

    house: House
    tokens: dict[str, str]
    folder: Path
    id: str

    @property
    def address(self) -> str:
        return f"http://{self.house.address}/v1/webchat/{self.id}"

    def again(self) -> "Site":
        """The same house, opened once more on its port."""
        return self._replace(house=House(self.folder, self.house.port))


@contextmanager
def opened_site(
    folder: Path,
    *more: Account,
    settings: WebchatSettings | None = None,
    hours: dict[str, object] | None = None,
) -> Iterator[Site]:
    """A house with people and a chat on the site of its shop."""
    tokens = move_in(folder, *more)
    id_ = furnish(folder, settings, hours)
    house = House(folder)
    try:
        yield Site(house, tokens, folder, id_)
    finally:
        if house.process.poll() is None:
            house.kill()


def furnish(folder: Path, settings: WebchatSettings | None, hours: dict[str, object] | None) -> str:
    """The shop has a chat on its site: the id in its address."""
    author = Author(None, datetime.now(UTC))
    with closing(open_sqlite_tables(folder / "shop.db", folder / "key", create=False)) as tables:
        directory, kept = TableDirectory(tables), TableSettings(tables)
        assert directory.keep_shop(Shop(SHOP, SHOP), author) is None
        assert directory.keep_channel(Channel(SHOP, SITE, "webchat", SITE), author) is None
        if settings is not None:
            kept.keep(SHOP, f"webchat/{SITE}", msgspec.json.encode(settings), None, author)
        if hours is not None:
            kept.keep(SHOP, "hours", msgspec.json.encode(hours), None, author)
        return pseudonym(tables.keys, "webchat", SHOP, SITE).hex()[:16]


class Buyer:
    """A buyer's page: what was said, in the order of the log, and how things stand."""

    def __init__(self, socket: websockets.ClientConnection, token: str) -> None:
        self.socket = socket
        self.token = token
        self.lines: dict[int, dict[str, Any]] = {}
        self.frames: list[dict[str, Any]] = []
        self.outlook: dict[str, Any] = {}
        self.read = 0
        self._changed = asyncio.Event()
        self._listening = asyncio.create_task(self._listen())

    @property
    def texts(self) -> list[str | None]:
        return [self.lines[seq].get("text") for seq in sorted(self.lines)]

    async def say(self, **frame: object) -> None:
        await self.socket.send(json.dumps([frame]))

    async def write(self, text: str, id_: str | None = None, **more: object) -> dict[str, Any]:
        """Write, and what became of it."""
        named = id_ or f"m{next(_ids)}"
        await self.say(words={"id": named, "text": text, **more})
        return await self.answered(named)

    async def answered(self, id_: str) -> dict[str, Any]:
        def answer(page: "Buyer") -> dict[str, Any] | None:
            told = (each["answered"] for each in page.frames if "answered" in each)
            return next((each for each in told if each["id"] == id_), None)

        return await self.until(answer)

    async def until(self, reached: Callable[["Buyer"], Any], seconds: float = 20) -> Any:
        """Wait until something is true of the page, and give it."""
        async with asyncio.timeout(seconds):
            while not (found := reached(self)):
                self._changed.clear()
                await self._changed.wait()
            return found

    async def close(self) -> None:
        await self.socket.close()
        await self._listening

    async def _listen(self) -> None:
        try:
            async for message in self.socket:
                for frame in json.loads(message):
                    self._take(frame)
                self._changed.set()
        except websockets.ConnectionClosed:
            pass
        self._changed.set()

    def _take(self, frame: dict[str, Any]) -> None:
        self.frames.append(frame)
        older = frame.get("older", {}).get("lines", ())
        for line in (*frame.get("lines", ()), *older):
            self.lines[line["seq"]] = line
        self.outlook = frame.get("outlook", self.outlook)
        self.read = max(self.read, frame.get("read", 0))
        self.lines.pop(frame.get("recalled", 0), None)


_open: list[Buyer] = []


async def visit(site: Site, **headers: str) -> str:
    """The token of a new visit."""
    async with httpx.AsyncClient(headers=headers) as client:
        answer = await client.post(f"{site.address}/visits", json={})
        assert answer.status_code == 201, answer.text
        return answer.json()["token"]


async def buyer(site: Site, token: str | None = None, since: int | None = None) -> Buyer:
    """A page that has come up to date."""
    token = token or await visit(site)
    socket = await connected(site)
    made = Buyer(socket, token)
    _open.append(made)
    await made.say(start={"token": token, "since": since, "language": "en"})
    await made.until(lambda page: any("caught" in each for each in page.frames))
    return made


async def connected(site: Site, **headers: str) -> websockets.ClientConnection:
    """A socket to the house, which may take a while to open."""
    address = f"ws://{site.house.address}/v1/webchat/{site.id}/stream"
    for _ in range(200):
        try:
            return await websockets.connect(address, additional_headers=headers, max_queue=None)
        except (ConnectionError, websockets.InvalidMessage):
            await asyncio.sleep(0.05)
    raise AssertionError("the house does not open")


async def close_buyers() -> None:
    """Close every page of a buyer that a story opened."""
    while _open:
        await _open.pop().close()
