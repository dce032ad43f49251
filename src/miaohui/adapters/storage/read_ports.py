"""What the house asks of storage about who has read what.

Every implementation runs tests/adapters/storage/read_marks_contract.py. All calls block, and raise
ReaderError as the log does.
"""

from collections.abc import Collection, Mapping
from typing import NamedTuple, Protocol


class ReadUpTo(NamedTuple):
    """Up to which `seq` of its shop the buyer, and whoever answers, have read; 0: nothing."""

    buyer: int = 0
    agent: int = 0

    def further(self, other: "ReadUpTo") -> "ReadUpTo":
        """What both say together: nothing is unread again."""
        return ReadUpTo(max(self.buyer, other.buyer), max(self.agent, other.agent))


class ReadMarks(Protocol):
    """Marks by the ids of chats."""

    def read(self, chat_ids: Collection[str]) -> Mapping[str, ReadUpTo]:
        """The marks of chats; those without any are left out."""
        ...

    def keep(self, marks: Mapping[str, ReadUpTo]) -> None:
        """Move marks on, in one transaction; none moves back."""
        ...

    def forget(self, chat_ids: Collection[str]) -> None:
        """Nobody has read anything of these chats any more."""
        ...
