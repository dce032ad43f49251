"""Files in the folder beside the log: written whole and synced, or not there."""

import os
from contextlib import suppress
from pathlib import Path

SMALL = ".small"  # at the end of a preview's name


def folder_of(log: Path) -> Path:
    """Where the pictures of a log lie."""
    return log.with_name(log.name + ".media")


def write(folder: Path, name: str, content: bytes) -> None:
    """Write a file, durable on return."""
    place = _place(folder, name)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = place.with_name(f".{place.name}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(place)
    for each in (place.parent, folder, folder.parent):
        _sync(each)


def read(folder: Path, name: str) -> bytes | None:
    """What a file holds; None if there is none."""
    with suppress(FileNotFoundError):
        return _place(folder, name).read_bytes()
    return None


def remove(folder: Path, name: str) -> None:
    """Remove a picture and its preview, as far as they are there."""
    for each in (name, name + SMALL):
        _place(folder, each).unlink(missing_ok=True)


_BINARY = getattr(os, "O_BINARY", 0)


def _place(folder: Path, name: str) -> Path:
    # A few hundred folders: none grows so large that it is slow to look into.
    return folder / name[:2] / name


def _sync(folder: Path) -> None:
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
