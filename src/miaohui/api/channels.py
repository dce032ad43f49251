"""Where channels hand in events: a signed body over HTTP, or a stream of frames.

An answer is given after the commit, never before.
"""

import asyncio
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import msgspec
import structlog
from litestar import Request, WebSocket, post, websocket
from litestar.exceptions import WebSocketDisconnect
from litestar.handlers import BaseRouteHandler
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath

from miaohui.adapters.channels.port import Door
from miaohui.adapters.storage.live_ports import Recorded
from miaohui.api.callers import ANYBODY
from miaohui.api.openapi import example
from miaohui.api.problems import Clock, Language, Say, Told, Trouble, language_of, status_of, told
from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.problems import Problem, ReaderError
from miaohui.pipelines.intake import Intake, Line, passes

MOST_IN_FLIGHT = 1_000  # frames of one stream that wait for their commit
REFUSED_CLOSE = 4_000  # + the status that HTTP would have had
AnyRequest = Request[Any, Any, Any]
AnySocket = WebSocket[Any, Any, Any]


class Taken(msgspec.Struct, frozen=True):
    """Where the log holds an event; `new` is false for one it had before."""

    source_id: str
    seq: int
    new: bool


class Rejected(msgspec.Struct, frozen=True):
    """An event that was not taken, by its place in the body."""

    place: int
    problem: Told


class Answer(msgspec.Struct, frozen=True):
    """What became of a delivery. Every event taken is on the disk."""

    taken: Sequence[Taken]
    rejected: Sequence[Rejected]


class Frame(msgspec.Struct, frozen=True):
    """One event of a stream, and the sender's own number for it."""

    ref: int
    event: msgspec.Raw


class Receipt(msgspec.Struct, frozen=True, omit_defaults=True):
    """What became of a frame: `seq` and `new`, or the problem; `again`: it passes, and the stream
    is closed, so that whatever has no `seq` is sent again in its order."""

    ref: int
    seq: int = 0
    new: bool = False
    problem: Told | None = None
    again: bool = False


log_book = structlog.get_logger(room="api")
_frames = msgspec.json.Decoder(Frame)
_encode = msgspec.json.Encoder().encode


def channel_routes(
    intake: Intake, doors: Mapping[str, Door], clock: Clock, say: Say
) -> list[BaseRouteHandler]:
    """The routes by which channels come in; `doors` by the id in the path."""

    @post(
        "/v1/channels/{channel_id:str}/deliveries",
        operation_id="DeliverEvents",
        summary="Hand in events",
        status_code=200,
        tags=["channels"],
        opt=ANYBODY | example(Answer([Taken("m1", 4711, new=True)], []), EXAMPLE_DELIVERY),
        responses={
            status: ResponseSpec(Trouble, description=reason, generate_examples=False)
            for status, reason in REFUSALS.items()
        },
    )
    async def deliver(request: AnyRequest, channel_id: FromPath[str]) -> Answer:
        """Take the events of a signed body `{"events": [...]}`.

        Signed as Standard Webhooks (`webhook-id`, `webhook-timestamp`, `webhook-signature`).
        Answered after the commit. Events that cannot be taken are named, the rest go in; sent
        again, an event is answered with the `seq` it has.
        """
        door = _door(doors, channel_id)
        body, now = await request.body(), clock()
        delivery = door.admit(request.headers, body, now)
        read = door.read(body, now)
        recorded = await intake.take(read.events) if read.events else ()
        door.taken(delivery, now)
        language = language_of(request.headers.get("accept-language"))
        return Answer(
            [_taken(event, each) for event, each in zip(read.events, recorded, strict=True)],
            [Rejected(each.place, told(each.problem, say, language)) for each in read.refused],
        )

    @websocket("/v1/channels/{channel_id:str}/stream", opt=ANYBODY)
    async def stream(socket: AnySocket, channel_id: FromPath[str]) -> None:
        """Take one event a frame; the handshake is signed over an empty body."""
        try:
            door = _door(doors, channel_id)
            door.taken(door.admit(socket.headers, b"", clock()), clock())
        except ReaderError as error:
            await socket.accept()
            await socket.close(REFUSED_CLOSE + status_of(error), error.problems[0].key)
            return
        await socket.accept()
        language = language_of(socket.headers.get("accept-language"))
        await _Stream(socket, intake, door, clock, say, language).run()

    return [deliver, stream]


