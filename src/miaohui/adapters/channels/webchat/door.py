"""The door of one chat on a merchant's own site."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import assert_never

from miaohui.adapters.channels.visit_port import (
    LeftWord,
    PersonWanted,
    Said,
    Sight,
    Verdict,
    Visit,
    Words,
)
from miaohui.adapters.channels.webchat.tokens import token_of, visit_of
from miaohui.domain.vocabulary.events import Event, Payload
from miaohui.domain.vocabulary.kinds import Actor, Origin
from miaohui.domain.vocabulary.problems import Problem, ReaderError

OFFLINE_FORM = "offline_form"


class WebchatDoor:
    """visit_port.VisitDoor for tokens signed with `key`. A buyer has one conversation for ever."""

    def __init__(self, shop: str, channel: str, key: bytes) -> None:
        self._shop = shop
        self._channel = channel
        self._key = key

    def __repr__(self) -> str:
        return f"WebchatDoor({self._shop!r}, {self._channel!r})"

    def begin(self, buyer: str, now: datetime) -> str:
        """See visit_port.VisitDoor."""
        return token_of(self._key, Visit(buyer, now))

    def admit(self, token: str, now: datetime) -> Visit:
        """See visit_port.VisitDoor."""
        visit = visit_of(self._key, token, now)
        if visit is None:
            raise ReaderError(Problem("webchat.token"))
        return visit

    def events(
        self, visit: Visit, said: Said, now: datetime, account: str | None = None
    ) -> Sequence[Event]:
        """See visit_port.VisitDoor."""
        named = f"{visit.buyer}:{said.id}"
        return [
            Event(
                shop=self._shop,
                channel=self._channel,
                conversation=visit.buyer,
                buyer=visit.buyer,
                at=now,
                actor=Actor.BUYER,
                origin=Origin.HUMAN,
                kind=kind,
                source_id=named if place == 0 else f"{named}:{kind}",
                account=account if kind == "rating.given" else None,
                payload=payload,
            )
            for place, (kind, payload) in enumerate(_told(said))
        ]


def _told(said: Said) -> Iterator[tuple[str, Payload]]:
    match said:
        case Words(_, text, fields):
            yield "text", Payload(text=_something(text), extra=_filled({**fields}))
        case Sight(_, media):
            yield "image", Payload(media=media)
        case PersonWanted(_, text):
            if text.strip():
                yield "text", Payload(text=text.strip())
            yield "human_requested", Payload()
        case Verdict(_, rating, comment):
            yield "rating.given", Payload(rating=rating, text=comment.strip() or None)
        case LeftWord(_, question, contact, name):
            extra = _filled({"contact": _something(contact), "name": name})
            yield "text", Payload(text=_something(question), purpose=OFFLINE_FORM, extra=extra)
        case _:
            assert_never(said)


def _something(text: str) -> str:
    if not text.strip():
        raise ReaderError(Problem("webchat.nothing_said"))
    return text.strip()


def _filled(fields: Mapping[str, str]) -> dict[str, str]:
    return {name: value.strip() for name, value in fields.items() if value.strip()}
