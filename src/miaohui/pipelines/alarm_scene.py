"""The floor as alarms see it: the situation of each shop, and word of whatever changes one."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from miaohui.domain.desk.alarms.settings import AlarmSettings, Kind, ladder_of
from miaohui.domain.desk.alarms.situation import Channel, Situation, WaitingChat, is_there
from miaohui.domain.desk.alarms.told import Told
from miaohui.domain.desk.deadlines.clock import Clock
from miaohui.domain.desk.deadlines.offset import offset_at
from miaohui.domain.desk.floor.chats import Chat
from miaohui.domain.desk.floor.floor import Floor
from miaohui.domain.desk.floor.hours import assessed_hours
from miaohui.domain.directory.accounts import Channel as ShopChannel
from miaohui.domain.directory.accounts import Shop
from miaohui.domain.directory.masking import masked
from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.instants import EPOCH, local_day
from miaohui.pipelines.alarm_people import AlarmPeople
from miaohui.pipelines.channel_health import ChannelHealth, Place
from miaohui.pipelines.deeds import PRESENCE_CHANNEL, is_the_desks
from miaohui.pipelines.live import Heard
from miaohui.pipelines.misses_left import MissesWatch

# What every answer and every buyer who begins to wait may change.
COUNTING = frozenset({Kind.ALL_OFFLINE, Kind.MISSES_LEFT})


class Seen(NamedTuple):
    """A chat as it was looked at last, by how much its platform's clock was ahead, and what alarms
    made of it."""

    chat: Chat
    ahead: timedelta
    made: WaitingChat


class Scene:
    """A Follower of the floor. `stir` is told each shop in which alarms have to be decided anew,
    `expect` when they will have to be for a chat that only begins to wait. Belongs to the event
    loop."""

    def __init__(
        self,
        floor: Floor,
        health: ChannelHealth,
        people: AlarmPeople,
        misses: MissesWatch,
        newest: Callable[[Place], datetime | None],
        clock: Callable[[], datetime],
    ) -> None:
        """`newest`: when anything last happened in a channel, as storage knows; blocks."""
        self._newest = newest
        self._clock = clock
        self._floor = floor
        self._health = health
        self._people = people
        self._misses = misses
        self._shops: dict[str, Shop] = {}
        self._channels: dict[str, Mapping[str, str]] = {}
        self._waiting: defaultdict[str, set[str]] = defaultdict(set)
        self._seen: dict[str, Seen] = {}
        self._heard_at: dict[Place, datetime] = {}
        self._silent: set[Place] = set()
        # Of each shop that was looked at: when a deadline has to be looked at first, from it on;
        # the chats of which anything was told; whether whatever else happens matters, too.
        self._first_look: dict[str, timedelta] = {}
        self._told: dict[str, frozenset[str]] = {}
        self._attentive: dict[str, bool] = {}
        self.stir: Callable[[str], None] = lambda _: None
        self.expect: Callable[[str, datetime], None] = lambda _, __: None

    def begin(self, told: Iterable[tuple[str, Told]], now: datetime) -> None:
        """What was told before the house opened, and is not known otherwise, is so until somebody
        says that it is over: a page that cannot ring, a channel that takes nothing."""
        for shop, row in told:
            if row.about is None or row.cleared:
                continue
            if row.kind is Kind.MUTED:
                self._people.expect_mute(row.about, now)
            if row.kind is Kind.CHANNEL_FAILING:
                self._health.expect_failure((shop, row.about))
        self._health.tell(lambda place: self.stir(place[0]))
        self._people.tell(lambda shop: self.stir(shop))

    async def remember(self) -> None:
        """When channels were heard of which nobody has written since the house opened, so that one
        that is silent since yesterday is told to be."""
        for shop, channels in list(self._channels.items()):
            for place in ((shop, channel) for channel in channels):
                if place not in self._heard_at:
                    at = await asyncio.to_thread(self._newest, place)
                    if at is not None:
                        self._heard_at.setdefault(place, at)

    def shop(self, shop: str) -> Shop | None:
        """A shop of the house."""
        return self._shops.get(shop)

    def name_of(self, shop: str) -> str:
        """What a shop is called."""
        known = self._shops.get(shop)
        return shop if known is None else known.name

    def listen(self, shop: str, told: Iterable[Told], situation: Situation) -> None:
        """What was told, and whether anybody is there, says what it takes to be decided anew."""
        rows = [row for row in told if not row.cleared]
        places = {place for place in self._silent if place[0] != shop}
        silent = (row.about for row in rows if row.kind is Kind.CHANNEL_SILENT)
        self._silent = places | {(shop, channel) for channel in silent if channel is not None}
        self._told[shop] = frozenset(row.chat for row in rows if row.chat is not None)
        counting = any(row.kind in COUNTING for row in rows)
        self._attentive[shop] = counting or not any(map(is_there, situation.people))

    # See furnishing.Neighbour
    def shop_kept(self, shop: Shop, channels: Iterable[ShopChannel]) -> None:
        """A shop is there, or changed."""
        self._shops[shop.id] = shop
        self._channels[shop.id] = {each.id: each.name for each in channels}
        self.stir(shop.id)

    def accounts_kept(self) -> None:
        """Accounts are there, or changed."""
        for shop in self._shops:
            self.stir(shop)

    # A Follower of the floor
    def entered(self, chat: Chat, history: Sequence[Event]) -> None:
        """See Follower."""
        for event in history:
            self._note_heard(event)
        self._note(chat)
        self._consider(chat)

    def heard(self, news: Sequence[Heard]) -> None:
        """See Follower."""
        for each in news:
            self._note_heard(each.event)
            if each.event.channel == PRESENCE_CHANNEL:
                self.stir(each.event.shop)
            elif each.change is not None and _matters(each.change.before, each.change.after):
                self._note(each.change.after)
                self._consider(each.change.after)

    async def look_at_figures(self, shop: str, settings: AlarmSettings, now: datetime) -> None:
        """Before the situation is taken; what has to wait is decided anew in a moment."""
        if not await self._misses.look(shop, settings.misses_left_below, now):
            self.stir(shop)

    def situation(self, shop: str, settings: AlarmSettings, now: datetime) -> Situation:
        """A shop as it is; buyers behind asterisks."""
        steps = [step.seconds for step in ladder_of(settings, Kind.WAITING)]
        self._first_look[shop] = timedelta(seconds=min([*steps, 0]))
        self._attentive[shop] = True  # whatever happens until it is decided
        zone = ZoneInfo(self._shops[shop].timezone)
        steerings = self._floor.shops[shop].channels.values()
        return Situation(
            zone=zone,
            windows=assessed_hours(steerings, local_day(now, zone)),
            chats=tuple(self._chats(shop, now)),
            people=self._people.people(shop, now),
            channels=tuple(self._as_they_are(shop)),
            misses_left=self._misses.left(shop),
        )

    def _chats(self, shop: str, now: datetime) -> Iterator[WaitingChat]:
        aheads: dict[str, timedelta] = {}
        for chat_id in list(self._waiting[shop]):
            chat = self._floor.chats.get(chat_id)
            steering = None if chat is None else self._floor.steering(shop, chat.channel)
            since = None if chat is None else _since(chat)
            if chat is None or steering is None or since is None:
                self._no_longer(shop, chat_id)
                continue
            if chat.channel not in aheads:
                aheads[chat.channel] = self._ahead(chat, now)
            yield self._waiting_chat(chat, steering.lines, since, aheads[chat.channel])

    def _waiting_chat(
        self, chat: Chat, lines: Container[str], since: datetime, ahead: timedelta
    ) -> WaitingChat:
        """As it was made last, or what did not change of it: names take long to mask."""
        seen = self._seen.get(chat.id)
        if seen is not None and seen.chat is chat and seen.ahead == ahead:
            return seen.made
        is_named = seen is not None and seen.chat.buyer == chat.buyer
        buyer = seen.made.buyer if seen is not None and is_named else masked(chat.buyer)
        made = _waiting_chat(chat, lines, since, ahead, buyer)
        self._seen[chat.id] = Seen(chat, ahead, made)
        return made

    def _ahead(self, chat: Chat, now: datetime) -> timedelta:
        """By how much the clock of the chat's platform is ahead of ours."""
        offset = self._health.offsets.get((chat.shop, chat.channel))
        return timedelta() if offset is None else offset_at(offset, now)

    def _as_they_are(self, shop: str) -> Iterator[Channel]:
        names = self._channels[shop]
        for channel in self._floor.shops[shop].channels:
            failing = self._health.failing.get((shop, channel))
            yield Channel(
                channel,
                names.get(channel, channel),
                self._heard_at.get((shop, channel)),
                failing.since if failing else None,
            )

    def _note(self, chat: Chat) -> None:
        if _since(chat) is not None:
            self._waiting[chat.shop].add(chat.id)
        else:
            self._no_longer(chat.shop, chat.id)

    def _no_longer(self, shop: str, chat_id: str) -> None:
        self._waiting[shop].discard(chat_id)
        self._seen.pop(chat_id, None)

    def _consider(self, chat: Chat) -> None:
        """Nothing has to be decided for a chat of which nothing was told until its first step."""
        shop, now = chat.shop, self._clock()
        if self._attentive.get(shop, True) or chat.id in self._told[shop]:
            self.stir(shop)
            return
        if chat.deadline is not None:
            deadline = chat.deadline - self._ahead(chat, now)
            self.expect(shop, max(deadline + self._first_look[shop], now))

    def _note_heard(self, event: Event) -> None:
        """When anything came in; what the desk does itself says nothing of a channel."""
        if not is_the_desks(event):
            place = event.shop, event.channel
            at = event.received_at or event.at
            self._heard_at[place] = max(at, self._heard_at.get(place, EPOCH))
            if place in self._silent:
                self.stir(event.shop)


def _matters(before: Chat, after: Chat) -> bool:
    return (
        before.clocks != after.clocks
        or before.holder != after.holder
        or before.wanted.group != after.wanted.group
        or _since(before) != _since(after)
    )


def _waiting_chat(
    chat: Chat, lines: Container[str], since: datetime, ahead: timedelta, buyer: str
) -> WaitingChat:
    """The chat with its clocks put to ours; `ahead`: by how much the platform's is. Of metrics
    that run out together one speaks for all."""
    first: dict[datetime, Clock] = {}
    for each in sorted(chat.clocks, key=lambda clock: clock.metric):
        if each.metric in lines:
            ours = Clock(each.metric, each.start - ahead, each.deadline - ahead)
            first.setdefault(ours.deadline, ours)
    return WaitingChat(
        chat=chat.id,
        buyer=buyer,
        since=since,
        clocks=tuple(first.values()),
        account=chat.holder,
        group=chat.wanted.group,
    )


def _since(chat: Chat) -> datetime | None:
    """Since when a buyer waits, or a complaint is open; nobody rings for somebody erased."""
    if chat.is_erased:
        return None
    open_ = (each.at for each in chat.state.complaints if each.reply is None)
    return chat.state.waiting_since or min(open_, default=None)
