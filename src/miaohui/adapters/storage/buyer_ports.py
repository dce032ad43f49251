"""What the house asks of storage about buyers as such: who is quiet, and erasing them.

A buyer goes by a pseudonym, which names nobody and stays the same for ever. Every implementation
runs tests/adapters/storage/buyers_contract.py. All calls block, and raise ReaderError as the log
does.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, Protocol


class Who(NamedTuple):
    """A buyer of a channel by their pseudonym (32 hex digits)."""

    shop: str
    channel: str
    pseudonym: str


class Acquaintance(StrEnum):
    """How well the log knows a buyer. One who was erased may be BACK."""

    UNKNOWN = "unknown"
    LIVING = "living"
    ERASED = "erased"
    BACK = "back"


class Quiet(NamedTuple):
    """A buyer with a key: when anything last happened in one of their chats, or they last showed
    a picture, and whether the house keeps pictures of theirs."""

    who: Who
    last_at: datetime
    has_media: bool


class QuietPage(NamedTuple):
    """Some buyers in the order in which the log met them; `reached` asks for those behind, None
    when there are no more."""

    buyers: Sequence[Quiet]
    reached: int | None


class Buyers(Protocol):
    """The buyers of a log."""

    def who(self, shop: str, channel: str, buyer: str) -> Who:
        """A buyer by name, whether the log knows them or not. Reads nothing."""
        ...

    def in_chat(self, chat_id: str) -> Sequence[Who]:
        """Everybody who took part in a chat as its buyer, erased ones too."""
        ...

    def chats(self, buyers: Collection[Who]) -> Collection[str]:
        """The ids of all chats of some buyers, erased ones too."""
        ...

    def acquaintance(self, who: Who) -> Acquaintance:
        """How well the log knows somebody."""
        ...

    def unfile(self, buyers: Collection[Who]) -> None:
        """Take what they wrote out of the search, ahead of many `erase`, each of which is quicker
        for it."""
        ...

    def erase(self, buyers: Collection[Who]) -> int:
        """Destroy their keys and all that stands under them, in one short transaction; how many
        had one. No figure changes. `clean` is to follow."""
        ...

    def forget_media(self, buyers: Collection[Who]) -> int:
        """Remove their pictures; how many."""
        ...

    def clean(self, buyers: Collection[Who] | None) -> None:
        """Leave nothing of the destroyed keys of some buyers, None: of all, in any file.

        Raises ReaderError `log.erasure_waits` while somebody else still reads what they lay in:
        clean again when they have finished.
        """
        ...

    def quiet(self, shop: str, before: datetime, after: int = 0, limit: int = 1_000) -> QuietPage:
        """Of about `limit` buyers of a shop, met after the place `after`, those of whom nothing
        was heard since `before`."""
        ...
