"""Where a log lies: in a file, or in a database named by its address."""

from dataclasses import dataclass
from pathlib import Path

from miaohui.adapters.storage.postgres.address import is_address, shown


@dataclass(frozen=True, slots=True, repr=False)
class Database:
    """A database by its address; shown without any password."""

    url: str

    def __str__(self) -> str:
        return shown(self.url)


Place = Path | Database


def place_of(written: str) -> Place:
    """What a user wrote: `postgresql://…` is a database, all else a path."""
    return Database(written) if is_address(written) else Path(written)
