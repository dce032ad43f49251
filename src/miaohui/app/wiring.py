"""Who is who: the concrete adapters behind the ports."""

import os
import secrets
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from miaohui.adapters.storage.buyer_ports import Buyers
from miaohui.adapters.storage.chat_ports import Chats
from miaohui.adapters.storage.live_ports import LiveLog
from miaohui.adapters.storage.master_key import default_master_key_file
from miaohui.adapters.storage.media_ports import Media
from miaohui.adapters.storage.ports import FactSource, Log
from miaohui.adapters.storage.search_ports import Search
from miaohui.adapters.storage.sqlite.log import SqliteLog, open_log
from miaohui.adapters.storage.sqlite.tables import open_sqlite_tables
from miaohui.adapters.storage.table_ports import Tables
from miaohui.adapters.storage.tables.directory.directory import TableDirectory
from miaohui.app.places import Database, Place


class OpenLog(Log, FactSource, LiveLog, Protocol):
    """A log as any storage gives it, closed at the end of a `with`."""

    def chats(self) -> Chats:
        """Lists of its chats and their histories."""
        ...

    def search(self) -> Search:
        """Search over its messages; to be kept."""
        ...

    def media(self) -> Media:
        """Pictures in its chats."""
        ...

    def buyers(self) -> Buyers:
        """Its buyers as such."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


def open_log_at(place: Place, create: bool, key_file: Path | None = None) -> OpenLog:
    """The log in a file or a database, under the master key of this user or another one."""
    key_file = key_file or default_master_key_file(os.environ)
    if not isinstance(place, Database):
        return open_log(place, key_file, now, secrets.randbits, create=create)
    # Only those who have such a database wait for its driver.
    from miaohui.adapters.storage.postgres.log import open_postgres_log

    return open_postgres_log(place.url, key_file, now, secrets.randbits, create=create)


def open_tables_at(place: Place, create: bool) -> Tables:
    """What is kept beside the log of a file or a database, under the master key of this user."""
    key_file = default_master_key_file(os.environ)
    if not isinstance(place, Database):
        return open_sqlite_tables(place, key_file, create=create)
    from miaohui.adapters.storage.postgres.tables import open_postgres_tables

    return open_postgres_tables(place.url, key_file, create=create)


def open_directory_at(place: Place, create: bool) -> TableDirectory:
    """The people of a house; closed at the end of a `with`."""
    return TableDirectory(open_tables_at(place, create))


def open_embedded_log(path: Path, create: bool) -> SqliteLog:
    """The embedded log at `path`, under the master key of this user."""
    key_file = default_master_key_file(os.environ)
    return open_log(path, key_file, now, secrets.randbits, create=create)


def now() -> datetime:
    """The clock."""
    return datetime.now(UTC)
