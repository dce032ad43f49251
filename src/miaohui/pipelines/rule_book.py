"""By which rules each channel of each shop is steered and counted."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from zoneinfo import ZoneInfo

from miaohui.domain.desk.floor.rules import ShopRules, Steering, steering_of
from miaohui.domain.desk.routing.sorting import RoutingSettings
from miaohui.domain.directory.accounts import Channel, Shop
from miaohui.domain.rules.assessment import Assessment, assessments_of
from miaohui.domain.rules.pack import Pack

NEUTRAL = "neutral"
LoadPack = Callable[[str], Pack]


class RuleBook:
    """Packs by name, each read once, and which one every live channel goes by."""

    def __init__(self, load: LoadPack, names: Iterable[str]) -> None:
        """`names`: of the packs whose own channels are known by their names."""
        self._load = load
        self._packs: dict[str, Pack] = {}
        self._judged: dict[str, Sequence[Assessment]] = {}
        self._steering: dict[str, Steering] = {}
        self._of_channel: dict[tuple[str, str], str] = {}
        self._live: dict[str, frozenset[str]] = {}
        self._own: dict[str, str] = {}
        self._named = {channel: name for name in names for channel in self.pack(name).pack.channels}

    def pack(self, name: str) -> Pack:
        """A pack by its name. Raises ReaderError for one that is not there or not sound."""
        if name not in self._packs:
            self._packs[name] = self._load(name)
        return self._packs[name]

    def rules_of(
        self, shop: Shop, channels: Iterable[Channel], routing: RoutingSettings
    ) -> ShopRules:
        """The rules of a shop's live channels: each by the pack that names it, else by the shop's
        own, else by the neutral one."""
        live = [channel for channel in channels if channel.active and shop.active]
        self._live[shop.id] = frozenset(channel.id for channel in live)
        self._own[shop.id] = shop.pack or NEUTRAL
        for channel in live:
            named = self._named.get(channel.kind) or self._named.get(channel.id)
            self._of_channel[shop.id, channel.id] = named or shop.pack or NEUTRAL
        steered = {each.id: self._steered(self._of_channel[shop.id, each.id]) for each in live}
        alone = frozenset(channel.id for channel in live if channel.left_alone)
        return ShopRules(routing, steered, alone)

    def pack_of(self, shop: str, channel: str) -> tuple[str, Sequence[Assessment]]:
        """The pack that a live channel counts by, and how it judges."""
        name = self._of_channel[shop, channel]
        if name not in self._judged:
            self._judged[name] = assessments_of(self.pack(name))
        return name, self._judged[name]

    def names_in(self, shop: str) -> Mapping[str, str]:
        """The pack of each live channel of a shop."""
        return {each: self._of_channel[shop, each] for each in self._live.get(shop, ())}

    def packs_in(self, shop: str) -> list[Pack]:
        """The packs that a shop goes by, and its own, by which its next channel may."""
        names = {*self.names_in(shop).values(), self._own.get(shop, NEUTRAL)}
        return [self.pack(name) for name in sorted(names)]

    def in_force(self, shop: str) -> Mapping[str, Pack]:
        """The packs that a shop's figures are told under, by their names there."""
        return {name: self.pack(name) for name in set(self.names_in(shop).values())}

    def zone(self, name: str) -> ZoneInfo:
        """Where the days of a pack are."""
        return ZoneInfo(self.pack(name).pack.timezone)

    def _steered(self, name: str) -> Steering:
        if name not in self._steering:
            self._steering[name] = steering_of(self.pack(name))
        return self._steering[name]
