"""The shelves of the catalogue (catalogue/shelves.py) in the database of a log.

No snapshot is held over several questions; what is gone between two of them is told by Moved.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext

from miaohui.adapters.storage.catalogue.cabinets import Cabinet, Columns, Filled, columns_in
from miaohui.adapters.storage.catalogue.shelves import Listed, Moved
from miaohui.adapters.storage.postgres.connection import Connection, columns
from miaohui.adapters.storage.postgres.store import Store, reading, writing
from miaohui.adapters.storage.recent import Recent
from miaohui.adapters.storage.sealing import Keys

# Cabinets whose columns stay in memory: about two million messages, 50 MB.
REMEMBERED = 128

CHANGES = "SELECT coalesce(max(changes), 0) FROM catalogue"
# Whoever changes cabinets waits here for whoever else does.
CHANGE = """
INSERT INTO catalogue VALUES (1, $1::bigint + 1)
ON CONFLICT (id) DO UPDATE SET changes = excluded.changes WHERE catalogue.changes = $1
RETURNING changes
"""
NEXT_CHANGE = """
INSERT INTO catalogue VALUES (1, 1)
ON CONFLICT (id) DO UPDATE SET changes = catalogue.changes + 1 RETURNING changes
"""
LIST = """
SELECT number, messages, oldest_at, newest_at, drawers, wrapped
FROM cabinet JOIN cabinet_key ON cabinet_key.cabinet = cabinet.number
"""
COLUMNS = "SELECT number, columns FROM cabinet WHERE number = ANY($1::bigint[])"
DRAWERS = "SELECT place, sealed FROM drawer WHERE place = ANY($1::bigint[])"
FILE = """
INSERT INTO filed SELECT * FROM unnest($1::bigint[], $2::bigint[])
ON CONFLICT (shop) DO UPDATE SET seq = excluded.seq
"""
REMOVE = (
    "DELETE FROM cabinet WHERE number = $1",
    "DELETE FROM cabinet_key WHERE cabinet = $1",
    "DELETE FROM drawer WHERE place BETWEEN $1 << 16 AND ($1 << 16) + 65535",
)
CLEAR = ("cabinet", "cabinet_key", "drawer", "filed")


class PostgresShelves:
    """catalogue.shelves.Shelves of one open log."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._wait = store.loop.wait
        # Touched on the loop only.
        self._columns: Recent[int, Columns] = Recent(REMEMBERED)

    @property
    def keys(self) -> Keys:
        """See Shelves."""
        return self._store.keys

    def moment(self) -> AbstractContextManager[object]:
        """See Shelves."""
        return nullcontext()

    def listed(self) -> Listed:
        """See Shelves."""
        return self._wait(self._listed())

    def columns(self, cabinets: Sequence[int]) -> Mapping[int, Columns]:
        """See Shelves."""
        return self._wait(self._columns_of(cabinets))

    def drawers(self, places: Sequence[int]) -> Mapping[int, bytes]:
        """See Shelves."""
        return self._wait(self._drawers(places))

    def exchange(
        self, changes: int, gone: Sequence[int], new: Filled | None, ends: Mapping[int, int]
    ) -> bool:
        """See Shelves."""
        return self._wait(self._exchange(changes, gone, new, ends))

    def clear(self) -> None:
        """Away with everything; the log is to be filed anew."""
        self._wait(self._clear())

    async def _listed(self) -> Listed:
        async with reading(self._store) as connection:
            # In this order: what changes between the two makes an exchange fail, as it must.
            changes = await connection.fetchval(CHANGES)
            return Listed(changes, await cabinets(connection))

    async def _columns_of(self, cabinets: Sequence[int]) -> dict[int, Columns]:
        found = {number: self._columns[number] for number in cabinets if number in self._columns}
        missing = [number for number in cabinets if number not in found]
        if missing:
            async with reading(self._store) as connection:
                read = await columns_of(connection, missing)
            for number, each in read.items():
                self._columns.keep(number, each)
            found |= read
        if len(found) < len(cabinets):
            raise Moved
        return found

    async def _drawers(self, places: Sequence[int]) -> dict[int, bytes]:
        async with reading(self._store) as connection:
            found = await drawers(connection, places)
        if len(found) < len(places):
            raise Moved
        return found

    async def _exchange(
        self, changes: int, gone: Sequence[int], new: Filled | None, ends: Mapping[int, int]
    ) -> bool:
        async with writing(self._store) as turn:
            if await turn.connection.fetchval(CHANGE, changes) is None:
                return False
            await put(turn.connection, gone, new)
            if ends:
                await turn.connection.execute(FILE, *columns(ends.items()))
        return True

    async def _clear(self) -> None:
        async with writing(self._store) as turn:
            await clear(turn.connection)


async def next_change(connection: Connection) -> int:
    """The number of one more change; others wait until the end of this transaction."""
    return await connection.fetchval(NEXT_CHANGE)


async def cabinets(connection: Connection) -> list[Cabinet]:
    """All cabinets."""
    return [Cabinet(*row) for row in await connection.fetch(LIST)]


async def columns_of(connection: Connection, numbers: Sequence[int]) -> dict[int, Columns]:
    """The columns of cabinets."""
    rows = await connection.fetch(COLUMNS, list(numbers))
    return {number: columns_in(packed) for number, packed in rows}


async def drawers(connection: Connection, places: Sequence[int]) -> dict[int, bytes]:
    """Sealed drawers by their places."""
    return dict(await connection.fetch(DRAWERS, list(places)))


async def put(connection: Connection, gone: Sequence[int], new: Filled | None) -> None:
    """A new cabinet, if there is one, in the place of others."""
    for number in gone:
        for statement in REMOVE:
            await connection.execute(statement, number)
    if new is not None:
        *cells, wrapped = new.cabinet
        key = (new.cabinet.number, wrapped)
        await connection.copy_records_to_table("cabinet", records=[(*cells, new.columns)])
        await connection.copy_records_to_table("cabinet_key", records=[key])
        await connection.copy_records_to_table("drawer", records=new.drawers)


async def clear(connection: Connection) -> None:
    """Away with everything, in a turn of the caller's."""
    await next_change(connection)
    for table in CLEAR:
        await connection.execute(f"DELETE FROM {table}")  # noqa: S608
