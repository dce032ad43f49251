"""What the live desk asks of storage: events taken in together with the messages that have to go
out, in one transaction.

Every implementation runs tests/adapters/storage/live_contract.py.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Protocol

import msgspec

from miaohui.domain.vocabulary.events import Event


class Recorded(msgspec.Struct, frozen=True):
    """Where the log holds an event: under a new `seq`, or that of the first of its source."""

    seq: int
    is_new: bool


class Sending(StrEnum):
    """How far a message on its way out has come."""

    QUEUED = "queued"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"


class Attempt(msgspec.Struct, frozen=True):
    """What became of one try to send the message `seq` of a shop.

    QUEUED tries again at `due_at`; FAILED gave up for `reason`, and lets the next one pass.
    """

    shop: str
    seq: int
    state: Sending
    due_at: datetime | None = None
    reason: str | None = None


class Outgoing(msgspec.Struct, frozen=True):
    """A message on its way out; (shop, seq) never changes and is what a channel may know it by."""

    event: Event
    state: Sending
    attempts: int
    due_at: datetime
    reason: str | None = None


class Unsent(msgspec.Struct, frozen=True):
    """How many messages of a channel are still to go out, and how many were given up."""

    queued: int = 0
    failed: int = 0


class OutboxState(msgspec.Struct, frozen=True):
    """How full the outbox is; `oldest_at`: when the oldest queued message came into the log."""

    queued: int
    failed: int
    oldest_at: datetime | None


class LiveLog(Protocol):
    """The log as the desk writes it. All calls block and raise ReaderError as ports.Log does."""

    def record(
        self,
        events: Sequence[Event],
        received_at: datetime,
        going_out: Collection[int] = (),
        attempts: Sequence[Attempt] = (),
    ) -> Sequence[Recorded]:
        """Write events, the outbox entries of those at the places `going_out`, and what became
        of earlier ones, in one transaction, durable on return.

        A repeat writes nothing and queues nothing. An attempt on a message that was delivered
        or failed already changes nothing.
        """
        ...

    def due(self, now: datetime, limit: int) -> Sequence[Outgoing]:
        """Messages to send now, those due longest first: of each conversation only the oldest
        queued one, so that none overtakes another."""
        ...

    def next_due(self) -> datetime | None:
        """When the next message is to be sent; None while nothing is queued."""
        ...

    def sending(self, shop: str, seqs: Collection[int]) -> Sequence[Outgoing]:
        """How far these messages have come; those that never went out are left out."""
        ...

    def unsent(self, shop: str) -> Mapping[str, Unsent]:
        """What has not gone out, by channel; those with nothing are left out."""
        ...

    def failed(self, shop: str, after_seq: int = 0, limit: int = 100) -> Sequence[Outgoing]:
        """Messages that were given up, oldest first."""
        ...

    def outbox_state(self) -> OutboxState:
        """How full the outbox is."""
        ...

    def send_again(self, shop: str, seq: int, due_at: datetime) -> bool:
        """Queue a failed message once more; False if there is no such one, or its buyer is erased,
        so that nobody can read it any more."""
        ...
