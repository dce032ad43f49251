"""What lives behind one open directory: a connection of its own, so that log-ins need not wait
for a turn of the log, the keys, and a lock."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import NamedTuple

from miaohui.adapters.storage.sealing import Keys
from miaohui.adapters.storage.sqlite.failures import told_to_the_reader


class Ledger(NamedTuple):
    """One open directory. Its lock makes threads take turns; processes take turns by SQLite's."""

    path: Path
    connection: sqlite3.Connection
    keys: Keys
    lock: RLock


@contextmanager
def reading(ledger: Ledger) -> Iterator[sqlite3.Connection]:
    """A turn at one moment of the directory."""
    with ledger.lock, told_to_the_reader(ledger.path):
        ledger.connection.execute("BEGIN")
        try:
            yield ledger.connection
        finally:
            if ledger.connection.in_transaction:
                ledger.connection.execute("COMMIT")


@contextmanager
def writing(ledger: Ledger) -> Iterator[sqlite3.Connection]:
    """A turn in one transaction: committed and synced at the end, or nothing changed."""
    with ledger.lock, told_to_the_reader(ledger.path):
        ledger.connection.execute("BEGIN IMMEDIATE")
        try:
            yield ledger.connection
            ledger.connection.execute("COMMIT")
        finally:
            if ledger.connection.in_transaction:
                ledger.connection.execute("ROLLBACK")
