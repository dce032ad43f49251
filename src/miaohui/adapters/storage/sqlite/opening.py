"""The door to the file: ours, brought up to this program, opened with its own master key."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection

from miaohui.adapters.storage.master_key import make_master_key, read_master_key
from miaohui.adapters.storage.sealing import Keys, derive_keys
from miaohui.adapters.storage.sqlite.connection import claim, connect, is_new, write_ahead
from miaohui.adapters.storage.sqlite.failures import told_to_the_reader, trouble
from miaohui.adapters.storage.sqlite.migration import migrate

PATIENCE_SECONDS = 10.0


@contextmanager
def opening(
    path: Path, master_key_file: Path, create: bool, patience_seconds: float
) -> Iterator[tuple[Connection, Keys]]:
    """A connection and the keys, for whoever goes on to open something; closed if that fails.

    Raises ReaderError as `open_log` does.
    """
    with told_to_the_reader(path):
        connection = connect(path, create, patience_seconds)
        try:
            yield connection, _prepare(connection, path, master_key_file)
        except BaseException:
            connection.close()
            raise


def _prepare(connection: Connection, path: Path, master_key_file: Path) -> Keys:
    new = is_new(connection, path)
    # Only a new log may have a new key: an old one would never open again.
    keys = derive_keys((make_master_key if new else read_master_key)(master_key_file))
    if new:
        claim(connection)
    write_ahead(connection)
    migrate(connection, path)
    _agree_on_key(connection, path, keys)
    return keys


def _agree_on_key(connection: Connection, path: Path, keys: Keys) -> None:
    mark = connection.execute("SELECT key_mark FROM log").fetchone()
    if mark is None:
        connection.execute("INSERT OR IGNORE INTO log VALUES (1, ?)", (keys.mark,))
        mark = connection.execute("SELECT key_mark FROM log").fetchone()
    if mark[0] != keys.mark:
        raise trouble("log.other_master_key", path)
