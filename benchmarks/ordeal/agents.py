"""Agents at their pages: they answer what waits with them, and send again what has no answer."""

import asyncio
import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import httpx
import websockets

BEAT_SECONDS = 15
PATIENCE_SECONDS = 5.0


@dataclass
class Agent:
    """One agent. `said`: seqs of own messages by their keys, as the house told them."""

    name: str
    token: str
    port: int
    pace_seconds: float
    said: dict[str, int] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    resumed: int = 0
    _waiting: dict[str, str] = field(default_factory=dict)
    _seqs: dict[str, int] = field(default_factory=dict)
    _open: dict[str, dict[str, Any]] = field(default_factory=dict)
    _ref: int = 0
    _answered: asyncio.Event = field(default_factory=asyncio.Event)

    async def come(self) -> None:
        """Say that one is there."""
        async with httpx.AsyncClient() as api:
            answer = await api.put(
                f"http://127.0.0.1:{self.port}/v1/me/presence",
                json={"presence": "online"},
                headers={"authorization": f"Bearer {self.token}"},
            )
            answer.raise_for_status()

    async def run(self, stop: asyncio.Event) -> None:
        """Until told to stop and everything said is acknowledged."""
        while not stop.is_set() or self._open:
            try:
                async with self._connected() as socket:
                    await self._work(socket, stop)
            except (OSError, websockets.WebSocketException):
                await asyncio.sleep(0.1)

    async def _work(self, socket: websockets.ClientConnection, stop: asyncio.Event) -> None:
        since = self._seqs or None
        self.resumed += since is not None
        await socket.send(json.dumps([{"start": {"device": "pc", "since": since}}]))
        listening = asyncio.create_task(self._listen(socket))
        beating = asyncio.create_task(self._beat(socket))
        try:
            for frame in list(self._open.values()):
                await socket.send(json.dumps([frame]))
            while (not stop.is_set() or self._open) and not listening.done():
                await self._answer_next(socket, stop)
        finally:
            for task in (listening, beating):
                task.cancel()
                with suppress(asyncio.CancelledError, websockets.WebSocketException):
                    await task

    async def _answer_next(self, socket: websockets.ClientConnection, stop: asyncio.Event) -> None:
        await asyncio.sleep(self.pace_seconds)
        if self._open:
            self._answered.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._answered.wait(), PATIENCE_SECONDS)
            return
        if self._waiting and not stop.is_set():
            chat = min(self._waiting, key=lambda each: self._waiting[each])
            self._ref += 1
            key = f"k{self._ref}"
            saying = {"text": f"{self.name} 的第 {self._ref} 句：亲，马上看"}
            frame = {"say": {"ref": self._ref, "chat": chat, "key": key, "saying": saying}}
            self._open[key] = frame
            await socket.send(json.dumps([frame]))

    async def _listen(self, socket: websockets.ClientConnection) -> None:
        async for message in socket:
            for frame in json.loads(message):
                self._take(frame)

    async def _beat(self, socket: websockets.ClientConnection) -> None:
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            await socket.send(json.dumps([{"beat": {}}]))

    def _take(self, frame: dict[str, Any]) -> None:
        for chat in frame.get("chats", ()):
            self._see(chat["id"], chat["card"].get("waiting_since"), chat["card"])
        if "event" in frame:
            event = frame["event"]
            if event.get("answers"):
                self._waiting.pop(event["chat"], None)
            elif event["actor"] == "buyer":
                self._waiting.setdefault(event["chat"], event["at"])
        if "gone" in frame:
            self._waiting.pop(frame["gone"], None)
        if "ready" in frame:
            self._seqs = frame["ready"]["seqs"]
            kept = set(frame["ready"]["chats"])
            self._waiting = {each: at for each, at in self._waiting.items() if each in kept}
        if "answered" in frame:
            self._note(frame["answered"])

    def _see(self, chat: str, since: str | None, card: dict[str, Any]) -> None:
        if since is None or card.get("life", {}).get("account") != self.name:
            self._waiting.pop(chat, None)
        else:
            self._waiting[chat] = since

    def _note(self, answered: dict[str, Any]) -> None:
        """One refused for a passing reason is sent again with the next line."""
        key = f"k{answered['ref']}"
        problems = [each["key"] for each in answered.get("problems", ())]
        if problems:
            self.refused += problems
            if any(each.startswith(("intake.", "log.")) for each in problems):
                raise websockets.WebSocketException(str(problems))
            self._open.pop(key, None)
        elif key in self._open:
            self._open.pop(key)
            assert self.said.setdefault(key, answered["seq"]) == answered["seq"]
        self._answered.set()

    def _connected(self) -> websockets.connect:
        return websockets.connect(
            f"ws://127.0.0.1:{self.port}/v1/desk",
            additional_headers={"authorization": f"Bearer {self.token}"},
            max_queue=None,
            max_size=None,
            compression=None,
        )


async def all_come(agents: Iterable[Agent]) -> None:
    """Everybody says that they are there."""
    await asyncio.gather(*(agent.come() for agent in agents))
