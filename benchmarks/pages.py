"""Pages at the desk: from a buyer's message to an agent's socket, and what a connection costs."""

import asyncio
import json
import resource
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import websockets

from benchmarks.houses import Staff, furnished, memory_of, played, served, stream_to
from benchmarks.lines import Line

SHOPS, AGENTS = 20, 100  # agents of each shop
RATE, SECONDS = 500, 20
MORE = 3_000  # connections that only hold
AT_ONCE = 50
BEAT_SECONDS = 20


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
        tokens = furnished(Path(folder), Staff(SHOPS, AGENTS))
        house = ["miaohui", "serve", "-c", f"{folder}/miaohui.toml"]
        with served(house, folder) as (port, process):
            idle = memory_of(process.pid)
            delays, with_pages, held = played(_story(port, tokens, process.pid))
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
    streams = [await stream_to(port, f"shop{number}") for number in range(SHOPS)]
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
    with_pages = memory_of(pid)
    more = Desk(port)
    await more.open([tokens[number % len(tokens)] for number in range(MORE)])
    await asyncio.sleep(3)
    held = memory_of(pid)
    for stream in streams:
        await stream.close()
    await desk.close()
    await more.close()
    return delays, with_pages, held


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


def _allow_files(count: int) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(count, hard)), hard))
