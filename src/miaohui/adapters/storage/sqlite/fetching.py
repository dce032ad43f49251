"""Events as they were given, shop by shop or one conversation at a time."""

from array import array
from collections.abc import Iterator, Sequence
from json import dumps
from typing import Any

from miaohui.adapters.storage.details import read_open, read_sealed, written_id
from miaohui.adapters.storage.erased_names import told_digits
from miaohui.adapters.storage.rows import SEQ_MASK, SHOP_SHIFT, position_of
from miaohui.adapters.storage.sealing import Cipher
from miaohui.adapters.storage.sqlite.failures import trouble
from miaohui.adapters.storage.sqlite.naming import Person, channel_number, people_of
from miaohui.adapters.storage.sqlite.people import ciphers_of, pseudonym_of
from miaohui.adapters.storage.sqlite.store import Store, reading
from miaohui.domain.vocabulary.events import Event, Payload
from miaohui.domain.vocabulary.instants import instant_of
from miaohui.domain.vocabulary.kinds import Actor, Origin

# Small enough that nobody waits long for the turn, large enough to read keys in bulk.
CHUNK = 2_000

COLUMNS = """
SELECT event.position, channel, thread, manner, at, source_id, about, purpose, mark, brief,
    id, received_at, open, sealed
FROM event
CROSS JOIN detail ON detail.position = event.position
"""
OF_SHOP = "WHERE event.position > ? AND event.position <= ? ORDER BY event.position LIMIT ?"
OF_CONVERSATION = """
WHERE event.thread IN (SELECT id FROM thread WHERE channel = ? AND pseudonym = ?)
    AND event.position > ?
ORDER BY event.position LIMIT ?
"""
OF_POSITIONS = """
WHERE event.position IN (SELECT value FROM json_each(?))
ORDER BY at, event.position
"""
POSITIONS_BY_TIME = """
SELECT position FROM event WHERE position > ? AND position <= ? ORDER BY at, position
"""
FIND_ERASED = """
SELECT pseudonym FROM thread WHERE channel = ? AND lower(hex(pseudonym)) GLOB ? LIMIT 1
"""

Row = tuple[Any, ...]


def read(store: Store, shop: str, after_seq: int, limit: int | None) -> Iterator[Event]:
    """See ports.Log.read."""
    with reading(store):
        number = store.shops.find((shop,))
    if number is None:
        return
    last, end = position_of(number, max(after_seq, 0)), position_of(number, SEQ_MASK)
    left = limit
    while left is None or left > 0:
        wanted = CHUNK if left is None else min(CHUNK, left)
        events = _chunk(store, COLUMNS + OF_SHOP, (last, end, wanted))
        yield from events
        if len(events) < wanted:
            return
        last = position_of(number, events[-1].seq)
        left = None if left is None else left - wanted


def read_by_time(store: Store, shop: str) -> Iterator[Event]:
    """See ports.FactSource.read_by_time."""
    with reading(store) as connection:
        number = store.shops.find((shop,))
        if number is None:
            return
        span = (position_of(number, 0), position_of(number, SEQ_MASK))
        # Eight bytes an event; the events themselves are read a chunk at a time.
        positions = array("q", (row[0] for row in connection.execute(POSITIONS_BY_TIME, span)))
    for first in range(0, len(positions), CHUNK):
        chunk = list(positions[first : first + CHUNK])
        yield from _chunk(store, COLUMNS + OF_POSITIONS, (dumps(chunk),))


def conversation_events(
    store: Store, shop: str, channel: str, conversation: str
) -> Iterator[Event]:
    """See ports.FactSource.conversation_events."""
    with reading(store):
        number = channel_number(store, shop, channel)
        stand_in = None if number is None else _stand_in(store, number, conversation)
    last = 0
    while stand_in is not None:
        events = _chunk(store, COLUMNS + OF_CONVERSATION, (number, stand_in, last, CHUNK))
        yield from events
        if len(events) < CHUNK:
            return
        last = position_of(store.shops.code((shop,)), events[-1].seq)


def events_at(store: Store, positions: Sequence[int]) -> dict[int, Event]:
    """The events at these places, in a turn of the caller's."""
    events = _told(store, COLUMNS + OF_POSITIONS, (dumps(positions),))
    shops = {name: number for number, (name,) in store.shops.keys.items()}
    return {position_of(shops[event.shop], event.seq): event for event in events}


def living(
    store: Store, which: str, values: tuple[object, ...]
) -> Iterator[tuple[int, int, Event]]:
    """Where events lie, their threads and they themselves, without those of erased buyers; in a
    turn of the caller's."""
    rows = store.connection.execute(COLUMNS + which, values).fetchall()
    for row, person, cipher in _with_people(store, rows):
        if cipher is not None:
            yield row[0], row[2], _event(store, row, person, cipher)


def _chunk(store: Store, question: str, values: tuple[object, ...]) -> list[Event]:
    with reading(store):
        return _told(store, question, values)


def _told(store: Store, question: str, values: tuple[object, ...]) -> list[Event]:
    rows = store.connection.execute(question, values).fetchall()
    return [_event(store, *read) for read in _with_people(store, rows)]


def _with_people(store: Store, rows: Sequence[Row]) -> Iterator[tuple[Row, Person, Cipher | None]]:
    people = people_of(store, {row[2] for row in rows})
    ciphers = ciphers_of(store, {person.key for person in people.values()})
    for row in rows:
        person = people[row[2]]
        yield row, person, ciphers[person.key]


def _event(store: Store, row: Row, person: Person, cipher: Cipher | None) -> Event:
    position, channel, _, manner, at, source_id, *payload = row
    shop, channel_name = store.channels.keys[channel]
    actor, origin, kind, account = store.manners.keys[manner]
    return Event(
        shop=store.shops.keys[shop][0],
        channel=channel_name,
        conversation=person.conversation,
        buyer=person.buyer,
        at=instant_of(at),
        actor=Actor(actor),
        origin=Origin(origin),
        kind=kind,
        source_id=source_id,
        account=account,
        payload=_payload(store, position, cipher, payload),
        seq=position & SEQ_MASK,
        id=written_id(row[10]),
        received_at=instant_of(row[11]),
    )


def _payload(store: Store, position: int, cipher: Cipher | None, cells: list[Any]) -> Payload:
    about, purpose, mark, brief, _, _, rest, sealed = cells
    aside = read_open(rest)
    personal = read_sealed(sealed, cipher, position)
    if personal is None:
        shop = store.shops.keys[position >> SHOP_SHIFT][0]
        raise trouble("log.event_damaged", store.path, shop=shop, seq=position & SEQ_MASK)
    return Payload(
        text=personal.text,
        media=personal.media,
        order=aside.order,
        purpose=purpose,
        about=about,
        mark=mark,
        by=aside.by,
        rating=aside.rating,
        brief=brief,
        extra=personal.extra,
        group=aside.group,
        until=aside.until,
        tag=aside.tag,
    )


def _stand_in(store: Store, channel: int, conversation: str) -> bytes | None:
    """The pseudonym of a conversation told by name, by pseudonym or as it is called erased."""
    named = pseudonym_of(store, "conversation", channel, conversation)
    told = told_digits(conversation)
    for pattern in (named.hex(), f"{told}*" if told else ""):
        row = store.connection.execute(FIND_ERASED, (channel, pattern)).fetchone()
        if row:
            return row[0]
    return None