EXAMPLE_DELIVERY = {
    "events": [
        {
            "conversation": "c1",
            "buyer": "小李",
            "at": "2026-11-11T12:00:00+08:00",
            "actor": "buyer",
            "origin": "human",
            "kind": "text",
            "source_id": "m1",
            "payload": {"text": "在吗"},
        }
    ]
}
REFUSALS = {
    400: "The body is no delivery.",
    401: "Not signed, not genuine, or too old.",
    404: "No such channel.",
    409: "This delivery was taken before.",
    413: "Too many events, or too large a body.",
    503: "Too busy or closing: send the same delivery again.",
    507: "The disk is full: send the same delivery again later.",
}


class _Stream:
    """One stream: frames in, receipts out in the order of the commits."""

    def __init__(
        self,
        socket: AnySocket,
        intake: Intake,
        door: Door,
        clock: Clock,
        say: Say,
        language: Language,
    ) -> None:
        self._socket = socket
        self._intake = intake
        self._door = door
        self._clock = clock
        self._say = say
        self._language = language
        self._receipts: asyncio.Queue[Receipt] = asyncio.Queue()
        self._room = asyncio.Semaphore(MOST_IN_FLIGHT)
        self._line = Line()

    async def run(self) -> None:
        """Until the sender closes; what was handed in by then is still written."""
        answering = asyncio.create_task(self._answer())
        try:
            while True:
                frame = await self._socket.receive_text()
                await self._room.acquire()
                self._hand_in(frame)
        except WebSocketDisconnect:
            pass
        finally:
            answering.cancel()
            await asyncio.gather(answering, return_exceptions=True)

    def _hand_in(self, text: str) -> None:
        try:
            frame = _frames.decode(text)
        except msgspec.DecodeError as error:
            self._refuse(0, Problem("webhook.unreadable", {"reason": str(error)}))
            return
        read = self._door.read_one(bytes(frame.event), self._clock())
        if isinstance(read, Problem):
            self._refuse(frame.ref, read)
            return
        try:
            answer = self._intake.give([read], line=self._line)
        except ReaderError as error:
            self._refuse(frame.ref, error.problems[0], again=passes(error))
            return
        answer.add_done_callback(partial(self._done, frame.ref))

    def _done(self, ref: int, answer: asyncio.Future[Sequence[Recorded]]) -> None:
        error = answer.exception()
        if error is None:
            (recorded,) = answer.result()
            self._receipts.put_nowait(Receipt(ref, recorded.seq, recorded.is_new))
        elif isinstance(error, ReaderError):
            self._refuse(ref, error.problems[0], again=passes(error))
        else:
            log_book.error("event failed", exc_info=error)
            self._refuse(ref, Problem("http.failed"))

    def _refuse(self, ref: int, problem: Problem, again: bool = False) -> None:
        refused = told(problem, self._say, self._language)
        self._receipts.put_nowait(Receipt(ref, problem=refused, again=again))

    async def _answer(self) -> None:
        """One frame holds every receipt that is there: a commit brings many at once.

        After a refusal that passes the stream is closed, so that nothing overtakes what was
        refused: its sender begins again with whatever has no receipt.
        """
        while True:
            receipts = [await self._receipts.get()]
            while not self._receipts.empty():
                receipts.append(self._receipts.get_nowait())
            for _ in receipts:
                self._room.release()
            await self._socket.send_text(_encode(receipts).decode())
            if self._line.broken is not None:
                await self._socket.close(REFUSED_CLOSE + status_of(self._line.broken))
                return


def _door(doors: Mapping[str, Door], channel_id: str) -> Door:
    door = doors.get(channel_id)
    if door is None:
        raise ReaderError(Problem("webhook.unknown", {"id": channel_id}))
    return door


def _taken(event: Event, recorded: Recorded) -> Taken:
    return Taken(event.source_id, recorded.seq, recorded.is_new)
