"""How a buyer's page comes up to date: the newest part of the thread, or only what it missed.

The page is among the visits before anything is read, so that it hears of whatever is said
meanwhile; what it hears twice it knows by `seq`.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

from miaohui.adapters.storage.chat_ports import Chats
from miaohui.adapters.storage.live_ports import LiveLog, Sending
from miaohui.domain.vocabulary.events import Event
from miaohui.pipelines.buyer_frames import Caught, Line, Older, ToBuyer, encode, line_of, said_by_us
from miaohui.pipelines.live import Live
from miaohui.pipelines.outlooks import Outlooks
from miaohui.pipelines.read_marking import ReadMarking
from miaohui.pipelines.receipts import Receipts
from miaohui.pipelines.visits import BuyerPage, Visits, recalled_in

AT_ONCE = 100  # events read together
MOST_MISSED = 1_000  # whoever missed more is told the newest part only
TOKEN_RENEWED_AFTER = timedelta(days=30)
UNDER_WAY = (Sending.QUEUED, Sending.SENT)


class Welcome:
    """Brings buyers' pages up to date."""

    def __init__(
        self,
        live: Live,
        chats: Chats,
        log: LiveLog,
        visits: Visits,
        receipts: Receipts,
        outlooks: Outlooks,
        marks: ReadMarking,
    ) -> None:
        self._live = live
        self._chats = chats
        self._log = log
        self._visits = visits
        self._receipts = receipts
        self._outlooks = outlooks
        self._marks = marks

    async def start(self, page: BuyerPage, since: int | None, now: datetime) -> None:
        """Tell a page what it does not know. `since`: the newest seq it has; None: nothing."""
        self._visits.enter(page)
        await self._live.chat(page.chat_id)
        events, more = await self._missed(page.chat_id, since)
        lines = await self._lines(page, events)
        if lines:
            page.send(encode(ToBuyer(lines=lines)))
        mark = await self._marks.of(page.chat_id)
        page.send(encode(ToBuyer(read=mark.agent)))
        await self._outlooks.tell(page, now)
        page.send(encode(ToBuyer(caught=Caught(now, more, self._renewed(page, now)))))

    async def older(self, page: BuyerPage, before: int) -> None:
        """Tell a page what was said before a seq."""
        events = await asyncio.to_thread(self._chats.messages, page.chat_id, before, None, AT_ONCE)
        lines = await self._lines(page, events)
        page.send(encode(ToBuyer(older=Older(lines, len(events) == AT_ONCE))))

    async def _missed(self, chat_id: str, since: int | None) -> tuple[Sequence[Event], bool]:
        """Events after a seq, or the newest ones; and whether there are older ones."""
        missed: list[Event] = []
        while since is not None and len(missed) < MOST_MISSED:
            after = missed[-1].seq if missed else since
            some = await asyncio.to_thread(self._chats.messages, chat_id, None, after, AT_ONCE)
            missed += some
            if len(some) < AT_ONCE:
                return missed, False
        newest = await asyncio.to_thread(self._chats.messages, chat_id, None, None, AT_ONCE)
        return newest, len(newest) == AT_ONCE

    async def _lines(self, page: BuyerPage, events: Sequence[Event]) -> list[Line]:
        recalled = recalled_in(self._live.floor.chats.get(page.chat_id))
        told = [(each, line_of(each, self._visits.name_of, recalled)) for each in events]
        ours = [event.seq for event, line in told if line is not None and said_by_us(event)]
        if ours:
            outgoing = await asyncio.to_thread(self._log.sending, page.webchat.shop, ours)
            waiting = (each.event.seq for each in outgoing if each.state in UNDER_WAY)
            self._receipts.expect(page.chat_id, waiting)
        return [line for _, line in told if line is not None]

    def _renewed(self, page: BuyerPage, now: datetime) -> str | None:
        if now - page.visit.begun_at < TOKEN_RENEWED_AFTER:
            return None
        return page.webchat.door.begin(page.visit.buyer, now)
