"""Progress of long work on a terminal: done, rate and time left. Silent where nobody watches."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)

Tell = Callable[[int, int], None]  # done, in all


@contextmanager
def watched(title: str, in_bytes: bool = False) -> Iterator[Tell]:
    """A bar on the error stream, shown only if that is a terminal."""
    counts: tuple[ProgressColumn, ...] = (MofNCompleteColumn(),)
    if in_bytes:
        counts = (DownloadColumn(), TransferSpeedColumn())
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), *counts, TimeRemainingColumn())
    shown = sys.stderr.isatty()
    with Progress(*columns, console=console, transient=True, disable=not shown) as progress:
        task = progress.add_task(title, total=None)

        def tell(done: int, everything: int) -> None:
            progress.update(task, completed=done, total=everything)

        yield tell
