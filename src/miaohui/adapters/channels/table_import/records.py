"""One record of a separated text, cut into cells with care.

A cell that starts with a quote ends at the next single quote, which the separator or the end of
the line must follow; `""` is one quote. Any other quote is an ordinary character; a carriage
return outside quotes only stands before the end of a line. A record that breaks this, or is
longer than RECORD_LIMIT, costs its first line: reading goes on with the next.
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
        is_quoted = window.startswith(QUOTE, at)
        cell = quoted_cell(window, at) if is_quoted else bare_cell(window, at, separator)
        if cell is None:
            return None
        value, after = cell
        cells.append(value)
        if window.startswith(separator, after):
            at = after + 1
            continue
        behind = after_returns(window, after)
        if window.startswith(END, behind):
            return Record(tuple(cells), behind + 1)
        if behind == len(window):
            return None
        return Broken("reject.quote_misplaced" if is_quoted else "reject.return_unquoted")


def bare_cell(window: bytes, at: int, separator: bytes) -> tuple[bytes, int] | None:
    """A cell without quotes, and the offset of what ends it."""
    line_end = window.find(END, at)
    limit = line_end if line_end >= 0 else len(window)
    end = window.find(separator, at, limit)
    carriage_return = window.find(b"\r", at, end if end >= 0 else limit)
    if carriage_return >= 0:
        return window[at:carriage_return], carriage_return
    if end < 0 and line_end < 0:
        return None
    end = end if end >= 0 else line_end
    return window[at:end], end


def after_returns(window: bytes, at: int) -> int:
    """The offset behind the carriage returns that belong to the end of a line."""
    while window.startswith(b"\r", at):
        at += 1
    return at


def quoted_cell(window: bytes, at: int) -> tuple[bytes, int] | None:
    """A quoted cell without its quotes, and the offset behind them."""
    close = window.find(QUOTE, at + 1)
    while close >= 0 and window.startswith(QUOTE, close + 1):
        close = window.find(QUOTE, close + 2)
    if close < 0:
        return None
    return window[at + 1 : close].replace(b'""', QUOTE), close + 1
