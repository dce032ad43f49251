"""Pages at the desk: from a buyer's message to an agent's socket, and what a connection costs."""

import asyncio
import json
import os
import resource
import secrets
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import websockets

from benchmarks.desk import KEY, _memory, _run, _served
from benchmarks.lines import Line
from miaohui.adapters.channels.webhook.signature import new_secret, signed
from miaohui.adapters.secrets.argon2_passwords import Argon2Passwords
from miaohui.adapters.secrets.timed_codes import TimedCodes
from miaohui.adapters.storage.directory_ports import Author
from miaohui.adapters.storage.tables.directory.directory import TableDirectory
from miaohui.app.places import place_of
from miaohui.app.wiring import open_log_at, open_tables_at
from miaohui.domain.directory.accounts import Account, Shops
from miaohui.domain.directory.presence import Presence
from miaohui.domain.directory.rights import AGENT
from miaohui.domain.directory.secret import Secret
from miaohui.domain.vocabulary.events import Event, Payload
from miaohui.domain.vocabulary.kinds import Actor, Origin
from miaohui.pipelines.deeds import PRESENCE_CHANNEL
from miaohui.pipelines.house import House as People
from miaohui.pipelines.logins import open_session

SHOPS, AGENTS = 20, 100  # agents of each shop
RATE, SECONDS = 500, 20
MORE = 3_000  # connections that only hold
AT_ONCE = 50
BEAT_SECONDS = 20
CHANNEL = """
[webhooks.shop{number}]
shop = "shop{number}"
channel = "main"
secrets = ["{secret}"]
"""


@dataclass
class Desk:
    """All pages: when each buyer's message came to the page of its agent, by its text."""

    port: int
    sockets: list[websockets.ClientConnection] = field(default_factory=list)
    came: dict[str, float] = field(default_factory=dict)
    chats: int = 0
    tasks: list[asyncio.Task[None]] = field(default_factory=list)

    async def open(self, tokens: Sequence[str]) -> None:
        """Pages of these people, some at a time."""
        for first in range(0, len(tokens), AT_ONCE):
            some = tokens[first : first + AT_ONCE]
            await asyncio.gather(*(self._page(token, first + n) for n, token in enumerate(some)))

    async def close(self) -> None:
        """All of them."""
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        await asyncio.gather(*(each.close() for each in self.sockets), return_exceptions=True)

    async def _page(self, token: str, number: int) -> None:
        socket = await websockets.connect(
            f"ws://127.0.0.1:{self.port}/v1/desk",
            additional_headers={"authorization": f"Bearer {token}"},
            max_queue=None,
            compression=None,
        )
        await socket.send(json.dumps([{"start": {"device": f"pc{number}"}}]))
        self.sockets.append(socket)
        if number == 0:
            self.tasks.append(asyncio.create_task(self._beat()))
        self.tasks.append(asyncio.create_task(self._listen(socket)))

    async def _beat(self) -> None:
        """Everybody is heard of within BEAT_SECONDS, one after the other."""
        while True:
            for socket in list(self.sockets):
                await socket.send('[{"beat":{}}]')
                await asyncio.sleep(BEAT_SECONDS / max(1, len(self.sockets)))

    async def _listen(self, socket: websockets.ClientConnection) -> None:
        async for message in socket:
            now = time.perf_counter()
            for frame in json.loads(message):
                if "event" in frame:
                    text = frame["event"]["payload"].get("text")
                    if text:
                        self.came.setdefault(text, now)
                self.chats += len(frame.get("chats", ()))


