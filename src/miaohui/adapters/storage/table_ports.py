"""What small tables ask of an engine: turns, each one transaction, in SQL that both engines speak.

Meant for what is asked seldom and must be right (people, settings); the log has SQL of its own.
Every implementation runs tests/adapters/storage/tables_contract.py.

What both engines, SQLite from 3.40 and PostgreSQL from 13, mean alike: `?` for each value, never
inside quotes; ON CONFLICT and RETURNING; texts compared byte by byte; whole numbers of 64 bits,
0 and 1 for no and yes; `CAST(sum(x) AS BIGINT)`. What they do not: named values, JSON functions,
`max(a, b)`, a bare `? IS NULL`.
"""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import Any, Protocol

from miaohui.adapters.storage.sealing import Keys

Cell = str | int | bytes | None
Row = tuple[Any, ...]


class Turn(Protocol):
    """One transaction. What raises inside ends it: nothing of it may be tried again in the turn."""

    def rows(self, statement: str, *values: Cell) -> list[Row]:
        """All rows of a question, or of what a change is RETURNING."""
        ...

    def row(self, statement: str, *values: Cell) -> Row | None:
        """The first row; None if there is none."""
        ...

    def run(self, statement: str, *values: Cell) -> int:
        """Change rows; how many."""
        ...

    def run_many(self, statement: str, rows: Iterable[tuple[Cell, ...]]) -> None:
        """The same change for many rows of values."""
        ...


class Tables(Protocol):
    """The tables of one house. Threads and processes may share them; all calls block.

    Every turn raises ReaderError as the log does. Turns do not nest, and are kept short.
    """

    @property
    def place(self) -> str:
        """Where they lie, as it may be shown."""
        ...

    @property
    def keys(self) -> Keys:
        """What is derived from the master key of the house."""
        ...

    def reading(self) -> AbstractContextManager[Turn]:
        """A turn at one moment: what others write meanwhile is not seen, and nothing is changed."""
        ...

    def writing(self) -> AbstractContextManager[Turn]:
        """A turn alone: no other is writing, in any process, so that what was read is still true
        when it is written upon. Durable at the end, or nothing has changed."""
        ...

    def close(self) -> None:
        """Let go."""
        ...
