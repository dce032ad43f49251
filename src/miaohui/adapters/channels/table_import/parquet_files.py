"""Parquet as grids, a slice of rows at a time."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from miaohui.adapters.channels.table_import.encodings import Progress
from miaohui.adapters.channels.table_import.grids import LINE, Grid, column
from miaohui.domain.vocabulary.problems import Problem, ReaderError

SLICE_ROWS = 100_000

DAMAGE = (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError)


def parquet_names(path: Path) -> tuple[str, ...]:
    """The columns of a Parquet file; raises ReaderError `table.parquet_damaged`."""
    try:
        return tuple(pl.read_parquet_schema(path))
    except DAMAGE:
        raise damaged(path) from None


def parquet_grids(path: Path, progress: Progress | None) -> Iterator[Grid]:
    """All rows; `line` is the number of the row, from 1. Raises as `parquet_names`."""
    total = path.stat().st_size
    count = counted(path)
    for start in range(0, count, SLICE_ROWS):
        frame = slice_of(path, start)
        yield Grid(frame)
        if progress is not None:
            progress(total * min(start + SLICE_ROWS, count) // count, total)


def counted(path: Path) -> int:
    """How many rows the file says it has."""
    try:
        return pl.scan_parquet(path, glob=False).select(pl.len()).collect().item()
    except DAMAGE:
        raise damaged(path) from None


def slice_of(path: Path, start: int) -> pl.DataFrame:
    """Some rows as a grid's frame."""
    # The streaming engine decodes only the pages that the slice touches.
    table = pl.scan_parquet(path, glob=False).slice(start, SLICE_ROWS)
    schema = pl.read_parquet_schema(path)
    # By place, because a name such as `^a$` would be taken for a pattern.
    texts = [as_text(pl.nth(i), kind).alias(column(i)) for i, kind in enumerate(schema.values())]
    lines = pl.int_range(start + 1, start + 1 + pl.len(), dtype=pl.Int64).alias(LINE)
    try:
        return table.select(lines, *texts).collect(engine="streaming")
    except DAMAGE:
        raise damaged(path) from None


def as_text(cells: pl.Expr, kind: pl.DataType) -> pl.Expr:
    """A column as the text a CSV would hold."""
    match kind:
        case pl.Datetime(time_zone=None):
            return cells.dt.cast_time_unit("us").dt.to_string("%Y-%m-%dT%H:%M:%S%.6f")
        case pl.Datetime():
            utc = cells.dt.convert_time_zone("UTC").dt.cast_time_unit("us")
            return utc.dt.to_string("%Y-%m-%dT%H:%M:%S%.6fZ")
        case pl.Float32() | pl.Float64():
            whole = (cells == cells.round()) & (cells.abs() < 2**53)
            integer = pl.when(whole).then(cells).cast(pl.Int64, strict=False).cast(pl.String)
            return pl.coalesce(integer, cells.cast(pl.String))
        case pl.Struct():
            return pl.when(cells.is_not_null()).then(cells.struct.json_encode())
        case pl.List() | pl.Array():
            return pl.struct(cells).struct.json_encode()
        case pl.Binary():
            return cells.cast(pl.String, strict=False)
        case _:
            return cells.cast(pl.String)


def damaged(path: Path) -> ReaderError:
    """The file is cut or no Parquet file."""
    return ReaderError(Problem("table.parquet_damaged", file=str(path)))
