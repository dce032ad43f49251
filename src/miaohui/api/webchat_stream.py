"""The socket of a buyer's page. Each message, either way, is a JSON array of frames; the token
comes in the first one and never in an address."""

import asyncio
from collections import Counter
from typing import Any

import msgspec
from litestar import WebSocket, websocket
from litestar.exceptions import WebSocketDisconnect
from litestar.handlers import BaseRouteHandler
from litestar.params import FromPath

from miaohui.api.buyers import BuyersDoor, Hearing, admitted, nearby, page_of, slow_down, unreadable
from miaohui.api.callers import ANYBODY
from miaohui.api.frame_queue import FrameQueue
from miaohui.api.problems import language_of, status_of
from miaohui.domain.vocabulary.problems import Problem, ReaderError
from miaohui.pipelines.buyer_frames import FromBuyer, Start
from miaohui.pipelines.visits import BuyerPage
from miaohui.pipelines.webchats import Webchat

AnySocket = WebSocket[Any, Any, Any]
REFUSED_CLOSE = 4_000  # + the status that HTTP would have had
COME_AGAIN = 4_408
LONGEST_MESSAGE = 64_000
MOST_PAGES_OF_A_VISIT, MOST_OF_AN_ADDRESS = 10, 300

_frames = msgspec.json.Decoder(list[FromBuyer])


def webchat_stream(door: BuyersDoor) -> BaseRouteHandler:
    """The route of the socket."""
    open_pages: Counter[str] = Counter()

    @websocket("/v1/webchat/{webchat_id:str}/stream", opt=ANYBODY)
    async def stream(socket: AnySocket, webchat_id: FromPath[str]) -> None:
        """A page comes in."""
        await socket.accept()
        address = nearby(socket)
        if open_pages[address] >= MOST_OF_AN_ADDRESS:
            await _refuse(socket, ReaderError(Problem("webchat.too_many_pages")))
            return
        open_pages[address] += 1
        try:
            webchat = door.webchats.find(webchat_id)
            await _BuyerSocket(door, socket, webchat, address).run()
        except ReaderError as error:
            await _refuse(socket, error)
        finally:
            open_pages[address] -= 1
            if not open_pages[address]:
                del open_pages[address]

    return stream


async def _refuse(socket: AnySocket, error: ReaderError) -> None:
    await socket.close(REFUSED_CLOSE + status_of(error), error.problems[0].key)


def _read(text: str) -> list[FromBuyer]:
    if len(text) > LONGEST_MESSAGE:
        raise unreadable(f"> {LONGEST_MESSAGE}")
    try:
        return _frames.decode(text)
    except msgspec.DecodeError as error:
        raise unreadable(error) from None


class _BuyerSocket:
    """One page: a queue of frames out, and what it says in."""

    def __init__(self, door: BuyersDoor, socket: AnySocket, webchat: Webchat, address: str) -> None:
        self._door = door
        self._socket = socket
        self._webchat = webchat
        self._address = address
        self._queue = FrameQueue()
        self._page: BuyerPage | None = None
        self._hearing: Hearing | None = None

    async def run(self) -> None:
        """Until the page closes, or is closed. Raises ReaderError for whoever is not let in."""
        sending = asyncio.create_task(self._send())
        listening = asyncio.create_task(self._listen())
        try:
            await asyncio.wait([sending, listening], return_when=asyncio.FIRST_COMPLETED)
        finally:
            if self._page is not None:
                self._door.visits.leave(self._page)
            for each in (sending, listening):
                each.cancel()
            await asyncio.gather(sending, listening, return_exceptions=True)
        if not listening.cancelled() and (error := listening.exception()):
            raise error

    async def _send(self) -> None:
        while True:
            await self._queue.wait()
            if self._queue.overflowed:
                await self._socket.close(COME_AGAIN, "resync")
                return
            await self._socket.send_text(self._queue.taken().decode())
            if self._page is not None and self._page.dismissed:
                await self._socket.close(self._page.dismissed, "come again")
                return

    async def _listen(self) -> None:
        try:
            while True:
                for frame in self._decoded(await self._socket.receive_data("text")):
                    await self._hear(frame)
        except WebSocketDisconnect:
            return

    def _decoded(self, text: str) -> list[FromBuyer]:
        try:
            return _read(text)
        except ReaderError as error:
            # A page that has come in is told; whoever has not is no page of ours.
            if self._hearing is None:
                raise
            self._hearing.refuse("", error)
            return []

    async def _hear(self, frame: FromBuyer) -> None:
        if self._hearing is not None:
            await self._hearing.hear(frame)
        elif frame.start is not None:
            await self._begin(frame.start)

    async def _begin(self, start: Start) -> None:
        now = self._door.clock()
        visit = await admitted(self._door, self._webchat, start.token)
        await slow_down(self._door, visit.buyer, self._address)
        page = page_of(self._door, self._webchat, visit, self._queue)
        if len(self._door.visits.pages_of(page.chat_id)) >= MOST_PAGES_OF_A_VISIT:
            raise ReaderError(Problem("webchat.too_many_pages"))
        self._page = page
        language = language_of(start.language or self._socket.headers.get("accept-language"))
        self._hearing = Hearing(self._door, page, self._address, language)
        await self._door.welcome.start(page, start.since, now)
