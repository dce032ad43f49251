"""What the house asks of a channel whose buyers come to a page of the house itself."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Literal, Protocol

import msgspec

from miaohui.domain.directory.webchat import Field
from miaohui.domain.vocabulary.events import Event

LONGEST_TEXT = 2_000
Id = Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9_-]{1,64}$")]
Text = Annotated[str, msgspec.Meta(max_length=LONGEST_TEXT)]
Line = Annotated[str, msgspec.Meta(max_length=200)]


class Visit(msgspec.Struct, frozen=True):
    """A buyer without an account: who, and since when this device knows it."""

    buyer: str
    begun_at: datetime


class Words(msgspec.Struct, frozen=True):
    """The buyer writes. `fields`: what the merchant asks of buyers first, by its name."""

    id: Id
    text: Text
    fields: Mapping[Field, Line] = {}


class Sight(msgspec.Struct, frozen=True):
    """The buyer shows a picture that was handed in before."""

    id: Id
    media: Id


class PersonWanted(msgspec.Struct, frozen=True):
    """The buyer asks for a person; `text` says so in their own language."""

    id: Id
    text: Line


class Verdict(msgspec.Struct, frozen=True):
    """How the buyer found it: 1 very satisfied, 2 so so, 3 not satisfied."""

    id: Id
    rating: Literal["1", "2", "3"]
    comment: Text = ""


class LeftWord(msgspec.Struct, frozen=True):
    """What a buyer leaves who found nobody there."""

    id: Id
    question: Text
    contact: Line
    name: Line = ""


Said = Words | Sight | PersonWanted | Verdict | LeftWord


class VisitDoor(Protocol):
    """Where buyers of one channel of one shop come in."""

    def begin(self, buyer: str, now: datetime) -> str:
        """A token by which the house knows this buyer again."""
        ...

    def admit(self, token: str, now: datetime) -> Visit:
        """Who brings a token. Raises ReaderError `webchat.token` for one that is damaged, of
        another channel or too old."""
        ...

    def events(
        self, visit: Visit, said: Said, now: datetime, account: str | None = None
    ) -> Sequence[Event]:
        """What the buyer says as events, the first of them under its own id; `account`: whom a
        verdict is about. Raises ReaderError `webchat.nothing_said`."""
        ...
