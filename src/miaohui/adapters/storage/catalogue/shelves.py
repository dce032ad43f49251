"""What the catalogue asks of a storage: shelves for its cabinets, and messages of the log."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol

from miaohui.adapters.storage.catalogue.cabinets import Cabinet, Columns, Filled
from miaohui.adapters.storage.sealing import Keys
from miaohui.domain.directory.scope import Scope
from miaohui.domain.vocabulary.events import Event


class Moved(Exception):  # noqa: N818
    """A cabinet that was listed is gone: somebody has joined it to others or taken a buyer out."""


class Listed(NamedTuple):
    """All cabinets, and how often they have changed: a new one gets the next number."""

    changes: int
    cabinets: Sequence[Cabinet]


class Shops(NamedTuple):
    """Shops by number, and whether the log has no others."""

    numbers: Sequence[int]
    are_all: bool


class Living(NamedTuple):
    """An event whose buyer is not erased, where it lies, and its thread."""

    position: int
    thread: int
    event: Event


class Unfiled(NamedTuple):
    """Events that are to be filed next: `read` so many, of which the living are given, and up to
    which seq of every shop (by number) that goes. `changes` as in Listed."""

    changes: int
    read: int
    living: Sequence[Living]
    ends: Mapping[int, int]


class Shelves(Protocol):
    """Where cabinets stand. Numbers never come twice, so what was read of one stays true."""

    @property
    def keys(self) -> Keys:
        """What is derived from the master key."""
        ...

    def moment(self) -> AbstractContextManager[object]:
        """What is asked inside is of one moment, or raises Moved where it is not."""
        ...

    def listed(self) -> Listed:
        """All cabinets."""
        ...

    def columns(self, cabinets: Sequence[int]) -> Mapping[int, Columns]:
        """The columns of cabinets by their numbers. Raises Moved."""
        ...

    def drawers(self, places: Sequence[int]) -> Mapping[int, bytes]:
        """Sealed drawers by their places. Raises Moved."""
        ...

    def exchange(
        self, changes: int, gone: Sequence[int], new: Filled | None, ends: Mapping[int, int]
    ) -> bool:
        """Put one cabinet in the place of others and note how far the log is filed, in one
        transaction; False, and nothing done, if they have changed since `changes`."""
        ...


class FilingLog(Protocol):
    """The log as whoever files reads it."""

    def unfiled(self, limit: int) -> Unfiled:
        """About `limit` events that are not filed, all shops at an even pace."""
        ...


class FindingLog(Protocol):
    """The log as whoever searches reads it, inside `Shelves.moment`."""

    def shops(self, named: Collection[str]) -> Shops:
        """The numbers of these shops, as far as the log has them."""
        ...

    def living(self, positions: Sequence[int]) -> Mapping[int, Living]:
        """The events at these places, without those of erased buyers."""
        ...

    def chats_of(self, threads: Collection[int]) -> Mapping[int, str]:
        """The ids of the chats that threads belong to."""
        ...

    def threads_of(self, chats: Collection[str]) -> Mapping[int, str]:
        """All threads of chats, each with its chat's id."""
        ...

    def oldest_at(self, threads: Collection[int]) -> int:
        """The oldest instant of any event of these threads, in microseconds."""
        ...


class Rights(Protocol):
    """Which chats somebody may see, inside `Shelves.moment`."""

    def seen(self, scope: Scope, threads: Collection[int]) -> Collection[int]:
        """Those of these threads that are in a scope, its shops aside."""
        ...

    def all_seen(self, scope: Scope, most: int) -> Collection[int] | None:
        """All threads in a scope, its shops aside; None if they are more than `most`."""
        ...
