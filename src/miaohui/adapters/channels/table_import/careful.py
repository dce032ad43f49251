"""Rows read one by one, where a text is damaged."""

import msgspec

from miaohui.adapters.channels.table_import.grids import (
    Grid,
    Row,
    fitted,
    frame_of,
)
from miaohui.adapters.channels.table_import.records import Broken, Record, read_record
from miaohui.adapters.channels.table_import.rejects import KEPT, Reject

Read = Row | Reject


CAREFUL_BYTES = 64 << 10  # how far to read with care once something was damaged


class Place(msgspec.Struct):
    """How far a file was read: the bytes not yet read, and the line they begin on."""

    data: bytes
    line: int = 1
    at: int = 0
    window: int = 1 << 62
    is_last: bool = False
    in_long_line: bool = False


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
