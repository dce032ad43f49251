"""A real house with people in it, and pages of theirs that talk to it."""

import asyncio
import json
import random
from collections.abc import Callable, Coroutine, Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import msgspec
import websockets
from tests.journeys.receiving import Platform, platform
from tests.journeys.serving import CHANNEL, SHOP, House, log_at, log_of, settings_in

from miaohui.adapters.secrets.argon2_passwords import Argon2Passwords, Cost
from miaohui.adapters.secrets.timed_codes import TimedCodes
from miaohui.adapters.storage.postgres.address import is_address
from miaohui.adapters.storage.postgres.tables import open_postgres_tables
from miaohui.adapters.storage.sqlite.tables import open_sqlite_tables
from miaohui.adapters.storage.tables.directory.directory import TableDirectory
from miaohui.domain.conversation.card import Card, next_card
from miaohui.domain.directory.accounts import EVERY_SHOP, Account, Shops, Visibility
from miaohui.domain.directory.rights import AGENT, LEAD, OWNER, VIEWER, Role
from miaohui.domain.directory.secret import Secret
from miaohui.domain.vocabulary.events import Event
from miaohui.pipelines.frames import Spoken
from miaohui.pipelines.house import House as People
from miaohui.pipelines.logins import open_session

HERE = Shops(only=frozenset({SHOP}))
ROLES = {"boss": OWNER, "lead": LEAD, "lin": AGENT, "zhou": AGENT, "eye": VIEWER}
WIDE = {"boss": Visibility.ALL, "lead": Visibility.ALL, "eye": Visibility.ALL}


def account(name: str, role: Role, **more: object) -> Account:
    """A sub-account of the shop; owners see every one."""
    shops = EVERY_SHOP if role is OWNER else HERE
    seen = WIDE.get(name, Visibility.OWN)
    return Account(name, name, role, **{"shops": shops, "visibility": seen, **more})  # type: ignore[arg-type]


def move_in(folder: Path, *more: Account, log: str | None = None) -> dict[str, str]:
    """People of every role live in the house of a folder: their tokens by their names. `log`: the
    address of a database."""
    settings_in(folder, log=log)
    log_at(log_of(folder), folder / "key", create=True).close()
    with people_of(folder) as directory:
        cheap = Argon2Passwords(Cost(passes=1, memory_kib=64, lanes=1))
        people = People(directory, cheap, TimedCodes(), random.SystemRandom().getrandbits)
        return dict(_moved_in(people, [*(account(*each) for each in ROLES.items()), *more]))


def _moved_in(people: People, accounts: Iterable[Account]) -> Iterator[tuple[str, str]]:
    from miaohui.adapters.storage.directory_ports import Author

    now = datetime.now(UTC)
    for each in accounts:
        assert people.directory.add_account(each, Secret("no hash"), Author(None, now)) is None
        yield each.name, open_session(people, now, each, "test", "127.0.0.1").token.reveal()


_open_pages: list["Page"] = []


def run(story: Coroutine[Any, Any, Any], seconds: float = 90) -> Any:
    """Play a story, and close every page that it opened."""

    async def whole() -> Any:
        try:
            return await asyncio.wait_for(story, seconds)
        finally:
            while _open_pages:
                await _open_pages.pop().close()

    return asyncio.run(whole())


@contextmanager
def people_of(folder: Path) -> Iterator[TableDirectory]:
    """The directory of a house in this folder."""
    place, key = log_of(folder), folder / "key"
    with closing(
        open_postgres_tables(place, key, create=False)
        if is_address(place)
        else open_sqlite_tables(Path(place), key, create=False)
    ) as tables:
        yield TableDirectory(tables)


