"""The process that reads one XLSX for `workbooks`, within the memory it is given.

A program of its own because the library holds the whole sheet: what a hostile file asks for must
end this process, not Miaohui. Writes length-prefixed MessagePack to its standard output: one list
of sheet rows at a time, each row a list of texts; the first message names the sheets.
"""

import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice

import msgspec
from python_calamine import CalamineWorkbook

ROWS_A_MESSAGE = 5_000

Cell = str | float | bool | time | date | datetime | timedelta


def main(path: str, sheet: int, memory_bytes: int) -> None:
    """Send the names of all sheets and the rows of one; -1 sends the first rows of each."""
    limit_memory(memory_bytes)
    workbook = CalamineWorkbook.from_path(path)
    send(workbook.sheet_names)
    if sheet < 0:
        for index in range(len(workbook.sheet_names)):
            send(list(islice(rows_of(workbook, index), 20)))
        return
    rows = rows_of(workbook, sheet)
    while batch := list(islice(rows, ROWS_A_MESSAGE)):
        send(batch)


def limit_memory(memory_bytes: int) -> None:
    """Cap this process's memory where the system can."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def rows_of(workbook: CalamineWorkbook, index: int) -> Iterator[list[str]]:
    """The rows of a sheet as text, from its first row on."""
    sheet = workbook.get_sheet_by_index(index)
    rows: Iterable[list[Cell]] = sheet.iter_rows()
    return ([text_of(cell) for cell in row] for row in rows)


def text_of(cell: Cell) -> str:
    """A cell as the text a CSV would hold; dates always with their time."""
    match cell:
        case str():
            return cell
        case bool():
            return "true" if cell else "false"
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime():
            return cell.isoformat(sep=" ")
        case date():
            return f"{cell.isoformat()} 00:00:00"
        case _:
            return str(cell)


def send(message: object) -> None:
    """One length-prefixed message."""
    data = msgspec.msgpack.encode(message)
    sys.stdout.buffer.write(len(data).to_bytes(4, "big") + data)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    try:
        main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
    except MemoryError:
        sys.exit(77)
    except BrokenPipeError:
        sys.exit(1)
