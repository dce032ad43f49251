"""What every format is read into first: cells as text beside the line they stand on."""

from collections.abc import Sequence

import msgspec
import polars as pl

from miaohui.adapters.channels.table_import.rejects import Reject

LINE = "line"
PRINT = "netstrings"
MORE = "more"


class Row(msgspec.Struct, frozen=True):
    """One row as text."""

    line: int
    cells: tuple[str, ...]


class Grid(msgspec.Struct, frozen=True):
    """Some rows of a file, in its order.

    `frame` has `line` (Int64) and one String column `c0`, `c1` … per column of the file; null or
    empty is blank. Where rows name their own cells (JSONL), `netstrings` holds what the row's
    fingerprint is made from and `more` the cells that the head of the file did not show, as a
    JSON object. `rejects` are rows that could not be cut into cells.
    """

    frame: pl.DataFrame
    rejects: tuple[Reject, ...] = ()


def column(index: int) -> str:
    """The name in a grid of the file's column at an index from 0."""
    return f"c{index}"


def grid_of(rows: Sequence[Row], width: int, rejects: Sequence[Reject] = ()) -> Grid:
    """Rows of exactly `width` cells as a grid."""
    return Grid(frame_of(rows, width), tuple(rejects))


def frame_of(rows: Sequence[Row], width: int) -> pl.DataFrame:
    """The frame of a grid from rows of exactly `width` cells."""
    lines = pl.Series(LINE, [row.line for row in rows], dtype=pl.Int64)
    cells = [
        pl.Series(column(index), [row.cells[index] for row in rows], dtype=pl.String)
        for index in range(width)
    ]
    return pl.DataFrame([lines, *cells])


def fitted(row: Row, width: int) -> Row | Reject | None:
    """The row with exactly `width` cells; None if it is blank, a Reject if cells are missing or
    filled cells lie beyond the header's last."""
    cells = row.cells
    if not any(cell.strip() for cell in cells):
        return None
    if len(cells) < width:
        values = {"found": len(cells), "wanted": width}
        return Reject(row.line, None, "reject.cells_missing", values, cells)
    if any(cell.strip() for cell in cells[width:]):
        values = {"found": len(cells), "wanted": width}
        return Reject(row.line, None, "reject.cells_too_many", values, cells)
    return Row(row.line, cells[:width])
