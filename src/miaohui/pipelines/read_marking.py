"""Who has read what: known at once to both sides, and kept a moment later."""

import asyncio
from collections.abc import Callable, Iterable, Sequence

from miaohui.adapters.storage.read_ports import ReadMarks, ReadUpTo
from miaohui.domain.desk.floor.chats import Chat
from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.kinds import Actor, Origin
from miaohui.pipelines.buyer_frames import ToBuyer
from miaohui.pipelines.ephemera import Ephemera
from miaohui.pipelines.frames import Frame, Seen
from miaohui.pipelines.live import Heard
from miaohui.pipelines.visits import Visits
from miaohui.pipelines.watching import Watcher, Watching

KEPT_EVERY = 1.0  # seconds
MOST_KNOWN = 20_000
NOTHING = ReadUpTo()


class ReadMarking:
    """Marks of chats by their ids. A Follower of the floor, and an Ear of its people.

    Only whoever has the chat reads it for the house: a lead who looks on does not. `concerns`:
    whether anybody will ask how far a chat was read."""

    def __init__(
        self,
        store: ReadMarks,
        watching: Watching,
        visits: Visits,
        ephemera: Ephemera,
        concerns: Callable[[Chat], bool],
    ) -> None:
        self._store = store
        self._concerns = concerns
        self._watching = watching
        self._visits = visits
        self._ephemera = ephemera
        self._known: dict[str, ReadUpTo] = {}
        self._read: set[str] = set()  # those of which the store was asked
        self._moved: dict[str, ReadUpTo] = {}

    async def of(self, chat_id: str) -> ReadUpTo:
        """How far a chat has been read."""
        if chat_id not in self._read:
            found = await asyncio.to_thread(self._store.read, [chat_id])
            # What moved meanwhile, or before anybody asked, holds as well.
            known = self._known.get(chat_id, NOTHING)
            self._known[chat_id] = found.get(chat_id, NOTHING).further(known)
            self._read.add(chat_id)
        return self._known[chat_id]

    async def tell(self, watcher: Watcher, chat_id: str) -> None:
        """Tell a page of the desk how far the buyer has read the chat that it opened."""
        mark = await self.of(chat_id)
        if mark.buyer:
            self._watching.say([watcher], Frame(seen=Seen(chat_id, mark.buyer)))

    def buyer_read(self, chat: Chat, seq: int) -> None:
        """The buyer has seen everything up to a seq."""
        if self._move(chat.id, ReadUpTo(buyer=min(seq, chat.seq))):
            frame = Frame(seen=Seen(chat.id, self._known[chat.id].buyer))
            self._watching.say(self._watching.who_sees(chat), frame)

    def agent_read(self, chat: Chat, seq: int) -> None:
        """Whoever has the chat has seen everything up to a seq."""
        if self._move(chat.id, ReadUpTo(agent=seq)):
            self._visits.tell(chat.id, ToBuyer(read=self._known[chat.id].agent))

    async def run(self) -> None:
        """Until cancelled; the last marks are for `keep`."""
        while True:
            await asyncio.sleep(KEPT_EVERY)
            await self.keep()

    async def keep(self) -> None:
        """Write what moved. What cannot be written is tried again with the rest."""
        moved = self._moved
        self._moved = dict[str, ReadUpTo]()
        try:
            await asyncio.to_thread(self._store.keep, moved)
        except BaseException:
            self._moved = moved | self._moved
            raise
        if len(self._known) > MOST_KNOWN:
            self._known = dict(self._moved)
            self._read.clear()

    def forget(self, chat_ids: Iterable[str]) -> None:
        """Nobody has read anything of these chats."""
        for chat_id in chat_ids:
            self._known.pop(chat_id, None)
            self._moved.pop(chat_id, None)
            self._read.discard(chat_id)

    # A Follower of the floor
    def entered(self, chat: Chat, history: Sequence[Event]) -> None:
        """See Follower."""

    def heard(self, news: Sequence[Heard]) -> None:
        """Whoever has the chat open reads what comes in, and whoever answers has read it all."""
        for each in news:
            if each.change is not None and self._is_read(each.event, each.change.after):
                self.agent_read(each.change.after, each.event.seq)

    # An Ear of the desk
    def typed(self, chat: Chat, account: str) -> None:
        """See Ear."""

    def opened(self, chat: Chat, account: str) -> None:
        """Somebody opens a chat: who has it reads it by that."""
        if chat.holder == account and self._concerns(chat):
            self.agent_read(chat, chat.seq)

    def _is_read(self, event: Event, chat: Chat) -> bool:
        if not self._concerns(chat):
            return False
        return _answers(event) or chat.holder in self._ephemera.readers(chat.id)

    def _move(self, chat_id: str, mark: ReadUpTo) -> bool:
        before = self._known.get(chat_id, NOTHING)
        after = before.further(mark)
        if after == before:
            return False
        self._known[chat_id] = self._moved[chat_id] = after
        return True


def _answers(event: Event) -> bool:
    return event.actor is Actor.AGENT and event.origin in (Origin.HUMAN, Origin.ASSISTED)
