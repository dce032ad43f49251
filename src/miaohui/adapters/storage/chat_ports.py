"""What the desk asks of storage about chats that are not in its memory: lists and histories.

A chat's id is the log's pseudonym of its conversation: 32 hex digits, the same for ever. Every
implementation runs tests/adapters/storage/chats_contract.py. All calls block, and raise
ReaderError as the log does.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Literal, NamedTuple, Protocol

import msgspec

from miaohui.domain.directory.scope import Scope
from miaohui.domain.vocabulary.events import Event

ChatState = Literal["waiting", "answered", "snoozed", "closed"]


class ChatKey(NamedTuple):
    """A chat by its names."""

    shop: str
    channel: str
    conversation: str


class Named(NamedTuple):
    """What a chat and its newest buyer are called; erased ones by their erased names."""

    key: ChatKey
    buyer: str
    is_erased: bool = False


class ChatRow(msgspec.Struct, frozen=True, kw_only=True):
    """A chat as lists show it; it holds no personal data, so it outlives an erasure.

    `account` has or last had it; `restless`: the desk must load it after a restart.
    """

    chat_id: str
    shop: str
    channel: str
    account: str | None = None
    group: str | None = None
    state: ChatState
    restless: bool = False
    opened_at: datetime
    last_at: datetime
    last_seq: int
    tags: tuple[str, ...] = ()
    spam: str | None = None
    rating: str | None = None
    open_tasks: int = 0


class ChatQuery(msgspec.Struct, frozen=True, kw_only=True):
    """Which chats a list shows: those in the reader's scope that fit every filter given.

    None among accounts, groups or spam asks for chats without one. `tags`: any of them.
    `since` ≤ last_at < `until`. `ids`: of these only, not more than some thousands.
    """

    scope: Scope
    ids: frozenset[str] | None = None
    channels: frozenset[str] | None = None
    accounts: frozenset[str | None] | None = None
    groups: frozenset[str | None] | None = None
    states: frozenset[ChatState] | None = None
    tags: frozenset[str] | None = None
    spam: frozenset[str | None] | None = None
    since: datetime | None = None
    until: datetime | None = None


class Page(NamedTuple):
    """Chats, newest `last_at` first; `cursor` asks for the next page, None after the last one."""

    rows: Sequence[ChatRow]
    cursor: str | None


class Chats(Protocol):
    """Lists of chats and their histories, beside the log."""

    def chat_ids(self, keys: Sequence[ChatKey]) -> Sequence[str]:
        """The ids of chats, whether they exist or not. Reads nothing."""
        ...

    def find(self, chat_ids: Collection[str]) -> Mapping[str, Named]:
        """The names of chats; unknown ones are left out."""
        ...

    def histories(self, chat_ids: Collection[str]) -> Mapping[str, Sequence[Event]]:
        """Every event of these chats in `seq` order, with nothing unsealed: text and media None,
        extra empty, conversation and buyer named by the chat's id. Unknown ones are left out."""
        ...

    def messages(
        self,
        chat_id: str,
        before_seq: int | None = None,
        after_seq: int | None = None,
        limit: int = 50,
    ) -> Sequence[Event]:
        """Whole events of a chat in `seq` order: the newest ones before `before_seq`, or, with
        `after_seq`, the oldest ones after it."""
        ...

    def last_texts(self, chat_ids: Collection[str]) -> Mapping[str, str]:
        """The newest text that a buyer, an agent or a bot wrote in each of these chats; those
        without any, and of erased buyers, are left out."""
        ...

    def keep(self, rows: Sequence[ChatRow], seen: Mapping[str, int]) -> None:
        """Add or replace rows, and note up to which `seq` of each shop all rows are true, in one
        transaction."""
        ...

    def seen(self) -> Mapping[str, int]:
        """Up to which `seq` of each shop the rows are true; shops never noted are left out."""
        ...

    def restless(self, shop: str) -> Sequence[str]:
        """The ids of a shop's restless chats."""
        ...

    def touched(self, shop: str, after_seq: int) -> Collection[str]:
        """The ids of chats with any event after a `seq`."""
        ...

    def first_received(self, shop: str, since: datetime) -> int:
        """The `seq` of the first event received at an instant or later; one after the newest if
        there is none."""
        ...

    def newest_seqs(self) -> Mapping[str, int]:
        """The newest `seq` of every shop of the log."""
        ...

    def rows(self, query: ChatQuery, cursor: str | None = None, limit: int = 50) -> Page:
        """A page of the chats that fit. Raises ReaderError `cursor.unreadable`."""
        ...
