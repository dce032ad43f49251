"""The record of everything that happens (docs/metrics.md section 1) and its one wire form."""

from datetime import UTC, datetime
from typing import Annotated

import msgspec

from miaohui.domain.vocabulary.kinds import Actor, Origin

WIRE_VERSION = 1
Instant = Annotated[datetime, msgspec.Meta(tz=True)]


class Payload(msgspec.Struct, frozen=True, omit_defaults=True):
    """What an event says beyond who, when and which kind.

    `text`, `media` and `extra` may be personal and are sealed under the buyer's key in the log;
    the rest is open. `brief` is the normalised text of an agent's very short message, kept open
    because voiding perfunctory replies must not change when a buyer is erased. `group` is who a
    chat is for, `until` an instant in ISO 8601 (of a snooze, or when a task is due), `tag` one tag.
    """

    text: str | None = None
    media: str | None = None
    order: str | None = None
    purpose: str | None = None
    about: str | None = None  # the source_id of the event that a delivery or a recall is about
    mark: str | None = None
    by: str | None = None
    rating: str | None = None
    brief: str | None = None
    extra: dict[str, str] = {}
    group: str | None = None
    until: str | None = None
    tag: str | None = None


class Event(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that happened in one conversation of one shop.

    `seq` is 0 until the log (or the row order of a file) gave it its position. `kind` stays a
    string so that a kind of a newer version survives; `actor` and `origin` are closed words.
    """

    shop: str
    channel: str
    conversation: str
    buyer: str
    at: Instant
    actor: Actor
    origin: Origin
    kind: str
    source_id: str
    account: str | None = None
    payload: Payload = Payload()
    seq: int = 0
    id: str = ""
    received_at: Instant | None = None


class Envelope(msgspec.Struct, frozen=True, omit_defaults=True):
    """The wire form: the event beside the version that wrote it."""

    v: int
    event: msgspec.Raw


_encoder = msgspec.json.Encoder()
_envelope_decoder = msgspec.json.Decoder(Envelope)
_event_decoder = msgspec.json.Decoder(Event)


def to_wire(event: Event) -> bytes:
    """One JSON object: `{"v": 1, "event": {...}}`."""
    return _encoder.encode(Envelope(WIRE_VERSION, msgspec.Raw(_encoder.encode(event))))


def from_wire(wire: bytes) -> Event:
    """Read `to_wire` back; fields and kinds of newer versions are tolerated.

    Raises msgspec.ValidationError naming the field that is missing or of the wrong type.
    """
    event = _event_decoder.decode(_envelope_decoder.decode(wire).event)
    return msgspec.structs.replace(event, at=event.at.astimezone(UTC))
