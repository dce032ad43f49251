"""Taking events in: repeats set aside, the rest numbered, sealed and written in one transaction.

Locks are always taken in the same order, so that no two writers wait for each other: new shops and
channels, then the rows of the shops by number, then new manners, then a bookmark.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec
from asyncpg.pgproto.pgproto import UUID

from miaohui.adapters.storage.details import new_ids, open_part, packed_id, sealed_part
from miaohui.adapters.storage.ports import Appended, Bookmark
from miaohui.adapters.storage.postgres.bookmarks import keep_bookmark
from miaohui.adapters.storage.postgres.connection import columns
from miaohui.adapters.storage.postgres.people import threads_of
from miaohui.adapters.storage.postgres.store import Manner, Store, Thread, Turn, writing
from miaohui.adapters.storage.postgres.texts import kept_text, refuse_unwritable
from miaohui.adapters.storage.rows import position_of
from miaohui.adapters.storage.sealing import fresh_nonces
from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.instants import micros_of

LOCK_SHOPS = """
SELECT id, newest_seq, newest_at, erasures FROM shop WHERE id = ANY($1::bigint[])
ORDER BY id FOR NO KEY UPDATE
"""
FIND_REPEATS = """
SELECT offered.place, found.position
FROM unnest($1::bigint[], $2::text[]) WITH ORDINALITY AS offered (channel, source_id, place)
CROSS JOIN LATERAL (
    SELECT position FROM event
    WHERE channel = offered.channel AND source_id = offered.source_id LIMIT 1) AS found
