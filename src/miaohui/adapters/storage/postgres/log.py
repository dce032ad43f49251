"""The log in PostgreSQL: the door to everything in this room."""

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
from miaohui.adapters.storage.postgres import (
    appending,
    bookmarks,
    checking,
    facts,
    fetching,
    naming,
    outbox,
)
from miaohui.adapters.storage.postgres.buyers import PostgresBuyers
from miaohui.adapters.storage.postgres.chats import PostgresChats
from miaohui.adapters.storage.postgres.media import PostgresMedia
from miaohui.adapters.storage.postgres.opening import (
    PATIENCE_SECONDS,
    close_database,
    open_database,
)
from miaohui.adapters.storage.postgres.store import Store
from miaohui.adapters.storage.search_ports import Search
from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.problems import Problem


class PostgresLog:
    """ports.Log, ports.FactSource and live_ports.LiveLog on one PostgreSQL database.

    Threads and processes may share it. Calls block; the work is done on a loop of its own.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._wait = store.loop.wait

    def append(
        self, events: Sequence[Event], received_at: datetime, bookmark: Bookmark | None = None
    ) -> Appended:
        """See ports.Log."""
        return self._wait(appending.append(self._store, events, received_at, bookmark))

    def record(
        self,
        events: Sequence[Event],
        received_at: datetime,
        going_out: Collection[int] = (),
        attempts: Sequence[Attempt] = (),
    ) -> Sequence[Recorded]:
        """See live_ports.LiveLog."""
        return self._wait(outbox.record(self._store, events, received_at, going_out, attempts))

    def due(self, now: datetime, limit: int) -> Sequence[Outgoing]:
        """See live_ports.LiveLog."""
        return self._wait(outbox.due(self._store, now, limit))

    def next_due(self) -> datetime | None:
        """See live_ports.LiveLog."""
        return self._wait(outbox.next_due(self._store))

    def sending(self, shop: str, seqs: Collection[int]) -> Sequence[Outgoing]:
        """See live_ports.LiveLog."""
        return self._wait(outbox.sending(self._store, shop, seqs))

    def unsent(self, shop: str) -> Mapping[str, Unsent]:
        """See live_ports.LiveLog."""
        return self._wait(outbox.unsent(self._store, shop))

    def failed(self, shop: str, after_seq: int = 0, limit: int = 100) -> Sequence[Outgoing]:
        """See live_ports.LiveLog."""
        return self._wait(outbox.failed(self._store, shop, after_seq, limit))

    def outbox_state(self) -> OutboxState:
        """See live_ports.LiveLog."""
        return self._wait(outbox.outbox_state(self._store))

    def send_again(self, shop: str, seq: int, due_at: datetime) -> bool:
        """See live_ports.LiveLog."""
        return self._wait(outbox.send_again(self._store, shop, seq, due_at))

    def bookmark(self, fingerprint: str) -> Bookmark | None:
        """See ports.Log."""
        return self._wait(bookmarks.find_bookmark(self._store, fingerprint))

    def read(self, shop: str, after_seq: int = 0, limit: int | None = None) -> Iterator[Event]:
        """See ports.Log."""
        return fetching.read(self._store, shop, after_seq, limit)

    def shops(self) -> Sequence[str]:
        """See ports.Log."""
        return self._wait(facts.shops(self._store))

    def stores(self) -> Sequence[tuple[str, str]]:
        """See ports.FactSource."""
        return self._wait(facts.stores(self._store))

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
        return self._wait(checking.check(self._store))

    def close(self) -> None:
        """See ports.Log."""
        close_database(self._store.loop, self._store.pool)

    def read_facts(
        self, shops: Collection[str] | None = None, until: datetime | None = None
    ) -> Iterator[FactColumns]:
        """See ports.FactSource."""
        return facts.read_facts(self._store, shops, until)

    def names(self, shop: str, channel: str, pseudonyms: Iterable[str]) -> Mapping[str, str]:
        """See ports.FactSource."""
        return self._wait(naming.names(self._store, shop, channel, pseudonyms))

    def conversation_events(self, shop: str, channel: str, conversation: str) -> Iterator[Event]:
        """See ports.FactSource."""
        return fetching.conversation_events(self._store, shop, channel, conversation)

    def count(self) -> int:
        """See ports.FactSource."""
        return self._wait(facts.count(self._store))

    def newest_at(self) -> datetime | None:
        """See ports.FactSource."""
        return self._wait(facts.newest_at(self._store))

    def chats(self) -> PostgresChats:
        """Lists of chats and their histories; they live as long as the log."""
        return PostgresChats(self._store)

    def search(self) -> Search:
        """Search over the log; to be kept, for it remembers where messages are."""
        # Only those who search wait for the library of numbers.
        from miaohui.adapters.storage.postgres.search import PostgresSearch

        return PostgresSearch(self._store)

    def media(self) -> PostgresMedia:
        """Pictures in its chats; they live as long as the log."""
        return PostgresMedia(self._store)

    def buyers(self) -> PostgresBuyers:
        """Its buyers as such; they live as long as the log."""
        return PostgresBuyers(self._store)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def open_postgres_log(
    url: str,
    master_key_file: Path,
    clock: Callable[[], datetime],
    chance: Callable[[int], int],
    *,
    create: bool = True,
    patience_seconds: float = PATIENCE_SECONDS,
) -> PostgresLog:
    """Open the log in the database at `url`, or make its tables (and, with them, the master key)
    if there are none.

    `clock` gives an aware instant and `chance(n)` n random bits, both for the ids of events. A
    lock held by another writer is waited for up to `patience_seconds`. Raises ReaderError:
    `master_key.*`, `log.missing`, `log.not_a_log`, `log.newer`, `log.other_master_key`,
    `log.not_utf8`, `log.busy`, `log.read_only`, `log.not_allowed`, `log.bad_address`,
    `log.database_*`.
    """
    database = open_database(url, master_key_file, create, patience_seconds)
    return PostgresLog(Store(*database, clock, chance))
