"""What we ask of a connection of asyncpg, which says little of its types."""

from collections.abc import Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from itertools import count
from typing import Any, Protocol


class Connection(Protocol):
    """One connection. Rows are sequences that also know the names of their columns."""

    async def execute(self, query: str, *values: object) -> str:
        """Run a statement."""
        ...

    async def executemany(self, command: str, args: Sequence[Sequence[object]]) -> None:
        """Run a statement for each row of values."""
        ...

    async def fetch(
        self, query: str, *values: object, timeout: float | None = None
    ) -> Sequence[Any]:
        """All rows."""
        ...

    async def fetchrow(self, query: str, *values: object) -> Any:
        """The first row; None if there is none."""
        ...

    async def fetchval(self, query: str, *values: object, timeout: float | None = None) -> Any:
        """The first value of the first row; None if there is none."""
        ...

    async def copy_records_to_table(
        self, table_name: str, *, records: Sequence[tuple[object, ...]]
    ) -> str:
        """Write whole rows, their cells in the order of the table's columns."""
        ...

    def transaction(self) -> AbstractAsyncContextManager[object]:
        """A transaction: committed at the end, or rolled back."""
        ...

    def cursor(self, query: str, *values: object, timeout: float | None = None) -> Any:
        """Rows to be fetched bit by bit, inside a transaction."""
        ...


def columns(rows: Iterable[tuple[object, ...]]) -> list[list[object]]:
    """Rows, at least one, as the arrays that `unnest` takes."""
    return [list(column) for column in zip(*rows, strict=True)]


def numbered(statement: str, first: int) -> str:
    """A statement with `?` for its values, none of them inside quotes, as `$first` and so on."""
    places = count(first)
    return "".join(f"${next(places)}" if part == "?" else part for part in statement)
