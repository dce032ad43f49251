"""`miaohui demo`: a house in a folder, open, with buyers and agents who are played, until somebody
stops it."""

import asyncio
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

from miaohui.app.config import read_settings
from miaohui.app.demo.api import Api, RefusedError
from miaohui.app.demo.children import Child
from miaohui.app.demo.house import DemoHouse, demo_house
from miaohui.app.demo.logins import Login
from miaohui.app.demo.traffic import PACK, SHOP, VISITS_AN_HOUR, WEBSITE
from miaohui.app.language import language, say
from miaohui.app.packs import chosen_pack
from miaohui.domain.directory.rights import LEAD, OWNER
from miaohui.domain.vocabulary.problems import Problem, ReaderError

OPENS_WITHIN, STOPS_WITHIN = 120.0, 20.0  # seconds
LOOKED_EVERY, TOLD_EVERY = 1.0, 30.0
HOUSE, BUYERS, STAFF = "house", "buyers", "staff"
# Where a terminal that is closed says so.
HANG_UP = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
Tell = Callable[[str], None]


class Pace(NamedTuple):
    """How lively the demo is: visits an hour, and how many times as fast as people."""

    visits: float
    faster: float


def demo(folder: Path, port: int | None, visits: float | None, pace: float, tell: Tell) -> None:
    """Make the house if it is not there, open it, and let people in until Ctrl-C."""
    tell(say("demo.making", {"folder": folder}))
    house = demo_house(folder, port)
    settings = read_settings(house.settings, os.environ)
    address = f"http://127.0.0.1:{settings.port if port is None else port}"
    with _hanging_up_stops():
        try:
            _open(house, address, Pace(visits or VISITS_AN_HOUR, pace), tell)
        except KeyboardInterrupt:
            tell(say("demo.closed", {"folder": house.folder}))


def _open(house: DemoHouse, address: str, pace: Pace, tell: Tell) -> None:
    with _Children(house, address, pace) as children:
        server = children.start(HOUSE, "serve", "-c", str(house.settings))
        _wait_until_open(server, address)
        for name in (BUYERS, STAFF):
            children.play(name)
        _welcome(house, address, asyncio.run(_page_of_buyers(house, address)), tell)
        lead = next(each for each in house.logins if each.role == LEAD.id)
        asyncio.run(_watch(children, address, lead, tell))


class _Children:
    """The processes; the last that came is the first to go, so that the house hears everybody's
    goodbye."""

    def __init__(self, house: DemoHouse, address: str, pace: Pace) -> None:
        self._house = house
        self._address = address
        self._pace = pace
        self._stack = ExitStack()
        self.all: list[Child] = []

    def __enter__(self) -> "_Children":
        return self

    def __exit__(self, *_: object) -> None:
        with _undisturbed():
            self._stack.close()

    def start(self, name: str, *words: str) -> Child:
        """Start a process."""
        port = self._address.rpartition(":")[2]
        environment = {"MIAOHUI_LOG": str(self._house.log), "MIAOHUI_PORT": port}
        child = Child(name, self._house.folder, list(words), environment)
        self._stack.callback(child.stop, STOPS_WITHIN)
        self.all.append(child)
        return child

    def play(self, name: str) -> None:
        """Start those who play."""
        pace = (f"--visits={self._pace.visits}",) if name == BUYERS else ()
        words = (*pace, f"--pace={self._pace.faster}", f"--seed={self._house.turn}")
        self.start(name, f"demo-{name}", str(self._house.folder), self._address, *words)


def _wait_until_open(server: Child, address: str) -> None:
    """Raises ReaderError `demo.not_open` with the reason that the server gave."""
    ends = time.monotonic() + OPENS_WITHIN
    while not asyncio.run(_answers(address)):
        if not server.is_alive() or time.monotonic() > ends:
            raise ReaderError(Problem("demo.not_open", {"reason": server.last_words()}))
        time.sleep(0.2)


async def _answers(address: str) -> bool:
    async with Api(address) as api:
        with suppress(OSError, RefusedError):
            return bool(await api.ask("GET", "/health"))
    return False


async def _page_of_buyers(house: DemoHouse, address: str) -> str:
    """Where one can be a buyer oneself."""
    owner = next(each for each in house.logins if each.role == OWNER.id)
    async with Api(address) as api:
        await api.log_in(owner.name, owner.password)
        told = await api.ask("GET", f"/v1/shops/{SHOP}/channels/{WEBSITE}/webchat")
        await api.log_out()
    return address + told["path"]


def _welcome(house: DemoHouse, address: str, page: str, tell: Tell) -> None:
    played = [each for each in house.logins if each.played]
    tell(say("demo.open", {"address": address, "played": len(played)}))
    for login in house.logins:
        if not login.played:
            role = say(f"demo.role.{login.role}")
            tell(say("demo.login", {"role": role, "name": login.name, "password": login.password}))
    where = {"address": address, "page": page, "folder": house.folder, "log": house.log}
    tell(say("demo.look", {**where, "pack": PACK}))


async def _watch(children: _Children, address: str, lead: Login, tell: Tell) -> None:
    """Say now and then how the day goes, and at once who is gone. Raises ReaderError
    `demo.died` when the house itself is."""
    gone: set[str] = set()
    told_at = time.monotonic() - TOLD_EVERY + 5
    async with Api(address) as api:
        try:
            while True:
                for child in children.all:
                    if not child.is_alive() and child.name not in gone:
                        gone.add(child.name)
                        _tell_of_a_death(child, tell)
                if time.monotonic() - told_at >= TOLD_EVERY:
                    told_at = time.monotonic()
                    await _tell_figures(api, lead, tell)
                await asyncio.sleep(LOOKED_EVERY)
        finally:
            with suppress(OSError, RefusedError):
                await api.log_out()


def _tell_of_a_death(child: Child, tell: Tell) -> None:
    values = {"name": say(f"demo.child.{child.name}"), "reason": child.last_words() or "-"}
    values["path"] = str(child.written)
    if child.name == HOUSE:
        raise ReaderError(Problem("demo.died", values))
    tell(say("demo.died", values))


async def _tell_figures(api: Api, lead: Login, tell: Tell) -> None:
    with suppress(OSError, RefusedError):
        if api.token is None:
            await api.log_in(lead.name, lead.password)
        tell(figures_line(await api.ask("GET", f"/v1/shops/{SHOP}/now")))


def figures_line(now: Any) -> str:
    """One line of a shop's present."""
    metric = chosen_pack(PACK).metrics[0]
    rate = now["figures"][PACK][metric.id]
    values = {
        "at": time.strftime("%H:%M:%S"),
        "metric": getattr(metric.label, language()),
        "rate": "–" if rate["value"] is None else f"{rate['value']:.1%}",
        "numerator": f"{rate['numerator']:,.0f}",
        "denominator": f"{rate['denominator']:,}",
        "chats": sum(each["chats"] for each in now["agents"]),
        "waiting": now.get("waiting", 0),
        "there": sum(each["presence"] == "online" for each in now["agents"]),
    }
    return say("demo.figures", values)


@contextmanager
def _hanging_up_stops() -> Iterator[None]:
    """A terminal that is closed is as good as Ctrl-C."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    before = {each: signal.signal(each, stop) for each in HANG_UP}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Whoever presses Ctrl-C again while all is stopped waits as well."""
    before = {each: signal.signal(each, signal.SIG_IGN) for each in (signal.SIGINT, *HANG_UP)}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
