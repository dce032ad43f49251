"""JSONL as grids: one object a line, its keys the columns."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec
import polars as pl

from miaohui.adapters.channels.table_import.grids import (
    MORE,
    PRINT,
    Grid,
    Row,
    frame_of,
)
from miaohui.adapters.channels.table_import.plans import PACKED, unprefixed
from miaohui.adapters.channels.table_import.records import RECORD_LIMIT
from miaohui.adapters.channels.table_import.rejects import Reject, shown
from miaohui.domain.vocabulary.interchange import COLUMNS, PAYLOAD_COLUMNS

HEAD_LINES = 200
# Keys of the interchange table that may first turn up beyond the head. Not `shop`: a file that
# never names one belongs to the default shop.
LATE_NAMES = (*(name for name in COLUMNS if name != "shop"), *PAYLOAD_COLUMNS, PACKED)
GRID_LINES = 20_000

Cells = dict[str, str]


class Line(msgspec.Struct, frozen=True):
    """A physical line without its end; None where it is too long to be read."""

    number: int
    data: bytes | None


def head_names(blocks: Iterator[bytes]) -> tuple[str, ...]:
    """The keys of the first objects, in the order in which they turn up."""
    names: dict[str, None] = {}
    for line in lines_of(blocks):
        if line.number > HEAD_LINES:
            break
        read = read_line(line)
        if isinstance(read, dict):
            names.update(dict.fromkeys(read))
    if {"at", "actor"} <= names.keys():
        here = {unprefixed(name) for name in names}
        names.update(dict.fromkeys(name for name in LATE_NAMES if name not in here))
    return tuple(names)


def json_grids(blocks: Iterator[bytes], names: Sequence[str]) -> Iterator[Grid]:
    """All objects of a file; cells under keys not in `names` are gathered in `more`."""
    known = {name: index for index, name in enumerate(names)}
    found: list[tuple[int, Cells]] = []
    rejects: list[Reject] = []
    for line in lines_of(blocks):
        read = read_line(line)
        if isinstance(read, Reject):
            rejects.append(read)
        elif read:
            found.append((line.number, read))
        if len(found) + len(rejects) >= GRID_LINES:
            yield json_grid(found, rejects, known)
            found.clear()
            rejects.clear()
    yield json_grid(found, rejects, known)


def json_grid(
    found: Sequence[tuple[int, Cells]], rejects: Sequence[Reject], known: Mapping[str, int]
) -> Grid:
    """Some objects as a grid."""
    rows = [Row(number, tuple(cells.get(name, "") for name in known)) for number, cells in found]
    prints = [netstrings(cells) for _, cells in found]
    more = [others(cells, known) for _, cells in found]
    frame = frame_of(rows, len(known)).with_columns(
        pl.Series(PRINT, prints, dtype=pl.String), pl.Series(MORE, more, dtype=pl.String)
    )
    return Grid(frame, tuple(rejects))


def netstrings(cells: Cells) -> str:
    """What the fingerprint of an object is made from: its keys and filled cells."""
    parts = (part for pair in cells.items() if pair[1] for part in pair)
    return "".join(f"{len(part.encode())}:{part}" for part in parts)


def others(cells: Cells, known: Mapping[str, int]) -> str | None:
    """The filled cells whose keys the head did not show, as a JSON object."""
    rest = {name: cell for name, cell in cells.items() if name not in known and cell.strip()}
    return msgspec.json.encode(rest).decode() if rest else None


def read_line(line: Line) -> Cells | Reject | None:
    """The cells of one line; None if it is blank."""
    if line.data is None:
        return Reject(line.number, None, "reject.record_too_long")
    if not line.data.strip():
        return None
    try:
        return object_of(line.data)
    except UnicodeError:
        key = "reject.undecodable"
    except (msgspec.DecodeError, RecursionError):
        key = "reject.json_broken"
    return Reject(line.number, None, key, {}, (shown(line.data.decode(errors="replace")),))


def object_of(data: bytes) -> Cells:
    """The cells of a JSON object.

    Raises UnicodeError and msgspec.DecodeError (also for JSON that is no object).
    """
    found = msgspec.json.decode(data.decode(), type=dict[str, object])
    cells = {name: cell_of(value) for name, value in found.items()}
    "".join(part for pair in cells.items() for part in pair).encode()
    return cells


def cell_of(value: object) -> str:
    """A JSON value as text."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer():
            return str(int(value))
        case int() | float():
            return str(value)
        case _:
            return msgspec.json.encode(value).decode()


def lines_of(blocks: Iterator[bytes]) -> Iterator[Line]:
    """Physical lines; one longer than RECORD_LIMIT is passed over without being kept."""
    number = 1
    rest = b""
    overlong = False
    for block in blocks:
        *whole, rest = (rest + block).split(b"\n")
        for data in whole:
            yield Line(number, None if overlong or len(data) > RECORD_LIMIT else data)
            number += 1
            overlong = False
        if len(rest) > RECORD_LIMIT:
            rest, overlong = b"", True
    if rest or overlong:
        yield Line(number, None if overlong else rest)


def is_object(head: bytes) -> bool:
    """Whether a text looks like JSONL by its first filled line."""
    return head.lstrip().startswith(b"{")
