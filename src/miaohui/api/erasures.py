"""Erasing a buyer: asked for, and how far it has come."""

import asyncio
from typing import Annotated, Any

import msgspec
from litestar import Request, get, post
from litestar.handlers import BaseRouteHandler
from litestar.params import FromPath, JSONBody, PathParameter

from miaohui.adapters.storage.erasure_ports import Erasure, Stage
from miaohui.api.bodies import Asked
from miaohui.api.callers import Callers, needs
from miaohui.api.openapi import ASKING, CHANGING, example
from miaohui.api.pages import Cursor, Limit, Page, cursor_of, place_of
from miaohui.api.sessions import NOON
from miaohui.domain.directory.rights import Right
from miaohui.domain.vocabulary.events import Instant
from miaohui.domain.vocabulary.problems import Problem, ReaderError
from miaohui.pipelines.erasing import Erasing, Named, OfChat
from miaohui.pipelines.forgetting import Forgetting
from miaohui.pipelines.house import author_of

AnyRequest = Request[Any, Any, Any]
ERASING = needs(Right.BUYERS_ERASE)
ErasureId = Annotated[
    str, PathParameter(pattern="^[0-9a-f-]{36}$", description="The id of an erasure.")
]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class ErasureWanted(Asked, frozen=True):
    """Who is to be erased: whoever is the buyer of a chat, or `buyer` as `channel` calls them."""

    chat: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{32}$")] | None = None
    channel: Name | None = None
    buyer: Name | None = None

    def __repr__(self) -> str:
        return "ErasureWanted(…)"


class ErasureTold(msgspec.Struct, frozen=True):
    """An erasure of a buyer in `chats` chats, asked for by an account (null: by the house itself or
    at its command line).

    `state`: `asked`, `begun`; `waiting`: nobody reads anything of the buyer any more, but what was
    destroyed still lies in old pages that another program reads, and is tried again; `done`.
    """

    id: str
    state: Stage
    chats: int
    asked_at: Instant
    asked_by: str | None
    changed_at: Instant | None


class ErasuresDoor(msgspec.Struct, frozen=True):
    """What the routes of erasures stand on."""

    erasing: Erasing
    forgetting: Forgetting
    callers: Callers


EXAMPLE = ErasureTold(
    "01930f2e-7c00-7000-8000-00000000000e", Stage.DONE, 1, NOON, "01930f2e-…", NOON
)
WANTED = ErasureWanted(channel="官网", buyer="web-7k2m9q4x")


def erasure_routes(door: ErasuresDoor) -> list[BaseRouteHandler]:
    """The routes of erasures."""
    return [_asking(door), *_looking(door)]


def _asking(door: ErasuresDoor) -> BaseRouteHandler:
    @post(
        "/v1/shops/{shop:str}/erasures",
        operation_id="EraseBuyer",
        summary="Erase a buyer",
        tags=["erasures"],
        opt=ERASING | example(EXAMPLE, WANTED),
        responses=CHANGING,
    )
    async def erase_buyer(
        request: AnyRequest, shop: FromPath[str], data: JSONBody[ErasureWanted]
    ) -> ErasureTold:
        """Destroys the buyer's key and with it names, texts and pictures; drafts, read marks and
        what the search knows go as well, pages forget at once, and no figure changes. It cannot be
        undone. Asked for again it is the same erasure."""
        author = author_of(door.callers.acting(request))
        asked = await asyncio.to_thread(door.erasing.ask, shop, _wanted(data), author)
        if not isinstance(asked, Erasure):
            raise ReaderError(Problem("erasure.nobody"))
        return _told(await door.forgetting.carry_out(asked))

    return erase_buyer


def _looking(door: ErasuresDoor) -> list[BaseRouteHandler]:
    @get(
        "/v1/shops/{shop:str}/erasures",
        operation_id="ListErasures",
        summary="Erasures of buyers",
        tags=["erasures"],
        opt=ERASING | example(Page([EXAMPLE])),
        responses=ASKING,
    )
    async def list_erasures(
        shop: FromPath[str], cursor: Cursor = None, limit: Limit = 50
    ) -> Page[ErasureTold]:
        """Newest first. None of them says who the buyer was."""
        before = None if cursor is None else place_of(cursor, str)
        found = await asyncio.to_thread(door.erasing.of_shop, shop, before, limit + 1)
        more = cursor_of(found[limit - 1].id) if len(found) > limit else None
        return Page([_told(each) for each in found[:limit]], more)

    @get(
        "/v1/shops/{shop:str}/erasures/{erasure_id:str}",
        operation_id="ReadErasure",
        summary="How far an erasure has come",
        tags=["erasures"],
        opt=ERASING | example(EXAMPLE),
        responses=ASKING,
    )
    async def read_erasure(shop: FromPath[str], erasure_id: ErasureId) -> ErasureTold:
        """As it is now."""
        found = await asyncio.to_thread(door.erasing.find, shop, erasure_id)
        if found is None:
            raise ReaderError(Problem("directory.unknown"))
        return _told(found)

    return [list_erasures, read_erasure]


def _wanted(data: ErasureWanted) -> Named | OfChat:
    """Raises ReaderError `erasure.whom`."""
    match data:
        case ErasureWanted(chat=str(chat), channel=None, buyer=None):
            return OfChat(chat)
        case ErasureWanted(chat=None, channel=str(channel), buyer=str(buyer)):
            return Named(channel, buyer)
        case _:
            raise ReaderError(Problem("erasure.whom"))


def _told(erasure: Erasure) -> ErasureTold:
    return ErasureTold(
        erasure.id,
        erasure.stage,
        len(erasure.chats),
        erasure.asked_at,
        erasure.asked_by,
        erasure.changed_at,
    )
