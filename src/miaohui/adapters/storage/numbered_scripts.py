"""The numbered .sql files in the folder `migrations` of a storage, as steps in order."""

from collections.abc import Sequence
from importlib.resources import files
from typing import NamedTuple

FOLDER = "migrations"


class Migration(NamedTuple):
    """One step from a version of the tables to the next."""

    number: int
    name: str
    script: str


def migrations_of(package: str) -> Sequence[Migration]:
    """All steps that a package knows, in order."""
    entries = files(package).joinpath(FOLDER).iterdir()
    scripts = {entry.name: entry for entry in entries if entry.name.endswith(".sql")}
    return [
        Migration(int(name[:4]), name.removesuffix(".sql"), scripts[name].read_text("utf-8"))
        for name in sorted(scripts)
    ]
