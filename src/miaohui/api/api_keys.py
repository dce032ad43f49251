"""API keys: made, listed, ended."""

import asyncio
from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
from litestar import Request, delete, get, post
from litestar.handlers import BaseRouteHandler
from litestar.params import FromPath, JSONBody

from miaohui.adapters.storage.directory_ports import ApiKey
from miaohui.api.bodies import Asked
from miaohui.api.callers import Callers, needs
from miaohui.api.openapi import ALWAYS, CHANGING, example, refusals
from miaohui.api.people_told import Name, WhichShops, shops_told
from miaohui.api.refusals import done
from miaohui.api.sessions import NOON
from miaohui.domain.directory.rights import Right
from miaohui.domain.vocabulary.events import Instant
from miaohui.pipelines.api_keys import end_api_key, keys_in_view, make_api_key
from miaohui.pipelines.furnishing import Furnishing
from miaohui.pipelines.house import House

AnyRequest = Request[Any, Any, Any]


class ApiKeyTold(msgspec.Struct, frozen=True):
    """A living key; `prefix` is the part by which it is known again."""

    id: str
    prefix: str
    label: str
    rights: Sequence[Right]
    shops: WhichShops
    account: str
    created_at: Instant
    expires_at: Instant | None
    last_used_at: Instant | None


class ApiKeyWanted(Asked, frozen=True):
    """Some of one's own rights in some of one's own shops."""

    label: Name
    rights: Annotated[list[Right], msgspec.Meta(max_length=100)]
    shops: WhichShops = WhichShops()
    expires_at: Instant | None = None


class ApiKeyMade(msgspec.Struct, frozen=True):
    """`whole` is shown this once."""

    key: ApiKeyTold
    whole: str

    def __repr__(self) -> str:
        return f"ApiKeyMade({self.key.prefix!r})"


HERE = WhichShops(only=("茶叶铺",))
EXAMPLE = ApiKeyTold(
    "01930f2e-…", "k3vb7xqp", "ERP", [Right.CHATS_READ], HERE, "01930f2e-…", NOON, None, None
)


class ApiKeysDoor(msgspec.Struct, frozen=True):
    """What the routes of API keys stand on."""

    people: House
    furnishing: Furnishing
    callers: Callers


def api_key_routes(door: ApiKeysDoor) -> list[BaseRouteHandler]:
    """The routes of API keys."""

    @get(
        "/v1/api-keys",
        operation_id="ListApiKeys",
        summary="Living API keys",
        tags=["api keys"],
        opt=needs(Right.API_KEYS_MANAGE) | example([EXAMPLE]),
        responses=refusals(**ALWAYS),
    )
    async def list_api_keys(request: AnyRequest) -> Sequence[ApiKeyTold]:
        """Newest first: your own, and those of accounts that you may manage."""
        acting = door.callers.acting(request)
        return [_told(each) for each in await asyncio.to_thread(keys_in_view, door.people, acting)]

    @post(
        "/v1/api-keys",
        operation_id="MakeApiKey",
        summary="Make an API key",
        tags=["api keys"],
        opt=needs(Right.API_KEYS_MANAGE, in_person=True)
        | example(
            ApiKeyMade(EXAMPLE, "mh_k3vb7xqp_…"), ApiKeyWanted("ERP", [Right.CHATS_READ], HERE)
        ),
        responses=CHANGING,
    )
    async def make(request: AnyRequest, data: JSONBody[ApiKeyWanted]) -> ApiKeyMade:
        """It may do what is in it *and* what you may still do. A key makes no keys."""
        acting, shops = door.callers.acting(request), data.shops.shops()
        made = done(
            await asyncio.to_thread(
                make_api_key, door.people, acting, data.label, data.rights, shops, data.expires_at
            )
        )
        return ApiKeyMade(_told(made.key), made.whole.reveal())

    @delete(
        "/v1/api-keys/{key_id:str}",
        operation_id="EndApiKey",
        summary="End an API key",
        tags=["api keys"],
        opt=needs(Right.API_KEYS_MANAGE),
        responses=CHANGING,
    )
    async def end(request: AnyRequest, key_id: FromPath[str]) -> None:
        """At once, its pages included."""
        acting = door.callers.acting(request)
        ended = done(await asyncio.to_thread(end_api_key, door.people, acting, key_id))
        await door.furnishing.accounts([ended.account])

    return [list_api_keys, make, end]


def _told(key: ApiKey) -> ApiKeyTold:
    return ApiKeyTold(
        key.id,
        key.prefix,
        key.label,
        sorted(key.rights),
        shops_told(key.shops),
        key.account,
        key.created_at,
        key.expires_at,
        key.last_used_at,
    )
