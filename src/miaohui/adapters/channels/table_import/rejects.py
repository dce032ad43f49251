"""Rows that cannot be read: where, why, and the row itself, in a file the reader can mend."""

import csv
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

import msgspec

from miaohui.domain.vocabulary.spreadsheets import neutralised

Translate = Callable[[str, Mapping[str, object]], str]

SHOWN = 80  # characters of a cell that a reason repeats
KEPT = 2_000  # characters of a cell that the reject file repeats


class Reject(msgspec.Struct, frozen=True):
    """One row left out.

    `line` is the physical line of the file where the row starts (the row of a sheet or of a
    Parquet file), from 1; `column` the header of the cell at fault, or None when the whole row
    is; `key` and `values` make the sentence; `cells` is what could be read of the row.
    """

    line: int
    column: str | None
    key: str
    values: Mapping[str, object] = {}
    cells: tuple[str, ...] = ()


RejectSink = Callable[[Reject], None]


def ignore(_: Reject) -> None:
    """A sink for callers who do not ask why."""


def shown(cell: str | None) -> str:
    """A cell short enough for a sentence."""
    written = cell or ""
    return written if len(written) <= SHOWN else written[:SHOWN] + "…"


class RejectFile:
    """Writes rejects as CSV for a spreadsheet; the file exists only once there is a reject."""

    def __init__(self, path: Path, translate: Translate, headers: Sequence[str]) -> None:
        self.path = path
        self.count = 0
        self._translate = translate
        self._headers = headers
        self._file: TextIO | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file is not None:
            self._file.close()

    def write(self, reject: Reject) -> None:
        """Append one reject: line, column, reason in the reader's language, the row's cells."""
        if self._file is None:
            self._file = self.path.open("w", encoding="utf-8-sig", newline="")
            self._row([*self._titles(), *self._headers])
        reason = self._translate(reject.key, reject.values)
        self._row([str(reject.line), reject.column or "", reason, *reject.cells])
        self.count += 1

    def _titles(self) -> list[str]:
        return [self._translate(f"reject.title.{part}", {}) for part in ("line", "column", "why")]

    def _row(self, cells: Sequence[str]) -> None:
        assert self._file is not None
        csv.writer(self._file).writerow([neutralised(writable(cell)) for cell in cells])


def writable(cell: str) -> str:
    """The cell without lone surrogates and NULs, and not endless."""
    clean = cell[:KEPT].encode("utf-8", "replace").decode("utf-8")
    return clean.replace("\0", "\ufffd")
