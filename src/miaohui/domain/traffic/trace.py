"""The light rows that a play leaves behind, from which events or columns are rendered."""

from bisect import bisect_left

# (at, number, chat, deed, account, text, order, link), all integers: `at` in milliseconds since
# 1970 UTC; `number` counts the rows in the order they were made and becomes the source id;
# `account` and `text` are -1, `order` and `link` 0 where there is none.
Row = tuple[int, int, int, int, int, int, int, int]
WIDTH = 8

NOBODY = -1
SILENT = -1


class Trace:
    """Rows in the order they were made; some lie ahead of the clock."""

    __slots__ = ("rows", "written")

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.written = 0

    def add(
        self,
        at: int,
        chat: int,
        deed: int,
        account: int = NOBODY,
        text: int = SILENT,
        order: int = 0,
        link: int = 0,
    ) -> int:
        """Write a row and return its number."""
        self.written = number = self.written + 1
        self.rows.append((at, number, chat, deed, account, text, order, link))
        return number

    def take_until(self, end: int) -> list[Row]:
        """Hand out, in time order, all rows before an instant; keep the rest."""
        rows = self.rows
        rows.sort()
        cut = bisect_left(rows, (end,))
        self.rows = rows[cut:]
        return rows[:cut]
