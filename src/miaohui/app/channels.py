"""The channels of an open house: where each comes in and goes out, and what it can do."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from functools import partial
from typing import Protocol
from zoneinfo import ZoneInfo

from miaohui.adapters.channels.port import Door, Sender
from miaohui.domain.directory.accounts import Channel, Shop
from miaohui.domain.directory.capabilities import NOTHING, Capabilities, Since, capabilities_on
from miaohui.domain.vocabulary.instants import local_day
from miaohui.pipelines.channel_health import Place

DAYS = ZoneInfo("Asia/Shanghai")  # platforms date what they give and take by their own days


class Kind(Protocol):
    """Knows how channels of one kind open and close while the house is open."""

    def opening(self, shop: Shop, channel: Channel) -> Callable[[], None]:
        """What opens a channel as it now stands; to be called on the event loop. Blocks."""
        ...

    def closing(self, place: Place) -> None:
        """A channel has no door and no sender any more."""
        ...


class OpenChannels:
    """Doors by the id in their path, senders and capabilities by (shop, channel).

    Those of the settings file stand; all others open, change and close while the house is open.
    """

    def __init__(self) -> None:
        self.doors: dict[str, Door] = {}
        self.senders: dict[Place, Sender] = {}
        self._doors_of: dict[Place, str] = {}
        self._matrices: dict[Place, Sequence[Since]] = {}
        self._kinds: dict[str, Kind] = {}
        self._standing: frozenset[Place] = frozenset()

    @property
    def kinds(self) -> frozenset[str]:
        """Those that can be added while the house is open."""
        return frozenset(self._kinds)

    def lend(self, name: str, kind: Kind, standing: Collection[Place] = ()) -> None:
        """A kind of channels there is, and which of it stand in the settings file."""
        self._kinds[name] = kind
        self._standing |= frozenset(standing)

    def is_listed(self, shop: str, channel: str) -> bool:
        """Whether a channel stands in the settings file, and so is changed there only."""
        return (shop, channel) in self._standing

    def opening(self, shop: Shop, channel: Channel) -> Callable[[], None]:
        """What opens a channel as it now stands, or closes it; nothing for what stands in the
        settings file. To be called on the event loop. Blocks."""
        kind = self._kinds.get(channel.kind)
        if kind is None or self.is_listed(shop.id, channel.id):
            return lambda: None
        if shop.active and channel.active:
            return kind.opening(shop, channel)
        return partial(self._close, kind, (shop.id, channel.id))

    def capabilities(self, shop: str, channel: str, at: datetime) -> Capabilities:
        """What a channel can do at an instant; nothing where there is none."""
        matrix = self._matrices.get((shop, channel))
        return capabilities_on(matrix, local_day(at, DAYS)) if matrix else NOTHING

    def let_in(self, place: Place, door_id: str, door: Door) -> None:
        """A channel comes in by a door of this house."""
        self._doors_of[place] = door_id
        self.doors[door_id] = door

    def let_out(self, place: Place, sender: Sender) -> None:
        """A channel goes out by a sender."""
        self.senders[place] = sender

    def let_do(self, place: Place, matrix: Sequence[Since]) -> None:
        """A channel can do so much."""
        self._matrices[place] = matrix

    def shut(self, place: Place) -> None:
        """A channel neither comes in nor goes out for now."""
        self.doors.pop(self._doors_of.pop(place, ""), None)
        self.senders.pop(place, None)
        self._matrices.pop(place, None)

    def _close(self, kind: Kind, place: Place) -> None:
        self.shut(place)
        kind.closing(place)
