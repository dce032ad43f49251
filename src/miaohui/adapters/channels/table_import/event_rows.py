"""Rows of columns as events."""

from collections.abc import Iterator
from datetime import UTC

import msgspec
import polars as pl

from miaohui.domain.vocabulary.events import Event, Payload
from miaohui.domain.vocabulary.kinds import Actor, Origin

ACTORS = {actor.value: actor for actor in Actor}
ORIGINS = {origin.value: origin for origin in Origin}
PAYLOAD = ("text", "media", "order", "purpose", "about", "mark", "by", "rating", "brief")
OF_THE_DESK = ("group", "until", "tag")
EMPTY = Payload()

_extra = msgspec.json.Decoder(dict[str, str])


def events_of(frame: pl.DataFrame, first_seq: int) -> Iterator[Event]:
    """The rows of a batch as events, counted on from `first_seq`."""
    instants = frame.get_column("at").dt.replace_time_zone(None).to_list()
    who = frame.select("shop", "channel", "conversation", "buyer", "actor", "origin").rows()
    what = frame.select("kind", "source_id", "account").rows()
    rows = zip(instants, who, what, payloads_of(frame), strict=True)
    for seq, (at, person, deed, payload) in enumerate(rows, first_seq):
        shop, channel, conversation, buyer, actor, origin = person
        kind, source_id, account = deed
        yield Event(
            shop=shop,
            channel=channel,
            conversation=conversation,
            buyer=buyer,
            at=at.replace(tzinfo=UTC),
            actor=ACTORS[actor],
            origin=ORIGINS[origin],
            kind=kind,
            source_id=source_id,
            account=account,
            payload=payload,
            seq=seq,
        )


def payloads_of(frame: pl.DataFrame) -> Iterator[Payload]:
    """The payload of each row."""
    extras = frame.get_column("extra").to_list()
    said, desk = frame.select(PAYLOAD).iter_rows(), frame.select(OF_THE_DESK).iter_rows()
    for row, of_the_desk, extra in zip(said, desk, extras, strict=True):
        text, media, order, purpose, about, mark, by, rating, brief = row
        group, until, tag = of_the_desk
        payload = Payload(
            *(text, media, order, purpose, about, mark, by, rating, brief),
            extra={} if extra is None else _extra.decode(extra),
            group=group,
            until=until,
            tag=tag,
        )
        yield EMPTY if payload == EMPTY else payload
