"""Channels of shops as people change them: listed, opened at once, and how each is."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

import msgspec

from miaohui.adapters.channels.port import Answer, Sender
from miaohui.adapters.storage.directory_ports import Directory, Obstacle
from miaohui.adapters.storage.live_ports import LiveLog, Outgoing, Sending, Unsent
from miaohui.domain.desk.deadlines.offset import offset_at
from miaohui.domain.directory.accounts import Channel, Shop
from miaohui.domain.vocabulary.events import Event, Payload
from miaohui.domain.vocabulary.kinds import Actor, Origin
from miaohui.domain.vocabulary.problems import Problem
from miaohui.pipelines.channel_health import ChannelHealth, Failing, Place
from miaohui.pipelines.furnishing import Furnishing
from miaohui.pipelines.house import Acting, House
from miaohui.pipelines.places import NotKept, channel_of, id_problems, keep_channel
from miaohui.pipelines.refusals import Unfit

TRIAL = "test"


class Openings(Protocol):
    """Where channels are open, and how they are opened."""

    senders: dict[Place, Sender]

    @property
    def kinds(self) -> frozenset[str]:
        """Those that can be added while the house is open."""
        ...

    def is_listed(self, shop: str, channel: str) -> bool:
        """Whether a channel stands in the settings file."""
        ...

    def opening(self, shop: Shop, channel: Channel) -> Callable[[], None]:
        """What opens a channel as it now stands, or closes it; to be called on the event loop.
        Blocks."""
        ...


class Health(msgspec.Struct, frozen=True):
    """How a channel is. `offset`: how far the platform's clock is ahead of ours."""

    heard_at: datetime | None
    offset: timedelta
    failing: Failing | None
    unsent: Unsent


class ShopChannels:
    """The channels of a house. Belongs to the event loop."""

    def __init__(
        self,
        people: House,
        openings: Openings,
        health: ChannelHealth,
        furnishing: Furnishing,
        log: LiveLog,
    ) -> None:
        self._people = people
        self._openings = openings
        self._health = health
        self._furnishing = furnishing
        self._log = log

    def is_listed(self, shop: str, channel: str) -> bool:
        """Whether a channel stands in the settings file, and so is changed there only."""
        return self._openings.is_listed(shop, channel)

    async def add(self, acting: Acting, channel: Channel) -> Channel | NotKept:
        """Add a channel of a kind that we know; it is open at once."""
        problems = list(id_problems(channel.id))
        if channel.kind not in self._openings.kinds:
            known = ", ".join(sorted(self._openings.kinds))
            problems.append(Problem("channel.unknown_kind", {"kind": channel.kind, "known": known}))
        if problems:
            return Unfit(tuple(problems))
        if await self._find(channel.shop, channel.id) is not None:
            return Obstacle.NAME_TAKEN
        return await self._keep(acting, channel)

    async def change(self, acting: Acting, channel: Channel) -> Channel | NotKept:
        """Change a channel but for its kind; it opens or closes at once."""
        before = await self._find(channel.shop, channel.id)
        if before is None:
            return Obstacle.UNKNOWN
        return await self._keep(acting, msgspec.structs.replace(channel, kind=before.kind))

    async def reopen(self, shop_id: str) -> None:
        """A shop changed, or how one of its channels comes in or goes out."""
        for opened in await asyncio.to_thread(self._opened, shop_id):
            opened()

    async def health(self, shop: str, channel: str, now: datetime) -> Health:
        """How a channel is."""
        place = shop, channel
        unsent = await asyncio.to_thread(self._log.unsent, shop)
        offset = self._health.offsets.get(place)
        return Health(
            self._health.heard_at.get(place),
            timedelta() if offset is None else offset_at(offset, now),
            self._health.failing.get(place),
            unsent.get(channel, Unsent()),
        )

    async def try_out(self, shop: str, channel: str, id_: str, now: datetime) -> Answer | None:
        """Send a message that is of no chat, and say what came back; None: it has no way out."""
        sender = self._openings.senders.get((shop, channel))
        return None if sender is None else await sender.send(_trial(shop, channel, id_, now))

    def _opened(self, shop_id: str) -> list[Callable[[], None]]:
        return openings_of(self._openings, self._people.directory, shop_id)

    async def _find(self, shop: str, channel: str) -> Channel | None:
        return await asyncio.to_thread(channel_of, self._people, shop, channel)

    async def _keep(self, acting: Acting, channel: Channel) -> Channel | NotKept:
        kept = await asyncio.to_thread(keep_channel, self._people, acting, channel)
        if isinstance(kept, Channel):
            await self.reopen(channel.shop)
            await self._furnishing.shop(channel.shop)
        return kept


def openings_of(openings: Openings, directory: Directory, shop_id: str) -> list[Callable[[], None]]:
    """What opens or closes each channel of a shop as it now stands. Blocks."""
    shops = (each for each in directory.listed_shops() if each.id == shop_id)
    return [
        openings.opening(shop, channel) for shop in shops for channel in directory.channels(shop_id)
    ]


def _trial(shop: str, channel: str, id_: str, now: datetime) -> Outgoing:
    event = Event(
        shop=shop,
        channel=channel,
        conversation=TRIAL,
        buyer=TRIAL,
        at=now,
        actor=Actor.SYSTEM,
        origin=Origin.SYSTEM,
        kind=TRIAL,
        source_id=f"{TRIAL}:{id_}",
        payload=Payload(text="秒回 · Miaohui"),
        id=id_,
    )
    return Outgoing(event, Sending.QUEUED, 0, now)
