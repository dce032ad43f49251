"""The index of the search follows the log, a moment behind."""

import asyncio
from collections.abc import Sequence

from miaohui.adapters.storage.search_ports import Search
from miaohui.domain.vocabulary.events import Event
from miaohui.pipelines.intake import Intake

# Long enough that a busy second makes few turns, short enough that nobody waits for a hit.
PAUSE = 0.5
AT_ONCE = 250
# So many times as long as it worked it rests, so that the desk goes first while it is busy.
RESTS = 2


class Indexing:
    """Takes new events into the index."""

    def __init__(self, search: Search, intake: Intake) -> None:
        self._search = search
        self._woken = asyncio.Event()
        self._woken.set()  # something may have been written while the house was closed
        intake.tell(self._hear)

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            await self._woken.wait()
            self._woken.clear()
            while await self._index():
                pass
            await asyncio.sleep(PAUSE)

    async def _index(self) -> int:
        loop = asyncio.get_running_loop()
        began = loop.time()
        count = await asyncio.to_thread(self._search.index, AT_ONCE)
        await asyncio.sleep(RESTS * (loop.time() - began))
        return count

    def _hear(self, _: Sequence[Event]) -> None:
        self._woken.set()
