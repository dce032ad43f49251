"""What the house asks of storage: a log of events, one order per shop, nothing lost.

Every implementation runs the contract suite in tests/adapters/storage.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Protocol

import msgspec

from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.problems import Problem


class Appended(msgspec.Struct, frozen=True):
    """What an append did: events taken, and repeats that changed nothing."""

    added: int
    repeated: int


class Log(Protocol):
    """One append-only log per shop. All calls block; the caller decides on which thread."""

    def append(self, events: Sequence[Event], received_at: datetime) -> Appended:
        """Write all events in one transaction, durable on return.

        (shop, channel, source_id) is unique, the first wins. Gives every new event its `seq`
        (per shop, from 1, no gaps), its `id` if it has none, and `received_at`.
        """
        ...

    def read(self, shop: str, after_seq: int = 0, limit: int | None = None) -> Iterator[Event]:
        """Events of a shop with `seq` > after_seq, in `seq` order."""
        ...

    def shops(self) -> Sequence[str]:
        """All shops of the log, sorted by name."""
        ...

    def erase_buyer(self, shop: str, channel: str, buyer: str) -> bool:
        """Destroy the buyer's key; False if there was none. No figure changes."""
        ...

    def check(self) -> Sequence[Problem]:
        """Everything that is wrong with the log; empty when it is sound."""
        ...

    def close(self) -> None:
        """Flush and let go."""
        ...
