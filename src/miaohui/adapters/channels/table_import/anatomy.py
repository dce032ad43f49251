"""Where the records of a block of separated text begin and end, found by whole-array arithmetic.

As long as quotes are well placed, being inside one is the parity of the quotes so far. The first
quote that is not well placed ends the run; `records` looks at that place with care.
"""

import msgspec
import numpy as np
from numpy.typing import NDArray

from miaohui.adapters.channels.table_import.records import RECORD_LIMIT

NEWLINE, RETURN, QUOTE = 10, 13, 34

Offsets = NDArray[np.int64]


class Run(msgspec.Struct, frozen=True):
    """Well-placed records from the start of a block on.

    `starts`, `ends`: byte offsets of each record, its line end included. `lines`: how many lines
    of the block lie before each. `cells`: how many cells each has. `odd`: has a carriage return
    that does not end it. `length` and `line_count`: bytes and lines of all of them. `is_clean`:
    what follows is only cut off by the end of the block, not damaged.
    """

    starts: Offsets
    ends: Offsets
    lines: Offsets
    cells: Offsets
    odd: NDArray[np.bool_]
    length: int
    line_count: int
    is_clean: bool


def run_of(block: bytes, separator: bytes) -> Run:
    """The longest run of well-placed records at the start of the block."""
    data = np.frombuffer(block, np.uint8)
    newlines = np.flatnonzero(data == NEWLINE)
    quotes = np.flatnonzero(data == QUOTE)
    damage = min(first_misplaced(data, quotes, separator[0]), first_bare_return(data, quotes))
    outside = newlines if not len(quotes) else newlines[np.searchsorted(quotes, newlines) % 2 == 0]
    ends = outside[outside < damage] + 1
    starts = np.concatenate([np.zeros(1, np.int64), ends[:-1]])[: len(ends)]
    too_long = np.flatnonzero(ends - starts > RECORD_LIMIT)
    is_clean = damage == len(data) and not len(too_long)
    if len(too_long):
        ends, starts = ends[: too_long[0]], starts[: too_long[0]]
    return described(data, newlines, quotes, separator[0], starts, ends, is_clean=is_clean)


def first_misplaced(data: NDArray[np.uint8], quotes: Offsets, separator: int) -> int:
    """The offset of the first quote that neither opens nor closes a cell; the length if none."""
    opening, closing = quotes[0::2], quotes[1::2]
    before = data[np.maximum(opening - 1, 0)]
    opens = (before == separator) | (before == NEWLINE) | (opening == 0)
    opens[1:] |= opening[1:] == closing[: len(opening) - 1] + 1
    after = byte_at(data, closing + 1)
    closes = (after == separator) | (after == NEWLINE) | (after == QUOTE) | (after == -1)
    closes |= (after == RETURN) & np.isin(byte_at(data, closing + 2), (NEWLINE, -1))
    return min(first_where(~opens, opening, len(data)), first_where(~closes, closing, len(data)))


def first_bare_return(data: NDArray[np.uint8], quotes: Offsets) -> int:
    """The offset of the first carriage return outside quotes that no line end follows."""
    returns = np.flatnonzero(data == RETURN)
    outside = returns[np.searchsorted(quotes, returns) % 2 == 0]
    wrong = ~np.isin(byte_at(data, outside + 1), (NEWLINE, RETURN, -1))
    return first_where(wrong, outside, len(data))


def byte_at(data: NDArray[np.uint8], offsets: Offsets) -> NDArray[np.int16]:
    """The bytes at some offsets, -1 beyond the end."""
    inside = np.minimum(offsets, len(data) - 1)
    return np.where(offsets < len(data), data[inside], -1).astype(np.int16)


def first_where(wrong: NDArray[np.bool_], offsets: Offsets, otherwise: int) -> int:
    """The first offset whose flag is set."""
    return int(offsets[wrong.argmax()]) if wrong.any() else otherwise


def described(
    data: NDArray[np.uint8],
    newlines: Offsets,
    quotes: Offsets,
    separator: int,
    starts: Offsets,
    ends: Offsets,
    *,
    is_clean: bool,
) -> Run:
    """The run of the records between these offsets."""
    length = int(ends[-1]) if len(ends) else 0
    separators = np.flatnonzero(data[:length] == separator)
    if len(quotes):
        separators = separators[np.searchsorted(quotes, separators) % 2 == 0]
    return Run(
        starts,
        ends,
        lines=np.searchsorted(newlines, starts),
        cells=counted(separators, ends) + 1,
        odd=counted(loose_returns(data[:length], ends), ends) > 0,
        length=length,
        line_count=int(np.searchsorted(newlines, length)),
        is_clean=is_clean,
    )


def loose_returns(data: NDArray[np.uint8], ends: Offsets) -> Offsets:
    """Offsets of carriage returns that do not end a record."""
    returns = np.flatnonzero(data == RETURN)
    return np.setdiff1d(returns, ends - 2, assume_unique=True) if len(returns) else returns


def counted(offsets: Offsets, ends: Offsets) -> Offsets:
    """How many of the offsets lie in each record."""
    return np.diff(np.searchsorted(offsets, ends), prepend=0)
