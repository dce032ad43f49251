"""What the house asks of storage about erasures that were asked for, and about how far the daily
forgetting has come.

Every implementation runs tests/adapters/storage/erasures_contract.py. All calls block, and raise
ReaderError as the log does.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

import msgspec

from miaohui.adapters.storage.buyer_ports import Who
from miaohui.adapters.storage.directory_ports import Author

# Whoever began and has said nothing for so long is taken for dead.
GIVEN_UP_AFTER = timedelta(seconds=60)


class Stage(StrEnum):
    """How far an erasure has come. WAITING: what was destroyed still lies in old pages, because
    somebody reads them; nobody finds it there without knowing where to look."""

    ASKED = "asked"
    BEGUN = "begun"
    WAITING = "waiting"
    DONE = "done"


class Erasure(msgspec.Struct, frozen=True):
    """Buyers of a shop who are to be erased, and the ids of their chats; `asked_by` an account,
    None for the house itself."""

    id: str
    shop: str
    whom: tuple[Who, ...]
    chats: tuple[str, ...]
    asked_at: datetime
    asked_by: str | None
    stage: Stage = Stage.ASKED
    changed_at: datetime | None = None


class Erasures(Protocol):
    """Erasures in the order in which they were asked for; none is ever removed."""

    def ask(self, erasure: Erasure, author: Author) -> Erasure:
        """Write down that somebody asks for an erasure, and the deed `buyer.erased`; or the one
        of the same buyers that is not done yet."""
        ...

    def find(self, shop: str, erasure_id: str) -> Erasure | None:
        """An erasure of a shop."""
        ...

    def newest(self, shop: str, whom: Collection[Who]) -> Erasure | None:
        """The last one that was asked for of exactly these buyers."""
        ...

    def of_shop(self, shop: str, before: str | None, limit: int) -> Sequence[Erasure]:
        """Those of a shop, newest first, before the one of an id."""
        ...

    def claim(self, erasure_id: str, now: datetime) -> bool:
        """Take it upon oneself to carry an erasure out: of several who do, one gets True. What
        somebody else began, or what waits, is free again after GIVEN_UP_AFTER."""
        ...

    def reach(self, erasure_id: str, stage: Stage, now: datetime) -> None:
        """It has come so far."""
        ...

    def unfinished(self) -> Sequence[Erasure]:
        """Those that are not done, oldest first."""
        ...


class Progress(msgspec.Struct, frozen=True):
    """How far the forgetting of a day has come in a shop: behind which place among its buyers, and
    how much is forgotten. `reached` None: the day is done."""

    day: date
    reached: int | None = 0
    buyers: int = 0
    pictures: int = 0


class Forgettings(Protocol):
    """How far the daily forgetting has come."""

    def progress(self, shop: str) -> Progress | None:
        """That of the last day that was begun."""
        ...

    def keep_progress(self, shop: str, progress: Progress, author: Author) -> None:
        """It has come so far; a day that is done, and on which anything was forgotten, is a deed
        `retention.kept`."""
        ...
