"""Separated text (CSV and its kin) as grids: whole blocks at once, damaged places with care."""

from codecs import BOM_UTF8
from collections.abc import Iterator
from io import BytesIO
from itertools import chain

import msgspec
import numpy as np
import polars as pl
from numpy.typing import NDArray

from miaohui.adapters.channels.table_import.anatomy import Run, byte_at, run_of
from miaohui.adapters.channels.table_import.grids import (
    LINE,
    Grid,
    Row,
    column,
    fitted,
    frame_of,
)
from miaohui.adapters.channels.table_import.records import Broken, Record, read_record
from miaohui.adapters.channels.table_import.rejects import KEPT, Reject

HEAD_BYTES = 1 << 20
CAREFUL_BYTES = 64 << 10  # how far to read with care once something was damaged
SMALLEST_WINDOW = 128 << 10

Read = Row | Reject


class Place(msgspec.Struct):
    """How far a file was read: the bytes not yet read, and the line they begin on."""

    data: bytes
    line: int = 1
    at: int = 0
    window: int = 1 << 62
    is_last: bool = False
    in_long_line: bool = False


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
    while len(rows) < count and (read := next_read(place, separator)) is not None:
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


def careful_grid(place: Place, separator: bytes, width: int) -> Grid:
    """Some rows read one by one."""
    rows: list[Row] = []
    rejects: list[Reject] = []
    until = place.at + CAREFUL_BYTES
    while place.at < until and (read := next_read(place, separator)) is not None:
        keep(fitted(read, width) if isinstance(read, Row) else read, rows, rejects)
    return Grid(frame_of(rows, width), tuple(rejects))


def keep(read: Read | None, rows: list[Row], rejects: list[Reject]) -> None:
    """Put what was read where it belongs."""
    if isinstance(read, Row):
        rows.append(read)
    elif read is not None:
        rejects.append(read)


def next_read(place: Place, separator: bytes) -> Read | None:
    """The next row or reject; None when more bytes are needed or there are none."""
    if place.at >= len(place.data):
        return None
    line = place.line
    found = read_record(place.data, place.at, separator, place.is_last)
    if found is None:
        return None
    if isinstance(found, Record):
        place.line += place.data.count(b"\n", place.at, found.end)
        place.at = found.end
        return row_of(found, line)
    return reject_line(place, found)


def row_of(record: Record, line: int) -> Read:
    """The record's cells as text, or a reject where they are none."""
    try:
        return Row(line, tuple(cell.decode() for cell in record.cells))
    except UnicodeDecodeError:
        cells = tuple(cell.decode(errors="replace") for cell in record.cells)
        return Reject(line, None, "reject.undecodable", {}, cells)


def reject_line(place: Place, broken: Broken) -> Reject:
    """Give up the line at hand and stand on the next."""
    text = place.data[place.at : place.at + KEPT].split(b"\n")[0].decode(errors="replace")
    reject = Reject(place.line, None, broken.key, {}, (text.rstrip("\r"),))
    skip_line(place)
    return reject


def skip_line(place: Place) -> None:
    """Go behind the next line end, or to the end of the bytes if the line goes on."""
    end = place.data.find(b"\n", place.at)
    place.in_long_line = end < 0
    place.at = len(place.data) if end < 0 else end + 1
    place.line += end >= 0


def grid_of_run(data: bytes, run: Run, line: int, separator: bytes, width: int) -> Grid:
    """The records of a run: those of the right width at once, the others one by one."""
    empty = blank(data, run)
    plain = (run.cells == width) & ~run.odd & ~empty & ~undecodable(data, run)
    plain &= ~marked(data, run)
    frame = frame_of_plain(data, run, plain, line, separator, width)
    if frame.height != plain.sum():
        frame, plain = frame_of([], width), np.zeros_like(plain)
    odd = np.flatnonzero(~plain & ~empty)
    if not len(odd):
        return Grid(frame)
    return with_odd_rows(frame, odd, data, run, line, separator, width)


def with_odd_rows(
    frame: pl.DataFrame,
    odd: NDArray[np.int64],
    data: bytes,
    run: Run,
    line: int,
    separator: bytes,
    width: int,
) -> Grid:
    """The plain rows and those that had to be read one by one, in the order of the file."""
    rows: list[Row] = []
    rejects: list[Reject] = []
    for index in odd:
        place = Place(data, line + int(run.lines[index]), int(run.starts[index]), is_last=True)
        read = next_read(place, separator)
        keep(fitted(read, width) if isinstance(read, Row) else read, rows, rejects)
    both = pl.concat([frame, frame_of(rows, width)]).sort(LINE, maintain_order=True)
    return Grid(both, tuple(rejects))


def undecodable(data: bytes, run: Run) -> NDArray[np.bool_]:
    """Which records hold bytes that are no UTF-8."""
    wrong = np.zeros(len(run.ends), np.bool_)
    at = 0
    while at < len(data):
        try:
            str(memoryview(data)[at:], "utf-8")
        except UnicodeDecodeError as error:
            index = int(np.searchsorted(run.ends, at + error.start, side="right"))
            wrong[index] = True
            at = int(run.ends[index])
        else:
            break
    return wrong


def blank(data: bytes, run: Run) -> NDArray[np.bool_]:
    """Which records are empty lines."""
    lengths = run.ends - run.starts
    first = np.frombuffer(data, np.uint8)[run.starts]
    return (lengths == 1) | ((lengths == 2) & (first == ord("\r")))


def marked(data: bytes, run: Run) -> NDArray[np.bool_]:
    """Which records begin with a byte order mark, which a reader of whole blocks would drop."""
    array = np.frombuffer(data, np.uint8)
    mark = (byte_at(array, run.starts + place) == byte for place, byte in enumerate(BOM_UTF8))
    return np.logical_and.reduce(list(mark))


def frame_of_plain(
    data: bytes, run: Run, plain: NDArray[np.bool_], line: int, separator: bytes, width: int
) -> pl.DataFrame:
    """The cells of the plain records of a run."""
    if not plain.any():
        return frame_of([], width)
    cells = pl.read_csv(
        BytesIO(data if plain.all() else plain_bytes(data, run, plain)),
        has_header=False,
        infer_schema=False,
        new_columns=[column(index) for index in range(width)],
        separator=separator.decode(),
    )
    lines = pl.Series(LINE, line + run.lines[plain], dtype=pl.Int64)
    return cells.select(lines, pl.all())


def plain_bytes(data: bytes, run: Run, plain: NDArray[np.bool_]) -> bytes:
    """The plain records alone, stretch by stretch."""
    edges = np.flatnonzero(np.diff(plain.astype(np.int8), prepend=0, append=0))
    stretches = zip(edges[0::2], edges[1::2], strict=True)
    return b"".join(data[run.starts[first] : run.ends[end - 1]] for first, end in stretches)
