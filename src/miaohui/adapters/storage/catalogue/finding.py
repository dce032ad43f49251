"""Finding chats: candidates looked at one by one, newest first, until a page is full."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import NamedTuple, Protocol

import numpy as np

from miaohui.adapters.storage.catalogue.cabinets import told_to_the_reader
from miaohui.adapters.storage.catalogue.candidates import Aim, candidates
from miaohui.adapters.storage.catalogue.marks import FEW_SHOPS, MarkNumbers, asked_of, fits
from miaohui.adapters.storage.catalogue.shelves import FindingLog, Living, Moved, Rights, Shelves
from miaohui.adapters.storage.cursors import LARGEST, Mark, cursor_of, mark_of
from miaohui.adapters.storage.rows import bytes_of
from miaohui.adapters.storage.search_ports import MOST_COUNTED, Found, FoundPage, Sought
from miaohui.domain.vocabulary.instants import micros_of
from miaohui.domain.vocabulary.problems import Problem, ReaderError

TRIES = 20
# So many messages are unsealed at first, then twice as many, and so on.
FIRST_LOOK, LONGEST_LOOK = 64, 1_024
# Whoever sees no more threads than this is looked for among these alone.
FEW_THREADS = 1_000


class ReadLog(FindingLog, Rights, Protocol):
    """The log, and whose chats are whose."""


class Hit(NamedTuple):
    """A message that is what is sought: its instant, where it lies, and its chat's id."""

    at: int
    position: int
    living: Living
    chat: str


def search(
    shelves: Shelves,
    log: ReadLog,
    numbers: MarkNumbers,
    sought: Sought,
    cursor: str | None,
    limit: int,
) -> FoundPage:
    """See search_ports.Search.search. Raises ReaderError `search.busy` as well."""
    after = None if cursor is None else mark_of(cursor)
    for _ in range(TRIES):
        with suppress(Moved), told_to_the_reader(), shelves.moment():
            return _Looking(shelves, log, numbers, sought).page(after, limit)
    raise ReaderError(Problem("search.busy"))


class _Looking:
    """Somebody who looks for something at one moment, and remembers what they have seen."""

    def __init__(
        self, shelves: Shelves, log: ReadLog, numbers: MarkNumbers, sought: Sought
    ) -> None:
        self._shelves = shelves
        self._log = log
        self._scope = sought.scope
        self._cabinets = shelves.listed().cabinets
        self._looked_at: dict[int, Living | None] = {}
        self._rights: dict[int, bool] = {}
        self._known_chats: dict[int, str] = {}
        shops = log.shops(sought.scope.shops)
        self._asked = asked_of(sought, shops.are_all)
        self._few = self._few_threads()
        many = not shops.are_all and len(sought.scope.shops) > FEW_SHOPS
        self._aim = Aim(
            groups=[numbers.of(group) for group in self._asked.groups],
            oldest=-LARGEST if sought.since is None else micros_of(sought.since),
            newest=LARGEST if sought.until is None else micros_of(sought.until) - 1,
            shops=np.array(shops.numbers) if many else None,
            threads=self._few,
        )

    def page(self, after: Mark | None, limit: int) -> FoundPage:
        """The first chats whose newest hits come after a mark."""
        shown = self._newest(after, limit + 1)
        hits = shown[:limit]
        counts = self._counts([hit.chat for hit in hits])
        found = [Found(hit.chat, hit.living.event, counts[hit.chat]) for hit in hits]
        if len(shown) <= limit or not hits:
            return FoundPage(found, None)
        return FoundPage(found, cursor_of(Mark(hits[-1].at, bytes_of(hits[-1].position))))

    def _newest(self, after: Mark | None, limit: int) -> list[Hit]:
        """The newest hit of each chat; what came up to the mark was on pages before."""
        shown: list[Hit] = []
        met: set[str] = set()
        done: set[int] = set()
        for hit in self._hits(self._aim, done):
            done.add(hit.living.thread)
            if hit.chat not in met and _is_after(hit, after):
                shown.append(hit)
            met.add(hit.chat)
            if len(shown) >= limit:
                break
        return shown

    def _counts(self, chats: Sequence[str]) -> Counter[str]:
        """How many hits each of some chats has."""
        threads = self._log.threads_of(chats)
        counts: Counter[str] = Counter()
        if not threads:
            return counts
        oldest = max(self._aim.oldest, self._log.oldest_at(threads))
        aim = replace(self._aim, oldest=oldest, threads=np.array([*threads]))
        done: set[int] = set()
        for hit in self._hits(aim, done):
            counts[hit.chat] += 1
            if counts[hit.chat] == MOST_COUNTED:
                done.update(thread for thread, chat in threads.items() if chat == hit.chat)
            if len(done) == len(threads):
                break
        return counts

    def _hits(self, aim: Aim, done: set[int]) -> Iterator[Hit]:
        """Hits, newest first, but of threads that are done."""
        size = FIRST_LOOK
        for run in candidates(self._shelves, self._cabinets, aim):
            places = list(zip(run.position.tolist(), run.thread.tolist(), strict=True))
            start = 0
            while start < len(places):
                look = places[start : start + size]
                yield from self._look({place: at for place, at in look if at not in done}, done)
                start, size = start + size, min(2 * size, LONGEST_LOOK)

    def _look(self, places: dict[int, int], done: set[int]) -> Iterator[Hit]:
        """The hits among messages, given with their threads."""
        seen = self._seen({*places.values()})
        looked_at = self._living([place for place, thread in places.items() if thread in seen])
        living = [each for each in looked_at if each and fits(self._asked, each.event)]
        chats = self._chats({each.thread for each in living})
        for each in living:
            if each.thread not in done:
                yield Hit(micros_of(each.event.at), each.position, each, chats[each.thread])

    def _seen(self, threads: set[int]) -> Collection[int]:
        """Those of these threads that the reader may see."""
        if self._scope.account is None or self._few is not None:
            return threads
        fresh = threads - self._rights.keys()
        if fresh:
            seen = self._log.seen(self._scope, fresh)
            self._rights |= {thread: thread in seen for thread in fresh}
        return {thread for thread in threads if self._rights[thread]}

    def _living(self, positions: Sequence[int]) -> list[Living | None]:
        """The messages at these places, None for what is erased."""
        fresh = [position for position in positions if position not in self._looked_at]
        if fresh:
            living = self._log.living(fresh)
            self._looked_at |= {position: living.get(position) for position in fresh}
        return [self._looked_at[position] for position in positions]

    def _chats(self, threads: set[int]) -> dict[int, str]:
        """The ids of the chats of threads, and of others asked for before."""
        fresh = threads - self._known_chats.keys()
        if fresh:
            self._known_chats |= self._log.chats_of(fresh)
        return self._known_chats

    def _few_threads(self) -> np.ndarray | None:
        if self._scope.account is None:
            return None
        threads = self._log.all_seen(self._scope, FEW_THREADS)
        return None if threads is None else np.array([*threads], dtype=np.int64)


def _is_after(hit: Hit, mark: Mark | None) -> bool:
    return mark is None or (hit.at, hit.position) < (mark.at, int.from_bytes(mark.name, "big"))
