"""What the house asks of storage: a log of events, one order per shop, nothing lost.

Every implementation runs the contract suite in tests/adapters/storage.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

import msgspec

from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.problems import Problem


class Appended(msgspec.Struct, frozen=True):
    """What an append did: events taken, and repeats that changed nothing."""

    added: int
    repeated: int


class Bookmark(msgspec.Struct, frozen=True):
    """How far the import of one file has come.

    `fingerprint` names the file's content, `position` is the importer's own count (rows or
    bytes), `done` that nothing of the file is left.
    """

    fingerprint: str
    position: int
    done: bool = False


class FactColumns(NamedTuple):
    """What figures need of a run of events, column by column, all of one length.

    `conversation` is the log's pseudonym (32 hex digits, the same for ever), `at` is
    microseconds since 1970-01-01 UTC, `actor` and `origin` are the words of the vocabulary.
    """

    shop: list[str]
    channel: list[str]
    conversation: list[str]
    at: list[int]
    actor: list[str]
    origin: list[str]
    account: list[str | None]
    kind: list[str]
    purpose: list[str | None]
    mark: list[str | None]
    about: list[str | None]
    brief: list[str | None]
    source_id: list[str]
    seq: list[int]


class Log(Protocol):
    """One append-only log per shop. All calls block; the caller decides on which thread.

    Every call raises ReaderError where the reader can help: a full disk, a lock that does not
    open, a damaged file.
    """

    def append(
        self, events: Sequence[Event], received_at: datetime, bookmark: Bookmark | None = None
    ) -> Appended:
        """Write all events, and the bookmark, in one transaction, durable on return.

        (shop, channel, source_id) is unique, the first wins. Gives every new event its `seq`
        (per shop, from 1, no gaps), its `id` if it has none, and `received_at`.
        """
        ...

    def bookmark(self, fingerprint: str) -> Bookmark | None:
        """The newest bookmark of a file; None if it was never imported."""
        ...

    def read(self, shop: str, after_seq: int = 0, limit: int | None = None) -> Iterator[Event]:
        """Events of a shop with `seq` > after_seq, in `seq` order.

        Of an erased buyer: text and media None, extra empty, names `erased-` + 12 hex digits.
        """
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


class FactSource(Protocol):
    """The same log as figures and reports read it: columns first, names only where shown."""

    def read_facts(
        self, shops: Collection[str] | None = None, until: datetime | None = None
    ) -> Iterator[FactColumns]:
        """The events known at the call with `at` ≤ until, shop by shop in `seq` order.

        Unseals nothing. Shops stand in the order in which the log first met them.
        """
        ...

    def stores(self) -> Sequence[tuple[str, str]]:
        """Every (shop, channel) of the log, sorted."""
        ...

    def read_by_time(self, shop: str) -> Iterator[Event]:
        """Events of a shop in order of `(at, seq)`: what a table of the log is written in."""
        ...

    def names(self, shop: str, channel: str, pseudonyms: Iterable[str]) -> Mapping[str, str]:
        """Readable conversation names of pseudonyms; unknown ones are left out.

        An erased one is called `erased-` + 12 hex digits.
        """
        ...

    def conversation_events(self, shop: str, channel: str, conversation: str) -> Iterator[Event]:
        """All events of a conversation in `seq` order; none if it is not known.

        `conversation` is a name, a pseudonym, or what an erased one is called.
        """
        ...

    def count(self) -> int:
        """Events in the whole log."""
        ...

    def newest_at(self) -> datetime | None:
        """The newest `at` of the whole log; None while it is empty."""
        ...
