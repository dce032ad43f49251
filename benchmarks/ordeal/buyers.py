"""The channel's side: buyers' messages, one a frame, sent again until they are acknowledged."""

import asyncio
import json
import random
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import websockets

from benchmarks.ordeal.house import KEY
from miaohui.adapters.channels.webhook.signature import signed

MOST_OPEN = 400
PAUSE = 0.1  # seconds before a new line
LATE, REPEATED = 0.05, 0.03  # of all messages


@dataclass
class Stream:
    """One stream of the channel. `acknowledged`: seqs by source id, as the house told them."""

    number: int
    port: int
    conversations: int
    chance: random.Random
    sent: list[str] = field(default_factory=list)
    acknowledged: dict[str, int] = field(default_factory=dict)
    again: int = 0
    refused: int = 0
    _open: deque[tuple[str, str]] = field(default_factory=deque)

    async def run(self, rate: float, seconds: float) -> None:
        """Send for so long, and then until everything is acknowledged."""
        loop = asyncio.get_running_loop()
        ends = loop.time() + seconds
        due = loop.time()
        while loop.time() < ends or self._open:
            try:
                async with self._connected() as socket:
                    due = await self._talk(socket, rate, ends, due)
            except (OSError, websockets.WebSocketException):
                pass
            await asyncio.sleep(PAUSE)

    async def _talk(
        self, socket: websockets.ClientConnection, rate: float, ends: float, due: float
    ) -> float:
        """Everything that is open first, in its order."""
        loop = asyncio.get_running_loop()
        for _, frame in list(self._open):
            await socket.send(frame)
            self.again += 1
        receiving = asyncio.create_task(self._receive(socket))
        try:
            while (loop.time() < ends or self._open) and not receiving.done():
                if loop.time() >= ends or len(self._open) >= MOST_OPEN:
                    await asyncio.sleep(0.02)
                    continue
                if due > loop.time():
                    await asyncio.sleep(due - loop.time())
                due += 1 / rate
                await self._say(socket)
        finally:
            receiving.cancel()
            with suppress(asyncio.CancelledError, websockets.WebSocketException):
                await receiving
        return due

    async def _say(self, socket: websockets.ClientConnection) -> None:
        source_id, frame = self._message()
        self._open.append((source_id, frame))
        self.sent.append(source_id)
        await socket.send(frame)
        if self.chance.random() < REPEATED:
            await socket.send(frame)

    def _message(self) -> tuple[str, str]:
        place = len(self.sent)
        conversation = f"c{self.number}-{self.chance.randrange(self.conversations)}"
        late = self.chance.uniform(1, 600) if self.chance.random() < LATE else 0
        source_id = f"{self.number}-{place}"
        event = {
            "conversation": conversation,
            "buyer": conversation,
            "at": (datetime.now(UTC) - timedelta(seconds=late)).isoformat(),
            "actor": "buyer",
            "origin": "human",
            "kind": "text",
            "source_id": source_id,
            "payload": {"text": f"在吗，第 {place} 句，什么时候发货"},
        }
        return source_id, json.dumps({"ref": place, "event": event})

    async def _receive(self, socket: websockets.ClientConnection) -> None:
        async for message in socket:
            for receipt in json.loads(message):
                self._note(receipt)

    def _note(self, receipt: dict[str, object]) -> None:
        """What is acknowledged is forgotten; what was refused is sent again on a new line."""
        if receipt.get("again"):
            self.refused += 1
            return
        assert "problem" not in receipt, receipt
        source_id = f"{self.number}-{receipt['ref']}"
        seq = int(str(receipt["seq"]))
        assert self.acknowledged.setdefault(source_id, seq) == seq, (source_id, seq)
        self._open = deque(each for each in self._open if each[0] != source_id)

    def _connected(self) -> websockets.connect:
        name = f"d{self.number}-{self.chance.random()}"
        return websockets.connect(
            f"ws://127.0.0.1:{self.port}/v1/channels/main/stream",
            additional_headers=signed(KEY, name, datetime.now(UTC), b"").named(),
            max_queue=None,
            compression=None,
        )
