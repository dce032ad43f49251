"""Channels of a shop: listed, added, changed, and how each is."""

import asyncio
from collections.abc import Sequence
from typing import Any

import msgspec
from litestar import Request, get, post, put
from litestar.handlers import BaseRouteHandler
from litestar.params import FromPath, JSONBody

from miaohui.adapters.storage.directory_ports import Obstacle
from miaohui.api.bodies import Asked
from miaohui.api.callers import LOGGED_IN, Callers, needs
from miaohui.api.openapi import ASKING, CHANGING, example
from miaohui.api.people_told import Name
from miaohui.api.problems import Clock
from miaohui.api.refusals import done
from miaohui.api.sessions import NOON
from miaohui.domain.directory.accounts import Channel
from miaohui.domain.directory.rights import Right
from miaohui.domain.vocabulary.events import Instant
from miaohui.domain.vocabulary.problems import Problem, ReaderError
from miaohui.pipelines.house import House
from miaohui.pipelines.places import channel_of, shop_of
from miaohui.pipelines.shop_channels import ShopChannels
from miaohui.pipelines.tokens import NewId

AnyRequest = Request[Any, Any, Any]
MANAGING = needs(Right.SHOPS_MANAGE)


class ChannelTold(msgspec.Struct, frozen=True):
    """A channel. `left_alone`: the platform itself says who gets a chat; `in_settings_file`: it
    stands in the settings file and is changed there only."""

    id: str
    kind: str
    name: str
    active: bool
    left_alone: bool
    in_settings_file: bool


class ChannelWanted(Asked, frozen=True):
    """What somebody wants a channel to be."""

    name: Name
    active: bool = True
    left_alone: bool = False


class ChannelAdded(Asked, frozen=True):
    """A new channel; `id` stays for ever, as events call it so."""

    id: Name
    kind: Name
    name: Name
    left_alone: bool = False


class HealthTold(msgspec.Struct, frozen=True):
    """How a channel is, since the house opened. `clock_ahead_seconds`: of the platform's clock,
    negative where it is behind; `failing_since`: it has taken nothing since then, and why."""

    heard_at: Instant | None
    clock_ahead_seconds: float
    failing_since: Instant | None
    failing_reason: str | None
    messages_waiting: int
    messages_failed: int


class TrialTold(msgspec.Struct, frozen=True):
    """What came of a test message: `taken`, `later` or `refused`, and why in a word."""

    outcome: str
    reason: str | None


EXAMPLE = ChannelTold(
    "官网", "webhook", "官网", active=True, left_alone=False, in_settings_file=False
)
EXAMPLE_HEALTH = HealthTold(NOON, 0.0, None, None, 0, 0)


class ChannelsDoor(msgspec.Struct, frozen=True):
    """What the routes of channels stand on."""

    people: House
    channels: ShopChannels
    callers: Callers
    clock: Clock
    new_id: NewId


def shop_channel_routes(door: ChannelsDoor) -> list[BaseRouteHandler]:
    """The routes of channels."""
    return [*_keeping(door), *_looking_after(door)]


