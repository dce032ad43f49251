"""The other end of a stream: events handed in one a frame, in order, until each is acknowledged,
whatever becomes of the connection."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import msgspec
import websockets

from miaohui.adapters.channels.webhook.signature import signed
from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.problems import Problem, ReaderError

MOST_OPEN = 500  # events under way, not acknowledged yet
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 10.0  # seconds between two tries to connect
BUSY_PAUSE = 1.0
# A stream is closed with 4000 + the status that HTTP would have had: for good, or until later.
REFUSED_CLOSES = range(4_400, 4_500)
PASSING_CLOSES = range(4_500, 4_600)


class Problematic(msgspec.Struct):
    """A problem as a receipt tells it."""

    key: str
    sentence: str


class Receipt(msgspec.Struct):
    """What became of a frame."""

    ref: int
    problem: Problematic | None = None
    again: bool = False


Rejected = Callable[[Event, str], None]
_encode = msgspec.json.Encoder().encode
_receipts = msgspec.json.Decoder(list[Receipt])


class HandIn:
    """A way into one channel of the house at `address` (http:// or https://).

    `rejected` hears of each event that the house does not take, with its sentence.
    """

    def __init__(
        self,
        address: str,
        channel_id: str,
        key: bytes,
        clock: Callable[[], datetime],
        rejected: Rejected,
    ) -> None:
        parts = urlsplit(address)
        scheme = "wss" if parts.scheme == "https" else "ws"
        self._path = f"{scheme}://{parts.netloc}/v1/channels/{channel_id}/stream"
        self._key = key
        self._clock = clock
        self._rejected = rejected
        self._open: dict[int, Event] = {}
        self._given = 0
        self._to_send: asyncio.Queue[int] = asyncio.Queue()
        self._changed = asyncio.Condition()
        self.acknowledged = 0

    async def __aenter__(self) -> Self:
        self._running = asyncio.create_task(self._run())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Wait until all is acknowledged, unless something went wrong."""
        try:
            if kind is None:
                await self._until(lambda: not self._open)
        finally:
            self._running.cancel()
            with suppress(asyncio.CancelledError):
                await self._running

    async def give(self, event: Event) -> None:
        """Hand in an event; waits while too many are under way.

        Raises ReaderError `webhook.refused` when the house refuses the signature or the channel.
        """
        await self._until(lambda: len(self._open) < MOST_OPEN)
        self._given += 1
        self._open[self._given] = event
        self._to_send.put_nowait(self._given)

    async def _until(self, reached: Callable[[], bool]) -> None:
        async with self._changed:
            await self._changed.wait_for(lambda: reached() or self._running.done())
        if self._running.done():
            self._running.result()

    async def _run(self) -> None:
        try:
            pause = FIRST_PAUSE
            while True:
                try:
                    async with self._connected() as stream:
                        pause = FIRST_PAUSE
                        await self._talk(stream)
                except websockets.ConnectionClosed as closed:
                    _raise_if_refused(closed)
                    if closed.rcvd is not None and closed.rcvd.code in PASSING_CLOSES:
                        pause = BUSY_PAUSE
                except (OSError, websockets.WebSocketException):
                    pause = min(2 * pause, LONGEST_PAUSE)
                await asyncio.sleep(pause)
        finally:
            asyncio.get_running_loop().call_soon(self._wake)

    def _connected(self) -> websockets.connect:
        now = self._clock()
        headers = signed(self._key, f"stream-{now.timestamp()}", now, b"")
        return websockets.connect(
            self._path,
            additional_headers=headers.named(),
            compression=None,
            max_queue=None,
        )

    async def _talk(self, stream: websockets.ClientConnection) -> None:
        """Send what is open, then what comes, until the line is cut."""
        self._to_send = asyncio.Queue()
        for ref in self._open:
            self._to_send.put_nowait(ref)
        sending = asyncio.create_task(self._send(stream))
        try:
            await self._receive(stream)
        finally:
            sending.cancel()
            with suppress(asyncio.CancelledError, websockets.ConnectionClosed):
                await sending

    async def _send(self, stream: websockets.ClientConnection) -> None:
        while True:
            ref = await self._to_send.get()
            await stream.send(_encode({"ref": ref, "event": _told(self._open[ref])}).decode())

    async def _receive(self, stream: websockets.ClientConnection) -> None:
        while True:
            for receipt in _receipts.decode(await stream.recv()):
                self._note(receipt)
            async with self._changed:
                self._changed.notify_all()

    def _note(self, receipt: Receipt) -> None:
        problem = receipt.problem
        if receipt.again:
            return  # the house closes the stream, and all that is open is sent again in order
        event = self._open.pop(receipt.ref)
        if problem is None:
            self.acknowledged += 1
        else:
            self._rejected(event, problem.sentence)

    def _wake(self) -> None:
        """Let whoever waits see that nothing more will come."""

        async def wake() -> None:
            async with self._changed:
                self._changed.notify_all()

        self._waking = asyncio.ensure_future(wake())


def _told(event: Event) -> dict[str, object]:
    """An event as a channel tells it: without shop and channel, which the signature says."""
    told = msgspec.to_builtins(event)
    return {name: value for name, value in told.items() if name not in ("shop", "channel", "seq")}


def _raise_if_refused(closed: websockets.ConnectionClosed) -> None:
    if closed.rcvd is not None and closed.rcvd.code in REFUSED_CLOSES:
        raise ReaderError(Problem("webhook.refused", {"reason": closed.rcvd.reason})) from None
