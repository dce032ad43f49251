"""What SQLite complains about, told as problems the reader can mend."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from miaohui.domain.vocabulary.problems import Problem, ReaderError

# Primary result codes (https://www.sqlite.org/rescode.html); extended ones share the low byte.
MENDABLE = {
    sqlite3.SQLITE_PERM: "log.read_only",
    sqlite3.SQLITE_BUSY: "log.busy",
    sqlite3.SQLITE_LOCKED: "log.busy",
    sqlite3.SQLITE_READONLY: "log.read_only",
    sqlite3.SQLITE_IOERR: "log.disk_failed",
    sqlite3.SQLITE_CORRUPT: "log.damaged",
    sqlite3.SQLITE_FULL: "log.disk_full",
    sqlite3.SQLITE_CANTOPEN: "log.cannot_open",
    sqlite3.SQLITE_NOTADB: "log.not_a_log",
}


@contextmanager
def told_to_the_reader(path: Path) -> Iterator[None]:
    """Turn what SQLite raises inside into a ReaderError about the log at `path`.

    Raises what it does not know as it came: that is ours to mend.
    """
    try:
        yield
    except sqlite3.Error as error:
        key = problem_key(error)
        if key is None:
            raise
        raise trouble(key, path, reason=str(error)) from None


def problem_key(error: sqlite3.Error) -> str | None:
    """The key of the problem behind an error; None if no reader can mend it."""
    code = getattr(error, "sqlite_errorcode", None)
    return None if code is None else MENDABLE.get(code & 0xFF)


def trouble(key: str, path: Path, **values: object) -> ReaderError:
    """A ReaderError about the log at `path`."""
    return ReaderError(Problem(key, {"path": str(path), **values}, file=str(path)))
