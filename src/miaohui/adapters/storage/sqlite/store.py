"""What lives behind one open log: the connection, the keys, and what it remembers."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import RLock

from miaohui.adapters.storage.recent import Recent
from miaohui.adapters.storage.sealing import Cipher, Keys
from miaohui.adapters.storage.sqlite.codes import Codes
from miaohui.adapters.storage.sqlite.failures import told_to_the_reader

REMEMBERED = 1 << 16

# actor, origin, kind, account
Manner = tuple[str, str, str, str | None]

# A place in memory to ask about many keys in one statement.
OFFERED = "CREATE TEMP TABLE offered (place INTEGER PRIMARY KEY, channel, value, buyer)"


class Store:
    """One open log. Its lock makes threads take turns; processes take turns by SQLite's."""

    def __init__(
        self,
        path: Path,
        connection: sqlite3.Connection,
        keys: Keys,
        clock: Callable[[], datetime],
        chance: Callable[[int], int],
    ) -> None:
        self.path = path
        self.connection = connection
        self.keys = keys
        self.clock = clock
        self.chance = chance
        self.lock = RLock()
        self.shops = Codes[tuple[str]]("shop", ("name",))
        self.channels = Codes[tuple[int, str]]("channel", ("shop", "name"))
        self.manners = Codes[Manner]("manner", ("actor", "origin", "kind", "account"))
        self.ciphers: Recent[int, Cipher | None] = Recent(REMEMBERED)
        self.threads: Recent[tuple[int, str, str], tuple[int, int]] = Recent(REMEMBERED)
        self.people: Recent[int, tuple[str, str, int, bool]] = Recent(REMEMBERED)
        self._version = 0
        connection.execute(OFFERED)

    def forget_people(self) -> None:
        """Drop every name and key held in memory."""
        self.ciphers.clear()
        self.threads.clear()
        self.people.clear()

    def forget(self) -> None:
        """Drop everything held in memory: it may never have been written."""
        for codes in (self.shops, self.channels, self.manners):
            codes.forget()
        self.forget_people()

    def catch_up(self) -> None:
        """Learn what other processes have added, and forget whom they may have erased."""
        for codes in (self.shops, self.channels, self.manners):
            codes.catch_up(self.connection)
        version = self.connection.execute("PRAGMA data_version").fetchone()[0]
        if version != self._version:
            self.forget_people()
            self._version = version


@contextmanager
def reading(store: Store) -> Iterator[sqlite3.Connection]:
    """A turn at one moment of the log, up to date with other processes; keep it short, for an
    erasure has to wait for it."""
    with store.lock, told_to_the_reader(store.path):
        store.connection.execute("BEGIN")
        try:
            store.catch_up()
            yield store.connection
        finally:
            if store.connection.in_transaction:
                store.connection.execute("COMMIT")


@contextmanager
def writing(store: Store) -> Iterator[sqlite3.Connection]:
    """A turn in one transaction: committed and synced at the end, or nothing changed."""
    with store.lock, told_to_the_reader(store.path):
        store.connection.execute("BEGIN IMMEDIATE")
        try:
            store.catch_up()
            yield store.connection
            store.connection.execute("COMMIT")
        except BaseException:
            store.forget()
            if store.connection.in_transaction:
                store.connection.execute("ROLLBACK")
            raise
