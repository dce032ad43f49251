"""The embedded log: the door to everything in this room."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from miaohui.adapters.storage.live_ports import (
    Attempt,
    OutboxState,
    Outgoing,
    Recorded,
    Unsent,
)
from miaohui.adapters.storage.ports import Appended, Bookmark, FactColumns
from miaohui.adapters.storage.search_ports import Search
from miaohui.adapters.storage.sqlite import (
    appending,
    bookmarks,
    checking,
    facts,
    fetching,
    naming,
    outbox,
)
from miaohui.adapters.storage.sqlite.buyers import SqliteBuyers
from miaohui.adapters.storage.sqlite.chats import SqliteChats
from miaohui.adapters.storage.sqlite.failures import told_to_the_reader
from miaohui.adapters.storage.sqlite.media import SqliteMedia
from miaohui.adapters.storage.sqlite.opening import PATIENCE_SECONDS, opening
from miaohui.adapters.storage.sqlite.store import Store, reading
from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.problems import Problem


class SqliteLog:
    """ports.Log, ports.FactSource and live_ports.LiveLog on one SQLite file.

    Threads and processes may share it.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def append(
        self, events: Sequence[Event], received_at: datetime, bookmark: Bookmark | None = None
    ) -> Appended:
        """See ports.Log."""
        return appending.append(self._store, events, received_at, bookmark)

    def record(
        self,
        events: Sequence[Event],
        received_at: datetime,
        going_out: Collection[int] = (),
        attempts: Sequence[Attempt] = (),
    ) -> Sequence[Recorded]:
        """See live_ports.LiveLog."""
        return outbox.record(self._store, events, received_at, going_out, attempts)

    def due(self, now: datetime, limit: int) -> Sequence[Outgoing]:
        """See live_ports.LiveLog."""
        return outbox.due(self._store, now, limit)

    def next_due(self) -> datetime | None:
        """See live_ports.LiveLog."""
        return outbox.next_due(self._store)

    def sending(self, shop: str, seqs: Collection[int]) -> Sequence[Outgoing]:
        """See live_ports.LiveLog."""
        return outbox.sending(self._store, shop, seqs)

    def unsent(self, shop: str) -> Mapping[str, Unsent]:
        """See live_ports.LiveLog."""
        return outbox.unsent(self._store, shop)

    def failed(self, shop: str, after_seq: int = 0, limit: int = 100) -> Sequence[Outgoing]:
        """See live_ports.LiveLog."""
        return outbox.failed(self._store, shop, after_seq, limit)

    def outbox_state(self) -> OutboxState:
        """See live_ports.LiveLog."""
        return outbox.outbox_state(self._store)

    def send_again(self, shop: str, seq: int, due_at: datetime) -> bool:
        """See live_ports.LiveLog."""
        return outbox.send_again(self._store, shop, seq, due_at)

    def bookmark(self, fingerprint: str) -> Bookmark | None:
        """See ports.Log."""
        return bookmarks.find_bookmark(self._store, fingerprint)

    def read(self, shop: str, after_seq: int = 0, limit: int | None = None) -> Iterator[Event]:
        """See ports.Log."""
        return fetching.read(self._store, shop, after_seq, limit)

    def shops(self) -> Sequence[str]:
        """See ports.Log."""
        with reading(self._store):
            return sorted(name for (name,) in self._store.shops.keys.values())

    def stores(self) -> Sequence[tuple[str, str]]:
        """See ports.FactSource."""
        with reading(self._store):
            shops = self._store.shops.keys
            channels = self._store.channels.keys.values()
            return sorted((shops[shop][0], channel) for shop, channel in channels)

    def read_by_time(self, shop: str) -> Iterator[Event]:
        """See ports.FactSource."""
        return fetching.read_by_time(self._store, shop)

    def erase_buyer(self, shop: str, channel: str, buyer: str) -> bool:
        """See ports.Log, and erasure.py for a reader that stands in the way."""
        buyers = self.buyers()
        whom = [buyers.who(shop, channel, buyer)]
        erased = buyers.erase(whom)
        buyers.clean(whom)
        return erased > 0

    def check(self) -> Sequence[Problem]:
        """See ports.Log."""
        return checking.check(self._store)

    def close(self) -> None:
        """See ports.Log."""
        with self._store.lock, told_to_the_reader(self._store.path):
            self._store.connection.close()

    def read_facts(
        self, shops: Collection[str] | None = None, until: datetime | None = None
    ) -> Iterator[FactColumns]:
        """See ports.FactSource."""
        return facts.read_facts(self._store, shops, until)

    def names(self, shop: str, channel: str, pseudonyms: Iterable[str]) -> Mapping[str, str]:
        """See ports.FactSource."""
        return naming.names(self._store, shop, channel, pseudonyms)

    def conversation_events(self, shop: str, channel: str, conversation: str) -> Iterator[Event]:
        """See ports.FactSource."""
        return fetching.conversation_events(self._store, shop, channel, conversation)

    def count(self) -> int:
        """See ports.FactSource."""
        return facts.count(self._store)

    def newest_at(self) -> datetime | None:
        """See ports.FactSource."""
        return facts.newest_at(self._store)

    def chats(self) -> SqliteChats:
        """Lists of chats and their histories; they live as long as the log."""
        return SqliteChats(self._store)

    def search(self) -> Search:
        """Search over the log; to be kept, for it remembers where messages are. It takes turns
        with the log: where both are busy, give it a log of its own on the same file."""
        # Only those who search wait for the library of numbers.
        from miaohui.adapters.storage.sqlite.search import SqliteSearch

        return SqliteSearch(self._store)

    def media(self) -> SqliteMedia:
        """Pictures in its chats; they live as long as the log."""
        return SqliteMedia(self._store)

    def buyers(self) -> SqliteBuyers:
        """Its buyers as such; they live as long as the log."""
        return SqliteBuyers(self._store)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def open_log(
    path: Path,
    master_key_file: Path,
    clock: Callable[[], datetime],
    chance: Callable[[int], int],
    *,
    create: bool = True,
    patience_seconds: float = PATIENCE_SECONDS,
    most_pages: int | None = None,
) -> SqliteLog:
    """Open the log at `path`, or make it (and, with it, the master key) if there is none.

    `clock` gives an aware instant and `chance(n)` n random bits, both for the ids of events.
    `most_pages` is a ceiling for the file, in pages of 4096 bytes: beyond it the disk counts as
    full. Raises ReaderError: `master_key.*`, `log.missing`, `log.cannot_open`, `log.not_a_log`,
    `log.newer`, `log.other_master_key`, `log.busy`, `log.read_only`, `log.damaged`,
    `log.disk_full`.
    """
    with opening(path, master_key_file, create, patience_seconds) as (connection, keys):
        if most_pages:
            connection.execute(f"PRAGMA max_page_count = {int(most_pages)}")
        return SqliteLog(Store(path, connection, keys, clock, chance))
