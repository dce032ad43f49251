"""Events as they were given, shop by shop or one conversation at a time, a chunk at a time."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from miaohui.adapters.storage.details import read_open, read_sealed
from miaohui.adapters.storage.erased_names import PSEUDONYM_DIGITS, told_digits
from miaohui.adapters.storage.postgres.connection import Connection
from miaohui.adapters.storage.postgres.failures import trouble
from miaohui.adapters.storage.postgres.naming import Person, channel_number, people_of
from miaohui.adapters.storage.postgres.people import pseudonym_of
from miaohui.adapters.storage.postgres.store import Store, reading
from miaohui.adapters.storage.postgres.texts import kept_text, told_text
from miaohui.adapters.storage.rows import SEQ_MASK, SHOP_SHIFT, position_of
from miaohui.domain.vocabulary.events import Event, Payload
from miaohui.domain.vocabulary.instants import instant_of
from miaohui.domain.vocabulary.kinds import Actor, Origin

# Small enough to hold, large enough to read keys in bulk.
CHUNK = 2_000
POSITIONS_AT_ONCE = 50_000
ONE_DAY = 86_400.0

# Places first, then each event and its detail by index, in the order of the places.
EVENTS = """
SELECT event.position, channel, thread, manner, at, source_id, about, purpose, mark, brief,
    id, given_id, received_at, open, sealed
FROM unnest($1::bigint[]) WITH ORDINALITY AS asked (position, place)
CROSS JOIN LATERAL (SELECT * FROM event WHERE position = asked.position LIMIT 1) AS event
CROSS JOIN LATERAL (SELECT * FROM detail WHERE position = asked.position LIMIT 1) AS detail
ORDER BY place
"""
OF_SHOP = """
SELECT position FROM event WHERE position > $1 AND position <= $2 ORDER BY position LIMIT $3
"""
# position + 0: all of a conversation by its index, not the whole log in order.
OF_CONVERSATION = """
SELECT position FROM event
WHERE thread = ANY(ARRAY(SELECT id FROM thread WHERE channel = $1 AND pseudonym = $2))
    AND position > $3
