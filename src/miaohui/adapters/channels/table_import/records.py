"""One record of a separated text, cut into cells with care.

A cell that starts with a quote ends at the next single quote, which the separator or the end of
the line must follow; `""` is one quote. Any other quote is an ordinary character. A record that
breaks this, or is longer than RECORD_LIMIT, costs its first line: reading goes on with the next.
"""

import msgspec

RECORD_LIMIT = 1 << 20  # bytes

QUOTE = b'"'
END = b"\n"


class Record(msgspec.Struct, frozen=True):
    """Cells as UTF-8 and the offset behind the record."""

    cells: tuple[bytes, ...]
    end: int


class Broken(msgspec.Struct, frozen=True):
    """No record starts here; `key` says why."""

    key: str


def read_record(data: bytes, start: int, separator: bytes, is_last: bool) -> Record | Broken | None:
    """The record at an offset; None if more bytes are needed to tell.

    `is_last`: nothing follows `data`, which then ends with a line end.
    """
    window = data[start : start + RECORD_LIMIT]
    found = cut(window, separator)
    match found:
        case Record():
            return Record(found.cells, start + found.end)
        case Broken():
            return found
        case None if len(window) == RECORD_LIMIT:
            return Broken("reject.record_too_long")
        case None:
            return Broken("reject.quote_open") if is_last else None


def cut(window: bytes, separator: bytes) -> Record | Broken | None:
    """The record at the start of the window; None if it does not end inside."""
    cells: list[bytes] = []
    at = 0
    while True:
        cell = quoted_cell(window, at) if window.startswith(QUOTE, at) else bare(window, at, separator)
        if cell is None:
            return None
        value, after = cell
        cells.append(value)
        if window.startswith(separator, after):
            at = after + 1
        elif window.startswith(END, after):
            return Record(tuple(cells), after + 1)
        elif window.startswith(b"\r\n", after):
            return Record(tuple(cells), after + 2)
        else:
            return None if b"\r".startswith(window[after:]) else Broken("reject.quote_misplaced")


def bare(window: bytes, at: int, separator: bytes) -> tuple[bytes, int] | None:
    """A cell without quotes, and the offset of what ends it."""
    line_end = window.find(END, at)
    end = window.find(separator, at, line_end if line_end >= 0 else len(window))
    if end >= 0:
        return window[at:end], end
    if line_end < 0:
        return None
    end = line_end - 1 if line_end > at and window[line_end - 1 : line_end] == b"\r" else line_end
    return window[at:end], end


def quoted_cell(window: bytes, at: int) -> tuple[bytes, int] | None:
    """A quoted cell without its quotes, and the offset behind them."""
    close = window.find(QUOTE, at + 1)
    while close >= 0 and window.startswith(QUOTE, close + 1):
        close = window.find(QUOTE, close + 2)
    if close < 0:
        return None
    return window[at + 1 : close].replace(b'""', QUOTE), close + 1
