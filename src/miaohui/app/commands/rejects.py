"""Rows that could not be read: written beside the file, and counted."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from miaohui.adapters.channels.table_import.rejects import Reject, RejectFile
from miaohui.app.language import say


class Rejects:
    """One reject file for each table read; `chosen` is where the first one goes."""

    def __init__(self, chosen: Path | None) -> None:
        self.count = 0
        self._chosen = chosen
        self._files: dict[Path, RejectFile] = {}

    def take(self, path: Path, reject: Reject) -> None:
        """Write down one row of a file."""
        self.count += 1
        if path not in self._files:
            target = self._chosen if self._chosen and not self._files else _named_after(path)
            self._files[path] = RejectFile(target, say, ()).__enter__()
        self._files[path].write(reject)

    def files(self) -> list[Path]:
        """Where the rows are."""
        return [each.path for each in self._files.values()]

    def close(self) -> None:
        """Finish the files."""
        for each in self._files.values():
            each.__exit__(None, None, None)


@contextmanager
def rejects_into(chosen: Path | None) -> Iterator[Rejects]:
    """Reject files, closed whatever happens."""
    rejects = Rejects(chosen)
    try:
        yield rejects
    finally:
        rejects.close()


def _named_after(path: Path) -> Path:
    """In the folder where the command runs: that of the file may be somebody else's."""
    return Path(f"{path.name}.rejects.csv")
