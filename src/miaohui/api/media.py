"""Pictures in chats: handed in and fetched, by buyers with their token and by agents with a right.

Whatever comes in is drawn anew; whatever goes out is a picture to the browser and nothing else.
"""

import asyncio
from dataclasses import dataclass
from typing import Annotated, Any

import msgspec
from litestar import Request, Response, get, post
from litestar.handlers import BaseRouteHandler
from litestar.openapi.spec import (
    OpenAPIMediaType,
    OpenAPIType,
    Operation,
    RequestBody,
    Schema,
)
from litestar.openapi.spec.enums import OpenAPIFormat
from litestar.params import Parameter, PathParameter

from miaohui.adapters.storage.media_ports import PICTURE_TYPES, PREVIEW_TYPE, Owner
from miaohui.api.buyers import (
    PICTURE_COST,
    READING_COST,
    BuyersDoor,
    nearby,
    slow_down,
    visit_in,
)
from miaohui.api.callers import ANYBODY, caller_of, needs
from miaohui.api.chats import ChatId
from miaohui.api.openapi import CHAT_REFUSALS, example, refusals
from miaohui.api.refusals import done
from miaohui.api.webchat import REFUSALS, WebchatId
from miaohui.domain.desk.floor.chats import Chat
from miaohui.domain.directory.rights import Right
from miaohui.domain.vocabulary.problems import Problem, ReaderError
from miaohui.pipelines.desk import Desk

AnyRequest = Request[Any, Any, Any]
MediaId = Annotated[
    str, PathParameter(pattern="^[0-9a-f]{32}$", description="The id of a picture.")
]
Small = Annotated[bool, Parameter(description="The small preview instead of the whole picture.")]
ANY_PICTURE = "image/*"
PICTURE_REFUSALS = refusals(
    _413="The picture is larger than 5 MB.", _422="It is no picture that can be shown."
)
# A picture that somebody opens by its own address runs nothing and reaches nothing.
SAFE_HEADERS = {
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; sandbox",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "private, max-age=86400, immutable",
}


@dataclass
class TakesAPicture(Operation):
    """What the API's description says of a body that is a file."""

    def __post_init__(self) -> None:
        """The file itself, of one of the kinds that are taken."""
        file = OpenAPIMediaType(schema=Schema(type=OpenAPIType.STRING, format=OpenAPIFormat.BINARY))
        content = dict.fromkeys(sorted(PICTURE_TYPES), file)
        self.request_body = RequestBody(content=content, required=True)


class Kept(msgspec.Struct, frozen=True):
    """A picture that can be sent by its id from now on."""

    id: str
    type: str
    width: int
    height: int


EXAMPLE_KEPT = Kept("0" * 32, "image/jpeg", 800, 600)


def media_routes(door: BuyersDoor, desk: Desk) -> list[BaseRouteHandler]:
    """The routes of pictures."""
    return [*_of_buyers(door), *_of_agents(door, desk)]


def _of_buyers(door: BuyersDoor) -> list[BaseRouteHandler]:
    @post(
        "/v1/webchat/{webchat_id:str}/media",
        operation_id="HandInPicture",
        summary="Hand in a picture",
        tags=["webchat"],
        opt=ANYBODY | example(EXAMPLE_KEPT),
        responses={**REFUSALS, **PICTURE_REFUSALS},
        operation_class=TakesAPicture,
    )
    async def hand_in_picture(request: AnyRequest, webchat_id: WebchatId) -> Kept:
        """The body is the file: JPEG, PNG, WebP or GIF, up to 5 MB."""
        webchat = door.webchats.find(webchat_id)
        visit = await visit_in(door, webchat, request)
        door.paces.pictures_by_address.wait(nearby(request), door.clock())
        await slow_down(door, visit.buyer, nearby(request), PICTURE_COST)
        return await _kept(door, webchat.owner(visit.buyer), await request.body())

    @get(
        "/v1/webchat/{webchat_id:str}/media/{media_id:str}",
        operation_id="FetchPicture",
        summary="Fetch a picture",
        media_type=ANY_PICTURE,
        tags=["webchat"],
        opt=ANYBODY,
        responses=REFUSALS,
    )
    async def fetch_picture(
        request: AnyRequest, webchat_id: WebchatId, media_id: MediaId, small: Small = False
    ) -> Response[bytes]:
        """One that stands in the buyer's own chat."""
        webchat = door.webchats.find(webchat_id)
        visit = await visit_in(door, webchat, request)
        await slow_down(door, visit.buyer, nearby(request), READING_COST)
        return await _fetched(door, webchat.owner(visit.buyer), media_id, small)

    return [hand_in_picture, fetch_picture]


def _of_agents(door: BuyersDoor, desk: Desk) -> list[BaseRouteHandler]:
    @post(
        "/v1/chats/{chat_id:str}/media",
        operation_id="KeepPicture",
        summary="Hand in a picture for a chat",
        tags=["chats"],
        opt=needs(Right.CHATS_ANSWER) | example(EXAMPLE_KEPT),
        responses={**CHAT_REFUSALS, **PICTURE_REFUSALS},
        operation_class=TakesAPicture,
    )
    async def keep_picture(request: AnyRequest, chat_id: ChatId) -> Kept:
        """The body is the file; send it as a message of kind `image` with its id as `media`."""
        mine = caller_of(request).account
        chat = done(await desk.at_work(mine, chat_id, Right.CHATS_ANSWER))
        return await _kept(door, _owner(chat), await request.body())

    @get(
        "/v1/chats/{chat_id:str}/media/{media_id:str}",
        operation_id="ReadPicture",
        summary="A picture of a chat",
        media_type=ANY_PICTURE,
        tags=["chats"],
        opt=needs(Right.CHATS_READ),
        responses=CHAT_REFUSALS,
    )
    async def read_picture(
        request: AnyRequest, chat_id: ChatId, media_id: MediaId, small: Small = False
    ) -> Response[bytes]:
        """One that stands in the chat."""
        chat = done(await desk.chat(caller_of(request).account, chat_id, Right.CHATS_READ))
        return await _fetched(door, _owner(chat), media_id, small)

    return [keep_picture, read_picture]


async def _kept(door: BuyersDoor, owner: Owner, body: bytes) -> Kept:
    picture = await door.pictures.redraw(body)
    if isinstance(picture, Problem):
        raise ReaderError(picture)
    id_ = await asyncio.to_thread(door.media.put, owner, picture, door.clock())
    return Kept(id_, picture.type, picture.width, picture.height)


async def _fetched(door: BuyersDoor, owner: Owner, media_id: str, small: bool) -> Response[bytes]:
    sketch = await asyncio.to_thread(door.media.find, owner, media_id)
    body = await asyncio.to_thread(door.media.get, owner, media_id, small) if sketch else None
    if sketch is None or body is None:
        raise ReaderError(Problem("media.unknown"))
    kind = PREVIEW_TYPE if small else sketch.type
    named = f'inline; filename="picture.{kind.removeprefix("image/")}"'
    headers = {**SAFE_HEADERS, "content-disposition": named}
    return Response(body, media_type=kind, headers=headers)


def _owner(chat: Chat) -> Owner:
    return Owner(chat.shop, chat.channel, chat.buyer)
