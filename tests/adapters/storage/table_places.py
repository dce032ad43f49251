"""Where the tables of a house lie in tests: in an SQLite file, or on a real server."""

import asyncio
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

import asyncpg
import pytest
from tests.adapters.storage.postgres_server import Server

from miaohui.adapters.storage.postgres.address import is_address
from miaohui.adapters.storage.postgres.tables import PostgresTables, open_postgres_tables
from miaohui.adapters.storage.sqlite.tables import SqliteTables, open_sqlite_tables
from miaohui.domain.vocabulary.problems import ReaderError

ROOT = Path(__file__).parents[3]
ENVIRONMENT = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}


class Place(NamedTuple):
    """A place that can be opened as often as wanted, also by another process."""

    address: str
    key: Path

    def open(self, **changes: object) -> SqliteTables | PostgresTables:
        """By connections of its own."""
        if is_address(self.address):
            return open_postgres_tables(self.address, self.key, **changes)
        return open_sqlite_tables(Path(self.address), self.key, **changes)

    @contextmanager
    def opened(self, **changes: object) -> Iterator[SqliteTables | PostgresTables]:
        tables = self.open(**changes)
        try:
            yield tables
        finally:
            tables.close()

    def edit(self, *statements: str) -> None:
        """Run statements behind our back."""
        if is_address(self.address):
            asyncio.run(self._edit(statements))
            return
        with closing(sqlite3.connect(self.address, isolation_level=None)) as connection:
            for statement in statements:
                connection.execute(statement)

    async def _edit(self, statements: Sequence[str]) -> None:
        settings = {"search_path": "miaohui"}
        connection = await asyncpg.connect(self.address, server_settings=settings)
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()

    @contextmanager
    def broken_in_the_middle(self) -> Iterator[None]:
        """A write inside comes as far as its deed and fails there."""
        self.edit("ALTER TABLE audit RENAME TO audit_away")
        try:
            with pytest.raises((sqlite3.OperationalError, ReaderError)):
                yield
        finally:
            self.edit("ALTER TABLE audit_away RENAME TO audit")

    def raced(self, race: str, runners: int = 2) -> Sequence[int]:
        """What as many processes won, each running the same race (racing.py) at the same time."""
        program = (sys.executable, "-m", "tests.adapters.storage.racing")
        runs = [
            subprocess.Popen(
                [*program, self.address, str(self.key), race, str(number)],
                cwd=ROOT,
                env=ENVIRONMENT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            for number in range(runners)
        ]
        assert [run.stdout.readline() for run in runs] == ["ready\n"] * runners
        for run in runs:
            run.stdin.write("go\n")
            run.stdin.flush()
        told = [run.communicate() for run in runs]
        assert [errors for _, errors in told] == [""] * runners
        return [int(won) for won, _ in told]


class OnSqlite:
    """Where a contract is kept: in a new file each."""

    @pytest.fixture
    def place(self) -> Iterator[Place]:
        with tempfile.TemporaryDirectory() as folder:
            place = Place(f"{folder}/log.db", Path(folder) / "key")
            place.open().close()
            yield place


class OnPostgres:
    """Where a contract is kept: in an empty database each."""

    @pytest.fixture
    def place(self, server: Server, database: str) -> Iterator[Place]:
        place = Place(server.url(database), server.key_of(database))
        place.open().close()
        return place


def contents(folder: Path) -> Iterator[bytes]:
    """Of every file below a folder."""
    return (path.read_bytes() for path in folder.rglob("*") if path.is_file())
