"""The live river: what is in the log moves the floor, the floor decides, and decisions become
events of the log again.

One task hears everything in the order of the log, so that nothing races. It works in slices, so
that nobody else waits for long.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import islice
from typing import NamedTuple, Protocol

import structlog

from miaohui.adapters.storage.chat_ports import ChatKey, Chats, Named
from miaohui.domain.desk.deadlines.offset import ClockOffset, offset_at, platform_now
from miaohui.domain.desk.floor.chats import Chat, bare
from miaohui.domain.desk.floor.deciding import decide
from miaohui.domain.desk.floor.floor import Change, Floor
from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.intents import Assign, Intent
from miaohui.domain.vocabulary.problems import Problem, ReaderError
from miaohui.pipelines.deeds import PRESENCE_CHANNEL, events_of_intent, presence_of
from miaohui.pipelines.intake import Intake

SLICE_EVENTS = 64
TRY_AGAIN = timedelta(seconds=1)
HEARD_WITHIN = 1  # seconds
Clock = Callable[[], datetime]
log_book = structlog.get_logger(room="live")
# Somebody is told of each decision, and of an assignment how long the chat had waited for it.
Decided = Callable[[Intent, timedelta | None], None]


class Heard(NamedTuple):
    """An event as it came in, with its texts, and what it changed on the floor; None for one
    that is of no live chat."""

    event: Event
    chat_id: str
    change: Change | None


class Follower(Protocol):
    """Somebody who follows the floor. Called on the event loop; must be quick."""

    def entered(self, chat: Chat, history: Sequence[Event], /) -> None:
        """A chat came on the floor with its history, before anything new in it; or, with none,
        its buyer was erased."""
        ...

    def heard(self, news: Sequence[Heard]) -> None:
        """Events were heard, in the order of the log of each shop."""
        ...


class Live:
    """The floor of one house, kept true to the log. Belongs to the event loop that made it."""

    def __init__(
        self,
        floor: Floor,
        chats: Chats,
        intake: Intake,
        clock: Clock,
        new_id: Callable[[], str],
        decided: Decided = lambda _, __: None,
    ) -> None:
        self.floor = floor
        self._decided = decided
        self._chats = chats
        self._intake = intake
        self._clock = clock
        self._new_id = new_id
        self._followers: list[Follower] = []
        self._arrived: deque[Event] = deque()
        self._waiters: list[tuple[str, int, asyncio.Future[None]]] = []
        self._ids: dict[ChatKey, str] = {}
        self._woken = asyncio.Event()
        self._look_again: datetime | None = None
        self.heard_seqs: dict[str, int] = {}
        self.offsets: dict[tuple[str, str], ClockOffset] = {}

    def follow(self, follower: Follower) -> None:
        """From now on somebody follows the floor."""
        self._followers.append(follower)

    def open(self, seqs: Mapping[str, int]) -> None:
        """Hear from now on what the log gets after these seqs."""
        self.heard_seqs = dict(seqs)
        self._intake.tell(self._arrive)

    async def bring(self, chat_ids: Collection[str], anew: bool = False) -> None:
        """Bring chats on the floor as far as they were heard; `anew`: also those that are there."""
        named = await asyncio.to_thread(self._chats.find, chat_ids)
        await self._enter(named, None, anew)

    async def run(self) -> None:
        """Until cancelled. What storage cannot give now stays to be heard by the next run."""
        while True:
            self._woken.clear()
            if self._arrived:
                await self._hear_some()
            self._decide()
            if self._arrived:
                await asyncio.sleep(0)
            else:
                await self._sleep()

    async def take(self, events: Sequence[Event], going_out: Collection[int] = ()) -> Sequence[int]:
        """Hand in what somebody does at the desk; when it comes back the log has it and the floor
        has heard it. Returns the seqs. Raises ReaderError `desk.buyer_erased`."""
        if any(self._is_erased(event) for event in events):
            raise ReaderError(Problem("desk.buyer_erased"))
        recorded = await self._intake.take(events, going_out)
        for event, each in zip(events, recorded, strict=True):
            await self._until(event.shop, each.seq)
        return [each.seq for each in recorded]

    def now_in(self, chat: Chat) -> datetime:
        """The instant on the clock of the platform that a chat is on."""
        now = self._clock()
        offset = self.offsets.get((chat.shop, chat.channel))
        return now if offset is None else platform_now(now, offset_at(offset, now))

    def wake(self) -> None:
        """Something changed beside the log: decide again."""
        self._woken.set()

    def chat_id(self, shop: str, channel: str, conversation: str) -> str:
        """The id of a conversation in the log."""
        key = ChatKey(shop, channel, conversation)
        known = self._ids.get(key)
        if known is None:
            (known,) = self._chats.chat_ids([key])
            self._ids[key] = known
        return known

    async def chat(self, chat_id: str) -> Chat | None:
        """A chat of a live channel, brought on the floor if it is at rest."""
        if chat_id not in self.floor.chats:
            await self.bring([chat_id])
        if chat_id not in self.floor.chats:
            await self._until_begun(chat_id)
        return self.floor.chats.get(chat_id)

    def forget(self, quiet_since: datetime, but: Collection[str] = ()) -> None:
        """Drop from the floor what is at rest and has been quiet."""
        at_rest = [
            chat.id
            for chat in self.floor.chats.values()
            if not chat.is_restless and chat.id not in but and chat.quiet_since < quiet_since
        ]
        self.floor.forget(at_rest)
        if len(self._ids) > 4 * len(self.floor.chats) + 10_000:
            self._ids.clear()

    def _arrive(self, events: Sequence[Event]) -> None:
        self._arrived.extend(events)
        self._woken.set()

    async def _hear_some(self) -> None:
        some = list(islice(self._arrived, SLICE_EVENTS))
        await self._catch_up(some)
        unknown = self._unknown(some)
        if unknown:
            first = {event.shop: event.seq for event in reversed(some)}
            await self._enter(unknown, {shop: seq - 1 for shop, seq in first.items()})
        for _ in some:
            self._arrived.popleft()
        try:
            self._hear(some)
        except Exception:
            # Ours to mend; meanwhile these chats are what the log says of them.
            log_book.exception("events not heard", first=some[0].seq, shop=some[0].shop)
            await self._read_anew(some)

    async def _read_anew(self, some: Sequence[Event]) -> None:
        for event in some:
            self.heard_seqs[event.shop] = max(event.seq, self.heard_seqs.get(event.shop, 0))
        names = {(event.shop, event.channel, event.conversation) for event in some}
        await self.bring([self.chat_id(*name) for name in names], anew=True)
        self._tell_waiters()

    async def _catch_up(self, some: Sequence[Event]) -> None:
        """Whatever another process wrote into the log before these events."""
        first = {event.shop: event.seq for event in reversed(some)}
        for shop, seq in first.items():
            heard = self.heard_seqs.get(shop, 0)
            if seq > heard + 1:
                missed = await asyncio.to_thread(self._chats.touched, shop, heard)
                self.heard_seqs[shop] = seq - 1
                await self.bring(missed, anew=True)

    def _unknown(self, events: Iterable[Event]) -> dict[str, Named]:
        """Live chats of these events that are not on the floor."""
        unknown: dict[str, Named] = {}
        for event in events:
            if self.floor.steering(event.shop, event.channel) is not None:
                chat_id = self.chat_id(event.shop, event.channel, event.conversation)
                if chat_id not in self.floor.chats:
                    key = ChatKey(event.shop, event.channel, event.conversation)
                    unknown[chat_id] = Named(key, event.buyer)
        return unknown

    async def _enter(
        self, chats: Mapping[str, Named], until: Mapping[str, int] | None, anew: bool = False
    ) -> None:
        """Bring chats of live channels on the floor with their histories, up to a seq of each
        shop; None: up to what was heard."""
        live = {
            chat_id: named
            for chat_id, named in chats.items()
            if self.floor.steering(named.key.shop, named.key.channel) is not None
        }
        histories = await asyncio.to_thread(self._chats.histories, list(live))
        for chat_id, named in live.items():
            known = (self.heard_seqs if until is None else until).get(named.key.shop, 0)
            history = [event for event in histories.get(chat_id, ()) if event.seq <= known]
            if self.floor.steering(named.key.shop, named.key.channel) is None:
                continue  # its channel was closed meanwhile
            if until is None and not history:
                continue  # it has just begun, and will be heard in a moment
            if anew or chat_id not in self.floor.chats:
                chat = self.floor.enter(_met(chat_id, named), history)
                for follower in self._followers:
                    follower.entered(chat, history)

    def _hear(self, events: Sequence[Event]) -> None:
        news: list[Heard] = []
        for event in events:
            if event.channel == PRESENCE_CHANNEL and (told := presence_of(event)):
                self.floor.hear_presence(*told, event.at)
            chat_id = self.chat_id(event.shop, event.channel, event.conversation)
            change = None
            if chat_id in self.floor.chats:
                self.floor.name(chat_id, event.conversation, event.buyer)
                change = self.floor.hear(chat_id, bare(event, chat_id))
            news.append(Heard(event, chat_id, change))
            self.heard_seqs[event.shop] = max(event.seq, self.heard_seqs.get(event.shop, 0))
        for follower in self._followers:
            follower.heard(news)
        self._tell_waiters()

    def _decide(self) -> None:
        decision = decide(self.floor, self._clock())
        self._look_again = decision.look_again
        for intent in decision.intents:
            self._decided(intent, self._waited(intent))
            self._carry_out(intent)

    def _carry_out(self, intent: Intent) -> None:
        events = events_of_intent(self.floor, intent, self._clock(), self._new_id)
        try:
            answer = self._intake.give(events)
        except ReaderError:
            self._give_up(intent)
            return
        answer.add_done_callback(lambda done: done.exception() and self._give_up(intent))

    def _waited(self, intent: Intent) -> timedelta | None:
        if not isinstance(intent, Assign):
            return None
        chat = self.floor.chats[intent.chat]
        return None if chat.wanting_since is None else self.now_in(chat) - chat.wanting_since

    def _give_up(self, intent: Intent) -> None:
        """The log did not take it: decide anew in a moment."""
        self.floor.break_promise(intent)
        again = self._clock() + TRY_AGAIN
        self._look_again = min(self._look_again or again, again)

    async def _sleep(self) -> None:
        wait: float | None = None
        if self._look_again is not None:
            wait = max((self._look_again - self._clock()).total_seconds(), 0)
        try:
            async with asyncio.timeout(wait):
                await self._woken.wait()
        except TimeoutError:
            return

    async def _until(self, shop: str, seq: int) -> None:
        if self.heard_seqs.get(shop, 0) < seq:
            future = asyncio.get_running_loop().create_future()
            self._waiters.append((shop, seq, future))
            await future

    async def _until_begun(self, chat_id: str) -> None:
        """What the log has of a chat may not have been heard yet; nobody waits for long."""
        histories = await asyncio.to_thread(self._chats.histories, [chat_id])
        newest = max(histories.get(chat_id, ()), key=lambda event: event.seq, default=None)
        if newest is not None:
            with suppress(TimeoutError):
                async with asyncio.timeout(HEARD_WITHIN):
                    await self._until(newest.shop, newest.seq)

    def erase(self, chats: Mapping[str, Named | None]) -> list[Chat]:
        """The buyers of chats are erased: how those on the floor stood before. By id what each is
        called now, None while that is not known."""
        self._ids = {key: id_ for key, id_ in self._ids.items() if id_ not in chats}
        known = [self.floor.chats[each] for each in chats if each in self.floor.chats]
        for chat in known:
            named = chats[chat.id]
            names = (named.key.conversation, named.buyer) if named else ()
            self.floor.erase(chat.id, *names)
            for follower in self._followers:
                follower.entered(self.floor.chats[chat.id], ())
        return known

    def _is_erased(self, event: Event) -> bool:
        """Whether the buyer was erased since somebody began to do this."""
        chat = self.floor.chats.get(self.chat_id(event.shop, event.channel, event.conversation))
        return chat is not None and chat.is_erased

    def _tell_waiters(self) -> None:
        still: list[tuple[str, int, asyncio.Future[None]]] = []
        for shop, seq, future in self._waiters:
            if self.heard_seqs.get(shop, 0) < seq:
                still.append((shop, seq, future))
            elif not future.done():
                future.set_result(None)
        self._waiters = still


def _met(chat_id: str, named: Named) -> Chat:
    return Chat(chat_id, *named.key, buyer=named.buyer, is_erased=named.is_erased)
