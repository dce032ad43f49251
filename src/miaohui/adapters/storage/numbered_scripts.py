"""The numbered .sql files in the folder `migrations` of a storage, as steps in order.

Numbers may leave gaps, to be filled later.
"""

from collections.abc import Collection, Sequence
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


def to_take(steps: Sequence[Migration], taken: Collection[int]) -> Sequence[Migration]:
    """The steps not taken yet, in order: also those below the newest one, which a program that
    was made beside this one may have taken first."""
    return [step for step in steps if step.number not in taken]


def unknown(steps: Sequence[Migration], taken: Collection[int]) -> int | None:
    """The newest step taken that this program does not know; None if it knows all."""
    return max(set(taken) - {step.number for step in steps}, default=None)


def reached(steps: Sequence[Migration], taken: Collection[int]) -> int:
    """The newest step up to which none is missing; 0 if the first is."""
    missing = to_take(steps, taken)
    numbers = [step.number for step in steps if not missing or step.number < missing[0].number]
    return max(numbers, default=0)
