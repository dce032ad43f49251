"""Opening the file: is it ours, is it new, and the settings that make a commit durable."""

import sqlite3
from pathlib import Path

from miaohui.adapters.storage.sqlite.failures import trouble

APPLICATION_ID = int.from_bytes(b"MHUI", "big")
PAGE_BYTES = 4096
HEADER_BYTES = 100
MAGIC = b"SQLite format 3\0"

# FULL syncs the write-ahead log at every commit: what was acknowledged survives a power cut.
# secure_delete wipes what a change leaves behind, temp_store keeps names off the disk, and a
# checkpoint only every 32 MB writes the pages of many batches once.
SETTINGS = (
    "PRAGMA synchronous = FULL",
    "PRAGMA fullfsync = ON",
    "PRAGMA checkpoint_fullfsync = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cache_size = -65536",
    "PRAGMA wal_autocheckpoint = 8192",
    "PRAGMA journal_size_limit = 67108864",
)


def is_log(path: Path) -> bool:
    """Whether a file is a log of ours, by its first 100 bytes; False for one that is not there."""
    try:
        with path.open("rb") as file:
            header = file.read(HEADER_BYTES)
    except OSError:
        return False
    return header.startswith(MAGIC) and header[68:72] == APPLICATION_ID.to_bytes(4, "big")


def connect(path: Path, create: bool, patience_seconds: float) -> sqlite3.Connection:
    """A connection to the file, waiting up to `patience_seconds` for others.

    Raises ReaderError `log.missing`; sqlite3.Error as SQLite does.
    """
    if not create and not path.is_file():
        raise trouble("log.missing", path)
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={'rwc' if create else 'rw'}",
        timeout=patience_seconds,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=64,
        uri=True,
    )
    for setting in SETTINGS:
        connection.execute(setting)
    return connection


def is_new(connection: sqlite3.Connection, path: Path) -> bool:
    """Whether nothing was ever written here. Raises ReaderError `log.not_a_log`."""
    owner = _number(connection, "PRAGMA application_id")
    if owner == APPLICATION_ID:
        return False
    if owner or _number(connection, "SELECT count(*) FROM sqlite_schema"):
        raise trouble("log.not_a_log", path, reason="application_id")
    return True


def claim(connection: sqlite3.Connection) -> None:
    """Make a new file ours, before the write-ahead log: `is_log` reads the file's own header."""
    connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def write_ahead(connection: sqlite3.Connection) -> None:
    """Readers beside a writer; kept in the file once set."""
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        connection.execute("PRAGMA journal_mode = WAL").fetchone()


def _number(connection: sqlite3.Connection, question: str) -> int:
    return int(connection.execute(question).fetchone()[0])
