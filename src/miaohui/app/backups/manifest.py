"""What a backup says of itself, and whether its files are still what they were."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from miaohui.adapters.storage.contents import Contents
from miaohui.domain.vocabulary.problems import Problem, ReaderError

NAME = "manifest.json"
FORM = 1


class Kept(msgspec.Struct, frozen=True):
    """A file of a backup, by its path inside (with slashes)."""

    path: str
    size_bytes: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """The manifest of a backup; the log begun before `begun_at` is in it whole.

    `log` names the file that holds the log, `settings` the settings file; None if there was none.
    `origin` is where the log lay, without a password.
    """

    form: int = FORM
    made_by: str
    begun_at: datetime
    origin: str
    log: str
    settings: str | None
    contents: Contents
    files: Sequence[Kept]


def files_in(folder: Path) -> list[Kept]:
    """Every file of a backup but the manifest, in the order of their paths."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != NAME)
    return [
        Kept(path.relative_to(folder).as_posix(), path.stat().st_size, _digest(path))
        for path in paths
    ]


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write it down, not yet durably."""
    (folder / NAME).write_bytes(msgspec.json.format(msgspec.json.encode(manifest)) + b"\n")


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a backup whose files are all what they were.

    Raises ReaderError `backup.none`, `backup.newer`, and `backup.damaged` for every file that is
    missing, changed or should not be there.
    """
    manifest = heading_of(folder)
    if manifest is None:
        raise ReaderError(Problem("backup.none", {"path": str(folder)}))
    if manifest.form > FORM:
        values = {"path": str(folder), "version": manifest.made_by}
        raise ReaderError(Problem("backup.newer", values))
    problems = list(_damage(folder, manifest))
    if problems:
        raise ReaderError(*problems)
    return manifest


def heading_of(folder: Path) -> Manifest | None:
    """What the manifest in a folder says, unproved; None if there is none that can be read."""
    try:
        return msgspec.json.decode((folder / NAME).read_bytes(), type=Manifest)
    except (OSError, msgspec.DecodeError):
        return None


def _damage(folder: Path, manifest: Manifest) -> Iterator[Problem]:
    told = {each.path: each for each in manifest.files}
    found = {each.path: each for each in files_in(folder)}
    for path in sorted(told.keys() | found.keys()):
        if told.get(path) != found.get(path):
            yield Problem("backup.damaged", {"path": str(folder), "name": path})


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
