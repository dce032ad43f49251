"""An erasure while the house is open: whoever has the buyer on a page forgets them at once, and
nobody writes about them while their keys are destroyed."""

import asyncio
from collections.abc import Collection, Mapping
from typing import NamedTuple

import structlog

from miaohui.adapters.storage.chat_ports import Chats, Named
from miaohui.adapters.storage.erasure_ports import Erasure
from miaohui.domain.vocabulary.problems import ReaderError
from miaohui.pipelines.erasing import Erasing
from miaohui.pipelines.intake import Intake
from miaohui.pipelines.live import Live
from miaohui.pipelines.pairings import Pairings
from miaohui.pipelines.read_marking import ReadMarking
from miaohui.pipelines.visits import Visits
from miaohui.pipelines.watching import Watching
from miaohui.pipelines.webchats import Webchats

EVERY = 1.0  # seconds; what somebody asks for at the command line is carried out as soon
log_book = structlog.get_logger(room="forgetting")


class BuyersPages(NamedTuple):
    """What buyers' pages stand on."""

    visits: Visits
    marks: ReadMarking
    pairings: Pairings
    webchats: Webchats


class Forgetting:
    """Forgets buyers, beginning with what people see."""

    def __init__(
        self,
        erasing: Erasing,
        chats: Chats,
        intake: Intake,
        live: Live,
        watching: Watching,
        pages: BuyersPages,
    ) -> None:
        self._erasing = erasing
        self._live = live
        self._chats = chats
        self._intake = intake
        self._watching = watching
        self._pages = pages

    async def run(self) -> None:
        """Until cancelled: what was asked for by others, or was not finished."""
        while True:
            for erasure in await asyncio.to_thread(self._erasing.unfinished):
                try:
                    await self.carry_out(erasure)
                except ReaderError as error:
                    log_book.warning("not erased yet", erasure=erasure.id, problem=str(error))
            await asyncio.sleep(EVERY)

    async def carry_out(self, erasure: Erasure) -> Erasure:
        """Carry an erasure out unless somebody else does: as it stands then.

        Raises ReaderError as the log does; it is tried again in a minute.
        """
        if await asyncio.to_thread(self._erasing.claim, erasure):
            await self.leave(erasure.shop, erasure.chats)
            await asyncio.to_thread(self._erasing.carry_out, erasure)
            await self.name(erasure.chats)
        found = await asyncio.to_thread(self._erasing.find, erasure.shop, erasure.id)
        return found or erasure

    async def leave(self, shop: str, chat_ids: Collection[str]) -> None:
        """Nobody shows these chats, has them in hand or does anything in them any more; when this
        comes back all that was done in them is in the log."""
        self._leave(shop, dict.fromkeys(chat_ids))
        if any(each in self._live.floor.chats for each in chat_ids):
            await self._intake.take([])

    async def name(self, chat_ids: Collection[str]) -> None:
        """The keys are destroyed: those on the floor are called what the log calls them now."""
        here = [each for each in chat_ids if each in self._live.floor.chats]
        named = await asyncio.to_thread(self._chats.find, here) if here else {}
        self._live.erase({each: one for each, one in named.items() if one.is_erased})
        self._pages.visits.forget(chat_ids)

    def _leave(self, shop: str, chats: Mapping[str, Named | None]) -> None:
        here = [self._live.floor.chats[each] for each in chats if each in self._live.floor.chats]
        self._watching.erase(shop, chats, here)
        self._live.erase(chats)
        self._forget_pages(chats)

    def _forget_pages(self, chats: Collection[str]) -> None:
        for chat_id in chats:
            self._pages.visits.expel(chat_id)
        self._pages.pairings.forget(lambda webchat, buyer: self._is_of(chats, webchat, buyer))
        self._pages.marks.forget(chats)

    def _is_of(self, chats: Collection[str], webchat_id: str, buyer: str) -> bool:
        webchat = self._pages.webchats.known(webchat_id)
        if webchat is None:
            return False
        return self._live.chat_id(webchat.shop, webchat.channel, buyer) in chats
