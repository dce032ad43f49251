"""The two logs side by side: the same events, durably, in batches as a live desk commits them."""

import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from secrets import randbits
from statistics import median

from tests.adapters.storage.postgres_server import Server, running

from benchmarks.intake import reading_of_tables
from benchmarks.lines import Line
from benchmarks.logs import table_of
from miaohui.adapters.channels.table_import.reading import read_events
from miaohui.adapters.channels.table_import.tables import open_table
from miaohui.adapters.storage.postgres.log import PostgresLog, open_postgres_log
from miaohui.adapters.storage.sqlite.log import SqliteLog, open_log
from miaohui.domain.vocabulary.events import Event

EVENTS = 50_000
BATCH = 1_000
RUNS = 5

Opened = SqliteLog | PostgresLog


def lines() -> list[Line]:
    """Events a second into SQLite and into PostgreSQL, in turn; one warm-up each."""
    events = _events()
    seconds: dict[str, list[float]] = {"sqlite": [], "postgres": []}
    with running() as server, tempfile.TemporaryDirectory() as folder:
        for turn in range(RUNS + 1):
            for name, took in seconds.items():
                with _fresh(name, server, Path(folder) / f"{turn}") as log:
                    took.append(_timed(log, events))
    return [_line(name, took[1:], seconds["sqlite"][1:]) for name, took in seconds.items()]


def _line(name: str, took: Sequence[float], base: Sequence[float]) -> Line:
    best, usual, worst = (EVENTS / each for each in (min(took), median(took), max(took)))
    return Line(
        f"storages.{name}",
        best,
        "events/s",
        min(base) / min(took),
        f"batches of {BATCH:,}, synced",
        f"{best:,.0f} – {usual:,.0f} – {worst:,.0f}",
    )


def _events() -> Sequence[Event]:
    reading = reading_of_tables()
    table = open_table(table_of(EVENTS), reading.layouts, {}, None, reading.timezone)
    return list(read_events(table))[:EVENTS]


def _fresh(name: str, server: Server, folder: Path) -> Opened:
    folder.mkdir(exist_ok=True)
    if name == "sqlite":
        return open_log(folder / "log.db", folder / "key", _now, randbits)
    database = server.fresh()
    return open_postgres_log(server.url(database), server.key_of(database), _now, randbits)


def _timed(log: Opened, events: Sequence[Event]) -> float:
    start = time.perf_counter()
    for first in range(0, len(events), BATCH):
        log.append(events[first : first + BATCH], _now())
    return time.perf_counter() - start


def _now() -> datetime:
    return datetime.now(UTC)
