"""What outlives a restart: rows of chats are kept a moment behind the floor, and from them the
floor is laid again when the house opens."""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from miaohui.adapters.storage.chat_ports import ChatKey, ChatRow, Chats, ChatState
from miaohui.domain.conversation.card import card_of
from miaohui.domain.desk.floor.chats import Chat
from miaohui.domain.desk.floor.floor import Floor
from miaohui.domain.directory.accounts import Shop
from miaohui.domain.vocabulary.events import Event
from miaohui.pipelines.deeds import PRESENCE_CHANNEL, presence_of
from miaohui.pipelines.live import Heard, Live

KEPT_EVERY = 1.0  # seconds
FORGOTTEN_EVERY = timedelta(minutes=1)
QUIET_FOR = timedelta(minutes=10)
AT_ONCE = 1_000  # chats that are laid together
KEPT_AT_ONCE = 100
# Events are received in order, but a clock may be wrong by so much.
CLOCK_DOUBT = timedelta(hours=1)
PRESENCES_LOOKED_AT = 10


class Keeping:
    """A Follower that keeps the rows of chats that changed, and lets the floor forget."""

    def __init__(self, live: Live, chats: Chats, clock: Callable[[], datetime]) -> None:
        self._live = live
        self._chats = chats
        self._clock = clock
        self._changed: set[str] = set()
        self._seen: Mapping[str, int] = {}  # as it was written last
        self._forgotten_at = clock()

    def entered(self, chat: Chat, _: Sequence[Event]) -> None:
        """See Follower. It may never have had a row."""
        self._changed.add(chat.id)

    def heard(self, news: Sequence[Heard]) -> None:
        """See Follower."""
        self._changed.update(each.chat_id for each in news if each.change is not None)

    async def run(self) -> None:
        """Until cancelled; the last rows are for `keep`."""
        while True:
            await asyncio.sleep(KEPT_EVERY)
            await self.keep()
            if self._clock() - self._forgotten_at >= FORGOTTEN_EVERY:
                self._forgotten_at = self._clock()
                self._live.forget(self._clock() - QUIET_FOR, but=self._changed)

    async def keep(self) -> None:
        """Write the rows of what changed, and that all rows are true by now."""
        await self._keep(dict(self._live.heard_seqs))

    async def lay(self, chat_ids: Iterable[str]) -> None:
        """Bring chats on the floor some at a time, and let go at once of those at rest."""
        waiting = list(chat_ids)
        while waiting:
            some, waiting = waiting[:AT_ONCE], waiting[AT_ONCE:]
            await self._live.bring(some)
            await self._keep({})
            self._live.forget(self._clock(), but=self._changed)

    async def _keep(self, seen: Mapping[str, int]) -> None:
        """What cannot be written is tried again with the rest; a quiet house writes nothing."""
        if not self._changed and seen == self._seen:
            return
        changed, self._changed = self._changed, set()
        floor = self._live.floor
        chats = [chat for each in changed if (chat := floor.chats.get(each)) is not None]
        try:
            await asyncio.to_thread(self._write, chats, seen)
        except BaseException:
            self._changed |= changed
            raise
        self._seen = seen or self._seen

    def _write(self, chats: Sequence[Chat], seen: Mapping[str, int]) -> None:
        """A chat is a value: its row can be made on any thread. Some at a time, so that no message
        waits for all of them to be written."""
        waiting = chats
        while len(waiting) > KEPT_AT_ONCE:
            some, waiting = waiting[:KEPT_AT_ONCE], waiting[KEPT_AT_ONCE:]
            self._chats.keep([row_of(chat) for chat in some], {})
        self._chats.keep([row_of(chat) for chat in waiting], seen)


def row_of(chat: Chat) -> ChatRow:
    """A chat as lists show it."""
    card = card_of(chat.state)
    assert card.opened_at is not None
    return ChatRow(
        chat_id=chat.id,
        shop=chat.shop,
        channel=chat.channel,
        account=chat.whose,
        group=chat.wanted.group,
        state=_state_of(chat),
        # Of somebody erased nothing is left to do, but the figures of the day still are theirs.
        restless=chat.is_open,
        opened_at=card.opened_at,
        last_at=chat.quiet_since,
        last_seq=chat.seq,
        tags=tuple(sorted(card.life.tags)),
        spam=card.spam,
        rating=card.rating,
        open_tasks=0 if chat.is_erased else sum(each.closed_at is None for each in card.life.tasks),
    )


async def lay_floor(
    live: Live, keeping: Keeping, chats: Chats, shops: Iterable[Shop], now: datetime
) -> None:
    """Bring on the floor whatever the desk still has to do with, let those who follow it hear of
    all of today's chats, and hear from now on."""
    seqs = await asyncio.to_thread(chats.newest_seqs)
    known: set[str] = set()
    for shop in shops:
        if shop.id in seqs:
            known |= await asyncio.to_thread(_wanted, chats, shop, now)
    live.open(seqs)
    await keeping.lay(known)
    await keeping.keep()
    await asyncio.to_thread(_remember_presences, live.floor, chats, now)


async def lay_shop(keeping: Keeping, chats: Chats, shop: Shop, now: datetime) -> None:
    """Bring on the floor, of a shop that is open for other channels than before, whatever the desk
    has to do with, and let those who follow it hear of all of today's chats."""
    seqs = await asyncio.to_thread(chats.newest_seqs)
    if shop.id in seqs:
        await keeping.lay(await asyncio.to_thread(_wanted, chats, shop, now))


def _wanted(chats: Chats, shop: Shop, now: datetime) -> set[str]:
    midnight = datetime.combine(
        now.astimezone(zone := ZoneInfo(shop.timezone)).date(), time(), zone
    )
    today = chats.first_received(shop.id, midnight - CLOCK_DOUBT) - 1
    after = min(today, chats.seen().get(shop.id, 0))
    return {*chats.restless(shop.id), *chats.touched(shop.id, after)}


def _remember_presences(floor: Floor, chats: Chats, now: datetime) -> None:
    """Everybody is what they were; their pages have a moment to be heard of again."""
    for account, person in floor.people.items():
        shop = next((each for each in floor.shops if person.account.shops.holds(each)), None)
        if shop is None:
            continue
        (chat_id,) = chats.chat_ids([ChatKey(shop, PRESENCE_CHANNEL, account)])
        for event in chats.messages(chat_id, limit=PRESENCES_LOOKED_AT):
            if told := presence_of(event):
                floor.hear_presence(*told, event.at)
        floor.beat(account, "before", None, now)


def _state_of(chat: Chat) -> ChatState:
    life = chat.state.life
    if chat.state.waiting_since is not None and not chat.is_erased:
        return "waiting"
    if life.closed or chat.is_erased:
        return "closed"
    return "snoozed" if life.snoozed_until is not None else "answered"
