"""The floor kept true to the directory and the settings: what somebody changes there holds at once
for whoever is at work and for every chat."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import Protocol

from miaohui.adapters.storage.directory_ports import Directory
from miaohui.domain.desk.floor.floor import Floor
from miaohui.domain.desk.floor.rules import ShopRules
from miaohui.domain.desk.routing.sorting import RoutingSettings
from miaohui.domain.directory.accounts import Account, Channel, Shop
from miaohui.pipelines.frames import Frame
from miaohui.pipelines.live import Live
from miaohui.pipelines.rule_book import RuleBook
from miaohui.pipelines.running_figures import RunningFigures
from miaohui.pipelines.watching import COME_AGAIN, Watching

RoutingOf = Callable[[str], RoutingSettings]
# Brings on the floor what the desk has to do with in a shop, as when the house opens.
LayShop = Callable[[Shop], Awaitable[None]]


class Neighbour(Protocol):
    """Somebody who has to know what was furnished. Called on the event loop; must be quick."""

    def shop_kept(self, shop: Shop, channels: Collection[Channel], /) -> None:
        """A shop is there, or it or its channels changed."""
        ...

    def accounts_kept(self) -> None:
        """Accounts are there, or changed."""
        ...


class Furnishing:
    """Keeps a floor true. Reads block and are made in threads; the floor belongs to the loop."""

    def __init__(
        self,
        live: Live,
        watching: Watching,
        figures: RunningFigures,
        rules: RuleBook,
        directory: Directory,
        routing_of: RoutingOf,
        lay: LayShop,
    ) -> None:
        self._live = live
        self._floor: Floor = live.floor
        self._watching = watching
        self._figures = figures
        self._rules = rules
        self._directory = directory
        self._routing_of = routing_of
        self._lay = lay
        self._neighbours: list[Neighbour] = []

    def tell(self, neighbour: Neighbour) -> None:
        """From now on somebody has to know."""
        self._neighbours.append(neighbour)

    def everything(self) -> None:
        """Everybody and every shop that the directory knows. Blocks."""
        for account in self._directory.accounts():
            self._floor.keep_account(account)
        for shop in self._directory.listed_shops():
            channels = self._directory.channels(shop.id)
            self._floor.keep_shop(shop.id, self._rules_of(shop, channels))
            for neighbour in self._neighbours:
                neighbour.shop_kept(shop, channels)

    async def accounts(self, account_ids: Collection[str]) -> None:
        """Accounts were added or changed, or their sessions ended: the desk hands over what they
        may have no longer, and their pages come back with the rights that hold now."""
        known = await asyncio.to_thread(self._accounts)
        for account_id in account_ids:
            if account_id in known:
                self._floor.keep_account(known[account_id])
                self._watching.dismiss(COME_AGAIN, account_id)
        for neighbour in self._neighbours:
            neighbour.accounts_kept()
        self._live.wake()

    async def role(self, role_id: str) -> None:
        """The rights of a role changed."""
        known = await asyncio.to_thread(self._accounts)
        await self.accounts([each.id for each in known.values() if each.role.id == role_id])

    async def shop(self, shop_id: str) -> None:
        """A shop, one of its channels or how it routes changed."""
        shop, channels = await asyncio.to_thread(self._shop, shop_id)
        before = dict(self._rules.names_in(shop_id))
        rules = self._rules_of(shop, channels)
        self._leave(shop_id, rules)
        self._floor.keep_shop(shop_id, rules)
        if before != self._rules.names_in(shop_id):
            self._figures.begin_anew(shop_id)
            await self._lay(shop)
        self._figures.changed.add(shop_id)
        for neighbour in self._neighbours:
            neighbour.shop_kept(shop, channels)
        self._live.wake()

    async def lines(self, shop_id: str) -> None:
        """The values that a shop gave its lines changed."""
        self._figures.changed.add(shop_id)

    def _accounts(self) -> Mapping[str, Account]:
        return {each.id: each for each in self._directory.accounts()}

    def _shop(self, shop_id: str) -> tuple[Shop, Collection[Channel]]:
        shop = next(each for each in self._directory.listed_shops() if each.id == shop_id)
        return shop, self._directory.channels(shop_id)

    def _rules_of(self, shop: Shop, channels: Collection[Channel]) -> ShopRules:
        return self._rules.rules_of(shop, channels, self._routing_of(shop.id))

    def _leave(self, shop_id: str, rules: ShopRules) -> None:
        """Chats of channels that are closed leave the floor, and every page that shows them."""
        for chat in [each for each in self._floor.chats.values() if each.shop == shop_id]:
            if chat.channel not in rules.channels:
                self._watching.say(self._watching.who_sees(chat), Frame(gone=chat.id))
                self._floor.leave(chat.id)
