"""A log written as a table that the import reads back."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Literal

import polars as pl

from miaohui.adapters.channels.table_export.columns import (
    Columns,
    frame_of,
    spread_out,
    used_columns,
)
from miaohui.adapters.channels.table_export.formats import (
    write_csv,
    write_jsonl,
    write_parquet,
    write_xlsx,
)
from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.problems import Problem, ReaderError

Format = Literal["csv", "xlsx", "jsonl", "parquet"]

EVENTS_A_BATCH = 20_000

WRITERS = {"csv": write_csv, "xlsx": write_xlsx, "jsonl": write_jsonl, "parquet": write_parquet}


def write_events(events: Callable[[], Iterable[Event]], path: Path, format_: Format) -> int:
    """Write a log; `events` is asked for twice: for the columns in use, then for the rows.

    Returns the number of rows. The file appears whole or not at all. Raises as `write_frames`.
    """
    return write_frames(lambda: frames_of(events()), path, format_)


def write_frames(frames: Callable[[], Iterable[pl.DataFrame]], path: Path, format_: Format) -> int:
    """Write batches in the columns of `table_import.reading.read_frames`, in their order.

    Raises ReaderError `export.too_many_rows`, `export.cell_too_long` (XLSX) and
    `export.unwritable`.
    """
    part = path.with_name(path.name + ".part")
    try:
        columns = used_columns(frames())
        count = WRITERS[format_](spread(frames(), columns), columns.headers, part)
        part.replace(path)
    except OSError as error:
        values = {"why": error.strerror or type(error).__name__}
        raise ReaderError(Problem("export.unwritable", values, file=str(path))) from None
    finally:
        part.unlink(missing_ok=True)
    return count


def frames_of(events: Iterable[Event]) -> Iterator[pl.DataFrame]:
    """Events in batches of columns."""
    remaining = iter(events)
    while batch := list(islice(remaining, EVENTS_A_BATCH)):
        yield frame_of(batch)


def spread(frames: Iterable[pl.DataFrame], columns: Columns) -> Iterator[pl.DataFrame]:
    """Batches with exactly the columns of the export; NULs, which no reader takes, replaced."""
    for frame in frames:
        texts = pl.col(pl.String).str.replace_all("\0", "\ufffd", literal=True)
        yield spread_out(frame, columns).with_columns(texts)
