"""Shops of the house."""

import asyncio
from collections.abc import Sequence
from typing import Any

import msgspec
from litestar import Request, get, post, put
from litestar.handlers import BaseRouteHandler
from litestar.params import FromPath, JSONBody

from miaohui.adapters.storage.directory_ports import Obstacle
from miaohui.api.bodies import Asked
from miaohui.api.callers import LOGGED_IN, Callers, caller_of, needs
from miaohui.api.openapi import ALWAYS, ASKING, CHANGING, example, refusals
from miaohui.api.people_told import Name
from miaohui.api.refusals import done
from miaohui.domain.directory.accounts import Shop
from miaohui.domain.directory.rights import Right
from miaohui.pipelines.furnishing import Furnishing
from miaohui.pipelines.house import House
from miaohui.pipelines.places import PackProblems, add_shop, change_shop, shop_of
from miaohui.pipelines.shop_channels import ShopChannels

AnyRequest = Request[Any, Any, Any]


class ShopTold(msgspec.Struct, frozen=True):
    """A shop. `id` is what events call it; `pack` names its rule pack, null: the neutral one.
    `demo`: its buyers and agents are played."""

    id: str
    name: str
    timezone: str
    pack: str | None
    active: bool
    demo: bool = False


class ShopWanted(Asked, frozen=True):
    """What somebody wants a shop to be."""

    name: Name
    timezone: Name = "Asia/Shanghai"
    pack: Name | None = None
    active: bool = True


class ShopAdded(Asked, frozen=True):
    """A new shop; `id` stays for ever, as events call it so."""

    id: Name
    name: Name
    timezone: Name = "Asia/Shanghai"
    pack: Name | None = None


EXAMPLE = ShopTold("茶叶铺", "茶叶铺", "Asia/Shanghai", None, active=True)


class ShopsDoor(msgspec.Struct, frozen=True):
    """What the routes of shops stand on. `wrong`: what is wrong with the pack of a name."""

    people: House
    furnishing: Furnishing
    channels: ShopChannels
    callers: Callers
    wrong: PackProblems


def shop_routes(door: ShopsDoor) -> list[BaseRouteHandler]:
    """The routes of shops."""
    return [*_reading(door), *_keeping(door)]


def _reading(door: ShopsDoor) -> list[BaseRouteHandler]:
    @get(
        "/v1/shops",
        operation_id="ListShops",
        summary="The shops",
        tags=["shops"],
        opt=LOGGED_IN | example([EXAMPLE]),
        responses=refusals(**ALWAYS),
    )
    async def list_shops(request: AnyRequest) -> Sequence[ShopTold]:
        """By id: those that you see."""
        mine = caller_of(request).account.shops
        known = await asyncio.to_thread(door.people.directory.listed_shops)
        return [_told(each) for each in known if mine.holds(each.id)]

    @get(
        "/v1/shops/{shop:str}",
        operation_id="ReadShop",
        summary="A shop",
        tags=["shops"],
        opt=LOGGED_IN | example(EXAMPLE),
        responses=ASKING,
    )
    async def read_shop(shop: FromPath[str]) -> ShopTold:
        """As it is now."""
        found = await asyncio.to_thread(shop_of, door.people, shop)
        return _told(done(found or Obstacle.UNKNOWN))

    return [list_shops, read_shop]


def _keeping(door: ShopsDoor) -> list[BaseRouteHandler]:
    @post(
        "/v1/shops",
        operation_id="AddShop",
        summary="Add a shop",
        tags=["shops"],
        opt=needs(Right.SHOPS_MANAGE, everywhere=True)
        | example(EXAMPLE, ShopAdded("茶叶铺", "茶叶铺")),
        responses=CHANGING,
    )
    async def add(request: AnyRequest, data: JSONBody[ShopAdded]) -> ShopTold:
        """It is open at once, for the channels that it gets."""
        wanted = Shop(data.id.strip(), data.name.strip(), data.timezone, data.pack)
        acting = door.callers.acting(request)
        kept = done(await asyncio.to_thread(add_shop, door.people, acting, wanted, door.wrong))
        await door.furnishing.shop(kept.id)
        return _told(kept)

    @put(
        "/v1/shops/{shop:str}",
        operation_id="ChangeShop",
        summary="Change a shop",
        tags=["shops"],
        opt=needs(Right.SHOPS_MANAGE) | example(EXAMPLE, ShopWanted("茶叶铺")),
        responses=CHANGING,
    )
    async def change(
        request: AnyRequest, shop: FromPath[str], data: JSONBody[ShopWanted]
    ) -> ShopTold:
        """Another pack counts the whole of today anew; a shop that is not active has no desk."""
        wanted = Shop(shop, data.name.strip(), data.timezone, data.pack, data.active)
        acting = door.callers.acting(request)
        kept = done(await asyncio.to_thread(change_shop, door.people, acting, wanted, door.wrong))
        await door.channels.reopen(shop)
        await door.furnishing.shop(kept.id)
        return _told(kept)

    return [add, change]


def _told(shop: Shop) -> ShopTold:
    return ShopTold(shop.id, shop.name, shop.timezone, shop.pack, shop.active, shop.demo)
