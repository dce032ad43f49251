"""Batches set aside until the whole file was read: in memory while few, then on disk."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

import polars as pl

HELD_BYTES = 96 << 20


class Spool:
    """Takes batches in one order and hands them back in that order or, rows and all, reversed."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = TemporaryDirectory(prefix="miaohui-", dir=folder)
        self._batches: list[pl.DataFrame | Path] = []
        self._held = 0
        self.rows = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._folder.cleanup()

    def add(self, batch: pl.DataFrame) -> None:
        """Set a batch aside."""
        self.rows += batch.height
        size = batch.estimated_size()
        if self._held + size <= HELD_BYTES:
            self._batches.append(batch)
            self._held += int(size)
            return
        path = Path(self._folder.name) / f"{len(self._batches)}.arrow"
        batch.write_ipc(path, compression="lz4")
        self._batches.append(path)

    def take(self, *, is_reversed: bool) -> Iterator[pl.DataFrame]:
        """Every batch once; what was handed back is let go."""
        while self._batches:
            batch = self._batches.pop() if is_reversed else self._batches.pop(0)
            frame = loaded(batch) if isinstance(batch, Path) else batch
            yield frame.reverse() if is_reversed else frame


def loaded(path: Path) -> pl.DataFrame:
    """A batch from disk, its file removed."""
    frame = pl.read_ipc(path)
    path.unlink()
    return frame
