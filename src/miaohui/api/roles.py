"""Roles: the built-in ones, and own ones made of named rights."""

import asyncio
from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
from litestar import Request, delete, get, post, put
from litestar.handlers import BaseRouteHandler
from litestar.params import FromPath, JSONBody

from miaohui.adapters.storage.directory_ports import Obstacle
from miaohui.api.bodies import Asked
from miaohui.api.callers import LOGGED_IN, Callers, needs
from miaohui.api.openapi import ALWAYS, CHANGING, example, refusals
from miaohui.api.people_told import Name
from miaohui.api.refusals import done
from miaohui.domain.directory.rights import BUILT_IN_ROLES, Right, Role
from miaohui.pipelines.furnishing import Furnishing
from miaohui.pipelines.house import House, role_of
from miaohui.pipelines.people import keep_role, remove_role
from miaohui.pipelines.tokens import NewId

AnyRequest = Request[Any, Any, Any]
MANAGING = needs(Right.ROLES_MANAGE, everywhere=True)


class RoleTold(msgspec.Struct, frozen=True):
    """A role and its rights; built-in ones never change."""

    id: str
    name: str
    rights: Sequence[Right]
    built_in: bool = False


class RoleWanted(Asked, frozen=True):
    """An own role; nobody gives away rights that they do not have."""

    name: Name
    rights: Annotated[list[Right], msgspec.Meta(max_length=100)]


EXAMPLE_ROLE = RoleTold("01930f2e-…", "售后主管", [Right.CHATS_READ, Right.CHATS_ANSWER])
EXAMPLE_WANTED = RoleWanted("售后主管", [Right.CHATS_READ, Right.CHATS_ANSWER])


class RolesDoor(msgspec.Struct, frozen=True):
    """What the routes of roles stand on."""

    people: House
    furnishing: Furnishing
    callers: Callers
    new_id: NewId


def role_routes(door: RolesDoor) -> list[BaseRouteHandler]:
    """The routes of roles."""

    @get(
        "/v1/roles",
        operation_id="ListRoles",
        summary="The roles",
        tags=["roles"],
        opt=LOGGED_IN | example([EXAMPLE_ROLE]),
        responses=refusals(**ALWAYS),
    )
    async def list_roles() -> Sequence[RoleTold]:
        """Built-in ones first."""
        return [_told(each) for each in await asyncio.to_thread(door.people.directory.roles)]

    @post(
        "/v1/roles",
        operation_id="AddRole",
        summary="Add an own role",
        tags=["roles"],
        opt=MANAGING | example(EXAMPLE_ROLE, EXAMPLE_WANTED),
        responses=CHANGING,
    )
    async def add_role(request: AnyRequest, data: JSONBody[RoleWanted]) -> RoleTold:
        """Made of named rights."""
        return await _kept(door, request, _wanted(door.new_id(), data))

    @put(
        "/v1/roles/{role_id:str}",
        operation_id="ChangeRole",
        summary="Change an own role",
        tags=["roles"],
        opt=MANAGING | example(EXAMPLE_ROLE, EXAMPLE_WANTED),
        responses=CHANGING,
    )
    async def change_role(
        request: AnyRequest, role_id: FromPath[str], data: JSONBody[RoleWanted]
    ) -> RoleTold:
        """Holds at once for everybody who has it."""
        if await asyncio.to_thread(role_of, door.people, role_id) is None:
            done(Obstacle.UNKNOWN)
        return await _kept(door, request, _wanted(role_id, data))

    @delete(
        "/v1/roles/{role_id:str}",
        operation_id="RemoveRole",
        summary="Remove an own role",
        tags=["roles"],
        opt=MANAGING,
        responses=CHANGING,
    )
    async def remove(request: AnyRequest, role_id: FromPath[str]) -> None:
        """Once nobody, and no open invitation, has it."""
        acting = door.callers.acting(request)
        done(await asyncio.to_thread(remove_role, door.people, acting, role_id))

    return [list_roles, add_role, change_role, remove]


async def _kept(door: RolesDoor, request: AnyRequest, role: Role) -> RoleTold:
    acting = door.callers.acting(request)
    kept = done(await asyncio.to_thread(keep_role, door.people, acting, role))
    await door.furnishing.role(kept.id)
    return _told(kept)


def _wanted(role_id: str, wanted: RoleWanted) -> Role:
    return Role(role_id, wanted.name.strip(), frozenset(wanted.rights))


def _told(role: Role) -> RoleTold:
    return RoleTold(role.id, role.name, sorted(role.rights), role.id in BUILT_IN_ROLES)
