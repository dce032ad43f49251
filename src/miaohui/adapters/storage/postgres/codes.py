"""Numbers for what events repeat (shops, channels, manners): 1, 2, 3 … in order of meeting."""

from collections.abc import Iterable, Mapping
from typing import Any, Generic, TypeVar

from miaohui.adapters.storage.postgres.connection import Connection
from miaohui.adapters.storage.postgres.texts import kept_text, told_text

Key = TypeVar("Key", bound=tuple[str | int | None, ...])

# Our own among all advisory locks of the database.
OUR_LOCKS = int.from_bytes(b"MHU", "big")
LOCK = "SELECT pg_advisory_xact_lock($1, $2)"


class Codes(Generic[Key]):
    """The numbers of one table, in memory. Rows are only ever added, one writer at a time, so
    what was committed once stays true whoever writes."""

    def __init__(self, table: str, columns: Mapping[str, str], lock: int) -> None:
        named = ", ".join(columns)
        arrays = ", ".join(f"${place}::{kind}[]" for place, kind in enumerate(columns.values(), 2))
        self._load = f"SELECT id, {named} FROM {table} WHERE id > $1 ORDER BY id"  # noqa: S608
        self._save = (
            f"INSERT INTO {table} (id, {named})"  # noqa: S608
            f" SELECT * FROM unnest($1::bigint[], {arrays})"
        )
        self._lock = lock
        self.keys: dict[int, Key] = {}
        self._codes: dict[Key, int] = {}

    def find(self, key: Key) -> int | None:
        """The number of a key; None if it has none that we know of."""
        return self._codes.get(key)

    def learn(self, rows: Iterable[tuple[int, Key]]) -> None:
        """Remember what was committed."""
        for number, key in rows:
            self.keys[number] = key
            self._codes[key] = number

    async def catch_up(self, connection: Connection) -> None:
        """Learn what others have added."""
        rows = await connection.fetch(self._load, max(self.keys, default=0))
        self.learn((number, self._told(key)) for number, *key in rows)

    async def add(self, connection: Connection, wanted: Iterable[Key]) -> list[tuple[int, Key]]:
        """Give keys numbers where they have none, in a write: the new ones are to be learned when
        it is committed."""
        missing = [key for key in dict.fromkeys(wanted) if key not in self._codes]
        if not missing:
            return []
        await connection.execute(LOCK, OUR_LOCKS, self._lock)
        await self.catch_up(connection)
        fresh = [key for key in missing if key not in self._codes]
        rows = list(enumerate(fresh, max(self.keys, default=0) + 1))
        if rows:
            cells = zip(*(self._kept(key) for key in fresh), strict=True)
            await connection.execute(self._save, [number for number, _ in rows], *map(list, cells))
        return rows

    def _kept(self, key: Key) -> list[str | int | None]:
        return [kept_text(cell) if isinstance(cell, str) else cell for cell in key]

    def _told(self, cells: list[Any]) -> Any:
        return tuple(told_text(cell) if isinstance(cell, str) else cell for cell in cells)