def _keeping(door: ChannelsDoor) -> list[BaseRouteHandler]:
    @get(
        "/v1/shops/{shop:str}/channels",
        operation_id="ListChannels",
        summary="The channels of a shop",
        tags=["shops"],
        opt=LOGGED_IN | example([EXAMPLE]),
        responses=ASKING,
    )
    async def list_channels(shop: FromPath[str]) -> Sequence[ChannelTold]:
        """By id."""
        if await asyncio.to_thread(shop_of, door.people, shop) is None:
            done(Obstacle.UNKNOWN)
        found = await asyncio.to_thread(door.people.directory.channels, shop)
        return [_told(door, each) for each in found]

    @post(
        "/v1/shops/{shop:str}/channels",
        operation_id="AddChannel",
        summary="Add a channel",
        tags=["shops"],
        opt=MANAGING | example(EXAMPLE, ChannelAdded("官网", "webhook", "官网")),
        responses=CHANGING,
    )
    async def add(
        request: AnyRequest, shop: FromPath[str], data: JSONBody[ChannelAdded]
    ) -> ChannelTold:
        """One of kind `webhook` comes in once it has a secret, see its `webhook`."""
        acting = door.callers.acting(request)
        wanted = Channel(shop, data.id.strip(), data.kind, data.name.strip(), True, data.left_alone)
        return _told(door, done(await door.channels.add(acting, wanted)))

    @put(
        "/v1/shops/{shop:str}/channels/{channel:str}",
        operation_id="ChangeChannel",
        summary="Change a channel",
        tags=["shops"],
        opt=MANAGING | example(EXAMPLE, ChannelWanted("官网")),
        responses=CHANGING,
    )
    async def change(
        request: AnyRequest,
        shop: FromPath[str],
        channel: FromPath[str],
        data: JSONBody[ChannelWanted],
    ) -> ChannelTold:
        """Holds at once: one that is not active takes nothing, and its chats leave the desk."""
        known = await known_channel(door.people, shop, channel)
        refuse_listed(door.channels, known)
        acting = door.callers.acting(request)
        wanted = msgspec.structs.replace(
            known, name=data.name.strip(), active=data.active, left_alone=data.left_alone
        )
        return _told(door, done(await door.channels.change(acting, wanted)))

    return [list_channels, add, change]


def _looking_after(door: ChannelsDoor) -> list[BaseRouteHandler]:
    @get(
        "/v1/shops/{shop:str}/channels/{channel:str}/health",
        operation_id="ReadChannelHealth",
        summary="How a channel is",
        tags=["shops"],
        opt=LOGGED_IN | example(EXAMPLE_HEALTH),
        responses=ASKING,
    )
    async def read_health(shop: FromPath[str], channel: FromPath[str]) -> HealthTold:
        """When it was last heard, how far its clock is off, whether it takes what is sent."""
        await known_channel(door.people, shop, channel)
        health = await door.channels.health(shop, channel, door.clock())
        failing = health.failing
        return HealthTold(
            health.heard_at,
            health.offset.total_seconds(),
            None if failing is None else failing.since,
            None if failing is None else failing.reason,
            health.unsent.queued,
            health.unsent.failed,
        )

    @post(
        "/v1/shops/{shop:str}/channels/{channel:str}/trials",
        operation_id="TryChannel",
        summary="Send a test message",
        status_code=200,
        tags=["shops"],
        opt=needs(Right.WEBHOOKS_MANAGE) | example(TrialTold("later", "http_503")),
        responses=CHANGING,
    )
    async def try_channel(shop: FromPath[str], channel: FromPath[str]) -> TrialTold:
        """Of kind `test`, in no chat; what came back is told."""
        await known_channel(door.people, shop, channel)
        answer = await door.channels.try_out(shop, channel, door.new_id(), door.clock())
        if answer is None:
            raise ReaderError(Problem("channel.no_way_out"))
        return TrialTold(answer.outcome.value, answer.reason)

    return [read_health, try_channel]


async def known_channel(people: House, shop: str, channel: str) -> Channel:
    """The channel of an id. Raises ReaderError `directory.unknown`."""
    found = await asyncio.to_thread(channel_of, people, shop, channel)
    return done(found or Obstacle.UNKNOWN)


def refuse_listed(channels: ShopChannels, channel: Channel) -> None:
    """Raises ReaderError `channel.in_settings_file` for what stands there."""
    if channels.is_listed(channel.shop, channel.id):
        raise ReaderError(Problem("channel.in_settings_file"))


def _told(door: ChannelsDoor, channel: Channel) -> ChannelTold:
    return ChannelTold(
        channel.id,
        channel.kind,
        channel.name,
        channel.active,
        channel.left_alone,
        door.channels.is_listed(channel.shop, channel.id),
    )
