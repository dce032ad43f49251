"""What the house asks of a channel: to hand in events over the network, and to take messages."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

import msgspec

from miaohui.adapters.storage.live_ports import Outgoing
from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.problems import Problem


class Refused(msgspec.Struct, frozen=True):
    """An event that cannot be taken, by its place in the body, and why."""

    place: int
    problem: Problem


class Read(msgspec.Struct, frozen=True):
    """What a body holds: events, the place of each in the body, and those that are refused."""

    events: Sequence[Event]
    places: Sequence[int]
    refused: Sequence[Refused]


class Outcome(StrEnum):
    """What a channel says to one message handed to it."""

    TAKEN = "taken"
    LATER = "later"  # it may work another time
    REFUSED = "refused"  # it never will


class Answer(msgspec.Struct, frozen=True):
    """What became of one try to send; `after` is what the channel asks to wait."""

    outcome: Outcome
    reason: str | None = None
    after: timedelta | None = None


class Sender(Protocol):
    """Where one channel of one shop goes out."""

    async def send(self, outgoing: Outgoing) -> Answer:
        """Try once to send a message, which may have been sent before under the same
        (shop, seq). Raises nothing: what goes wrong is an answer."""
        ...


class Door(Protocol):
    """Where one channel of one shop comes in."""

    def admit(self, headers: Mapping[str, str], body: bytes, now: datetime) -> str:
        """The id of a delivery that is genuine, fresh and not taken before; headers in lower case.

        Raises ReaderError `webhook.unsigned`, `webhook.not_genuine`, `webhook.too_old`,
        `webhook.repeated`.
        """
        ...

    def taken(self, delivery: str, now: datetime) -> None:
        """Remember a delivery whose events are in the log."""
        ...

    def read(self, body: bytes, now: datetime) -> Read:
        """Read a body; what cannot be taken is set aside and the rest goes in.

        Raises ReaderError for a body that is no delivery at all.
        """
        ...

    def read_one(self, told: bytes, now: datetime) -> Event | Problem:
        """One event alone, or what is wrong with it."""
        ...
