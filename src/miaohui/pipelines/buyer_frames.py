"""What a buyer's page and the house tell each other: one JSON object a frame, one thing in it.

A buyer sees what was said, and nothing else of what happens in the log: no notes, no tags, no
assignments, and of whoever answers only the name that is meant to be seen.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Annotated, Literal

import msgspec

from miaohui.adapters.channels.visit_port import (
    LeftWord,
    PersonWanted,
    Said,
    Sight,
    Verdict,
    Words,
)
from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.kinds import Actor, Origin

BY_A_PERSON = frozenset({Origin.HUMAN, Origin.ASSISTED})
TEXTS, PICTURE, CARD = frozenset({"text", "emoji"}), "image", "card.product"
HIGHEST_SEQ = (1 << 40) - 1
Seq = Annotated[int, msgspec.Meta(ge=0, le=HIGHEST_SEQ)]
NameOf = Callable[[str | None], str]  # of an account, as buyers see it


class Shown(msgspec.Struct, frozen=True):
    """A picture to be fetched by its id."""

    id: str
    width: int
    height: int


class Goods(msgspec.Struct, frozen=True, omit_defaults=True):
    """A product that somebody recommends; money in fen."""

    title: str
    price_fen: int | None = None
    address: str | None = None


class Line(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something said. `id`: what the buyer's page called it; `name`: of the person, where there is
    one to be seen."""

    seq: int
    at: datetime
    by: Literal["buyer", "person", "robot"]
    id: str | None = None
    name: str | None = None
    text: str | None = None
    picture: Shown | None = None
    goods: Goods | None = None


class Outlook(msgspec.Struct, frozen=True, omit_defaults=True):
    """How things stand for a buyer. `people` are there; `opens_at`: when somebody comes, where
    nobody is there and that is known. `served`: somebody has the chat, called `name`. `waiting`:
    for an answer, `ahead` others before, some `minutes` (0: less than one) where that is known;
    `asked`: for a person, since one last answered.
    `rated`: what the buyer said of it since; `to_rate`: it is over, and was not rated yet."""

    people: int = 0
    opens_at: datetime | None = None
    served: bool = False
    name: str | None = None
    waiting: bool = False
    ahead: int | None = None
    minutes: int | None = None
    asked: bool = False
    rated: str | None = None
    to_rate: bool = False


class Problematic(msgspec.Struct, frozen=True):
    """A problem as a page is told it."""

    key: str
    sentence: str


class Answered(msgspec.Struct, frozen=True, omit_defaults=True):
    """What became of something said: its seq, or the problem."""

    id: str
    seq: int = 0
    problem: Problematic | None = None


class Caught(msgspec.Struct, frozen=True, omit_defaults=True):
    """All that the page has missed was told. `more`: there is something older; `token`: a new one
    in place of the old."""

    now: datetime
    more: bool = False
    token: str | None = None


class Older(msgspec.Struct, frozen=True, omit_defaults=True):
    """Lines before those that the page has; `more`: there are some before them."""

    lines: Sequence[Line]
    more: bool = False


class ToBuyer(msgspec.Struct, frozen=True, omit_defaults=True):
    """One frame to a page. `typing`: a person writes; `read`: up to which seq somebody has read;
    `recalled`: the seq of a message that was taken back; `closing`: come again in a moment;
    `forgotten`: the buyer is erased, so that the page forgets everything and begins anew."""

    lines: Sequence[Line] = ()
    caught: Caught | None = None
    older: Older | None = None
    answered: Answered | None = None
    outlook: Outlook | None = None
    typing: bool = False
    read: int = 0
    recalled: int = 0
    closing: bool = False
    forgotten: bool = False


class Start(msgspec.Struct, frozen=True):
    """The first thing a page says. `since`: the newest seq it has, null for none."""

    token: str
    since: Seq | None = None
    language: str = ""


class FromBuyer(msgspec.Struct, frozen=True):
    """One thing that a page says. `delivered` and `read` are seqs; `older` asks for what is before
    a seq."""

    start: Start | None = None
    words: Words | None = None
    sight: Sight | None = None
    person: PersonWanted | None = None
    verdict: Verdict | None = None
    left: LeftWord | None = None
    typing: bool = False
    delivered: Seq = 0
    read: Seq = 0
    older: Seq = 0

    @property
    def said(self) -> Said | None:
        """What of it goes into the log."""
        return self.words or self.sight or self.person or self.verdict or self.left


encode = msgspec.json.Encoder().encode


def line_of(event: Event, name_of: NameOf, recalled: Collection[str] = ()) -> Line | None:
    """An event as a buyer sees it; None for whatever is not theirs to see, was taken back, or
    cannot be read any more."""
    by, payload = _by(event), event.payload
    if by is None or event.source_id in recalled:
        return None
    picture, goods = _picture(event), _goods(event)
    text = payload.text if event.kind in TEXTS else None
    if not (text or picture or goods):
        return None
    return Line(
        seq=event.seq,
        at=event.at,
        by=by,
        id=event.source_id.partition(":")[2] if by == "buyer" else None,
        name=(name_of(event.account) or None) if by == "person" else None,
        text=text,
        picture=picture,
        goods=goods,
    )


def said_by_us(event: Event) -> bool:
    """Whether an event is something that the buyer is to get."""
    return _by(event) in ("person", "robot")


def _by(event: Event) -> Literal["buyer", "person", "robot"] | None:
    if event.kind not in TEXTS and event.kind not in (PICTURE, CARD):
        return None
    match event.actor:
        case Actor.BUYER:
            return "buyer"
        case Actor.AGENT if event.origin in BY_A_PERSON:
            return "person"
        case Actor.AGENT | Actor.BOT:
            return "robot"
        case _:
            return None


def _picture(event: Event) -> Shown | None:
    if event.kind != PICTURE or not event.payload.media:
        return None
    extra = event.payload.extra
    return Shown(event.payload.media, _number(extra, "width") or 0, _number(extra, "height") or 0)


def _goods(event: Event) -> Goods | None:
    extra = event.payload.extra
    title = extra.get("title") or event.payload.text
    if event.kind != CARD or not title:
        return None
    address = extra.get("url", "")
    link = address if address.startswith(("https://", "http://")) else None
    return Goods(title, _number(extra, "price_fen"), link)


def _number(extra: Mapping[str, str], name: str) -> int | None:
    written = extra.get(name, "")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 12 else None