class Page:
    """A page of somebody: cards by chat, kept as the browser keeps them, and all frames."""

    def __init__(self, socket: websockets.ClientConnection) -> None:
        self.socket = socket
        self.frames: list[dict[str, Any]] = []
        self.cards: dict[str, Card] = {}
        self.seqs: dict[str, int] = {}
        self.people: dict[str, dict[str, Any]] = {}
        self._changed = asyncio.Event()
        self._listening = asyncio.create_task(self._listen())

    async def say(self, **frame: object) -> None:
        await self.socket.send(json.dumps([frame]))

    async def until(self, reached: Callable[["Page"], object], seconds: float = 20) -> Any:
        """Wait until something is true of the page, and give it."""
        async with asyncio.timeout(seconds):
            while not (found := reached(self)):
                self._changed.clear()
                await self._changed.wait()
            return found

    async def answered(self, ref: int) -> dict[str, Any]:
        """What became of something said."""
        return await self.until(
            lambda page: next(
                (
                    each["answered"]
                    for each in page.told("answered")
                    if each["answered"]["ref"] == ref
                ),
                None,
            )
        )

    async def close(self) -> None:
        """The page is closed."""
        await self.socket.close()
        await self._listening

    def told(self, name: str) -> list[dict[str, Any]]:
        """The frames that have one thing in them."""
        return [each for each in self.frames if name in each]

    def has(self, account: str | None) -> str | None:
        """A chat that is in somebody's hands."""
        found = (chat for chat, card in self.cards.items() if card.life.account == account)
        return next(found, None)

    async def _listen(self) -> None:
        try:
            async for message in self.socket:
                for frame in json.loads(message):
                    self._take(frame)
                self._changed.set()
        except websockets.ConnectionClosed:
            self._changed.set()

    def _take(self, frame: dict[str, Any]) -> None:
        self.frames.append(frame)
        for chat in frame.get("chats", ()):
            self.cards[chat["id"]] = msgspec.convert(chat["card"], Card)
        if "event" in frame:
            told = msgspec.convert(frame["event"], Spoken)
            card = self.cards.get(told.chat)
            if card is not None and told.seq > card.seq:
                self.cards[told.chat] = next_card(card, event_of(told), told.answers)
        if "gone" in frame:
            self.cards.pop(frame["gone"], None)
        if "ready" in frame:
            self.seqs = frame["ready"]["seqs"]
            kept = frame["ready"]["chats"]
            self.cards = {chat: card for chat, card in self.cards.items() if chat in kept}
        for person in frame.get("people", ()):
            self.people[person["account"]] = person


def event_of(told: Spoken) -> Event:
    """An event as a page reads it."""
    return msgspec.convert(
        {
            **{name: getattr(told, name) for name in ("seq", "at", "kind", "account")},
            **{name: getattr(told, name) for name in ("actor", "origin", "source_id", "payload")},
            "shop": SHOP,
            "channel": CHANNEL,
            "conversation": told.chat,
            "buyer": told.chat,
        },
        Event,
        from_attributes=True,
    )


class Place(NamedTuple):
    """A house with people in it, and the platform that it writes to."""

    house: House
    tokens: dict[str, str]
    folder: Path
    platform: Platform


@contextmanager
def opened(
    folder: Path, *others: Account, log: str | None = None, more: str = ""
) -> Iterator[Place]:
    """A house with people in it; `log`: the address of its database, `more`: lines of other
    settings."""
    tokens = move_in(folder, *others, log=log)
    with platform() as there:
        house = House(folder, to=there.address, log=log, more=more)
        try:
            yield Place(house, tokens, folder, there)
        finally:
            if house.process.poll() is None:
                house.kill()


async def page(house: House, token: str, since: dict[str, int] | None = None) -> Page:
    """A page that has come up to date; it is online if its owner says so."""
    socket = await websockets.connect(
        f"ws://{house.address}/v1/desk",
        additional_headers={"authorization": f"Bearer {token}"},
        max_queue=None,
        max_size=None,
    )
    made = Page(socket)
    _open_pages.append(made)
    await made.say(start={"device": "pc", "since": since})
    await made.until(lambda each: each.told("ready"))
    return made


def client(house: House, token: str, **headers: str) -> httpx.AsyncClient:
    """A client of somebody's."""
    return httpx.AsyncClient(
        base_url=f"http://{house.address}/v1",
        headers={"authorization": f"Bearer {token}", "accept-language": "en", **headers},
        timeout=30,
    )
