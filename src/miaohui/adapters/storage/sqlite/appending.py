"""Taking events in: repeats set aside, the rest numbered, sealed and written in one transaction."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from miaohui.adapters.storage.ports import Appended, Bookmark
from miaohui.adapters.storage.sealing import Cipher, seal
from miaohui.adapters.storage.sqlite.bookmarks import keep_bookmark
from miaohui.adapters.storage.sqlite.failures import trouble
from miaohui.adapters.storage.sqlite.people import Part, Thread, ciphers_of, threads_of
from miaohui.adapters.storage.sqlite.store import Store, bytes_of, position_of, writing
from miaohui.domain.vocabulary.events import Event, Payload
from miaohui.domain.vocabulary.identifiers import uuid7
from miaohui.domain.vocabulary.instants import micros_of

UUID7_RANDOM_BITS = 74

FIND_REPEATS = """
SELECT offered.place
FROM offered
CROSS JOIN event ON event.channel = offered.channel AND event.source_id = offered.value
"""

encode = msgspec.json.Encoder().encode


class Personal(msgspec.Struct, frozen=True, array_like=True):
    """What is sealed of a payload."""

    text: str | None
    media: str | None
    extra: dict[str, str]


class Open(msgspec.Struct, frozen=True, omit_defaults=True):
    """What stays open of a payload and no figure reads."""

    order: str | None = None
    by: str | None = None
    rating: str | None = None


NOTHING_OPEN = Open()


def append(
    store: Store, events: Sequence[Event], received_at: datetime, bookmark: Bookmark | None
) -> Appended:
    """See ports.Log.append. Raises ReaderError `log.unwritable_text` for half a surrogate pair."""
    try:
        with writing(store) as connection:
            fresh = _first_met(store, events)
            _write(store, fresh, micros_of(received_at))
            if bookmark:
                keep_bookmark(connection, bookmark)
    except UnicodeEncodeError as error:
        raise trouble("log.unwritable_text", store.path, reason=error.reason) from None
    return Appended(len(fresh), len(events) - len(fresh))


def event_bound(position: int) -> bytes:
    """What binds a sealed payload to its row."""
    return b"event" + bytes_of(position)


def _first_met(store: Store, events: Sequence[Event]) -> list[tuple[int, Event]]:
    """Events that the log has not, beside the number of their channel."""
    offered: dict[tuple[int, str], Event] = {}
    for event in events:
        offered.setdefault((_channel_of(store, event), event.source_id), event)
    repeats = _repeats(store, list(offered))
    return [
        (channel, event)
        for place, ((channel, _), event) in enumerate(offered.items())
        if place not in repeats
    ]


def _channel_of(store: Store, event: Event) -> int:
    return store.channels.code((store.shops.code((event.shop,)), event.channel))


def _repeats(store: Store, sources: list[tuple[int, str]]) -> set[int]:
    connection = store.connection
    connection.execute("DELETE FROM offered")
    connection.executemany(
        "INSERT INTO offered VALUES (?, ?, ?, NULL)", [(at, *key) for at, key in enumerate(sources)]
    )
    return {place for (place,) in connection.execute(FIND_REPEATS)}


def _write(store: Store, fresh: Sequence[tuple[int, Event]], received: int) -> None:
    if not fresh:
        return
    store.shops.save(store.connection)
    store.channels.save(store.connection)
    parts: list[Part] = [(channel, event.conversation, event.buyer) for channel, event in fresh]
    threads = threads_of(store, dict.fromkeys(parts))
    ciphers = ciphers_of(store, {buyer for _, buyer in threads.values()})
    positions = _positions(store, fresh)
    _write_events(store, fresh, positions, [threads[part] for part in parts])
    keys = [ciphers[threads[part][1]] for part in parts]
    _write_details(store, fresh, positions, keys, received)


def _positions(store: Store, fresh: Sequence[tuple[int, Event]]) -> list[int]:
    """Give every event the next place in its shop, and note how far each shop has come."""
    places = [store.channels.keys[channel][0] for channel, _ in fresh]
    newest = _newest_of(store, set(places))
    positions = []
    for shop, (_, event) in zip(places, fresh, strict=True):
        seq, at = newest[shop]
        newest[shop] = seq + 1, max(at, micros_of(event.at))
        positions.append(position_of(shop, seq + 1))
    store.connection.executemany(
        "UPDATE shop SET newest_seq = ?, newest_at = ? WHERE id = ?",
        [(seq, at, shop) for shop, (seq, at) in newest.items()],
    )
    return positions


def _newest_of(store: Store, shops: set[int]) -> dict[int, tuple[int, int]]:
    rows = store.connection.execute(
        "SELECT id, newest_seq, coalesce(newest_at, -9223372036854775808) FROM shop"
        " WHERE id IN (SELECT value FROM json_each(?))",
        (encode(sorted(shops)).decode(),),
    )
    return {shop: (seq, at) for shop, seq, at in rows}


def _write_events(
    store: Store,
    fresh: Sequence[tuple[int, Event]],
    positions: Sequence[int],
    threads: Sequence[Thread],
) -> None:
    code = store.manners.code
    rows = [
        (
            position,
            channel,
            event.source_id,
            thread,
            code((event.actor, event.origin, event.kind, event.account)),
            micros_of(event.at),
            event.payload.about,
            event.payload.purpose,
            event.payload.mark,
            event.payload.brief,
        )
        for (channel, event), position, (thread, _) in zip(fresh, positions, threads, strict=True)
    ]
    store.manners.save(store.connection)
    # Shops lie apart; in order of place every page is touched once.
    rows.sort()
    store.connection.executemany("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)


def _write_details(
    store: Store,
    fresh: Sequence[tuple[int, Event]],
    positions: Sequence[int],
    ciphers: Sequence[Cipher | None],
    received: int,
) -> None:
    milliseconds = micros_of(store.clock()) // 1000
    rows = [
        (
            position,
            _given_id(event.id) if event.id else _new_id(store, milliseconds),
            received,
            _open(event.payload),
            _sealed(event.payload, cipher, position),
        )
        for (_, event), position, cipher in zip(fresh, positions, ciphers, strict=True)
    ]
    rows.sort(key=lambda row: row[0])
    store.connection.executemany("INSERT INTO detail VALUES (?, ?, ?, ?, ?)", rows)


def _new_id(store: Store, milliseconds: int) -> bytes:
    return bytes.fromhex(uuid7(milliseconds, store.chance(UUID7_RANDOM_BITS)).replace("-", ""))


def _given_id(written: str) -> bytes | str:
    """16 bytes where that says the same, else the text itself."""
    try:
        return UUID(written).bytes if str(UUID(written)) == written else written
    except ValueError:
        return written


def _open(payload: Payload) -> str | None:
    rest = Open(payload.order, payload.by, payload.rating)
    return None if rest == NOTHING_OPEN else encode(rest).decode()


def _sealed(payload: Payload, cipher: Cipher | None, position: int) -> bytes | None:
    if cipher is None or (payload.text is None and payload.media is None and not payload.extra):
        return None
    personal = encode(Personal(payload.text, payload.media, payload.extra))
    return seal(cipher, personal, event_bound(position))
