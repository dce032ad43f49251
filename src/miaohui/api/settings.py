"""Settings of the house and of its shops: each under a path of its own, with its own shape."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Annotated, Any, Generic, TypeVar

import msgspec
from litestar import Request, get, put
from litestar.handlers import BaseRouteHandler
from litestar.params import FromPath, JSONBody, QueryParameter

from miaohui.adapters.storage.directory_ports import Obstacle
from miaohui.api.bodies import Asked
from miaohui.api.callers import LOGGED_IN, Callers, needs
from miaohui.api.openapi import ASKING, CHANGING, example
from miaohui.api.refusals import done
from miaohui.domain.vocabulary.events import Instant
from miaohui.pipelines.house import House, author_of
from miaohui.pipelines.known_settings import HOUSE, Known, Standing, Version
from miaohui.pipelines.places import shop_of

AnyRequest = Request[Any, Any, Any]
AnyKnown = Known[Any, Any, Any]
Value = TypeVar("Value")
MostVersions = Annotated[int, QueryParameter(ge=1, le=200, description="How many at the most.")]
# What has to happen once a setting has changed, by its name; told the shop, or "" for the house.
Followed = Mapping[str, Callable[[str], Awaitable[None]]]


class Setting(msgspec.Struct, Generic[Value], frozen=True):
    """A setting as it stands, without secrets; `version` null: nothing was ever set, and `value`
    is what holds then."""

    value: Value | None
    version: int | None = None
    changed_at: Instant | None = None
    changed_by: str | None = None


class SettingWanted(Asked, Generic[Value], frozen=True):
    """`expected_version`: the one that one has seen, null for none; another one there is 409."""

    value: Value
    expected_version: Annotated[int, msgspec.Meta(ge=1, le=1 << 53)] | None = None


class SettingsDoor(msgspec.Struct, frozen=True):
    """What the routes of settings stand on."""

    known: Sequence[AnyKnown]
    standing: Standing
    people: House
    callers: Callers
    followed: Followed


def setting_routes(door: SettingsDoor) -> list[BaseRouteHandler]:
    """Reading, changing and the history of every known setting."""
    return [route for known in door.known for route in _routes_of(door, known)]


def _routes_of(door: SettingsDoor, known: AnyKnown) -> list[BaseRouteHandler]:
    make = _of_shops if known.of_shops else _of_the_house
    return make(door, known)


def _of_the_house(door: SettingsDoor, known: AnyKnown) -> list[BaseRouteHandler]:
    async def read() -> Any:
        """As it stands."""
        return await _read(door, known, HOUSE)

    async def change(request: AnyRequest, data: Any) -> Any:
        """Holds at once."""
        return await _change(door, known, HOUSE, request, data)

    async def history(limit: MostVersions = 50) -> Sequence[Version]:
        """The newest first; what is kept sealed is not in it."""
        return await asyncio.to_thread(door.standing.history, known, HOUSE, limit)

    return _handlers(known, f"/v1/settings/{known.name}", read, change, history)


def _of_shops(door: SettingsDoor, known: AnyKnown) -> list[BaseRouteHandler]:
    async def read(shop: FromPath[str]) -> Any:
        """As it stands."""
        return await _read(door, known, shop)

    async def change(request: AnyRequest, shop: FromPath[str], data: Any) -> Any:
        """Holds at once."""
        return await _change(door, known, shop, request, data)

    async def history(shop: FromPath[str], limit: MostVersions = 50) -> Sequence[Version]:
        """The newest first; what is kept sealed is not in it."""
        await _known_shop(door, shop)
        return await asyncio.to_thread(door.standing.history, known, shop, limit)

    return _handlers(known, f"/v1/shops/{{shop:str}}/settings/{known.name}", read, change, history)


def _handlers(
    known: AnyKnown,
    path: str,
    read: Callable[..., Any],
    change: Callable[..., Any],
    history: Callable[..., Any],
) -> list[BaseRouteHandler]:
    """The routes of one setting; its own types make its own schema."""
    told: Any = Setting[known.shown]
    read.__annotations__["return"] = change.__annotations__["return"] = told
    change.__annotations__["data"] = JSONBody[SettingWanted[known.asked]]
    managing, reading = needs(known.right), LOGGED_IN if known.for_all else needs(known.right)
    name, tags = known.name.title(), ["settings"]
    shown = Setting(known.show(known.keep(known.example, None)), 1)
    wanted = SettingWanted(known.example)
    return [
        get(
            path,
            operation_id=f"Read{name}",
            summary=f"The setting {known.name}",
            tags=tags,
            opt=reading | example(shown),
            responses=ASKING,
        )(read),
        put(
            path,
            operation_id=f"Change{name}",
            summary=f"Change the setting {known.name}",
            tags=tags,
            opt=managing | example(shown, wanted),
            responses=CHANGING,
        )(change),
        get(
            f"{path}/history",
            operation_id=f"Read{name}History",
            summary=f"Who changed the setting {known.name}",
            tags=tags,
            opt=managing | example([]),
            responses=ASKING,
        )(history),
    ]


async def _read(door: SettingsDoor, known: AnyKnown, scope: str) -> Setting[Any]:
    await _known_shop(door, scope)
    return await asyncio.to_thread(_told, door.standing, known, scope)


async def _change(
    door: SettingsDoor, known: AnyKnown, scope: str, request: AnyRequest, data: SettingWanted[Any]
) -> Setting[Any]:
    await _known_shop(door, scope)
    author = author_of(door.callers.acting(request))
    keep = door.standing.keep
    done(await asyncio.to_thread(keep, known, scope, data.value, data.expected_version, author))
    if known.name in door.followed:
        await door.followed[known.name](scope)
    return await asyncio.to_thread(_told, door.standing, known, scope)


async def _known_shop(door: SettingsDoor, scope: str) -> None:
    if scope != HOUSE and await asyncio.to_thread(shop_of, door.people, scope) is None:
        done(Obstacle.UNKNOWN)


def _told(standing: Standing, known: AnyKnown, scope: str) -> Setting[Any]:
    value, stored = standing.value(known, scope), standing.stored(known, scope)
    shown = None if value is None else known.show(value)
    if stored is None:
        return Setting(shown)
    return Setting(shown, stored.version, stored.changed_at, stored.changed_by)
