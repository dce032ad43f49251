"""What a shop keeps no longer is forgotten: once a day, a few buyers at a time, so that nobody who
works notices; and wherever it was stopped it goes on."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

import structlog
from msgspec.structs import replace

from miaohui.adapters.storage.buyer_ports import Buyers, QuietPage, Who
from miaohui.adapters.storage.directory_ports import Author
from miaohui.adapters.storage.erasure_ports import Forgettings, Progress
from miaohui.domain.directory.accounts import Shop
from miaohui.domain.directory.retention import Due, Retention, due, quiet_before, tidying_day
from miaohui.domain.vocabulary.problems import ReaderError
from miaohui.pipelines.deeds import PRESENCE_CHANNEL
from miaohui.pipelines.erasing import Beside, OpenedBuyers, Stage, cleaned
from miaohui.pipelines.forgetting import Forgetting

LOOK_EVERY = 600.0  # seconds
LOOKED_AT = 2_000  # buyers in one question, which holds up nobody
AT_ONCE = 10  # buyers in one transaction, for which whoever writes has to wait
# So many times as long as it worked it rests.
RESTS = 3
log_book = structlog.get_logger(room="retaining")


class Kept(NamedTuple):
    """The shops of the house, and how long each keeps what, since when."""

    shops: Callable[[], Sequence[Shop]]
    retention_of: Callable[[str], tuple[Retention, datetime | None]]


class Retaining:
    """Keeps no longer what is not to be kept."""

    def __init__(
        self,
        opened: OpenedBuyers,
        kept: Kept,
        forgettings: Forgettings,
        beside: Beside,
        forgetting: Forgetting,
        clock: Callable[[], datetime],
    ) -> None:
        self._opened = opened
        self._kept = kept
        self._forgettings = forgettings
        self._beside = beside
        self._forgetting = forgetting
        self._clock = clock

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            for shop in await asyncio.to_thread(self._kept.shops):
                try:
                    await self.keep(shop)
                except ReaderError as error:
                    log_book.warning("not forgotten yet", shop=shop.id, problem=str(error))
            await asyncio.sleep(LOOK_EVERY)

    async def keep(self, shop: Shop) -> None:
        """Forget what is due in a shop today, unless that is done. Raises ReaderError as the log
        does: it goes on where it was."""
        (retention, since), now = self._kept.retention_of(shop.id), self._clock()
        zone = ZoneInfo(shop.timezone)
        before, day = quiet_before(retention, now), tidying_day(zone, now)
        # From the next small hours on, so that a slip can be taken back.
        if before is None or (since is not None and tidying_day(zone, since) >= day):
            return
        known = await asyncio.to_thread(self._forgettings.progress, shop.id)
        progress = known if known is not None and known.day == day else Progress(day)
        if progress.reached is None:
            return
        opened = self._opened()
        buyers = await asyncio.to_thread(opened.__enter__)
        try:
            await self._go_on(buyers, shop, retention, before, progress)
        finally:
            await asyncio.to_thread(opened.__exit__, None, None, None)

    async def _go_on(
        self,
        buyers: Buyers,
        shop: Shop,
        retention: Retention,
        before: datetime,
        progress: Progress,
    ) -> None:
        while progress.reached is not None:
            page = await asyncio.to_thread(
                buyers.quiet, shop.id, before, progress.reached, LOOKED_AT
            )
            whole, media = _due(page, retention, self._clock())
            progress = replace(
                progress,
                buyers=progress.buyers + await self._forget(buyers, shop.id, whole),
                pictures=progress.pictures + await self._forget_media(buyers, media),
                reached=page.reached,
            )
            if progress.reached is None and not await self._is_clean(buyers, progress):
                return
            author = Author(None, self._clock())
            await asyncio.to_thread(self._forgettings.keep_progress, shop.id, progress, author)

    async def _forget(self, buyers: Buyers, shop: str, whom: Sequence[Who]) -> int:
        if whom:
            await asyncio.to_thread(buyers.unfile, whom)
        forgotten = 0
        for some in _parted(whom):
            chats = await asyncio.to_thread(buyers.chats, some)
            await self._forgetting.leave(shop, chats)
            began = asyncio.get_running_loop().time()
            forgotten += await asyncio.to_thread(buyers.erase, some)
            await asyncio.to_thread(self._beside.forget, chats)
            await self._forgetting.name(chats)
            await _rest(began)
        return forgotten

    async def _forget_media(self, buyers: Buyers, whom: Sequence[Who]) -> int:
        forgotten = 0
        for some in _parted(whom):
            began = asyncio.get_running_loop().time()
            forgotten += await asyncio.to_thread(buyers.forget_media, some)
            await _rest(began)
        return forgotten

    async def _is_clean(self, buyers: Buyers, progress: Progress) -> bool:
        """Whether nothing of what was destroyed lies in old pages; if not, it is tried again."""
        if not progress.buyers:
            return True
        return await asyncio.to_thread(cleaned, buyers, None) is Stage.DONE


def _due(page: QuietPage, retention: Retention, now: datetime) -> tuple[list[Who], list[Who]]:
    """Of whom everything, and of whom pictures are to be forgotten."""
    found: dict[Due, list[Who]] = {each: [] for each in Due}
    for who, last_at, has_media in page.buyers:
        # People of the house are no buyers.
        if who.channel != PRESENCE_CHANNEL:
            found[due(retention, last_at, has_media, now)].append(who)
    return found[Due.EVERYTHING], found[Due.MEDIA]


def _parted(whom: Sequence[Who]) -> Iterator[Sequence[Who]]:
    for first in range(0, len(whom), AT_ONCE):
        yield whom[first : first + AT_ONCE]


async def _rest(began: float) -> None:
    await asyncio.sleep(RESTS * (asyncio.get_running_loop().time() - began))
