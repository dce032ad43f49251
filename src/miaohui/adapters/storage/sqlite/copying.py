"""A copy of a log while others write into it, and what such a copy holds."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from miaohui.adapters.storage.contents import Contents
from miaohui.adapters.storage.durable import sync_file
from miaohui.adapters.storage.rows import position_of
from miaohui.adapters.storage.sqlite.connection import connect, is_log
from miaohui.adapters.storage.sqlite.failures import told_to_the_reader, trouble
from miaohui.adapters.storage.sqlite.migration import taken_steps
from miaohui.adapters.storage.sqlite.opening import PATIENCE_SECONDS
from miaohui.domain.vocabulary.instants import instant_of

PAGES_AT_ONCE = 1_024
# The copy is synced once, at its end: until then it has no name that anybody trusts.
UNHURRIED = ("PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF")
TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
NEWEST = "SELECT id, name, newest_seq FROM shop"
RECEIVED = "SELECT received_at FROM detail WHERE position = ?"
KEY_MARK = "SELECT key_mark FROM log"


def copy_log(path: Path, target: Path, tell: Callable[[int, int], None]) -> None:
    """Copy the log at `path` as it is at one moment into a new file, durably.

    The moment is that of a reader, which the write-ahead log keeps for it: nobody waits, and no
    write makes the copy begin anew. `tell` hears of pages copied, and of all there are. Raises
    ReaderError as `open_log` does.
    """

    def told(_: int, remaining: int, pages: int) -> None:
        tell(pages - remaining, pages)

    with told_to_the_reader(path), closing(connect(path, False, PATIENCE_SECONDS)) as source:
        if not is_log(path):
            raise trouble("log.not_a_log", path)
        source.execute("BEGIN")
        source.execute(TABLES).fetchone()  # the moment is chosen by the first look
        with told_to_the_reader(target), closing(sqlite3.connect(target)) as copy:
            for setting in UNHURRIED:
                copy.execute(setting)
            source.backup(copy, pages=PAGES_AT_ONCE, progress=told)
        source.execute("COMMIT")
    sync_file(target)


def contents_of(path: Path) -> Contents:
    """What the log at `path` holds; nobody may be writing into it."""
    with told_to_the_reader(path), closing(connect(path, False, PATIENCE_SECONDS)) as connection:
        newest = connection.execute(NEWEST).fetchall()
        places = [position_of(shop, seq) for shop, _, seq in newest if seq]
        received = [connection.execute(RECEIVED, (place,)).fetchone()[0] for place in places]
        return Contents(
            engine="sqlite",
            engine_version=sqlite3.sqlite_version,
            step=max(taken_steps(connection), default=0),
            key_mark=connection.execute(KEY_MARK).fetchone()[0].hex(),
            rows=_rows(connection),
            newest_seqs={name: seq for _, name, seq in newest},
            newest_received_at=instant_of(max(received)) if received else None,
        )


def _rows(connection: sqlite3.Connection) -> dict[str, int]:
    tables = sorted(name for (name,) in connection.execute(TABLES))
    return {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
        for name in tables
    }
