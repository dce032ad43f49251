"""A run of well-placed records as a grid: the plain ones at once, the odd ones one by one."""

from codecs import BOM_UTF8
from io import BytesIO

import numpy as np
import polars as pl
from numpy.typing import NDArray

from miaohui.adapters.channels.table_import.anatomy import Run, byte_at
from miaohui.adapters.channels.table_import.careful import (
    Place,
    keep,
    next_read,
)
from miaohui.adapters.channels.table_import.grids import (
    LINE,
    Grid,
    Row,
    column,
    fitted,
    frame_of,
)
from miaohui.adapters.channels.table_import.rejects import Reject


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
