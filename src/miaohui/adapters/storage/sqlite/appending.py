"""Taking events in: repeats set aside, the rest numbered, sealed and written in one transaction."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from sqlite3 import Connection
from typing import NamedTuple

import msgspec

from miaohui.adapters.storage.details import new_ids, open_part, packed_id, sealed_part
from miaohui.adapters.storage.ports import Appended, Bookmark
from miaohui.adapters.storage.rows import position_of
from miaohui.adapters.storage.sealing import Cipher, fresh_nonces
from miaohui.adapters.storage.sqlite.bookmarks import keep_bookmark
from miaohui.adapters.storage.sqlite.failures import trouble
from miaohui.adapters.storage.sqlite.people import living_ciphers_of, threads_of
from miaohui.adapters.storage.sqlite.store import Store, writing
from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.instants import micros_of

FIND_REPEATS = """
SELECT offered.place, event.position
FROM offered
CROSS JOIN event ON event.channel = offered.channel AND event.source_id = offered.value
"""
FIND_NEWEST = """
SELECT id, newest_seq, newest_at FROM shop WHERE id IN (SELECT value FROM json_each(?))
"""


class Row(msgspec.Struct, frozen=True, gc=False):
    """A new event, and the numbers of where it goes."""

    event: Event
    at: int
    position: int
    channel: int
    thread: int
    cipher: Cipher


class Places(NamedTuple):
    """Where the log holds each of some events: a new one, or the first of its source."""

    positions: list[int]
    new: list[bool]


def append(
    store: Store, events: Sequence[Event], received_at: datetime, bookmark: Bookmark | None
) -> Appended:
    """See ports.Log.append. Raises ReaderError `log.unwritable_text` for half a surrogate pair."""
    with taking(store) as connection:
        added = sum(take_in(store, events, received_at).new)
        if bookmark:
            keep_bookmark(connection, bookmark)
    return Appended(added, len(events) - added)


@contextmanager
def taking(store: Store) -> Iterator[Connection]:
    """A turn to write in which text that cannot be written is told as such."""
    try:
        with writing(store) as connection:
            yield connection
    except UnicodeEncodeError as error:
        raise trouble("log.unwritable_text", store.path, reason=error.reason) from None


def take_in(store: Store, events: Sequence[Event], received_at: datetime) -> Places:
    """Write the events that the log has not, in a turn of the caller's."""
    keys = _keys(store, events)
    first: dict[tuple[int, str], int] = {}
    for place, key in enumerate(keys):
        first.setdefault(key, place)
    known = _known(store, list(first))
    fresh = [(key[0], events[place]) for key, place in first.items() if key not in known]
    new = [first[key] == place and key not in known for place, key in enumerate(keys)]
    if fresh:
        rows = _rows(store, fresh)
        _write(store, rows, micros_of(received_at))
        known |= {(row.channel, row.event.source_id): row.position for row in rows}
    return Places([known[key] for key in keys], new)


def _keys(store: Store, events: Sequence[Event]) -> list[tuple[int, str]]:
    """The channel's number and the source id of each event."""
    channels: dict[tuple[str, str], int] = {}
    keys: list[tuple[int, str]] = []
    for event in events:
        named = event.shop, event.channel
        channel = channels.get(named)
        if channel is None:
            channels[named] = channel = _channel_of(store, event)
        keys.append((channel, event.source_id))
    return keys


def _channel_of(store: Store, event: Event) -> int:
    return store.channels.code((store.shops.code((event.shop,)), event.channel))


def _known(store: Store, keys: list[tuple[int, str]]) -> dict[tuple[int, str], int]:
    """Where the log already holds what; keys it has not are left out."""
    connection = store.connection
    connection.execute("DELETE FROM offered")
    connection.executemany(
        "INSERT INTO offered VALUES (?, ?, ?, NULL)", [(at, *key) for at, key in enumerate(keys)]
    )
    return {keys[place]: position for place, position in connection.execute(FIND_REPEATS)}


def _rows(store: Store, fresh: Sequence[tuple[int, Event]]) -> list[Row]:
    """Every event with its people and the next place in its shop."""
    store.shops.save(store.connection)
    store.channels.save(store.connection)
    parts = [(channel, event.conversation, event.buyer) for channel, event in fresh]
    threads = threads_of(store, dict.fromkeys(parts))
    ciphers = living_ciphers_of(store, {buyer for _, buyer in threads.values()})
    places = _places(store, fresh)
    rows = []
    for (channel, event), part, (at, position) in zip(fresh, parts, places, strict=True):
        thread, buyer = threads[part]
        rows.append(Row(event, at, position, channel, thread, ciphers[buyer]))
    # Shops lie apart; in order of place every page is touched once.
    return sorted(rows, key=lambda row: row.position)


def _places(store: Store, fresh: Sequence[tuple[int, Event]]) -> list[tuple[int, int]]:
    """The instant and the place of every event; notes how far each shop has come."""
    shops = [store.channels.keys[channel][0] for channel, _ in fresh]
    newest = _newest_of(store, set(shops))
    places = []
    for shop, (_, event) in zip(shops, fresh, strict=True):
        at = micros_of(event.at)
        seq, newest_at = newest[shop]
        newest[shop] = seq + 1, at if newest_at is None else max(at, newest_at)
        places.append((at, position_of(shop, seq + 1)))
    store.connection.executemany(
        "UPDATE shop SET newest_seq = ?, newest_at = ? WHERE id = ?",
        [(seq, at, shop) for shop, (seq, at) in newest.items()],
    )
    return places


def _newest_of(store: Store, shops: set[int]) -> dict[int, tuple[int, int | None]]:
    wanted = msgspec.json.encode(list(shops)).decode()
    rows = store.connection.execute(FIND_NEWEST, (wanted,))
    return {shop: (seq, at) for shop, seq, at in rows}


def _write(store: Store, rows: Sequence[Row], received: int) -> None:
    events = [_event_cells(store, row) for row in rows]
    store.manners.save(store.connection)
    store.connection.executemany("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", events)
    ids = new_ids(len(rows), store.clock, store.chance)
    fresh = zip(rows, ids, fresh_nonces(len(rows)), strict=True)
    details = [_detail_cells(row, new, nonce, received) for row, new, nonce in fresh]
    store.connection.executemany("INSERT INTO detail VALUES (?, ?, ?, ?, ?)", details)


def _event_cells(store: Store, row: Row) -> tuple[object, ...]:
    event, payload = row.event, row.event.payload
    return (
        row.position,
        row.channel,
        event.source_id,
        row.thread,
        store.manners.code((event.actor, event.origin, event.kind, event.account)),
        row.at,
        payload.about,
        payload.purpose,
        payload.mark,
        payload.brief,
    )


def _detail_cells(row: Row, new: bytes, nonce: bytes, received: int) -> tuple[object, ...]:
    given = row.event.id
    return (
        row.position,
        packed_id(given) if given else new,
        received,
        open_part(row.event.payload),
        sealed_part(row.event.payload, row.cipher, nonce, row.position),
    )
