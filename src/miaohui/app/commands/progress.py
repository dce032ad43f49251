"""Progress of long work on a terminal: done, rate and time left. Silent where nobody watches."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

Tell = Callable[[int, int], None]  # done, in all
MEGABYTE = 1 << 20


class Rate(ProgressColumn):
    """How much a second, in the step's own unit."""

    def render(self, task: Task) -> Text:
        """`12.3 MB/s`, `41,000/s`, or nothing yet."""
        if not task.speed:
            return Text("")
        if task.fields["in_bytes"]:
            return Text(f"{task.speed / MEGABYTE:,.1f} MB/s")
        return Text(f"{task.speed:,.0f}/s")


@contextmanager
def watched(title: str, in_bytes: bool = False) -> Iterator[Tell]:
    """One bar on the error stream, shown only if that is a terminal."""
    with _bars() as bars:
        yield _step(bars, title, in_bytes)


@contextmanager
def watched_import(reading: str, taking: str) -> Iterator[tuple[Tell, Tell]]:
    """Two bars, one after the other: bytes read, rows taken in."""
    with _bars() as bars:
        yield _step(bars, reading, True), _step(bars, taking, False)


def _bars() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), Rate())
    shown = sys.stderr.isatty()
    console = Console(stderr=True)
    return Progress(
        *columns, TimeRemainingColumn(), console=console, transient=True, disable=not shown
    )


def _step(bars: Progress, title: str, in_bytes: bool) -> Tell:
    task = bars.add_task(title, total=None, start=False, visible=False, in_bytes=in_bytes)

    def tell(done: int, everything: int) -> None:
        if not bars.tasks[task].started:
            bars.start_task(task)
        bars.update(task, completed=done, total=everything, visible=True)

    return tell
