"""Whether the house is open and has an owner, and how it gets its first one."""

import asyncio
from typing import Annotated, Any

import msgspec
from litestar import Request, Response, get, post
from litestar.handlers import BaseRouteHandler
from litestar.params import JSONBody

from miaohui import __version__
from miaohui.api.bodies import Confidential, Typed
from miaohui.api.callers import ANYBODY, address_of, refuse_foreign_pages
from miaohui.api.openapi import ALWAYS, example, refusals
from miaohui.api.people_told import Name
from miaohui.api.problems import Clock
from miaohui.api.refusals import done
from miaohui.api.sessions import EXAMPLE_WELCOME, Welcome, device_of, welcomed
from miaohui.domain.directory.secret import Secret
from miaohui.domain.vocabulary.problems import Problem, ReaderError
from miaohui.pipelines.furnishing import Furnishing
from miaohui.pipelines.house import House
from miaohui.pipelines.joining import open_house
from miaohui.pipelines.logins import open_session
from miaohui.pipelines.set_up import SetUp

AnyRequest = Request[Any, Any, Any]


class HouseTold(msgspec.Struct, frozen=True):
    """`has_owner` false: the first owner is still to be made."""

    state: str
    version: str
    has_owner: bool


class FirstOwner(Confidential, frozen=True):
    """Who owns the house from now on. `token` is printed where the house was started."""

    token: Annotated[str, msgspec.Meta(max_length=200)]
    name: Name
    password: Typed


class OwnerDoor(msgspec.Struct, frozen=True):
    """What the routes of the house stand on."""

    people: House
    set_up: SetUp
    furnishing: Furnishing
    clock: Clock


def owner_routes(door: OwnerDoor) -> list[BaseRouteHandler]:
    """The routes of the house itself."""

    @get(
        "/v1/house",
        operation_id="ReadHouse",
        summary="Is the house open, and has it an owner?",
        tags=["house"],
        opt=ANYBODY | example(HouseTold("open", __version__, has_owner=True)),
    )
    async def read_house() -> HouseTold:
        """Open as long as this answers."""
        accounts = door.people.directory.accounts
        has_owner = door.set_up.token is None or bool(await asyncio.to_thread(accounts))
        return HouseTold("open", __version__, has_owner)

    @post(
        "/v1/house/owner",
        operation_id="MakeOwner",
        summary="Make the first owner",
        tags=["house"],
        opt=ANYBODY | example(EXAMPLE_WELCOME, FirstOwner("qG1…", "老板", "几个词连起来的一句话")),
        responses=refusals(
            **ALWAYS, _409="It has an owner already.", _422="It cannot be kept: see the reasons."
        ),
    )
    async def make_owner(request: AnyRequest, data: JSONBody[FirstOwner]) -> Response[Welcome]:
        """Only while the house has nobody, and only with the token that it printed when it was
        started, so that nobody else takes a fresh house."""
        refuse_foreign_pages(request)
        if door.set_up.token is not None and not door.set_up.fits(Secret(data.token)):
            raise ReaderError(Problem("house.not_yours"))
        now, password = door.clock(), Secret(data.password)
        owner = done(await asyncio.to_thread(open_house, door.people, now, data.name, password))
        door.set_up.token = None
        await door.furnishing.accounts([owner.id])
        device, address = device_of(request), address_of(request)
        opened = await asyncio.to_thread(open_session, door.people, now, owner, device, address)
        return welcomed(opened, request, 201)

    return [read_house, make_owner]
