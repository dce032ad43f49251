"""What is written is on the disk: files, and the names of files in their folder."""

import os
from pathlib import Path


def sync_file(path: Path) -> None:
    """A file's content outlives a power cut."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """The names in a folder outlive a power cut; Windows keeps them by itself."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
