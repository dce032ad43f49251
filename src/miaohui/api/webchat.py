"""The chat on a merchant's own site: visits without an account, and frames over plain HTTP for
networks that let no socket through."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import sha256
from typing import Annotated, Any

import msgspec
from litestar import Request, Response, get, post
from litestar.handlers import BaseRouteHandler
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import JSONBody, Parameter, PathParameter

from miaohui.adapters.channels.visit_port import Visit
from miaohui.api.buyers import (
    READING_COST,
    BuyersDoor,
    Hearing,
    nearby,
    page_of,
    slow_down,
    visit_in,
)
from miaohui.api.callers import ANYBODY
from miaohui.api.frame_queue import FrameQueue
from miaohui.api.openapi import example, refusals
from miaohui.api.problems import language_of
from miaohui.domain.directory.webchat import Face, WebchatSettings, face_of
from miaohui.domain.vocabulary.problems import Problem, ReaderError
from miaohui.pipelines.buyer_frames import HIGHEST_SEQ, Answered, FromBuyer, Line, ToBuyer, Words
from miaohui.pipelines.webchats import Webchat

AnyRequest = Request[Any, Any, Any]
LONGEST_POLL_SECONDS = 20.0
MOST_FRAMES = 50
WebchatId = Annotated[
    str, PathParameter(pattern="^[0-9a-f]{16}$", description="The id in the address of a chat.")
]
Since = Annotated[
    int | None,
    Parameter(ge=0, le=HIGHEST_SEQ, description="The newest seq that the page has; none: nothing."),
]
Known = Annotated[str | None, Parameter(max_length=64, description="`mark` of the answer before.")]
REFUSALS = refusals(
    _400="The request is not well formed.",
    _401="The visit is not known.",
    _403="The site is not among the allowed origins.",
    _404="No such chat.",
    _429="Too fast: try again in a while.",
    _503="Too busy or closing: send the same again.",
)


class Beginning(msgspec.Struct, frozen=True):
    """A new visit, or with a code one more device of another."""

    pairing: str | None = None


class Begun(msgspec.Struct, frozen=True):
    """What the page keeps: whoever has the token is this buyer."""

    token: str


class Offer(msgspec.Struct, frozen=True):
    """A code by which one more device joins the visit, once and soon; `path` leads there."""

    code: str
    path: str
    until: datetime


class Frames(msgspec.Struct, frozen=True):
    """What a page is told. `mark` stands for how things are: with it the next question waits until
    they are otherwise."""

    frames: msgspec.Raw
    mark: str


NOON = datetime(2026, 11, 11, 4, tzinfo=UTC)
FACE = face_of(WebchatSettings(name="云上衣橱", greeting={"zh": "您好，请稍等"}), "云上衣橱")
TOLD = [ToBuyer(lines=[Line(7, NOON, "person", name="小林", text="在的，马上帮您查")])]
ANSWERED = [ToBuyer(answered=Answered("m1", 7))]
SAID = [FromBuyer(words=Words("m1", "有现货吗"))]
EXAMPLE_FRAMES = Frames(msgspec.Raw(msgspec.json.encode(TOLD)), "0123456789abcdef")


def webchat_routes(door: BuyersDoor) -> list[BaseRouteHandler]:
    """The routes of buyers without a socket."""
    return [_face(door), *_visits(door), *_frames(door)]


def _face(door: BuyersDoor) -> BaseRouteHandler:
    @get(
        "/v1/webchat/{webchat_id:str}",
        operation_id="ReadWebchat",
        summary="How a chat looks",
        tags=["webchat"],
        opt=ANYBODY | example(FACE),
        responses={**REFUSALS, 304: ResponseSpec(None, description="The page has it already.")},
    )
    async def read_webchat(request: AnyRequest, webchat_id: WebchatId) -> Response[Face | None]:
        """Its name, greeting, colour and the like; kept by its hash."""
        face = door.webchats.find(webchat_id).face
        tag = f'"{sha256(msgspec.json.encode(face, order="deterministic")).hexdigest()[:32]}"'
        headers = {"etag": tag, "cache-control": "public, max-age=60"}
        if request.headers.get("if-none-match") == tag:
            return Response(None, status_code=304, headers=headers)
        return Response(face, headers=headers)

    return read_webchat


def _visits(door: BuyersDoor) -> list[BaseRouteHandler]:
    @post(
        "/v1/webchat/{webchat_id:str}/visits",
        operation_id="BeginVisit",
        summary="Begin a visit",
        tags=["webchat"],
        opt=ANYBODY | example(Begun("…"), Beginning()),
        responses={**REFUSALS, **refusals(_410="The code is used or over.")},
    )
    async def begin_visit(
        request: AnyRequest, webchat_id: WebchatId, data: JSONBody[Beginning]
    ) -> Begun:
        """Nothing is kept of it: the token says who it is, and who writes comes into being."""
        webchat, now = door.webchats.find(webchat_id), door.clock()
        door.paces.visits_by_address.wait(nearby(request), now)
        if data.pairing is None:
            return Begun(webchat.begin(door.chance, now))
        door.paces.codes_by_address.wait(nearby(request), now)
        buyer = door.pairings.redeem(webchat_id, data.pairing, now)
        if buyer is None:
            raise ReaderError(Problem("webchat.pairing_gone"))
        return Begun(webchat.begin(door.chance, now, buyer))

    @post(
        "/v1/webchat/{webchat_id:str}/pairings",
        operation_id="OfferPairing",
        summary="Let one more device join a visit",
        tags=["webchat"],
        opt=ANYBODY | example(Offer("482913", "/webchat/0123456789abcdef#482913", NOON)),
        responses=REFUSALS,
    )
    async def offer_pairing(request: AnyRequest, webchat_id: WebchatId) -> Offer:
        """A short code, good once and for ten minutes."""
        webchat, now = door.webchats.find(webchat_id), door.clock()
        visit = await visit_in(door, webchat, request)
        door.paces.codes_by_address.wait(nearby(request), now)
        code, until = door.pairings.offer(webchat_id, visit.buyer, now)
        # Behind a #, so that no server and no log on the way sees it.
        return Offer(code, f"/webchat/{webchat_id}#{code}", until)

    return [begin_visit, offer_pairing]


def _frames(door: BuyersDoor) -> list[BaseRouteHandler]:
    @get(
        "/v1/webchat/{webchat_id:str}/frames",
        operation_id="PollFrames",
        summary="What a buyer's page is told",
        tags=["webchat"],
        opt=ANYBODY | example(EXAMPLE_FRAMES),
        responses=REFUSALS,
    )
    async def poll_frames(
        request: AnyRequest, webchat_id: WebchatId, since: Since = None, known: Known = None
    ) -> Frames:
        """The frames that the socket would tell; waits for some seconds while there is nothing."""
        webchat = door.webchats.find(webchat_id)
        visit = await visit_in(door, webchat, request)
        await slow_down(door, visit.buyer, nearby(request), READING_COST)
        return await _polled(door, webchat, visit, since, known)

    @post(
        "/v1/webchat/{webchat_id:str}/frames",
        operation_id="SendFrames",
        summary="What a buyer's page says",
        status_code=200,
        tags=["webchat"],
        opt=ANYBODY
        | example(
            [ToBuyer(answered=Answered("m1", 7))], [FromBuyer(words=Words("m1", "有现货吗"))]
        ),
        responses=REFUSALS,
    )
    async def send_frames(
        request: AnyRequest, webchat_id: WebchatId, data: JSONBody[Sequence[FromBuyer]]
    ) -> Sequence[ToBuyer]:
        """The frames that a page would say over the socket; the answer has what each was told."""
        webchat = door.webchats.find(webchat_id)
        queue, visit = FrameQueue(), await visit_in(door, webchat, request)
        language = language_of(request.headers.get("accept-language"))
        page = page_of(door, webchat, visit, queue)
        hearing = Hearing(door, page, nearby(request), language)
        for frame in data[:MOST_FRAMES]:
            await hearing.hear(frame)
        return msgspec.json.decode(queue.taken(), type=list[ToBuyer])

    return [poll_frames, send_frames]


async def _polled(
    door: BuyersDoor, webchat: Webchat, visit: Visit, since: int | None, known: str | None
) -> Frames:
    queue = FrameQueue()
    page = page_of(door, webchat, visit, queue)
    try:
        await door.welcome.start(page, since, door.clock())
        told = queue.taken()
        mark = _mark(told)
        if since is not None and mark == known and b'"lines"' not in told:
            with suppress(TimeoutError):
                async with asyncio.timeout(LONGEST_POLL_SECONDS):
                    await queue.wait()
            told = queue.taken()
            mark = _mark(told) or mark
    finally:
        door.visits.leave(page)
    return Frames(msgspec.Raw(told), mark)


def _mark(told: bytes) -> str:
    """What stands for the outlook and the read mark among frames; empty where there is neither."""
    frames = msgspec.json.decode(told, type=list[ToBuyer])
    stands = [(each.outlook, each.read) for each in frames if each.outlook or each.read]
    return sha256(msgspec.json.encode(stands)).hexdigest()[:16] if stands else ""