"""
MOVE_SHOPS = """
UPDATE shop SET newest_seq = told.seq, newest_at = told.at
FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) AS told (id, seq, at)
WHERE shop.id = told.id
"""


class Row(msgspec.Struct, frozen=True, gc=False):
    """A new event, and the numbers of where it goes."""

    event: Event
    at: int
    position: int
    channel: int
    thread: Thread


class Newest(NamedTuple):
    """How far a shop has come."""

    seq: int
    at: int | None


class Known(NamedTuple):
    """The numbers of shops and of (shop, channel) pairs, new ones included."""

    shops: Mapping[str, int]
    channels: Mapping[tuple[str, str], int]


class Places(NamedTuple):
    """Where the log holds each of some events: a new one, or the first of its source."""

    positions: list[int]
    new: list[bool]


async def append(
    store: Store, events: Sequence[Event], received_at: datetime, bookmark: Bookmark | None
) -> Appended:
    """See ports.Log.append. Raises ReaderError `log.unwritable_text` for half a surrogate pair."""
    async with writing(store) as turn:
        added = sum((await take_in(store, turn, events, received_at)).new)
        if bookmark:
            await keep_bookmark(turn, bookmark)
    return Appended(added, len(events) - added)


async def take_in(
    store: Store,
    turn: Turn,
    events: Sequence[Event],
    received_at: datetime,
    also_lock: Collection[int] = (),
) -> Places:
    """Write the events that the log has not, with their shops locked, and `also_lock` beside."""
    known = await known_places(store, turn, ((event.shop, event.channel) for event in events))
    newest = await lock_shops(store, turn, {*known.shops.values(), *also_lock})
    keys = [(known.channels[event.shop, event.channel], event.source_id) for event in events]
    first: dict[tuple[int, str], int] = {}
    for place, key in enumerate(keys):
        first.setdefault(key, place)
    held = await _held(turn, list(first))
    fresh = [(key[0], events[place]) for key, place in first.items() if key not in held]
    new = [first[key] == place and key not in held for place, key in enumerate(keys)]
    if fresh:
        rows = await _rows(store, turn, fresh, known, newest)
        await _write(store, turn, rows, micros_of(received_at))
        held |= {(row.channel, row.event.source_id): row.position for row in rows}
    return Places([held[key] for key in keys], new)


async def known_places(store: Store, turn: Turn, wanted: Iterable[tuple[str, str]]) -> Known:
    """The numbers of (shop, channel) pairs and of their shops, given where they have none."""
    named = dict.fromkeys(wanted)
    shops = dict.fromkeys(shop for shop, _ in named)
    turn.shops = await store.shops.add(turn.connection, ((shop,) for shop in shops))
    fresh_shops = {name: number for number, (name,) in turn.shops}
    numbers = {shop: store.shops.find((shop,)) or fresh_shops[shop] for shop in shops}
    wanted = {(shop, channel): (numbers[shop], channel) for shop, channel in named}
    turn.channels = await store.channels.add(turn.connection, wanted.values())
    fresh = {key: number for number, key in turn.channels}
    found = {pair: store.channels.find(key) or fresh[key] for pair, key in wanted.items()}
    return Known(numbers, found)


async def lock_shops(store: Store, turn: Turn, shops: Collection[int]) -> dict[int, Newest]:
    """Wait for the turn of these shops; nobody else numbers their events until the commit."""
    if not shops:
        return {}
    rows = await turn.connection.fetch(LOCK_SHOPS, list(shops))
    for shop, _, _, erasures in rows:
        store.saw_erasures(shop, erasures)
        turn.erasures[shop] = erasures
    return {shop: Newest(seq, at) for shop, seq, at, _ in rows}


async def _held(turn: Turn, keys: Sequence[tuple[int, str]]) -> dict[tuple[int, str], int]:
    """Where the log already holds what; keys it has not are left out."""
    if not keys:
        return {}
    channels, sources = [channel for channel, _ in keys], [kept_text(source) for _, source in keys]
    rows = await turn.connection.fetch(FIND_REPEATS, channels, sources)
    return {keys[place - 1]: position for place, position in rows}


async def _rows(
    store: Store,
    turn: Turn,
    fresh: Sequence[tuple[int, Event]],
    known: Known,
    newest: dict[int, Newest],
) -> list[Row]:
    """Every event with its people and the next place in its shop."""
    parts = [(channel, event.conversation, event.buyer) for channel, event in fresh]
    names = {number: pair for pair, number in known.channels.items()}
    threads = await threads_of(store, turn, dict.fromkeys(parts), names)
    rows: list[Row] = []
    for (channel, event), part in zip(fresh, parts, strict=True):
        shop, at = known.shops[event.shop], micros_of(event.at)
        seq, newest_at = newest[shop]
        newest[shop] = Newest(seq + 1, at if newest_at is None else max(at, newest_at))
        rows.append(Row(event, at, position_of(shop, seq + 1), channel, threads[part]))
    moved = {known.shops[event.shop] for _, event in fresh}
    cells = [(shop, *newest[shop]) for shop in moved]
    await turn.connection.execute(MOVE_SHOPS, *columns(cells))
    return rows


async def _write(store: Store, turn: Turn, rows: Sequence[Row], received: int) -> None:
    turn.manners = await store.manners.add(turn.connection, (_manner(row.event) for row in rows))
    fresh = {key: number for number, key in turn.manners}
    events = [_event_cells(store, fresh, row) for row in rows]
    ids = new_ids(len(rows), store.clock, store.chance)
    sealing = zip(rows, ids, fresh_nonces(len(rows)), strict=True)
    details = [_detail_cells(row, new, nonce, received) for row, new, nonce in sealing]
    # A COPY cannot be left in the middle of its rows without losing the connection.
    refuse_unwritable(cell for row in (*events, *details) for cell in row if isinstance(cell, str))
    await turn.connection.copy_records_to_table("event", records=events)
    await turn.connection.copy_records_to_table("detail", records=details)


def _manner(event: Event) -> Manner:
    return (event.actor, event.origin, event.kind, event.account)


def _event_cells(store: Store, fresh: Mapping[Manner, int], row: Row) -> tuple[object, ...]:
    event, payload, manner = row.event, row.event.payload, _manner(row.event)
    return (
        row.position,
        row.channel,
        row.thread.number,
        store.manners.find(manner) or fresh[manner],
        row.at,
        kept_text(event.source_id),
        kept_text(payload.about),
        kept_text(payload.purpose),
        kept_text(payload.mark),
        kept_text(payload.brief),
    )


def _detail_cells(row: Row, new: bytes, nonce: bytes, received: int) -> tuple[object, ...]:
    given = row.event.id
    kept = packed_id(given) if given else new
    return (
        row.position,
        received,
        UUID(kept) if isinstance(kept, bytes) else None,
        kept_text(kept) if isinstance(kept, str) else None,
        open_part(row.event.payload),
        sealed_part(row.event.payload, row.thread.cipher, nonce, row.position),
    )
