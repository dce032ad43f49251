"""What a channel tells: events as JSON, each looked at on its own."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated

import msgspec

from miaohui.adapters.channels.port import Read, Refused
from miaohui.domain.text.brief import agents_brief
from miaohui.domain.vocabulary.events import Event, Instant, Payload
from miaohui.domain.vocabulary.kinds import Actor, Origin, family_of
from miaohui.domain.vocabulary.problems import Problem, ReaderError

MOST_EVENTS = 1_000
FUTURE = timedelta(minutes=5)  # how far a channel's clock may run ahead of ours
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=256)]
Text = Annotated[str, msgspec.Meta(max_length=20_000)]


class Said(msgspec.Struct, frozen=True, omit_defaults=True):
    """A payload with limits; fields as in vocabulary.events.Payload."""

    text: Text | None = None
    media: Text | None = None
    order: Name | None = None
    purpose: Name | None = None
    about: Name | None = None
    mark: Name | None = None
    by: Name | None = None
    rating: Name | None = None
    extra: dict[Name, Text] = {}
    group: Name | None = None
    until: Name | None = None
    tag: Name | None = None


class Arrival(msgspec.Struct, frozen=True, kw_only=True):
    """An event as a channel tells it. Shop and channel are those that signed it."""

    conversation: Name
    buyer: Name
    at: Instant
    actor: Actor
    origin: Origin
    kind: Name
    source_id: Name
    account: Name | None = None
    payload: Said = Said()


class Delivery(msgspec.Struct, frozen=True):
    """A body: `{"events": [...]}`."""

    events: list[msgspec.Raw]


_delivery = msgspec.json.Decoder(Delivery)
_arrival = msgspec.json.Decoder(Arrival)


def read_delivery(body: bytes, shop: str, channel: str, now: datetime) -> Read:
    """Read a body; what cannot be taken is set aside and the rest goes in.

    Raises ReaderError `webhook.unreadable` or `webhook.too_many` for a body that is no delivery.
    """
    try:
        raw = _delivery.decode(body).events
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ReaderError(Problem("webhook.unreadable", {"reason": str(error)})) from None
    if len(raw) > MOST_EVENTS:
        raise ReaderError(Problem("webhook.too_many", {"count": len(raw), "most": MOST_EVENTS}))
    told = [read_event(bytes(each), shop, channel, now) for each in raw]
    return Read(
        [each for each in told if isinstance(each, Event)],
        [place for place, each in enumerate(told) if isinstance(each, Event)],
        list(_refused(told)),
    )


def read_event(told: bytes, shop: str, channel: str, now: datetime) -> Event | Problem:
    """One event, or what is wrong with it."""
    try:
        arrival = _arrival.decode(told)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return Problem("webhook.event_unreadable", {"reason": str(error)})
    if arrival.at > now + FUTURE:
        return Problem("webhook.from_the_future", {"at": arrival.at.isoformat()})
    if arrival.at < EARLIEST:
        return Problem("webhook.from_long_ago", {"at": arrival.at.isoformat()})
    if family_of(arrival.kind) is None:
        return Problem("webhook.unknown_kind", {"kind": arrival.kind})
    return _event(arrival, shop, channel)


def _event(arrival: Arrival, shop: str, channel: str) -> Event:
    said = arrival.payload
    return Event(
        shop=shop,
        channel=channel,
        conversation=arrival.conversation,
        buyer=arrival.buyer,
        at=arrival.at.astimezone(UTC),
        actor=arrival.actor,
        origin=arrival.origin,
        kind=arrival.kind,
        source_id=arrival.source_id,
        account=arrival.account,
        payload=Payload(
            text=said.text,
            media=said.media,
            order=said.order,
            purpose=said.purpose,
            about=said.about,
            mark=said.mark,
            by=said.by,
            rating=said.rating,
            brief=agents_brief(said.text) if arrival.actor is Actor.AGENT else None,
            extra=said.extra,
            group=said.group,
            until=said.until,
            tag=said.tag,
        ),
    )


def _refused(told: Sequence[Event | Problem]) -> Iterator[Refused]:
    for place, each in enumerate(told):
        if isinstance(each, Problem):
            yield Refused(place, each)
