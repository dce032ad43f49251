"""The socket of a desk's page: what is in view, every change of it, and what the page says.

Each message, either way, is a JSON array of frames. A page begins with `start`; whoever falls too
far behind is asked to come again.
"""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import msgspec
from litestar import WebSocket, websocket
from litestar.exceptions import WebSocketDisconnect, WebSocketException
from litestar.handlers import BaseRouteHandler

from miaohui.api.callers import Callers, caller_of, needs
from miaohui.api.problems import Clock, Language, Say, Told, language_of, told
from miaohui.domain.desk.floor.people import Health
from miaohui.domain.directory.rights import Right
from miaohui.domain.vocabulary.problems import Problem, ReaderError
from miaohui.pipelines.desk import By, Desk, Done, Saying
from miaohui.pipelines.ephemera import Ephemera
from miaohui.pipelines.frames import Frame, encode
from miaohui.pipelines.house import Caller
from miaohui.pipelines.live import Live
from miaohui.pipelines.pulse import Pulse
from miaohui.pipelines.read_marking import ReadMarking
from miaohui.pipelines.refusals import problems_of
from miaohui.pipelines.syncing import Syncing
from miaohui.pipelines.watching import Watcher, Watching

AnySocket = WebSocket[Any, Any, Any]
MOST_QUEUED_BYTES = 8_000_000
ASKED_AGAIN_EVERY = timedelta(minutes=1)
COME_AGAIN, LOGGED_OUT = 4_408, 4_401


class Start(msgspec.Struct, frozen=True):
    """The first thing a page says. `since`: the newest seq of each shop it heard, null for none."""

    device: str
    since: Mapping[str, int] | None = None


class Speech(msgspec.Struct, frozen=True):
    """A message to a buyer. `key` makes it the same one however often it is sent."""

    ref: int
    chat: str
    key: str
    saying: Saying


class FromPage(msgspec.Struct, frozen=True):
    """One thing that a page says."""

    start: Start | None = None
    beat: Health | None = None
    typing: str | None = None
    reading: str | None = None
    say: Speech | None = None


class Answered(msgspec.Struct, frozen=True, omit_defaults=True):
    """What became of something said: its seq, or the problems."""

    ref: int
    seq: int = 0
    problems: list[Told] = []


_from_page = msgspec.json.Decoder(list[FromPage])
_encode = msgspec.json.Encoder().encode


class DeskDoor(msgspec.Struct, frozen=True):
    """What the socket stands on."""

    live: Live
    watching: Watching
    syncing: Syncing
    pulse: Pulse
    desk: Desk
    ephemera: Ephemera
    callers: Callers
    clock: Clock
    say: Say
    marks: ReadMarking


def desk_socket(door: DeskDoor) -> BaseRouteHandler:
    """The route of the socket."""

    @websocket("/v1/desk", opt=needs(Right.CHATS_READ))
    async def desk(socket: AnySocket) -> None:
        """A page comes in."""
        await socket.accept()
        language = language_of(socket.headers.get("accept-language"))
        await _Page(door, socket, caller_of(socket), language).run()

    return desk


