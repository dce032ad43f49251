"""The file of a log as somebody finds it who changes nothing in it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from miaohui.adapters.storage.conditions import Condition
from miaohui.adapters.storage.numbered_scripts import to_take, unknown
from miaohui.adapters.storage.sqlite.connection import is_log
from miaohui.adapters.storage.sqlite.failures import told_to_the_reader, trouble
from miaohui.adapters.storage.sqlite.migration import migrations, taken_steps

MOST_TOLD = 5
PATIENCE_SECONDS = 10.0


def examine(path: Path, thoroughly: bool) -> Condition:
    """How the log at `path` is, also while a house writes into it; `thoroughly`: every page is
    looked at. Raises ReaderError as `open_log` does."""
    if not path.is_file():
        raise trouble("log.missing", path)
    if not is_log(path):
        raise trouble("log.not_a_log", path)
    with told_to_the_reader(path), closing(_reader(path)) as connection:
        steps, taken = migrations(), taken_steps(connection)
        mode = str(connection.execute("PRAGMA journal_mode").fetchone()[0])
        return Condition(
            engine="sqlite",
            version=sqlite3.sqlite_version,
            taken=taken,
            missing=[step.number for step in to_take(steps, taken)],
            newer=unknown(steps, taken),
            key_mark=_key_mark(connection, taken),
            durable=mode == "wal",  # every connection of ours syncs each commit of it
            settings={"journal_mode": mode},
            unsound=_unsound(connection) if thoroughly else None,
            bytes=path.stat().st_size,
            waiting_bytes=_size(path.with_name(f"{path.name}-wal")),
        )


def _reader(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro",
        timeout=PATIENCE_SECONDS,
        isolation_level=None,
        uri=True,
    )


def _key_mark(connection: sqlite3.Connection, taken: list[int]) -> bytes | None:
    row = connection.execute("SELECT key_mark FROM log").fetchone() if taken else None
    return row[0] if row else None


def _unsound(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute(f"PRAGMA quick_check({MOST_TOLD})")
    return [said for (said,) in rows if said != "ok"]


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
