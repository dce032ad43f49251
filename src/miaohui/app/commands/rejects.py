"""Rows that could not be read: written where the command runs, and counted."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from miaohui.adapters.channels.table_import.rejects import Reject, RejectFile
from miaohui.app.language import say


class Rejects:
    """One reject file for each table read; `chosen` is where the first one goes."""

    def __init__(self, chosen: Path | None, open_files: ExitStack) -> None:
        self.count = 0
        self._chosen = chosen
        self._open_files = open_files
        self._files: dict[Path, RejectFile] = {}

    def take(self, path: Path, headers: Sequence[str], reject: Reject) -> None:
        """Write down one row of a file, under the headers of that file."""
        self.count += 1
        if path not in self._files:
            target = self._chosen if self._chosen and not self._files else self._named_after(path)
            file = RejectFile(target, say, headers)
            self._files[path] = self._open_files.enter_context(file)
        self._files[path].write(reject)

    def files(self) -> list[Path]:
        """Where the rows are."""
        return [each.path for each in self._files.values()]

    def _named_after(self, path: Path) -> Path:
        """In the folder where the command runs: that of the file may be somebody else's."""
        taken = set(self.files())
        names = (path.name, *(f"{path.name}.{number}" for number in range(2, len(taken) + 3)))
        return next(
            target for name in names if (target := Path(f"{name}.rejects.csv")) not in taken
        )


@contextmanager
def rejects_into(chosen: Path | None) -> Iterator[Rejects]:
    """Reject files, closed whatever happens."""
    with ExitStack() as open_files:
        yield Rejects(chosen, open_files)
