"""What people ask of storage to find a chat: by words, buyer, order, writer, day and kind.

Every implementation runs tests/adapters/storage/search_contract.py. All calls block, and raise
ReaderError as the log does.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

import msgspec

from miaohui.domain.directory.scope import Scope
from miaohui.domain.vocabulary.events import Event

MOST_COUNTED = 100


class Sought(msgspec.Struct, frozen=True, kw_only=True):
    """What a message must be to be found; whatever is left out is not asked for.

    Every one of the `words` stands in its text or its order number (domain.text.words says what
    that means). It was written by one of `accounts`; `since` ≤ at < `until`; `order` is its order
    number, or the first four characters of it or more; its buyer's name begins with `buyer`.
    Case and width never matter.
    """

    scope: Scope
    words: str = ""
    accounts: frozenset[str] | None = None
    channels: frozenset[str] | None = None
    kinds: frozenset[str] | None = None
    since: datetime | None = None
    until: datetime | None = None
    order: str | None = None
    buyer: str | None = None


class Found(NamedTuple):
    """A chat with such messages: the newest of them in whole, and how many there are (at most
    MOST_COUNTED are counted)."""

    chat_id: str
    newest: Event
    count: int


class FoundPage(NamedTuple):
    """Chats by their newest hits, newest `at` first; `cursor` asks for the next page, None after
    the last one."""

    found: Sequence[Found]
    cursor: str | None


class Search(Protocol):
    """Search over the messages of a log, by an index that is taken from the log.

    Found is what the index has come to: `index` is called again and again beside the writers.
    The index holds nothing that can be read without the master key, and nothing of erased buyers.
    """

    def search(self, sought: Sought, cursor: str | None = None, limit: int = 20) -> FoundPage:
        """A page of the chats found. Raises ReaderError `cursor.unreadable`, `search.damaged`."""
        ...

    def index(self, limit: int = 1_000) -> int:
        """Take about `limit` more events into the index; how many it went through, 0 when there
        are none left. Stopped anywhere, it goes on from there; several may call it at once."""
        ...

    def behind(self) -> int:
        """How many events of the log the index has not come to yet."""
        ...

    def rebuild(self) -> None:
        """Throw the index away; `index` takes it from the log anew."""
        ...
