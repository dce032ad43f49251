"""What the desk asks of storage beside the log: drafts, quick replies, alarms that were told, and
where people can be reached.

Every implementation runs tests/adapters/storage/desk_contract.py. All calls block, and raise
ReaderError as the log does.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

import msgspec

from miaohui.adapters.storage.directory_ports import Author, Obstacle
from miaohui.domain.directory.quick_replies import QuickReply
from miaohui.domain.directory.secret import Secret


class Draft(msgspec.Struct, frozen=True):
    """What somebody has begun to write in a chat."""

    chat: str
    text: str
    changed_at: datetime


class Drafts(Protocol):
    """Drafts by account and chat; sealed where they lie."""

    def keep_draft(self, account: str, draft: Draft) -> None:
        """Keep a draft, unless a newer one is there; an empty one is forgotten."""
        ...

    def drafts(self, account: str) -> Sequence[Draft]:
        """The drafts of an account, newest first."""
        ...

    def forget_drafts(self, chats: Collection[str]) -> None:
        """Forget what anybody has begun to write in some chats."""
        ...


class QuickReplies(Protocol):
    """Quick replies; every change is a deed in the audit log."""

    def quick_replies(self) -> Sequence[QuickReply]:
        """All of them, by folder, place and title."""
        ...

    def keep_quick_replies(self, replies: Sequence[QuickReply], author: Author) -> None:
        """Add or change some, in one transaction."""
        ...

    def remove_quick_reply(self, reply_id: str, author: Author) -> Obstacle | None:
        """UNKNOWN for one that is not there."""
        ...


class Reachable(NamedTuple):
    """Where somebody can be told something: by `way` (`web_push`, `email`), at an address that
    nobody may see."""

    account: str
    way: str
    address: Secret


class AddressBook(Protocol):
    """Where people can be reached beside their screens; sealed where they lie."""

    def keep_address(self, reachable: Reachable, now: datetime) -> None:
        """Keep an address; the same one again changes nothing."""
        ...

    def addresses(self, accounts: Collection[str]) -> Sequence[Reachable]:
        """The addresses of some accounts."""
        ...

    def forget_address(self, reachable: Reachable) -> None:
        """It is no longer valid, or no longer wanted."""
        ...


class ToldAlarms(Protocol):
    """What was told of alarms, so that a restart repeats nothing. A card is JSON by the caller."""

    def told_alarms(self) -> Mapping[str, bytes]:
        """The cards of all alarms that are not forgotten, by their keys."""
        ...

    def keep_told_alarms(self, cards: Mapping[str, bytes], gone: Collection[str]) -> None:
        """Write cards anew and forget those that are gone, in one transaction."""
        ...


class DeskStore(Drafts, QuickReplies, AddressBook, ToldAlarms, Protocol):
    """All of it in one place, as a storage gives it."""
