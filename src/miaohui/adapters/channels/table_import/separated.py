"""Separated text (CSV and its kin) as grids: whole blocks at once, damaged places with care."""

from collections.abc import Iterator
from itertools import chain

import polars as pl

from miaohui.adapters.channels.table_import.anatomy import run_of
from miaohui.adapters.channels.table_import.careful import Place, careful_grid, next_read, skip_line
from miaohui.adapters.channels.table_import.grids import (
    LINE,
    Grid,
    Row,
)
from miaohui.adapters.channels.table_import.runs import grid_of_run

HEAD_BYTES = 1 << 20
HEAD_RECORDS = 1_000  # among which the first filled rows must be
SMALLEST_WINDOW = 128 << 10


def head_rows(blocks: Iterator[bytes], separator: bytes, count: int) -> list[Row]:
    """The first rows of a file, blank and broken ones left out."""
    data = b""
    is_last = True
    for block in blocks:
        data += block
        if len(data) >= HEAD_BYTES + 1:
            is_last = False
            break
    place = Place(data + b"\n" if is_last else data, is_last=is_last)
    rows: list[Row] = []
    for _ in range(HEAD_RECORDS):
        read = next_read(place, separator) if len(rows) < count else None
        if read is None:
            break
        if isinstance(read, Row) and any(cell.strip() for cell in read.cells):
            rows.append(read)
    return rows


def separated_grids(
    blocks: Iterator[bytes], separator: bytes, width: int, after_line: int
) -> Iterator[Grid]:
    """All rows below a line as grids of `width` columns."""
    place = Place(b"")
    for block in chain(blocks, [None]):
        place.is_last = block is None
        place.data = place.data[place.at :] + (block or b"")
        place.at = 0
        if place.is_last and place.data and not place.data.endswith(b"\n"):
            place.data += b"\n"
        for grid in grids_of_block(place, separator, width):
            yield below(grid, after_line)


def below(grid: Grid, line: int) -> Grid:
    """The part of a grid below a line."""
    if first_line(grid) > line:
        return grid
    rejects = tuple(reject for reject in grid.rejects if reject.line > line)
    return Grid(grid.frame.filter(pl.col(LINE) > line), rejects)


def first_line(grid: Grid) -> int:
    """The line of a grid's first row or reject; 0 if it has none."""
    lines = [reject.line for reject in grid.rejects[:1]]
    lines += grid.frame.get_column(LINE).head(1).to_list()
    return min(lines, default=0)


def grids_of_block(place: Place, separator: bytes, width: int) -> Iterator[Grid]:
    """What the bytes at hand hold, whole runs first, careful reading where a run breaks off."""
    while place.at < len(place.data):
        if place.in_long_line:
            skip_line(place)
            continue
        window = place.data[place.at : place.at + place.window]
        run = run_of(window, separator)
        if run.length:
            yield grid_of_run(window[: run.length], run, place.line, separator, width)
            place.at += run.length
            place.line += run.line_count
        if run.is_clean and run.length:
            place.window *= 2
            continue
        stood = place.at
        yield careful_grid(place, separator, width)
        if place.at == stood:
            return
        place.window = SMALLEST_WINDOW
