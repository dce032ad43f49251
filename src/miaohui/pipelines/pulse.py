"""Where anything changed: the figures of every shop once a second, one's own now and then, and
who is there."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from itertools import count

import msgspec

from miaohui.domain.analytics.behind import Verdict
from miaohui.domain.analytics.figures import Figure
from miaohui.domain.analytics.margins import Margin, margins_of
from miaohui.domain.desk.floor.chats import Chat
from miaohui.domain.desk.floor.floor import Floor
from miaohui.domain.desk.routing.balance import Balance, by_quarter
from miaohui.domain.directory.accounts import Shops
from miaohui.domain.directory.permission import may
from miaohui.domain.directory.presence import Presence
from miaohui.domain.directory.rights import Right
from miaohui.domain.vocabulary.instants import local_day
from miaohui.pipelines.frames import Frame, Somebody, encode
from miaohui.pipelines.rule_book import RuleBook
from miaohui.pipelines.running_figures import RunningFigures
from miaohui.pipelines.shop_now import (
    AgentLoad,
    MyDay,
    ShopHours,
    ShopNow,
    most_urgent,
    since_when,
    waits,
)
from miaohui.pipelines.watching import Watcher, Watching

EVERY = 1.0  # seconds
OWN_EVERY = 5  # times that
MOST_AT_FIRST = 20  # shops whose figures a page is told when it begins
AT_ONCE = 20  # accounts that are told of before anybody else has a turn
BALANCE_OVER = timedelta(minutes=30)


class Pulse:
    """Tells pages the figures they may see. `lines`: values of lines that a shop gave itself."""

    def __init__(
        self,
        floor: Floor,
        watching: Watching,
        figures: RunningFigures,
        rules: RuleBook,
        lines: Callable[[str], Mapping[str, float]],
        clock: Callable[[], datetime],
    ) -> None:
        self._floor = floor
        self._watching = watching
        self._figures = figures
        self._rules = rules
        self._lines = lines
        self._clock = clock
        self._people: dict[str, Somebody] = {}
        self._colleagues: dict[Shops, bytes] = {}
        self._lost_next: dict[str, datetime] = {}  # when a shop's next line passes

    async def run(self) -> None:
        """Until cancelled."""
        for beat in count(1):
            await asyncio.sleep(EVERY)
            for shop in self._to_tell():
                self._figures.changed.discard(shop)
                self._lost_next.pop(shop, None)
                await self._figures.settle(shop)
                self._tell_figures(shop)
            self._tell_people()
            if beat % OWN_EVERY == 0:
                await self._tell_own_figures()

    async def hours(self, shop: str) -> ShopHours:
        """A shop's day so far, hour by hour."""
        await self._figures.settle(shop)
        return ShopHours(shop, self._clock(), self._figures.hours(shop))

    async def behind(
        self, shop: str, metric: str, verdict: Verdict | None, hour: int | None
    ) -> list[str]:
        """The ids of the chats that a figure of a shop's day is made of."""
        await self._figures.settle(shop)
        return self._figures.behind(shop, metric, verdict, hour)

    async def shop_now(self, shop: str) -> ShopNow:
        """A shop as it is right now."""
        await self._figures.settle(shop)
        return self._shop_now(shop)

    def _shop_now(self, shop: str) -> ShopNow:
        now = self._clock()
        figures = self._figures.figures(shop)
        waiting = self._waiting(shop)
        return ShopNow(
            shop=shop,
            at=now,
            figures=figures,
            margins={name: self._margins(shop, name, each) for name, each in figures.items()},
            agents=list(self._agents(shop, now)),
            waiting=len(waiting),
            in_line=sum(chat.holder is None for chat in waiting),
            lost=sum(chat.deadline is not None and chat.deadline < now for chat in waiting),
            waiting_since=min((since_when(chat) for chat in waiting), default=None),
            longest=waits(min(waiting, key=since_when, default=None)),
            urgent=waits(most_urgent(waiting, now)),
            balance=self._balance(shop, now),
        )

    def colleagues(self, shop: str) -> list[AgentLoad]:
        """Everybody who may answer in a shop, with what they have in hand."""
        return list(self._agents(shop, self._clock()))

    def everybody(self, watcher: Watcher) -> bytes:
        """The colleagues that a page may see, those who work in one of its shops, as a frame."""
        shops = watcher.account.shops
        if not self._people:
            self._people = self._now_people()
        if shops not in self._colleagues:
            told = [each for each in self._people.values() if self._meet(shops, each)]
            self._colleagues[shops] = encode(Frame(people=told))
        return self._colleagues[shops]

    def _to_tell(self) -> list[str]:
        """Shops whose figures are others, or in which a line has passed, since they were told;
        while nobody has a page of a shop open, nothing is worked out for it."""
        now, changed = self._clock(), self._figures.changed
        passed = {shop for shop, at in self._lost_next.items() if at < now}
        return [
            shop
            for shop in changed | passed
            if shop in self._floor.shops and any(self._watching.everybody_in(shop))
        ]

    async def greet(self, watcher: Watcher) -> None:
        """A page that begins is told the figures as they stand, of some shops at most: whoever has
        more of them sees the rest as it changes."""
        account = watcher.account
        mine = [shop for shop in self._floor.shops if account.shops.holds(shop)]
        for shop in mine[:MOST_AT_FIRST]:
            await self._figures.settle(shop)
            if may(account, Right.REPORTS_READ, shop):
                self._watching.say([watcher], _figures(self._shop_now(shop)))
            own = self._figures.figures(shop, account.id)
            if any(
                each.denominator or each.pending for pack in own.values() for each in pack.values()
            ):
                self._watching.say([watcher], _figures(MyDay(shop, self._clock(), own)))
            await asyncio.sleep(0)

    def _tell_figures(self, shop: str) -> None:
        self._note_next_lost(shop)
        pages = self._watching.everybody_in(shop)
        wide = [each for each in pages if may(each.account, Right.REPORTS_READ, shop)]
        if wide:
            self._watching.say(wide, _figures(self._shop_now(shop)))

    def _note_next_lost(self, shop: str) -> None:
        now = self._clock()
        due = [each.deadline for each in self._waiting(shop) if each.deadline is not None]
        if coming := min((each for each in due if each >= now), default=None):
            self._lost_next[shop] = coming

    async def _tell_own_figures(self) -> None:
        """To whoever has a page open and figures that changed."""
        for number, (shop, account) in enumerate(self._figures.moved()):
            pages = self._watching.pages_of(account)
            if pages and shop in self._floor.shops:
                mine = self._figures.figures(shop, account)
                self._watching.say(pages, _figures(MyDay(shop, self._clock(), mine)))
            if number % AT_ONCE == 0:
                await asyncio.sleep(0)

    def _tell_people(self) -> None:
        now = self._now_people()
        changed = [each for account, each in now.items() if self._people.get(account) != each]
        self._people = now
        if changed:
            self._colleagues.clear()
            for shops, pages in self._pages_by_shops().items():
                told = [each for each in changed if self._meet(shops, each)]
                if told:
                    self._watching.say(pages, Frame(people=told))

    def _pages_by_shops(self) -> Mapping[Shops, list[Watcher]]:
        """Who works in the same shops sees the same colleagues."""
        pages: dict[Shops, list[Watcher]] = {}
        for watcher in self._watching.pages():
            pages.setdefault(watcher.account.shops, []).append(watcher)
        return pages

    def _now_people(self) -> dict[str, Somebody]:
        now = self._clock()
        return {
            account: Somebody(
                account=account,
                name=person.account.display_name or person.account.name,
                presence=person.agent(now).presence.value,
                groups=sorted(person.account.groups),
            )
            for account, person in self._floor.people.items()
            if person.account.active
        }

    def _meet(self, shops: Shops, other: Somebody) -> bool:
        shared = shops.shared(self._floor.people[other.account].account.shops)
        return shared.every or bool(shared.only)

    def _waiting(self, shop: str) -> list[Chat]:
        return [chat for chat in self._floor.chats.values() if chat.shop == shop and _waits(chat)]

    def _margins(self, shop: str, pack: str, figures: Mapping[str, Figure]) -> list[Margin]:
        rules = self._rules.pack(pack)
        day = local_day(self._clock(), self._rules.zone(pack))
        return margins_of(rules, figures, self._lines(shop), day)

    def _agents(self, shop: str, now: datetime) -> Iterable[AgentLoad]:
        for person in self._floor.serving(shop):
            account = person.account.id
            held = [
                each
                for each in self._floor.loads.held_by(account).values()
                if self._floor.chats[each.conversation].shop == shop
            ]
            since = [each.waiting_since for each in held if each.waiting_since is not None]
            chats = [self._floor.chats[each.conversation] for each in held]
            waiting = [each for each in chats if _waits(each)]
            yield AgentLoad(
                account=account,
                presence=person.agent(now).presence,
                chats=len(held),
                capacity=person.account.capacity,
                waiting=len(since),
                seconds_per_reply=person.seconds_per_reply,
                waiting_since=min(since, default=None),
                urgent=waits(
                    most_urgent(waiting, now) or min(waiting, key=since_when, default=None)
                ),
            )

    def _balance(self, shop: str, now: datetime) -> list[Balance]:
        """By all that the shop's agents were given, in whatever shop."""
        serving = [person.account.id for person in self._floor.serving(shop)]
        given = [
            (account, at)
            for account in serving
            for at in self._floor.loads.given_to(account)
            if now - at <= BALANCE_OVER
        ]
        present = [each for each in serving if _is_there(self._floor, each, now)]
        return by_quarter(given, present)


def _figures(told: ShopNow | MyDay) -> Frame:
    return Frame(figures=msgspec.Raw(msgspec.json.encode(told)))


def _waits(chat: Chat) -> bool:
    """Whether a buyer waits whom somebody still can answer."""
    return chat.state.waiting_since is not None and not chat.is_erased


def _is_there(floor: Floor, account: str, now: datetime) -> bool:
    return floor.people[account].agent(now).presence in (Presence.ONLINE, Presence.BUSY)
