"""Opening a file: which format, encoding, separator and layout it has."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from miaohui.adapters.channels.table_import.encodings import (
    Encoding,
    Progress,
    detect_encoding,
    utf8_blocks,
)
from miaohui.adapters.channels.table_import.grids import Grid, Row
from miaohui.adapters.channels.table_import.headers import plan_of
from miaohui.adapters.channels.table_import.json_lines import head_names, is_object, json_grids
from miaohui.adapters.channels.table_import.parquet_files import parquet_grids, parquet_names
from miaohui.adapters.channels.table_import.plans import Plan, explained
from miaohui.adapters.channels.table_import.separated import head_rows, separated_grids
from miaohui.adapters.channels.table_import.typed_rows import Terms
from miaohui.adapters.channels.table_import.workbooks import Sheet, head_sheets, sheet_grids
from miaohui.domain.rules.pack import TableLayout
from miaohui.domain.vocabulary.problems import Problem, ReaderError
from miaohui.domain.vocabulary.spreadsheets import restored

Format = Literal["csv", "xlsx", "jsonl", "parquet"]

SEPARATORS = (b",", b"\t", b";", b"|")
HEAD_ROWS = 20
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
SNIFFED_BYTES = 4_096


class Table(msgspec.Struct, frozen=True):
    """A file that can be read: what it is and how its columns become ours.

    `encoding` and `separator` belong to text, `sheet` to XLSX (None for the others).
    """

    path: Path
    format: Format
    plan: Plan
    terms: Terms
    encoding: Encoding | None = None
    separator: str | None = None
    sheet: Sheet | None = None

    @property
    def headers(self) -> tuple[str, ...]:
        """The columns of the file."""
        return self.plan.headers


def open_table(
    path: Path,
    layouts: Sequence[TableLayout],
    mapping: Mapping[str, str],
    shop: str | None,
    timezone: str,
) -> Table:
    """Look at the head of a file and settle how to read it.

    `mapping`: our column → header in the file, or `=constant`. `shop`: for rows that name none.
    `timezone`: IANA name, for instants without an offset. Raises ReaderError `table.*`,
    `mapping.*`.
    """
    refuse_unknown_timezone(timezone)
    try:
        format_ = format_of(path)
        return OPENERS[format_](path, layouts, mapping, Terms(shop, timezone, format_ in SHEETS))
    except OSError as error:
        values = {"why": error.strerror or type(error).__name__}
        raise ReaderError(Problem("table.unreadable", values, file=str(path))) from None


SHEETS = ("csv", "xlsx")


def grids_of(table: Table, progress: Progress | None = None) -> Iterator[Grid]:
    """All rows of the file below its headers, as text. Raises ReaderError `table.*`."""
    width, line = len(table.plan.headers), table.plan.line
    match table.format:
        case "csv":
            blocks = blocks_of(table, progress)
            yield from separated_grids(blocks, (table.separator or ",").encode(), width, line)
        case "xlsx":
            sheet = 0 if table.sheet is None else table.sheet.index
            yield from sheet_grids(table.path, sheet, width, line, progress)
        case "jsonl":
            yield from json_grids(blocks_of(table, progress), table.plan.headers)
        case "parquet":
            yield from parquet_grids(table.path, progress)


def blocks_of(table: Table, progress: Progress | None) -> Iterator[bytes]:
    """The text of the file as UTF-8."""
    return utf8_blocks(table.path, table.encoding or Encoding("utf-8"), progress)


def refuse_unknown_timezone(name: str) -> None:
    """Raise ReaderError `timezone.unknown`."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ReaderError(Problem("timezone.unknown", {"name": name})) from None


def format_of(path: Path) -> Format:
    """The format by the first bytes, whatever the file is called.

    Raises ReaderError `table.no_file`, `table.empty`, `table.old_workbook`.
    """
    if not path.is_file():
        raise ReaderError(Problem("table.no_file", file=str(path)))
    with path.open("rb") as file:
        head = file.read(SNIFFED_BYTES)
    match head:
        case b"":
            raise ReaderError(Problem("table.empty", file=str(path)))
        case _ if head.startswith(OLD_WORKBOOK):
            raise ReaderError(Problem("table.old_workbook", file=str(path)))
        case _ if head.startswith(b"PK\x03\x04"):
            return "xlsx"
        case _ if head.startswith(b"PAR1"):
            return "parquet"
    encoding = detect_encoding(path)
    text = head[encoding.mark :].decode(encoding.name, "ignore").encode()
    return "jsonl" if is_object(text) else "csv"


def open_text(
    path: Path, layouts: Sequence[TableLayout], mapping: Mapping[str, str], terms: Terms
) -> Table:
    """A separated text; the separator is the one whose headers explain most."""
    encoding = detect_encoding(path)
    heads = {mark: head_of_text(path, encoding, mark) for mark in SEPARATORS}
    plans: list[tuple[int, bytes, Plan]] = []
    errors: list[tuple[int, ReaderError]] = []
    for mark, rows in heads.items():
        try:
            plan = plan_of(rows, layouts, mapping, str(path))
            plans.append((explained(plan), mark, plan))
        except ReaderError as error:
            errors.append((max((len(row.cells) for row in rows), default=0), error))
    if not plans:
        raise max(errors, key=lambda pair: pair[0])[1]
    _, mark, plan = max(plans, key=lambda triple: triple[0])
    return Table(path, "csv", plan, terms, encoding=encoding, separator=mark.decode())


def head_of_text(path: Path, encoding: Encoding, separator: bytes) -> list[Row]:
    """The first rows of a separated text."""
    rows = head_rows(utf8_blocks(path, encoding, None), separator, HEAD_ROWS)
    return [without_apostrophes(row) for row in rows]


def without_apostrophes(row: Row) -> Row:
    """A row of headers as it was before a spreadsheet export of ours neutralised it."""
    return Row(row.line, tuple(restored(cell) for cell in row.cells))


def open_workbook(
    path: Path, layouts: Sequence[TableLayout], mapping: Mapping[str, str], terms: Terms
) -> Table:
    """The first sheet of a workbook that can be read."""
    sheets = head_sheets(path)
    error = ReaderError(Problem("table.empty", file=str(path)))
    for sheet in sheets:
        try:
            rows = [without_apostrophes(row) for row in sheet.rows]
            plan = plan_of(rows, layouts, mapping, str(path))
        except ReaderError as failed:
            error = failed if sheet.rows else error
        else:
            return Table(path, "xlsx", plan, terms, sheet=sheet)
    raise error


def open_json_lines(
    path: Path, layouts: Sequence[TableLayout], mapping: Mapping[str, str], terms: Terms
) -> Table:
    """JSONL: the keys of its first objects are its headers."""
    encoding = detect_encoding(path)
    names = head_names(utf8_blocks(path, encoding, None))
    plan = plan_of([Row(0, names)] if names else [], layouts, mapping, str(path))
    return Table(path, "jsonl", plan, terms, encoding=encoding)


def open_parquet(
    path: Path, layouts: Sequence[TableLayout], mapping: Mapping[str, str], terms: Terms
) -> Table:
    """Parquet: its schema has the headers."""
    plan = plan_of([Row(0, parquet_names(path))], layouts, mapping, str(path))
    return Table(path, "parquet", plan, terms)


OPENERS = {
    "csv": open_text,
    "xlsx": open_workbook,
    "jsonl": open_json_lines,
    "parquet": open_parquet,
}
