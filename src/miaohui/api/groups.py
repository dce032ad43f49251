"""Groups of accounts that share a queue."""

import asyncio
from collections.abc import Sequence
from typing import Any

import msgspec
from litestar import Request, delete, get, post, put
from litestar.handlers import BaseRouteHandler
from litestar.params import FromPath, JSONBody

from miaohui.adapters.storage.directory_ports import Obstacle
from miaohui.api.bodies import Asked
from miaohui.api.callers import LOGGED_IN, Callers, caller_of, needs
from miaohui.api.openapi import ALWAYS, CHANGING, example, refusals
from miaohui.api.people_told import Name, WhichShops, shops_told
from miaohui.api.refusals import done
from miaohui.domain.directory.accounts import Account, Group
from miaohui.domain.directory.rights import Right
from miaohui.pipelines.house import House
from miaohui.pipelines.places import group_of, keep_group, remove_group, shares_a_shop
from miaohui.pipelines.tokens import NewId

AnyRequest = Request[Any, Any, Any]
MANAGING = needs(Right.ACCOUNTS_MANAGE)


class GroupTold(msgspec.Struct, frozen=True):
    """A group, such as pre-sale or after-sale, and the shops that it serves."""

    id: str
    name: str
    shops: WhichShops


class GroupWanted(Asked, frozen=True):
    """What somebody wants a group to be."""

    name: Name
    shops: WhichShops = WhichShops()


EXAMPLE_GROUP = GroupTold("01930f2e-…", "售后组", WhichShops(only=("茶叶铺",)))
EXAMPLE_WANTED = GroupWanted("售后组", WhichShops(only=("茶叶铺",)))


class GroupsDoor(msgspec.Struct, frozen=True):
    """What the routes of groups stand on."""

    people: House
    callers: Callers
    new_id: NewId


def group_routes(door: GroupsDoor) -> list[BaseRouteHandler]:
    """The routes of groups."""

    @get(
        "/v1/groups",
        operation_id="ListGroups",
        summary="The groups",
        tags=["groups"],
        opt=LOGGED_IN | example([EXAMPLE_GROUP]),
        responses=refusals(**ALWAYS),
    )
    async def list_groups(request: AnyRequest) -> Sequence[GroupTold]:
        """By name: those that serve one of your shops, and your own."""
        mine = caller_of(request).account
        known = await asyncio.to_thread(door.people.directory.groups)
        return [_told(each) for each in known if _meets(mine, each)]

    @post(
        "/v1/groups",
        operation_id="AddGroup",
        summary="Add a group",
        tags=["groups"],
        opt=MANAGING | example(EXAMPLE_GROUP, EXAMPLE_WANTED),
        responses=CHANGING,
    )
    async def add_group(request: AnyRequest, data: JSONBody[GroupWanted]) -> GroupTold:
        """Of shops that you see."""
        return await _kept(door, request, _wanted(door.new_id(), data))

    @put(
        "/v1/groups/{group_id:str}",
        operation_id="ChangeGroup",
        summary="Change a group",
        tags=["groups"],
        opt=MANAGING | example(EXAMPLE_GROUP, EXAMPLE_WANTED),
        responses=CHANGING,
    )
    async def change_group(
        request: AnyRequest, group_id: FromPath[str], data: JSONBody[GroupWanted]
    ) -> GroupTold:
        """Its name or its shops; who is in it, accounts say."""
        done(await _met(door, request, group_id))
        return await _kept(door, request, _wanted(group_id, data))

    @delete(
        "/v1/groups/{group_id:str}",
        operation_id="RemoveGroup",
        summary="Remove a group",
        tags=["groups"],
        opt=MANAGING,
        responses=CHANGING,
    )
    async def remove(request: AnyRequest, group_id: FromPath[str]) -> None:
        """Once nobody, and no open invitation, is in it."""
        done(await _met(door, request, group_id))
        acting = door.callers.acting(request)
        done(await asyncio.to_thread(remove_group, door.people, acting, group_id))

    return [list_groups, add_group, change_group, remove]


async def _kept(door: GroupsDoor, request: AnyRequest, group: Group) -> GroupTold:
    acting = door.callers.acting(request)
    return _told(done(await asyncio.to_thread(keep_group, door.people, acting, group)))


async def _met(door: GroupsDoor, request: AnyRequest, group_id: str) -> Group | Obstacle:
    group = await asyncio.to_thread(group_of, door.people, group_id)
    if group is None or not _meets(caller_of(request).account, group):
        return Obstacle.UNKNOWN
    return group


def _meets(mine: Account, group: Group) -> bool:
    return group.id in mine.groups or shares_a_shop(mine, group.shops)


def _wanted(group_id: str, wanted: GroupWanted) -> Group:
    return Group(group_id, wanted.name.strip(), wanted.shops.shops())


def _told(group: Group) -> GroupTold:
    return GroupTold(group.id, group.name, shops_told(group.shops))