def lines() -> list[Line]:
    """The delay to the socket at a steady rate with all pages open, and memory."""
    _allow_files(3 * (SHOPS * AGENTS + MORE))
    with tempfile.TemporaryDirectory() as folder:
        tokens = _furnish(Path(folder))
        house = ["miaohui", "serve", "-c", f"{folder}/miaohui.toml"]
        with _served(house, folder) as (port, process):
            idle = _memory(process.pid)
            delays, with_pages, held = _run(_story(port, tokens, process.pid))
    delays.sort()
    pages = SHOPS * AGENTS
    p50, p99 = delays[len(delays) // 2] * 1_000, delays[len(delays) * 99 // 100] * 1_000
    each = (held - with_pages) / MORE / 1_000
    spread = f"p50 {p50:.1f} ms, p99 {p99:.1f}, worst {delays[-1] * 1_000:.0f} of {len(delays)}"
    return [
        Line(f"pages.delay_p50_of_{pages}", p50, "ms", None, "at most 15", spread),
        Line(f"pages.delay_p99_of_{pages}", p99, "ms", None, "at most 60", spread),
        Line("pages.memory_idle", idle / 1e6, "MB", None, "under 200", ""),
        Line("pages.memory_each", each, "kB", None, "under 40", f"of {MORE} more"),
        Line("pages.held", pages + MORE, "pages", None, "5,000 hold", f"{held / 1e6:.0f} MB"),
    ]


async def _story(port: int, tokens: Sequence[str], pid: int) -> tuple[list[float], int, int]:
    desk = Desk(port)
    await desk.open(tokens)
    streams = [await _stream(port, number) for number in range(SHOPS)]
    await _first_messages(streams)
    for _ in range(300):
        await asyncio.sleep(0.1)
        if desk.chats >= SHOPS * AGENTS:
            break
    sent = await _steady(streams)
    await asyncio.sleep(3)
    delays = [desk.came[text] - at for text, at in sent.items() if text in desk.came]
    if len(delays) < len(sent):
        raise RuntimeError(f"{len(sent) - len(delays)} of {len(sent)} did not come")
    with_pages = _memory(pid)
    more = Desk(port)
    await more.open([tokens[number % len(tokens)] for number in range(MORE)])
    await asyncio.sleep(3)
    held = _memory(pid)
    for stream in streams:
        await stream.close()
    await desk.close()
    await more.close()
    return delays, with_pages, held


async def _stream(port: int, number: int) -> websockets.ClientConnection:
    headers = signed(KEY, f"d{time.perf_counter_ns()}", datetime.now(UTC), b"")
    return await websockets.connect(
        f"ws://127.0.0.1:{port}/v1/channels/shop{number}/stream",
        additional_headers=headers.named(),
        max_queue=None,
        compression=None,
    )


async def _first_messages(streams: Sequence[websockets.ClientConnection]) -> None:
    """One chat for everybody."""
    for stream in streams:
        for place in range(AGENTS):
            await stream.send(_frame(place, f"first {place}", place))
        left = AGENTS
        while left:
            left -= len(json.loads(await stream.recv()))


async def _steady(streams: Sequence[websockets.ClientConnection]) -> dict[str, float]:
    """When each message was sent, by its text."""
    sent: dict[str, float] = {}
    draining = [asyncio.create_task(_drain(stream)) for stream in streams]
    began = time.perf_counter()
    for number in range(RATE * SECONDS):
        wait = began + number / RATE - time.perf_counter()
        if wait > 0:
            await asyncio.sleep(wait)
        text = f"message {number}"
        place = number // len(streams) % AGENTS
        sent[text] = time.perf_counter()
        await streams[number % len(streams)].send(_frame(1_000 + number, text, place))
    await asyncio.sleep(1)
    for task in draining:
        task.cancel()
    await asyncio.gather(*draining, return_exceptions=True)
    return sent


async def _drain(stream: websockets.ClientConnection) -> None:
    async for _ in stream:
        pass


def _frame(ref: int, text: str, place: int) -> str:
    event: dict[str, Any] = {
        "conversation": f"c{place}",
        "buyer": f"b{place}",
        "at": datetime.now(UTC).isoformat(),
        "actor": "buyer",
        "origin": "human",
        "kind": "text",
        "source_id": f"{time.perf_counter_ns()}",
        "payload": {"text": text},
    }
    return json.dumps({"ref": ref, "event": event})


def _furnish(folder: Path) -> list[str]:
    """Shops, their channels and people who are all there; the tokens of the people."""
    os.environ["MIAOHUI_MASTER_KEY_FILE"] = str(folder / "key")
    secret = new_secret(KEY)
    channels = "".join(CHANNEL.format(number=number, secret=secret) for number in range(SHOPS))
    log = f"{folder}/desk.db"
    (folder / "miaohui.toml").write_text(f'log = "{log}"\nport = 0\n{channels}', "utf-8")
    now = datetime.now(UTC)
    with open_log_at(place_of(log), True) as opened:
        opened.append([_is_there(number, now) for number in range(SHOPS * AGENTS)], now)
    tokens: list[str] = []
    with closing(open_tables_at(place_of(log), False)) as tables:
        people = People(TableDirectory(tables), Argon2Passwords(), TimedCodes(), secrets.randbits)
        for number in range(SHOPS * AGENTS):
            shops = Shops(only=frozenset({f"shop{number // AGENTS}"}))
            account = Account(f"a{number}", f"a{number}", AGENT, shops=shops, capacity=50)
            people.directory.add_account(account, Secret("none"), Author(None, now))
            tokens.append(open_session(people, now, account, "page", "local").token.reveal())
    return tokens


def _is_there(number: int, now: datetime) -> Event:
    return Event(
        shop=f"shop{number // AGENTS}",
        channel=PRESENCE_CHANNEL,
        conversation=f"a{number}",
        buyer=f"a{number}",
        at=now,
        actor=Actor.AGENT,
        origin=Origin.HUMAN,
        kind="presence.changed",
        source_id=f"there-{number}",
        account=f"a{number}",
        payload=Payload(purpose=Presence.ONLINE.value, by=f"a{number}"),
    )


def _allow_files(count: int) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(count, hard)), hard))
