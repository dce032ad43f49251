"""The numbered .sql files of migrations/, applied in order, each once, all or none."""

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

from miaohui.adapters.storage.numbered_scripts import (
    Migration,
    migrations_of,
    to_take,
    unknown,
)
from miaohui.adapters.storage.sqlite.failures import trouble

PACKAGE = "miaohui.adapters.storage.sqlite"


def migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Bring the tables up to this program. Raises ReaderError `log.newer`."""
    steps = migrations()
    taken = taken_steps(connection)
    newer = unknown(steps, taken)
    if newer is not None:
        raise trouble("log.newer", path, version=newer, known=steps[-1].number)
    if to_take(steps, taken):
        _apply(connection, steps)


def migrations() -> Sequence[Migration]:
    """All steps this program knows, in order."""
    return migrations_of(PACKAGE)


def taken_steps(connection: sqlite3.Connection) -> list[int]:
    """The numbers of the steps taken, in order; none for a new file."""
    known = "SELECT count(*) FROM sqlite_schema WHERE name = 'migration'"
    if not connection.execute(known).fetchone()[0]:
        return []
    return [
        number for (number,) in connection.execute("SELECT number FROM migration ORDER BY number")
    ]


def _apply(connection: sqlite3.Connection, steps: Sequence[Migration]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Asked again under the lock: another process may have just done it.
        for step in to_take(steps, taken_steps(connection)):
            _take(connection, step)
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _take(connection: sqlite3.Connection, step: Migration) -> None:
    for statement in _statements(step.script):
        connection.execute(statement)
    connection.execute("INSERT INTO migration VALUES (?, ?)", (step.number, step.name))


def _statements(script: str) -> Iterator[str]:
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
