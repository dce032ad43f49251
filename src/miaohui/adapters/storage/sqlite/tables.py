"""Turns on the file of the log (table_ports.Tables), by connections of their own: whoever reads
waits for no writer, and whoever writes for the log's commits only."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection
from threading import RLock

from miaohui.adapters.storage.sealing import Keys
from miaohui.adapters.storage.sqlite.connection import connect
from miaohui.adapters.storage.sqlite.failures import told_to_the_reader, trouble
from miaohui.adapters.storage.sqlite.opening import PATIENCE_SECONDS, opening
from miaohui.adapters.storage.table_ports import Cell, Row


class SqliteTurn:
    """table_ports.Turn on a connection that has begun a transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def rows(self, statement: str, *values: Cell) -> list[Row]:
        """See table_ports.Turn."""
        return self._connection.execute(statement, values).fetchall()

    def row(self, statement: str, *values: Cell) -> Row | None:
        """See table_ports.Turn."""
        return self._connection.execute(statement, values).fetchone()

    def run(self, statement: str, *values: Cell) -> int:
        """See table_ports.Turn."""
        return self._connection.execute(statement, values).rowcount

    def run_many(self, statement: str, rows: Iterable[tuple[Cell, ...]]) -> None:
        """See table_ports.Turn."""
        self._connection.executemany(statement, rows)


class SqliteTables:
    """table_ports.Tables on one SQLite file: threads take turns by two locks, processes by
    SQLite's."""

    def __init__(self, path: Path, writer: Connection, reader: Connection, keys: Keys) -> None:
        self.place = str(path)
        self.keys = keys
        self._path = path
        self._writer = writer
        self._reader = reader
        self._one_writes = RLock()
        self._one_reads = RLock()

    @contextmanager
    def reading(self) -> Iterator[SqliteTurn]:
        """See table_ports.Tables."""
        with self._one_reads, self._told(), _transaction(self._reader, "BEGIN") as turn:
            yield turn

    @contextmanager
    def writing(self) -> Iterator[SqliteTurn]:
        """See table_ports.Tables."""
        with self._one_writes, self._told(), _transaction(self._writer, "BEGIN IMMEDIATE") as turn:
            yield turn

    def close(self) -> None:
        """See table_ports.Tables."""
        # The writer last: whoever closes a file last folds its write-ahead log into it.
        with self._one_reads, self._one_writes, self._told():
            self._reader.close()
            self._writer.close()

    @contextmanager
    def _told(self) -> Iterator[None]:
        with told_to_the_reader(self._path):
            try:
                yield
            except UnicodeEncodeError as error:
                raise trouble("log.unwritable_text", self._path, reason=error.reason) from None


def open_sqlite_tables(
    path: Path,
    master_key_file: Path,
    *,
    create: bool = True,
    patience_seconds: float = PATIENCE_SECONDS,
) -> SqliteTables:
    """Open the tables in the log at `path`, which is made as `open_log` makes it.

    Raises ReaderError as `open_log` does.
    """
    with opening(path, master_key_file, create, patience_seconds) as (writer, keys):
        reader = connect(path, False, patience_seconds)
        reader.execute("PRAGMA query_only = ON")
        return SqliteTables(path, writer, reader, keys)


@contextmanager
def _transaction(connection: Connection, begin: str) -> Iterator[SqliteTurn]:
    connection.execute(begin)
    try:
        yield SqliteTurn(connection)
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
