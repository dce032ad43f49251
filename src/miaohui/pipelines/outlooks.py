"""What buyers with an open page may expect: who is there, who comes before them, how long it takes.

Once a second, and only where it changed. What nobody can know is not told.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import takewhile
from math import ceil

import msgspec

from miaohui.adapters.storage.settings_ports import StoredSetting
from miaohui.domain.desk.floor.chats import Chat, last_contact
from miaohui.domain.desk.floor.floor import Floor
from miaohui.domain.desk.floor.standing import LinePace, Standing, people_there, standings
from miaohui.domain.rules.opening_calendar import OpeningHours
from miaohui.domain.rules.opening_hours import is_open, next_opening
from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.problems import ReaderError
from miaohui.pipelines.buyer_frames import Outlook, ToBuyer, encode
from miaohui.pipelines.live import Heard
from miaohui.pipelines.visits import BuyerPage, Visits

EVERY = 1.0  # seconds
HOURS_READ_EVERY = timedelta(seconds=30)
HOURS = "hours"
ReadAll = Callable[[str], Mapping[str, StoredSetting]]  # documents of one name, by shop


class Outlooks:
    """Tells pages how things stand. A Follower of the floor."""

    def __init__(
        self, floor: Floor, visits: Visits, read_all: ReadAll, clock: Callable[[], datetime]
    ) -> None:
        self._floor = floor
        self._visits = visits
        self._read_all = read_all
        self._clock = clock
        self._hours: Mapping[str, OpeningHours] = {}
        self._hours_read_at: datetime | None = None
        self._paces: defaultdict[str, defaultdict[str | None, LinePace]]
        self._paces = defaultdict(lambda: defaultdict(LinePace))

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            await asyncio.sleep(EVERY)
            await self._read_hours()
            self._keep_paces()
            by_shop: defaultdict[str, list[BuyerPage]] = defaultdict(list)
            for page in self._visits.pages():
                by_shop[page.webchat.shop].append(page)
            for shop, pages in by_shop.items():
                self._tell_all(shop, pages)
                await asyncio.sleep(0)

    async def tell(self, page: BuyerPage, now: datetime) -> None:
        """Tell a page that has just come how things stand."""
        if self._hours_read_at is None:
            await self._read_hours()
        self._tell(page, self._of_shop(page.webchat.shop, now), self._standings([page], now))

    # A Follower of the floor
    def entered(self, chat: Chat, history: Sequence[Event]) -> None:
        """See Follower."""

    def heard(self, news: Sequence[Heard]) -> None:
        """Note who gets out of the line."""
        for each in news:
            if each.change is None:
                continue
            before, after = each.change.before, each.change.after
            since = before.wanting_since
            if before.needs_somebody and not after.needs_somebody and since is not None:
                now = self._clock()
                self._paces[after.shop][before.wanted.group].left(now, now - since)

    def _keep_paces(self) -> None:
        now = self._clock()
        for shop in {*self._floor.shops_with_a_line(), *self._paces}:
            line = self._floor.line(shop)
            groups = {self._floor.chats[each.conversation].wanted.group for each in line}
            for group in groups:
                self._paces[shop][group].stands(now)
            for group in self._paces[shop].keys() - groups:
                self._paces[shop][group].is_empty()

    def _tell_all(self, shop: str, pages: Collection[BuyerPage]) -> None:
        now = self._clock()
        common, standing = self._of_shop(shop, now), self._standings(pages, now)
        for page in pages:
            self._tell(page, common, standing)

    def _tell(self, page: BuyerPage, common: Outlook, standing: Mapping[str, Standing]) -> None:
        chat = self._floor.chats.get(page.chat_id)
        if chat is None and page.told is not None:
            # At rest and forgotten: nothing has changed but who is there.
            own = page.told
            outlook = msgspec.structs.replace(own, people=common.people, opens_at=common.opens_at)
        else:
            outlook = self._outlook(chat, common, standing.get(page.chat_id))
        if outlook != page.told:
            page.told = outlook
            page.send(encode(ToBuyer(outlook=outlook)))

    def _outlook(self, chat: Chat | None, common: Outlook, standing: Standing | None) -> Outlook:
        if chat is None:
            return common
        waiting, since = chat.state.waiting_since is not None, _since_the_last_answer(chat)
        return msgspec.structs.replace(
            common,
            served=chat.holder is not None,
            name=self._visits.name_of(chat.holder) or None,
            waiting=waiting,
            ahead=standing.ahead if standing and waiting else None,
            minutes=_minutes(standing) if waiting else None,
            asked=any(each.kind == "human_requested" for each in since),
            rated=next(
                (each.payload.rating for each in since if each.kind == "rating.given"), None
            ),
            to_rate=chat.state.life.closed and last_contact(chat.state) is not None,
        )

    def _standings(self, pages: Iterable[BuyerPage], now: datetime) -> dict[str, Standing]:
        """Of a shop, unless none of its buyers on these pages waits."""
        for page in pages:
            chat = self._floor.chats.get(page.chat_id)
            if chat is not None and chat.state.waiting_since is not None:
                shop = page.webchat.shop
                return standings(self._floor, shop, self._paces[shop], now)
        return {}

    def _of_shop(self, shop: str, now: datetime) -> Outlook:
        people = people_there(self._floor, shop, now) if shop in self._floor.shops else 0
        return Outlook(people=people, opens_at=None if people else self._opens_at(shop, now))

    def _opens_at(self, shop: str, now: datetime) -> datetime | None:
        """When the shop opens; None where it should be open now, or that is not known."""
        hours = self._hours.get(shop)
        try:
            return None if hours is None or is_open(hours, now) else next_opening(hours, now)
        except ReaderError:
            return None

    async def _read_hours(self) -> None:
        now = self._clock()
        if self._hours_read_at is None or now - self._hours_read_at >= HOURS_READ_EVERY:
            self._hours_read_at = now
            stored = await asyncio.to_thread(self._read_all, HOURS)
            read = {shop: _hours_in(each.value) for shop, each in stored.items()}
            self._hours = {shop: hours for shop, hours in read.items() if hours is not None}


def _hours_in(document: bytes) -> OpeningHours | None:
    try:
        return msgspec.json.decode(document, type=OpeningHours)
    except msgspec.DecodeError:
        return None


def _minutes(standing: Standing | None) -> int | None:
    """Whole minutes, rounded up; 0 for less than one."""
    if standing is None or standing.wait is None:
        return None
    seconds = standing.wait.total_seconds()
    return 0 if seconds < 60 else ceil(seconds / 60)


def _since_the_last_answer(chat: Chat) -> list[Event]:
    """The newest first."""
    contact = last_contact(chat.state)
    newest = reversed(chat.state.history)
    return list(takewhile(lambda each: contact is None or each.at > contact.at, newest))
