"""The log that is searched, an unsealed copy of it, and an index made beside a writer."""

import random
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from secrets import randbits
from threading import Event as Signal
from threading import Thread

import polars as pl
from tests.adapters.storage.postgres_server import Server

from benchmarks.lines import Line
from benchmarks.logs import DATA, log_of
from miaohui.adapters.channels.table_import.event_rows import events_of
from miaohui.adapters.storage.chat_ports import ChatKey, ChatRow
from miaohui.adapters.storage.parquet.parts import part_files, typed
from miaohui.adapters.storage.postgres.log import PostgresLog, open_postgres_log
from miaohui.adapters.storage.search_ports import Search
from miaohui.adapters.storage.sqlite.log import SqliteLog, open_log
from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.instants import micros_of

EVENTS, SHOPS = 1_620_000, 50  # a million of them texts
FOLDER = DATA / f"search-{EVENTS}-{SHOPS}"
BATCH = 4_000
GROUPS = 10

RATE, SECONDS = 1_000, 20
WORDS_AS_TEXT = pl.col(pl.Categorical).cast(pl.String)
MAKE_COPY = """
CREATE TABLE said (at INTEGER, shop TEXT, chat TEXT, account TEXT, kind TEXT, buyer TEXT,
    ordered TEXT, text TEXT)
"""

Opened = SqliteLog | PostgresLog


def events_in_time() -> Iterator[list[Event]]:
    """All events as they come, part by part."""
    for part in part_files(log_of(EVENTS, SHOPS)):
        frame = typed(pl.read_parquet(part).with_columns(WORDS_AS_TEXT))
        yield list(events_of(frame, 1))


def copy_of_all() -> sqlite3.Connection:
    """Everything that can be searched, in the open, with an index by time."""
    path = FOLDER / "copy.db"
    if not path.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        making = sqlite3.connect(path.with_suffix(".making"))
        making.execute(MAKE_COPY)
        for events in events_in_time():
            making.executemany("INSERT INTO said VALUES (?, ?, ?, ?, ?, ?, ?, ?)", _said(events))
        making.execute("CREATE INDEX said_by_time ON said (at)")
        making.commit()
        making.close()
        path.with_suffix(".making").rename(path)
    return sqlite3.connect(path)


@contextmanager
def full_sqlite() -> Iterator[SqliteLog]:
    """The log with its index, made once and kept."""
    done = FOLDER / "done"
    if not done.exists():
        (FOLDER / "log.db").unlink(missing_ok=True)
        with _sqlite(FOLDER) as log:
            fill(log)
        done.touch()
    with _sqlite(FOLDER) as log:
        index_all(log.search())
        yield log


@contextmanager
def full_postgres(server: Server) -> Iterator[PostgresLog]:
    """The same log in a new database."""
    database = server.fresh()
    url, key = server.url(database), server.key_of(database)
    with open_postgres_log(url, key, now, randbits) as log:
        fill(log)
        index_all(log.search())
        yield log


def fill(log: Opened) -> None:
    """Append everything, and say whose chats are whose."""
    owners: dict[ChatKey, tuple[str | None, Event]] = {}
    for events in events_in_time():
        for first in range(0, len(events), BATCH):
            some = events[first : first + BATCH]
            log.append(some, some[-1].at)
        for event in events:
            key = ChatKey(event.shop, event.channel, event.conversation)
            owner = owners.get(key, (None, event))[0]
            owners[key] = event.account or owner, event
    chats = log.chats()
    ids = chats.chat_ids([*owners])
    chats.keep([_row(chat, *owner) for chat, owner in zip(ids, owners.values(), strict=True)], {})


def index_all(search: Search) -> int:
    """To the end of the log; how many events that were."""
    went = 0
    while some := search.index(BATCH):
        went += some
    return went


def beside_a_writer() -> Iterator[Line]:
    """An index that is made while events come in at a steady rate, on the same file."""
    events = [event for part, _ in zip(events_in_time(), range(4), strict=False) for event in part]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with _sqlite(folder) as log, _sqlite(folder) as other:
            took, lags = _side_by_side(log, other.search(), events)
            rate = _rate(other.search())
    lags.sort()
    spread = f"{lags[len(lags) // 2]:.2f} – {lags[-1]:.2f} s, slowest append {max(took):.0f} ms"
    bar = f"at most 2 s at {RATE:,} events/s"
    yield Line("search.lag_beside_a_writer", lags[len(lags) * 95 // 100], "s", None, bar, spread)
    yield Line("search.index_anew", rate, "ev/s", None, "at least 1,000 events/s", "")


def size_of_index() -> Line:
    """Bytes of the index for every message in it, packed as SQLite packs them."""
    with sqlite3.connect(FOLDER / "log.db") as connection:
        messages = connection.execute("SELECT sum(messages) FROM cabinet").fetchone()[0]
        held = connection.execute(
            "SELECT (SELECT sum(length(sealed) + 10) FROM drawer)"
            " + (SELECT sum(length(columns) + 40) FROM cabinet)"
        ).fetchone()[0]
    per = f"{messages:,} messages, {held / 1e6:.0f} MB"
    return Line("search.index_bytes", held / messages, "B/msg", None, "as few as may be", per)


def _side_by_side(
    log: SqliteLog, search: Search, events: list[Event]
) -> tuple[list[float], list[float]]:
    """Milliseconds of every append, and how far behind the index was, in seconds."""
    took: list[float] = []
    lags: list[float] = []
    written = Signal()

    def write() -> None:
        started, step = time.perf_counter(), RATE // 20
        for first in range(0, RATE * SECONDS, step):
            before = time.perf_counter()
            log.append(events[first : first + step], now())
            took.append((time.perf_counter() - before) * 1e3)
            time.sleep(max(0, started + (first + step) / RATE - time.perf_counter()))
        written.set()

    writer = Thread(target=write)
    writer.start()
    while not written.is_set():
        lags.append(search.behind() / RATE)
        if not search.index(RATE):
            time.sleep(0.1)
    writer.join()
    return took, lags


def _rate(search: Search) -> float:
    """Events a second of an index that is made anew."""
    search.rebuild()
    started = time.perf_counter()
    return index_all(search) / (time.perf_counter() - started)


def _sqlite(folder: Path) -> SqliteLog:
    return open_log(folder / "log.db", folder / "key", now, randbits)


def _said(events: list[Event]) -> Iterator[tuple[object, ...]]:
    for event in events:
        payload = event.payload
        if payload.text is not None or payload.order is not None:
            yield (
                *(micros_of(event.at), event.shop, event.conversation, event.account),
                *(event.kind, event.buyer, payload.order, payload.text),
            )


def _row(chat: str, account: str | None, event: Event) -> ChatRow:
    return ChatRow(
        chat_id=chat,
        shop=event.shop,
        channel=event.channel,
        account=account,
        group=f"group {random.Random(chat).randrange(GROUPS)}",
        state="closed",
        opened_at=event.at,
        last_at=event.at,
        last_seq=1,
    )


def now() -> datetime:
    """The clock."""
    return datetime.now(UTC)