ORDER BY position + 0 LIMIT $4
"""
BY_TIME = """
SELECT position FROM event WHERE position > $1 AND position <= $2 ORDER BY at, position
"""
FIND_SHOP = "SELECT id FROM shop WHERE name = $1"
FIND_STAND_IN = """
SELECT pseudonym FROM thread
WHERE channel = $1 AND pseudonym >= $2 AND pseudonym <= $3 ORDER BY pseudonym LIMIT 1
"""


def read(store: Store, shop: str, after_seq: int, limit: int | None) -> Iterator[Event]:
    """See ports.Log.read."""
    number = store.loop.wait(shop_number(store, shop))
    if number is None:
        return
    last, end = position_of(number, max(after_seq, 0)), position_of(number, SEQ_MASK)
    left = limit
    while left is None or left > 0:
        wanted = CHUNK if left is None else min(CHUNK, left)
        events = store.loop.wait(_chunk(store, OF_SHOP, last, end, wanted))
        yield from events
        if len(events) < wanted:
            return
        last = position_of(number, events[-1].seq)
        left = None if left is None else left - wanted


def read_by_time(store: Store, shop: str) -> Iterator[Event]:
    """See ports.FactSource.read_by_time."""
    positions = store.loop.wait(_positions_by_time(store, shop))
    for first in range(0, len(positions), CHUNK):
        yield from store.loop.wait(_at(store, positions[first : first + CHUNK]))


def conversation_events(
    store: Store, shop: str, channel: str, conversation: str
) -> Iterator[Event]:
    """See ports.FactSource.conversation_events."""
    found = store.loop.wait(_stand_in(store, shop, channel, conversation))
    last = 0
    while found is not None:
        events = store.loop.wait(_chunk(store, OF_CONVERSATION, *found, last, CHUNK))
        yield from events
        if len(events) < CHUNK:
            return
        last = position_of(store.channels.keys[found[0]][0], events[-1].seq)


async def events_at(
    store: Store, connection: Connection, positions: Sequence[int]
) -> dict[int, Event]:
    """The events at these places, in the order asked for."""
    rows = await _with_people(store, connection, positions)
    return {row["position"]: _event(store, row, person) for row, person in rows}


async def living(
    store: Store, connection: Connection, positions: Sequence[int]
) -> list[tuple[int, int, Event]]:
    """Where events lie, their threads and they themselves, without those of erased buyers, in
    the order asked for."""
    rows = await _with_people(store, connection, positions)
    return [
        (row["position"], row["thread"], _event(store, row, person))
        for row, person in rows
        if person.cipher is not None
    ]


async def shop_number(store: Store, shop: str) -> int | None:
    """The number of a shop; None if the log has not met it."""
    async with reading(store) as connection:
        return await connection.fetchval(FIND_SHOP, kept_text(shop))


async def know_codes(
    store: Store, connection: Connection, channels: Iterable[int], manners: Iterable[int]
) -> None:
    """Learn these numbers, where they are new to us."""
    if any(channel not in store.channels.keys for channel in channels):
        await store.channels.catch_up(connection)
        await store.shops.catch_up(connection)
    if any(manner not in store.manners.keys for manner in manners):
        await store.manners.catch_up(connection)


def told_id(packed: object, given: str | None) -> str:
    """An id as it was given."""
    return str(packed) if given is None else told_text(given)


async def _with_people(
    store: Store, connection: Connection, positions: Sequence[int]
) -> list[tuple[Any, Person]]:
    rows = await connection.fetch(EVENTS, list(positions))
    manners = {row["manner"] for row in rows}
    await know_codes(store, connection, {row["channel"] for row in rows}, manners)
    people = await people_of(store, connection, {row["thread"] for row in rows})
    return [(row, people[row["thread"]]) for row in rows]


async def _chunk(store: Store, which: str, *values: object) -> list[Event]:
    async with reading(store) as connection:
        positions = [position for (position,) in await connection.fetch(which, *values)]
        return list((await events_at(store, connection, positions)).values())


async def _at(store: Store, positions: Sequence[int]) -> list[Event]:
    async with reading(store) as connection:
        return list((await events_at(store, connection, positions)).values())


async def _positions_by_time(store: Store, shop: str) -> "array[int]":
    """Eight bytes an event; the events themselves are read a chunk at a time."""
    positions = array("q")
    number = await shop_number(store, shop)
    if number is None:
        return positions
    span = position_of(number, 0), position_of(number, SEQ_MASK)
    async with reading(store) as connection, connection.transaction():
        cursor = await connection.cursor(BY_TIME, *span, timeout=ONE_DAY)
        while rows := await cursor.fetch(POSITIONS_AT_ONCE):
            positions.extend(position for (position,) in rows)
    return positions


async def _stand_in(
    store: Store, shop: str, channel: str, conversation: str
) -> tuple[int, bytes] | None:
    """The channel and the pseudonym of a conversation told by name, by pseudonym or as it is
    called when erased."""
    named = pseudonym_of(store, "conversation", shop, channel, conversation)
    async with reading(store) as connection:
        number = await channel_number(connection, shop, channel)
        for digits in (named.hex(), told_digits(conversation)):
            span = (bytes.fromhex(digits.ljust(PSEUDONYM_DIGITS, end)) for end in "0f")
            found = digits and await connection.fetchval(FIND_STAND_IN, number, *span)
            if number is not None and found:
                return number, found
    return None


def _event(store: Store, row: Any, person: Person) -> Event:
    shop, channel = store.channels.keys[row["channel"]]
    actor, origin, kind, account = store.manners.keys[row["manner"]]
    return Event(
        shop=store.shops.keys[shop][0],
        channel=channel,
        conversation=person.conversation,
        buyer=person.buyer,
        at=instant_of(row["at"]),
        actor=Actor(actor),
        origin=Origin(origin),
        kind=kind,
        source_id=told_text(row["source_id"]),
        account=account,
        payload=_payload(store, row, person),
        seq=row["position"] & SEQ_MASK,
        id=told_id(row["id"], row["given_id"]),
        received_at=instant_of(row["received_at"]),
    )


def _payload(store: Store, row: Any, person: Person) -> Payload:
    aside = read_open(row["open"])
    position = row["position"]
    personal = read_sealed(row["sealed"], person.cipher, position)
    if personal is None:
        shop = store.shops.keys[position >> SHOP_SHIFT][0]
        raise trouble("log.event_damaged", store.place, shop=shop, seq=position & SEQ_MASK)
    return Payload(
        text=personal.text,
        media=personal.media,
        order=aside.order,
        purpose=told_text(row["purpose"]),
        about=told_text(row["about"]),
        mark=told_text(row["mark"]),
        by=aside.by,
        rating=aside.rating,
        brief=told_text(row["brief"]),
        extra=personal.extra,
        group=aside.group,
        until=aside.until,
        tag=aside.tag,
    )
