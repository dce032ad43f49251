"""Numbers for what events repeat (shops, channels, manners): 1, 2, 3 … in order of meeting."""

import sqlite3
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=tuple[str | int | None, ...])


class Codes(Generic[Key]):
    """The numbers of one table, in memory. Rows are only ever added, so what is known stays true
    whoever writes; only a rollback of our own makes it forget."""

    def __init__(self, table: str, columns: tuple[str, ...]) -> None:
        self._load = f"SELECT {', '.join(columns)} FROM {table} WHERE id > ? ORDER BY id"  # noqa: S608
        places = ", ".join("?" * (len(columns) + 1))
        self._save = f"INSERT INTO {table} (id, {', '.join(columns)}) VALUES ({places})"  # noqa: S608
        self.keys: dict[int, Key] = {}
        self._codes: dict[Key, int] = {}
        self._saved = 0

    def forget(self) -> None:
        """Know nothing."""
        self.keys.clear()
        self._codes.clear()
        self._saved = 0

    def catch_up(self, connection: sqlite3.Connection) -> None:
        """Learn what others have added."""
        for key in connection.execute(self._load, (self._saved,)):
            self._number(key)
        self._saved = len(self.keys)

    def find(self, key: Key) -> int | None:
        """The number of a key; None if it has none."""
        return self._codes.get(key)

    def code(self, key: Key) -> int:
        """The number of a key, a new one if it has none."""
        return self._codes.get(key) or self._number(key)

    def save(self, connection: sqlite3.Connection) -> None:
        """Write the new ones."""
        fresh = range(self._saved + 1, len(self.keys) + 1)
        connection.executemany(self._save, [(code, *self.keys[code]) for code in fresh])
        self._saved = len(self.keys)

    def _number(self, key: Key) -> int:
        number = len(self.keys) + 1
        self.keys[number] = key
        self._codes[key] = number
        return number
