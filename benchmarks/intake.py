"""Tables into columns, and events into the embedded log."""

import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from secrets import randbits
from typing import Any

from benchmarks.contest import contest
from benchmarks.lines import Line
from benchmarks.logs import table_of

ROWS = 500_000
LOGGED = 100_000


def lines() -> list[Line]:
    """Rows a second from CSV to columns, events a second into SQLite, and file to log."""
    table = str(table_of(ROWS))
    rows = rows_of(Path(table))
    small = str(table_of(LOGGED))
    logged = rows_of(Path(small))
    results = contest(
        {
            "read": ["benchmarks.intake:read_with_polars", table],
            "columns": ["benchmarks.intake:into_columns", table],
            "insert": ["benchmarks.intake:insert_plain", small],
            "log": ["benchmarks.intake:into_log", small],
            "import": ["benchmarks.intake:import_file", small],
        },
        runs=5,
    )

    def line(name: str, count: int, base: str, bar: str) -> Line:
        result = results[name]
        ratio = result.best / results[base].best
        return Line(f"intake.{name}", count / result.best, "rows/s", ratio, bar, result.spread)

    return [
        line("read", rows, "read", "baseline: polars.read_csv"),
        line("columns", rows, "read", "at least 150,000 rows/s"),
        line("insert", logged, "insert", "baseline: bare sqlite3, synced"),
        line("log", logged, "insert", "at least 40,000 events/s"),
        line("import", logged, "insert", "CSV file to log, all of it"),
    ]


def rows_of(table: Path) -> int:
    """The rows of a table without line breaks in its cells."""
    with table.open("rb") as file:
        return sum(1 for _ in file) - 1


def read_with_polars(table: str) -> None:
    """The bare parser, every cell as text."""
    import polars as pl

    pl.read_csv(table, infer_schema=False)


def into_columns(table: str) -> None:
    """`miaohui import --columns`, without the command line."""
    from miaohui.adapters.storage.parquet.parts import write_parts
    from miaohui.app.sources import frames_of

    folder = Path(tempfile.mkdtemp())
    try:
        write_parts(
            frames_of([Path(table)], reading_of_tables(), silent, silent), folder / "columns"
        )
    finally:
        shutil.rmtree(folder)


def insert_plain(table: str) -> None:
    """The same cells into one bare table, 4,000 rows a transaction, fully synced."""
    import polars as pl

    rows = _kept("rows", lambda: pl.read_csv(table, infer_schema=False).rows())
    folder = Path(tempfile.mkdtemp())
    try:
        connection = sqlite3.connect(folder / "plain.db")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        marks = ",".join("?" * len(rows[0]))
        names = ",".join(f"c{number}" for number in range(len(rows[0])))
        connection.execute(f"CREATE TABLE event ({names}, UNIQUE (c0, c1, c11))")
        for first in range(0, len(rows), 4_000):
            with connection:
                connection.executemany(
                    f"INSERT INTO event VALUES ({marks})", rows[first : first + 4_000]
                )
        connection.close()
    finally:
        shutil.rmtree(folder)


def into_log(table: str) -> None:
    """Events that are already in memory, sealed and appended durably."""
    from miaohui.adapters.channels.table_import.reading import read_events
    from miaohui.adapters.channels.table_import.tables import open_table
    from miaohui.adapters.storage.sqlite.log import open_log

    def events() -> Sequence[Any]:
        reading = reading_of_tables()
        opened = open_table(Path(table), reading.layouts, {}, None, reading.timezone)
        return list(read_events(opened))

    known = _kept("events", events)
    folder = Path(tempfile.mkdtemp())
    try:
        with open_log(folder / "log.db", folder / "key", _now, randbits) as log:
            for first in range(0, len(known), 4_000):
                log.append(known[first : first + 4_000], _now())
    finally:
        shutil.rmtree(folder)


def import_file(table: str) -> None:
    """`miaohui import`, without the command line."""
    from miaohui.adapters.channels.table_import.reading import read_events
    from miaohui.adapters.channels.table_import.tables import open_table
    from miaohui.adapters.storage.sqlite.log import open_log
    from miaohui.pipelines.facts import pour

    folder = Path(tempfile.mkdtemp())
    reading = reading_of_tables()
    try:
        with open_log(folder / "log.db", folder / "key", _now, randbits) as log:
            opened = open_table(Path(table), reading.layouts, {}, None, reading.timezone)
            pour(read_events(opened), log, "benchmark", 0, _now)
    finally:
        shutil.rmtree(folder)


_memory: dict[str, Sequence[Any]] = {}


def _kept(name: str, make: Callable[[], Sequence[Any]]) -> Sequence[Any]:
    """Made in the warm-up, kept for the counted runs."""
    if name not in _memory:
        _memory[name] = make()
    return _memory[name]


def reading_of_tables() -> Any:
    """How the benchmarks read tables."""
    from miaohui.app.packs import chosen_pack, known_layouts
    from miaohui.app.sources import Reading

    pack = chosen_pack("pdd")
    return Reading(known_layouts(pack), pack.pack.timezone)


def silent(*_: object) -> None:
    """Nobody watches."""


def _now() -> datetime:
    return datetime.now(UTC)
