"""Each format of an export: batches in, rows counted."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import cast

import msgspec
import polars as pl
from openpyxl import Workbook
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from polars.io.plugins import register_io_source

from miaohui.domain.vocabulary.problems import Problem, ReaderError
from miaohui.domain.vocabulary.spreadsheets import neutralised

SHEET_ROWS = 1_048_575  # without the headers
CELL_CHARACTERS = 32_767
RUNS = r"^('*[=+\-@\t\r\n＝＋－＠])"  # as domain/vocabulary/spreadsheets.py
ESCAPES = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

Batches = Iterable[pl.DataFrame]


def write_csv(batches: Batches, headers: Sequence[str], path: Path) -> int:
    """UTF-8 with a byte order mark, as spreadsheets want it; formulas made harmless."""
    count = 0
    with path.open("wb") as file:
        file.write(b"\xef\xbb\xbf")
        pl.DataFrame([[neutralised(name)] for name in headers], orient="col").write_csv(
            file, include_header=False, line_terminator="\r\n"
        )
        for batch in batches:
            harmless(with_written_instants(batch)).write_csv(
                file, include_header=False, line_terminator="\r\n"
            )
            count += batch.height
    return count


def write_xlsx(batches: Batches, headers: Sequence[str], path: Path) -> int:
    """One sheet of texts; raises ReaderError where a sheet cannot hold it."""
    workbook = Workbook(write_only=True)
    sheet = cast("WriteOnlyWorksheet", workbook.create_sheet("miaohui"))
    try:
        count = fill_sheet(sheet, batches, headers)
    finally:
        sheet.close()
    workbook.save(path)
    return count


def fill_sheet(sheet: WriteOnlyWorksheet, batches: Batches, headers: Sequence[str]) -> int:
    """Headers and rows of the one sheet."""
    sheet.append([sheet_cell(neutralised(name)) for name in headers])
    count = 0
    for batch in batches:
        count += batch.height
        if count > SHEET_ROWS:
            raise ReaderError(Problem("export.too_many_rows", {"most": SHEET_ROWS}))
        for row in harmless(with_written_instants(batch)).iter_rows():
            sheet.append([None if cell is None else sheet_cell(cell) for cell in row])
    return count


def write_jsonl(batches: Batches, headers: Sequence[str], path: Path) -> int:
    """One object a line, blanks left out; `extra` is an object of its own."""
    encoder = msgspec.json.Encoder()
    count = 0
    with path.open("wb") as file:
        for batch in batches:
            for row in with_written_instants(batch).iter_rows():
                pairs = zip(headers, row, strict=True)
                filled = {name: cell for name, cell in pairs if cell is not None}
                file.write(encoder.encode(filled) + b"\n")
            count += batch.height
    return count


def write_parquet(batches: Batches, headers: Sequence[str], path: Path) -> int:
    """Typed columns, `at` as Datetime in microseconds, UTC."""
    remaining = iter(batches)
    first = next(remaining, None)
    if first is None:
        pl.DataFrame(schema=dict.fromkeys(headers, pl.String)).write_parquet(path)
        return 0
    counted: list[int] = []

    def source(*_: object) -> Iterator[pl.DataFrame]:
        for batch in chain([first], remaining):
            counted.append(batch.height)
            yield batch

    register_io_source(source, schema=first.schema).sink_parquet(path, engine="streaming")
    return sum(counted)


def with_written_instants(batch: pl.DataFrame) -> pl.DataFrame:
    """`at` as ISO 8601 in UTC with a trailing Z, microseconds only where there are any."""
    at = pl.col("at")
    fine = at.dt.to_string("%Y-%m-%dT%H:%M:%S%.6fZ")
    whole = at.dt.to_string("%Y-%m-%dT%H:%M:%SZ")
    return batch.with_columns(pl.when(at.dt.microsecond() == 0).then(whole).otherwise(fine))


def harmless(batch: pl.DataFrame) -> pl.DataFrame:
    """Every cell that a spreadsheet could run marked with an apostrophe."""
    return batch.with_columns(pl.col(pl.String).str.replace(RUNS, "'$1"))


def sheet_cell(text: str) -> str:
    """A text as XLSX keeps it; characters that XML has none for are replaced."""
    if len(text) > CELL_CHARACTERS:
        values = {"length": len(text), "most": CELL_CHARACTERS}
        raise ReaderError(Problem("export.cell_too_long", values))
    escaped = ESCAPES.sub("_x005F_", text).replace("\r", "_x000D_")
    return UNPRINTABLE.sub("\ufffd", escaped)