class _Page:
    """One page: a queue of frames out, and what it says in. There are thousands: kept small."""

    __slots__ = ("_asked_at", "_caller", "_door", "_language", "_queue", "_queued_bytes")
    __slots__ += ("_sending", "_socket", "_watcher")

    def __init__(
        self, door: DeskDoor, socket: AnySocket, caller: Caller, language: Language
    ) -> None:
        self._door = door
        self._socket = socket
        self._caller = caller
        self._language = language
        self._asked_at = door.clock()
        self._queue: list[bytes] = []
        self._queued_bytes = 0
        self._sending: asyncio.Task[None] | None = None
        self._watcher: Watcher | None = None

    async def run(self) -> None:
        """Until the page closes, its session ends, or it falls too far behind."""
        try:
            await self._listen()
        finally:
            if self._watcher is not None:
                self._door.watching.leave(self._watcher)
                self._door.ephemera.left(self._watcher)
            if self._sending is not None:
                self._sending.cancel()

    def queue(self, frame: bytes) -> None:
        """Queue a frame; too many bytes waiting end the page. Only while something waits is there
        a task for it: most pages are still most of the time."""
        self._queue.append(frame)
        self._queued_bytes += len(frame)
        if self._sending is None:
            self._sending = asyncio.create_task(self._send())

    async def _send(self) -> None:
        """Everything that waits, in as few messages as it goes; then the page is still again."""
        try:
            while self._queue:
                if self._queued_bytes > MOST_QUEUED_BYTES:
                    await self._socket.close(COME_AGAIN, "resync")
                    return
                frames = b",".join(self._queue)
                self._queue.clear()
                self._queued_bytes = 0
                await self._socket.send_text((b"[" + frames + b"]").decode())
            if self._watcher is not None and self._watcher.dismissed:
                await self._socket.close(self._watcher.dismissed, "come again")
        except (WebSocketException, OSError):
            return  # it was closed meanwhile, which ASGI servers tell by an OSError
        finally:
            self._sending = None

    async def _listen(self) -> None:
        try:
            while True:
                for frame in self._decoded(await self._socket.receive_data("text")):
                    await self._hear(frame)
        except WebSocketDisconnect:
            return

    def _decoded(self, text: str) -> list[FromPage]:
        try:
            return _from_page.decode(text)
        except msgspec.DecodeError as error:
            self._problem(0, Problem("http.400", {"reason": str(error)}))
            return []

    async def _hear(self, frame: FromPage) -> None:
        if frame.start is not None and self._watcher is None:
            await self._begin(frame.start)
        if self._watcher is None or self._watcher.dismissed:
            return
        now = self._door.clock()
        if frame.beat is not None:
            await self._beat(frame.beat, now)
        if frame.typing is not None:
            self._door.ephemera.types(self._watcher, frame.typing)
        if frame.reading is not None:
            self._door.ephemera.reads(self._watcher, frame.reading)
            if self._door.ephemera.has_open(self._watcher, frame.reading):
                await self._door.marks.tell(self._watcher, frame.reading)
        if frame.say is not None:
            await self._say(frame.say)

    async def _begin(self, start: Start) -> None:
        account = self._caller.account
        self._watcher = Watcher(account, start.device[:100], self.queue)
        if account.id not in self._door.live.floor.people:
            self._door.live.floor.keep_account(account)
        self._door.ephemera.beats(self._watcher, None, self._door.clock())
        self._door.live.wake()
        self.queue(self._door.pulse.everybody(self._watcher))
        await self._door.syncing.start(self._watcher, start.since, self._door.clock())
        await self._door.pulse.greet(self._watcher)

    async def _beat(self, health: Health, now: datetime) -> None:
        """The page is alive; now and then its session is asked for again."""
        assert self._watcher is not None
        account = self._caller.account.id
        if self._door.ephemera.beats(self._watcher, health, now):
            self._door.live.wake()
        if now - self._asked_at >= ASKED_AGAIN_EVERY:
            self._asked_at = now
            known = await self._door.callers.caller(self._socket)
            if known is None or known.account.id != account:
                self._watcher.dismissed = LOGGED_OUT
                self.queue(encode(Frame(closing=True)))

    async def _say(self, speech: Speech) -> None:
        by = By(self._caller.account, speech.key)
        try:
            result = await self._door.desk.say(by, speech.chat, speech.saying)
        except ReaderError as error:
            self._problem(speech.ref, *error.problems)
            return
        if isinstance(result, Done):
            self.queue(_encode({"answered": Answered(speech.ref, result.seq)}))
        else:
            self._problem(speech.ref, *problems_of(result))

    def _problem(self, ref: int, *problems: Problem) -> None:
        sentences = [told(problem, self._door.say, self._language) for problem in problems]
        self.queue(_encode({"answered": Answered(ref, problems=sentences)}))
