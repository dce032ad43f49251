"""Turns on the database of the log (table_ports.Tables), by connections of their own."""

from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from pathlib import Path
from threading import RLock
from typing import Any, cast

from asyncpg import Pool

from miaohui.adapters.storage.postgres.codes import LOCK, OUR_LOCKS
from miaohui.adapters.storage.postgres.connection import Connection
from miaohui.adapters.storage.postgres.failures import told_to_the_reader
from miaohui.adapters.storage.postgres.opening import (
    PATIENCE_SECONDS,
    OpenDatabase,
    close_database,
    open_database,
)
from miaohui.adapters.storage.postgres.own_loop import OwnLoop
from miaohui.adapters.storage.postgres.placeholders import numbered
from miaohui.adapters.storage.postgres.texts import kept_text, told_text
from miaohui.adapters.storage.table_ports import Cell, Row

TABLES_LOCK = 4


class PostgresTurn:
    """table_ports.Turn on a connection that has begun a transaction."""

    def __init__(self, loop: OwnLoop, connection: Connection) -> None:
        self._wait = loop.wait
        self._connection = connection

    def rows(self, statement: str, *values: Cell) -> list[Row]:
        """See table_ports.Turn."""
        found = self._wait(self._connection.fetch(numbered(statement), *_kept(values)))
        return [_told(row) for row in found]

    def row(self, statement: str, *values: Cell) -> Row | None:
        """See table_ports.Turn."""
        found = self._wait(self._connection.fetchrow(numbered(statement), *_kept(values)))
        return None if found is None else _told(found)

    def run(self, statement: str, *values: Cell) -> int:
        """See table_ports.Turn."""
        done = self._wait(self._connection.execute(numbered(statement), *_kept(values)))
        return int(done.rpartition(" ")[2])  # "UPDATE 3", "INSERT 0 3"

    def run_many(self, statement: str, rows: Iterable[tuple[Cell, ...]]) -> None:
        """See table_ports.Turn."""
        kept = [_kept(row) for row in rows]
        self._wait(self._connection.executemany(numbered(statement), kept))


class PostgresTables:
    """table_ports.Tables in one PostgreSQL database."""

    def __init__(self, database: OpenDatabase) -> None:
        self.place = database.place
        self.keys = database.keys
        self._loop = database.loop
        self._pool = database.pool
        self._one_writes = RLock()

    @contextmanager
    def reading(self) -> Iterator[PostgresTurn]:
        """See table_ports.Tables."""
        with self._turn(_reading(self._pool)) as turn:
            yield turn

    @contextmanager
    def writing(self) -> Iterator[PostgresTurn]:
        """See table_ports.Tables."""
        # Those who wait here hold no connection, so that readers always find one.
        with self._one_writes, self._turn(_writing(self._pool)) as turn:
            yield turn

    def close(self) -> None:
        """See table_ports.Tables."""
        close_database(self._loop, self._pool)

    @contextmanager
    def _turn(self, begun: AbstractAsyncContextManager[Connection]) -> Iterator[PostgresTurn]:
        with told_to_the_reader(self.place), self._loop.within(begun) as connection:
            yield PostgresTurn(self._loop, connection)


def open_postgres_tables(
    url: str,
    master_key_file: Path,
    *,
    create: bool = True,
    patience_seconds: float = PATIENCE_SECONDS,
) -> PostgresTables:
    """Open the tables in the database at `url`, which are made as `open_postgres_log` makes them.

    Raises ReaderError as `open_postgres_log` does.
    """
    return PostgresTables(open_database(url, master_key_file, create, patience_seconds))


@asynccontextmanager
async def _reading(pool: Pool) -> AsyncIterator[Connection]:
    moment = {"isolation": "repeatable_read", "readonly": True}
    async with pool.acquire() as connection, connection.transaction(**moment):
        yield cast(Connection, connection)


@asynccontextmanager
async def _writing(pool: Pool) -> AsyncIterator[Connection]:
    async with pool.acquire() as connection, connection.transaction():
        # READ COMMITTED: each question asked after this one sees what was committed before the
        # lock was had. A snapshot, taken before the wait, would not.
        await connection.execute(LOCK, OUR_LOCKS, TABLES_LOCK)
        yield cast(Connection, connection)


def _kept(values: Sequence[Cell]) -> list[Cell]:
    return [kept_text(value) if isinstance(value, str) else value for value in values]


def _told(row: Iterable[Any]) -> Row:
    return tuple(told_text(cell) if isinstance(cell, str) else cell for cell in row)
