"""XLSX as grids, read by a process of its own that may not take more than MEMORY_BYTES."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast
from zipfile import BadZipFile, ZipFile

import msgspec

from miaohui.adapters.channels.table_import.encodings import Progress
from miaohui.adapters.channels.table_import.grids import Grid, Row, fitted, frame_of
from miaohui.adapters.channels.table_import.rejects import Reject
from miaohui.domain.vocabulary.problems import Problem, ReaderError

MEMORY_BYTES = 1_150 << 20
UNPACKED_BYTES = 2 << 30
RATIO = 200
SMALL_BYTES = 64 << 20  # below this no ratio is suspicious
ENTRIES = 5_000
OUT_OF_MEMORY = 77


class Sheet(msgspec.Struct, frozen=True):
    """One sheet and its first rows."""

    index: int
    name: str
    rows: tuple[Row, ...]


def head_sheets(path: Path) -> list[Sheet]:
    """All sheets with their first filled rows.

    Raises ReaderError `table.xlsx_suspicious`, `table.xlsx_damaged` or `table.xlsx_too_big`.
    """
    refuse_bombs(path)
    with messages(path, -1) as received:
        names = cast("list[str]", next(received))
        return [
            Sheet(index, name, tuple(filled_rows(cast("list[list[str]]", next(received)))))
            for index, name in enumerate(names)
        ]


def sheet_grids(
    path: Path, sheet: int, width: int, after_line: int, progress: Progress | None
) -> Iterator[Grid]:
    """All rows of a sheet below a row; raises as `head_sheets`."""
    total = path.stat().st_size
    with messages(path, sheet) as received:
        next(received)
        line = 1
        for message in received:
            cells = cast("list[list[str]]", message)
            yield grid_of_cells(cells, line, width, after_line)
            line += len(cells)
    if progress is not None:
        progress(total, total)


def grid_of_cells(cells: Sequence[Sequence[str]], line: int, width: int, after_line: int) -> Grid:
    """Some rows of a sheet as a grid."""
    rows: list[Row] = []
    rejects: list[Reject] = []
    for number, row in enumerate(cells, line):
        found = fitted(padded(number, row, width), width) if number > after_line else None
        if isinstance(found, Row):
            rows.append(found)
        elif found is not None:
            rejects.append(found)
    return Grid(frame_of(rows, width), tuple(rejects))


def padded(number: int, cells: Sequence[str], width: int) -> Row:
    """A sheet's row; its cells end with the last filled one, so the rest are blank."""
    return Row(number, (*cells, *[""] * (width - len(cells))))


def filled_rows(cells: Sequence[Sequence[str]]) -> list[Row]:
    """The rows that are not blank."""
    return [
        Row(number, tuple(row)) for number, row in enumerate(cells, 1) if any(map(str.strip, row))
    ]


def refuse_bombs(path: Path) -> None:
    """Raise ReaderError if the file is no ZIP or unpacks to more than any honest table."""
    try:
        with ZipFile(path) as archive:
            entries = archive.infolist()
    except (BadZipFile, ValueError, NotImplementedError, EOFError):
        raise ReaderError(Problem("table.xlsx_damaged", file=str(path))) from None
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(path.stat().st_size, 1)
    is_bomb = unpacked > SMALL_BYTES and unpacked / packed > RATIO
    if is_bomb or unpacked > UNPACKED_BYTES or len(entries) > ENTRIES:
        values = {"megabytes": unpacked >> 20, "ratio": unpacked // packed}
        raise ReaderError(Problem("table.xlsx_suspicious", values, file=str(path)))


@contextmanager
def messages(path: Path, sheet: int) -> Iterator[Iterator[object]]:
    """What the reading process sends, until it is done; ends the process in any case."""
    module = "miaohui.adapters.channels.table_import.sheet_process"
    process = subprocess.Popen(  # noqa: S603 - our own program, no shell
        [sys.executable, "-m", module, str(path), str(sheet), str(MEMORY_BYTES)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment(),
        start_new_session=True,
    )
    assert process.stdout is not None
    try:
        yield received(process.stdout, process, path)
    finally:
        process.stdout.close()
        process.kill()
        process.wait()


def environment() -> dict[str, str]:
    """Our own environment, with the places where this process finds its modules."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


def received(stream: IO[bytes], process: subprocess.Popen[bytes], path: Path) -> Iterator[object]:
    """The messages of the process; raises ReaderError if it did not end well."""
    while len(size := stream.read(4)) == 4:
        data = stream.read(int.from_bytes(size, "big"))
        yield msgspec.msgpack.decode(data)
    match process.wait():
        case 0:
            return
        case code if code < 0 or code == OUT_OF_MEMORY:
            raise ReaderError(Problem("table.xlsx_too_big", file=str(path)))
        case _:
            raise ReaderError(Problem("table.xlsx_damaged", file=str(path)))
