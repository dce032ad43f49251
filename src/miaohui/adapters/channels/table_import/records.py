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
    limit = min(len(data), start + RECORD_LIMIT)
    found = cut(data, start, limit, separator)
    if found is not None:
        return found
    if limit - start == RECORD_LIMIT:
        return Broken("reject.record_too_long")
    return Broken("reject.quote_open") if is_last else None


def cut(data: bytes, start: int, limit: int, separator: bytes) -> Record | Broken | None:
    """The record at an offset; None if it does not end before the limit."""
    cells: list[bytes] = []
    at = start
    while True:
        is_quoted = data.startswith(QUOTE, at, limit)
        cell = quoted_cell(data, at, limit) if is_quoted else bare_cell(data, at, limit, separator)
        if cell is None:
            return None
        value, after = cell
        cells.append(value)
        if data.startswith(separator, after, limit):
            at = after + 1
            continue
        behind = after_returns(data, after, limit)
        if data.startswith(END, behind, limit):
            return Record(tuple(cells), behind + 1)
        if behind == limit:
            return None
        return Broken("reject.quote_misplaced" if is_quoted else "reject.return_unquoted")


def bare_cell(data: bytes, at: int, limit: int, separator: bytes) -> tuple[bytes, int] | None:
    """A cell without quotes, and the offset of what ends it."""
    line_end = data.find(END, at, limit)
    line_limit = line_end if line_end >= 0 else limit
    end = data.find(separator, at, line_limit)
    carriage_return = data.find(b"\r", at, end if end >= 0 else line_limit)
    if carriage_return >= 0:
        return data[at:carriage_return], carriage_return
    if end < 0 and line_end < 0:
        return None
    end = end if end >= 0 else line_end
    return data[at:end], end


def after_returns(data: bytes, at: int, limit: int) -> int:
    """The offset behind the carriage returns that belong to the end of a line."""
    while data.startswith(b"\r", at, limit):
        at += 1
    return at


def quoted_cell(data: bytes, at: int, limit: int) -> tuple[bytes, int] | None:
    """A quoted cell without its quotes, and the offset behind them."""
    close = data.find(QUOTE, at + 1, limit)
    while close >= 0 and data.startswith(QUOTE, close + 1, limit):
        close = data.find(QUOTE, close + 2, limit)
    if close < 0:
        return None
    return data[at + 1 : close].replace(b'""', QUOTE), close + 1
