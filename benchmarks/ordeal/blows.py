"""What else happens to a shop: its disk fills for a while, its database goes down."""

import asyncio
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

from benchmarks.ordeal.trial import Blow

FULL_SECONDS = 3.0
DOWN_SECONDS = 2.0
CHUNK = 1 << 20


class Database(Protocol):
    """A database server that can be stopped as by a crash, and started."""

    def stop(self, mode: str = "immediate") -> None: ...

    def start(self) -> None: ...


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[bool]:
    """A folder on a small disk of its own, where the system lets us make one; whether it did."""
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)],
        capture_output=True,
    )
    try:
        yield made.returncode == 0
    finally:
        if made.returncode == 0:
            subprocess.run(["umount", str(folder)], check=True, capture_output=True)


def full_disk(folder: Path) -> Blow:
    """The disk of a folder is full for a while."""

    async def blow() -> None:
        filler = folder / "filler"
        await asyncio.to_thread(_fill, filler)
        await asyncio.sleep(FULL_SECONDS)
        filler.unlink()

    return blow


def restarted(database: Database) -> Blow:
    """The database crashes and comes back."""

    async def blow() -> None:
        await asyncio.to_thread(database.stop)
        await asyncio.sleep(DOWN_SECONDS)
        await asyncio.to_thread(database.start)

    return blow


def _fill(path: Path) -> None:
    """To the last byte."""
    with path.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(CHUNK))
    with path.open("ab", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"\0")
