"""Erasing a buyer who asks for it: written down first, so that whatever happens meanwhile it is
carried out to its end; by the open house if there is one, else by whoever asked.

All calls block.
"""

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from datetime import datetime
from typing import NamedTuple, Protocol

from miaohui.adapters.storage.buyer_ports import Acquaintance, Buyers, Who
from miaohui.adapters.storage.desk_ports import Drafts
from miaohui.adapters.storage.directory_ports import Author, Obstacle
from miaohui.adapters.storage.erasure_ports import Erasure, Erasures, Stage
from miaohui.adapters.storage.read_ports import ReadMarks
from miaohui.domain.vocabulary.problems import ReaderError
from miaohui.pipelines.deeds import PRESENCE_CHANNEL

STILL_READ = "log.erasure_waits"
# Buyers of a log by a connection of its own: what takes long holds up nobody who writes.
OpenedBuyers = Callable[[], AbstractContextManager[Buyers]]


class Named(NamedTuple):
    """A buyer by the name that their channel gives them."""

    channel: str
    buyer: str


class OfChat(NamedTuple):
    """Whoever is the buyer of a chat."""

    chat: str


class Beside(Protocol):
    """Whatever else is kept of chats, beside the log."""

    def forget(self, chat_ids: Collection[str]) -> None:
        """Forget it."""
        ...


class KeptOfChats(NamedTuple):
    """Drafts and read marks."""

    drafts: Drafts
    marks: ReadMarks

    def forget(self, chat_ids: Collection[str]) -> None:
        """See Beside."""
        self.drafts.forget_drafts(chat_ids)
        self.marks.forget(chat_ids)


class Erasing:
    """Erasures of one house."""

    def __init__(
        self,
        opened: OpenedBuyers,
        erasures: Erasures,
        beside: Beside,
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
    ) -> None:
        self._opened = opened
        self._erasures = erasures
        self._beside = beside
        self._clock = clock
        self._new_id = new_id

    def ask(self, shop: str, wanted: Named | OfChat, author: Author) -> Erasure | Obstacle:
        """Write down that somebody is to be erased. Who is already, and did not come back, is told
        by the erasure that did it. UNKNOWN for whom the log has never met."""
        with self._opened() as buyers:
            whom = _whom(buyers, shop, wanted)
            known = {buyers.acquaintance(who) for who in whom}
            chats = tuple(sorted(buyers.chats(whom)))
        if known <= {Acquaintance.UNKNOWN}:
            return Obstacle.UNKNOWN
        last = self._erasures.newest(shop, whom)
        if last is not None and known == {Acquaintance.ERASED}:
            return last
        now = self._clock()
        return self._erasures.ask(
            Erasure(self._new_id(), shop, whom, chats, now, author.account), author
        )

    def claim(self, erasure: Erasure) -> bool:
        """Take it upon oneself to carry an erasure out; nobody else does then."""
        return self._erasures.claim(erasure.id, self._clock())

    def carry_out(self, erasure: Erasure) -> Stage:
        """Destroy the keys and all that stands under them, and forget what is kept beside.

        What an erasure was claimed for; done again it does no harm. Raises ReaderError as the log
        does: it is to be tried again then.
        """
        with self._opened() as buyers:
            buyers.erase(erasure.whom)
            self._beside.forget(erasure.chats)
            stage = cleaned(buyers, erasure.whom)
        self._erasures.reach(erasure.id, stage, self._clock())
        return stage

    def find(self, shop: str, erasure_id: str) -> Erasure | None:
        """An erasure of a shop as it stands."""
        return self._erasures.find(shop, erasure_id)

    def of_shop(self, shop: str, before: str | None, limit: int) -> list[Erasure]:
        """Those of a shop, newest first, before the one of an id."""
        return list(self._erasures.of_shop(shop, before, limit))

    def unfinished(self) -> list[Erasure]:
        """Those that somebody is still to carry out."""
        return list(self._erasures.unfinished())


def _whom(buyers: Buyers, shop: str, wanted: Named | OfChat) -> tuple[Who, ...]:
    match wanted:
        case Named(channel, buyer):
            whom = [buyers.who(shop, channel, buyer)]
        case OfChat(chat):
            whom = list(buyers.in_chat(chat))
    # In the channel of presences people of the house stand, no buyers.
    return tuple(who for who in whom if who.shop == shop and who.channel != PRESENCE_CHANNEL)


def cleaned(buyers: Buyers, whom: Collection[Who] | None) -> Stage:
    """DONE once nothing of somebody's destroyed keys (None: of anybody's) is left in any file,
    WAITING as long as another program reads what they lay in."""
    try:
        buyers.clean(whom)
    except ReaderError as error:
        if error.problems[0].key != STILL_READ:
            raise
        return Stage.WAITING
    return Stage.DONE
