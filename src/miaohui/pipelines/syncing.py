"""How a page comes up to date: everything in view, or only what happened since it was last told.

The page is among the watchers before anything is read, so that it hears of whatever happens
meanwhile; what it hears twice it knows by `seq`.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from miaohui.adapters.storage.chat_ports import Chats
from miaohui.adapters.storage.ports import Log
from miaohui.domain.conversation.replies import counts
from miaohui.domain.desk.floor.chats import Chat
from miaohui.domain.directory.permission import may
from miaohui.domain.directory.rights import Right
from miaohui.domain.vocabulary.events import Event
from miaohui.pipelines.frames import Frame, Ready, Spoken, encode, spoken
from miaohui.pipelines.live import Live
from miaohui.pipelines.watching import Watcher, Watching

AT_ONCE = 100  # chats in one frame
MOST_MISSED = 2_000  # events of a shop; who missed more starts again


class Syncing:
    """Brings pages up to date."""

    def __init__(
        self,
        live: Live,
        watching: Watching,
        log: Log,
        chats: Chats,
        alarms: Callable[[Watcher], Frame],
    ) -> None:
        """`alarms`: those that a page has in view, told with every start."""
        self._alarms = alarms
        self._live = live
        self._watching = watching
        self._log = log
        self._chats = chats

    async def start(self, watcher: Watcher, since: Mapping[str, int] | None, now: datetime) -> None:
        """Tell a page what it does not know. `since`: the newest seq of each shop that it heard;
        None: it knows nothing."""
        self._watching.enter(watcher)
        if since is not None:
            missed = await self._missed(watcher, since)
            if missed is None:
                watcher.send(encode(Frame(resync=True)))
            else:
                self._replay(watcher, missed)
        await self._tell_view(watcher, now)

    async def _tell_view(self, watcher: Watcher, now: datetime) -> None:
        seqs = dict(self._live.heard_seqs)
        view = self._watching.in_view(watcher)
        await self._read_previews(view)
        for first in range(0, len(view), AT_ONCE):
            some = [self._as_it_is(chat) for chat in view[first : first + AT_ONCE]]
            told = [self._watching.told(chat) for chat in some if watcher.sees(chat)]
            watcher.send(encode(Frame(chats=told)))
            await asyncio.sleep(0)
        watcher.send(encode(self._alarms(watcher)))
        in_view = [chat.id for chat in self._watching.in_view(watcher)]
        shops = {shop: seq for shop, seq in seqs.items() if _reads(watcher, shop)}
        watcher.send(encode(Frame(ready=Ready(in_view, shops, now))))

    def _as_it_is(self, chat: Chat) -> Chat:
        return self._live.floor.chats.get(chat.id, chat)

    async def _read_previews(self, view: Sequence[Chat]) -> None:
        """The last text of chats in which nobody has spoken since the house opened."""
        wanted = [chat.id for chat in self._watching.without_preview(view)]
        last = await asyncio.to_thread(self._chats.last_texts, wanted) if wanted else {}
        for chat_id in wanted:
            self._watching.preview(chat_id, last.get(chat_id, ""))

    async def _missed(
        self, watcher: Watcher, since: Mapping[str, int]
    ) -> list[tuple[str, list[Event]]] | None:
        """The events of each shop since then; None where those are too many."""
        missed: list[tuple[str, list[Event]]] = []
        for shop, seq in since.items():
            behind = self._live.heard_seqs.get(shop, 0) - seq
            if behind > MOST_MISSED or behind < 0:
                return None
            if behind and _reads(watcher, shop):
                events = await asyncio.to_thread(self._read, shop, seq, behind)
                missed.append((shop, events))
        return missed

    def _read(self, shop: str, after_seq: int, count: int) -> list[Event]:
        return list(self._log.read(shop, after_seq, count))

    def _replay(self, watcher: Watcher, missed: Sequence[tuple[str, list[Event]]]) -> None:
        for _, events in missed:
            for event in events:
                told = self._told(watcher, event)
                if told is not None:
                    watcher.send(encode(Frame(event=told)))

    def _told(self, watcher: Watcher, event: Event) -> Spoken | None:
        chat_id = self._live.chat_id(event.shop, event.channel, event.conversation)
        chat = self._live.floor.chats.get(chat_id)
        if chat is None or not watcher.sees(chat):
            return None
        steering = self._live.floor.steering(event.shop, event.channel)
        terms = steering.terms if steering else None
        answers = terms is not None and counts(terms.replies, event, terms.zone)
        return spoken(chat, event, answers, replayed=True)


def _reads(watcher: Watcher, shop: str) -> bool:
    return may(watcher.account, Right.CHATS_READ, shop)
