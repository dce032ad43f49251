"""The shelves of the catalogue (catalogue/shelves.py) in the file of a log."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from json import dumps
from sqlite3 import Connection

from miaohui.adapters.storage.catalogue.cabinets import (
    Cabinet,
    Columns,
    Damaged,
    Filled,
    columns_in,
)
from miaohui.adapters.storage.catalogue.shelves import Listed
from miaohui.adapters.storage.recent import Recent
from miaohui.adapters.storage.sealing import Keys
from miaohui.adapters.storage.sqlite.store import Store, reading, writing

# Cabinets whose columns stay in memory: about two million messages, 50 MB.
REMEMBERED = 128

CHANGES = "SELECT coalesce(max(changes), 0) FROM catalogue"
CHANGE = """
INSERT INTO catalogue VALUES (1, ?2)
ON CONFLICT (id) DO UPDATE SET changes = excluded.changes WHERE catalogue.changes = ?1
"""
LIST = """
SELECT number, messages, oldest_at, newest_at, drawers, wrapped
FROM cabinet JOIN cabinet_key ON cabinet_key.cabinet = cabinet.number
"""
COLUMNS = "SELECT number, columns FROM cabinet WHERE number IN (SELECT value FROM json_each(?))"
DRAWERS = "SELECT place, sealed FROM drawer WHERE place IN (SELECT value FROM json_each(?))"
FILE = "INSERT INTO filed VALUES (?, ?) ON CONFLICT (shop) DO UPDATE SET seq = excluded.seq"
REMOVE = (
    "DELETE FROM cabinet WHERE number = ?1",
    "DELETE FROM cabinet_key WHERE cabinet = ?1",
    "DELETE FROM drawer WHERE place BETWEEN ?1 << 16 AND (?1 << 16) + 65535",
)
CLEAR = ("cabinet", "cabinet_key", "drawer", "filed")


class SqliteShelves:
    """catalogue.shelves.Shelves of one open log."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._columns: Recent[int, Columns] = Recent(REMEMBERED)

    @property
    def keys(self) -> Keys:
        """See Shelves."""
        return self._store.keys

    def moment(self) -> AbstractContextManager[object]:
        """See Shelves."""
        return reading(self._store)

    def listed(self) -> Listed:
        """See Shelves."""
        connection = self._store.connection
        return Listed(changes(connection), cabinets(connection))

    def columns(self, cabinets: Sequence[int]) -> Mapping[int, Columns]:
        """See Shelves."""
        found = {number: self._columns[number] for number in cabinets if number in self._columns}
        missing = [number for number in cabinets if number not in found]
        for number, columns in columns_of(self._store.connection, missing).items():
            self._columns.keep(number, columns)
            found[number] = columns
        return found

    def drawers(self, places: Sequence[int]) -> Mapping[int, bytes]:
        """See Shelves."""
        return drawers(self._store.connection, places)

    def exchange(
        self, changes: int, gone: Sequence[int], new: Filled | None, ends: Mapping[int, int]
    ) -> bool:
        """See Shelves."""
        with writing(self._store) as connection:
            if connection.execute(CHANGE, (changes, changes + 1)).rowcount != 1:
                return False
            put(connection, gone, new)
            connection.executemany(FILE, ends.items())
        return True

    def clear(self) -> None:
        """Away with everything; the log is to be filed anew."""
        with writing(self._store) as connection:
            clear(connection)


def changes(connection: Connection) -> int:
    """How often cabinets have changed."""
    return connection.execute(CHANGES).fetchone()[0]


def next_change(connection: Connection) -> int:
    """The number of one more change."""
    known = changes(connection)
    connection.execute(CHANGE, (known, known + 1))
    return known + 1


def cabinets(connection: Connection) -> list[Cabinet]:
    """All cabinets."""
    return [Cabinet(*row) for row in connection.execute(LIST)]


def columns_of(connection: Connection, numbers: Sequence[int]) -> dict[int, Columns]:
    """The columns of cabinets."""
    rows = connection.execute(COLUMNS, (dumps(numbers),))
    return {number: columns_in(packed) for number, packed in rows}


def drawers(connection: Connection, places: Sequence[int]) -> dict[int, bytes]:
    """Sealed drawers by their places. Raises Damaged if any is missing."""
    found = dict(connection.execute(DRAWERS, (dumps(list(places)),)))
    if len(found) < len(places):
        raise Damaged
    return found


def put(connection: Connection, gone: Sequence[int], new: Filled | None) -> None:
    """A new cabinet, if there is one, in the place of others."""
    for number in gone:
        for statement in REMOVE:
            connection.execute(statement, (number,))
    if new is not None:
        *cells, wrapped = new.cabinet
        number = new.cabinet.number
        connection.execute("INSERT INTO cabinet VALUES (?, ?, ?, ?, ?, ?)", (*cells, new.columns))
        connection.execute("INSERT INTO cabinet_key VALUES (?, ?)", (number, wrapped))
        connection.executemany("INSERT INTO drawer VALUES (?, ?)", new.drawers)


def clear(connection: Connection) -> None:
    """Away with everything, in a turn of the caller's."""
    next_change(connection)
    for table in CLEAR:
        connection.execute(f"DELETE FROM {table}")  # noqa: S608
