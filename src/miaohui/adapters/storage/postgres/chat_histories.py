"""What happened in chats: many histories at once with nothing unsealed, or one chat in whole."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from miaohui.adapters.storage.chat_ports import ChatKey, Named
from miaohui.adapters.storage.details import open_event
from miaohui.adapters.storage.erased_names import pseudonyms_of
from miaohui.adapters.storage.postgres.connection import Connection
from miaohui.adapters.storage.postgres.fetching import events_at, know_codes, shop_number, told_id
from miaohui.adapters.storage.postgres.naming import people_of
from miaohui.adapters.storage.postgres.store import Store, reading
from miaohui.adapters.storage.postgres.texts import told_text
from miaohui.adapters.storage.rows import SEQ_MASK, position_of
from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.instants import micros_of

CHATS_AT_ONCE = 500

FIND_THREADS = """
SELECT id, encode(pseudonym, 'hex') AS chat, channel FROM thread
WHERE pseudonym = ANY($1::bytea[]) ORDER BY id
"""
# OFFSET 0 and LIMIT 1: an index look-up for each, whatever the planner thinks of their number.
OPEN_EVENTS = """
SELECT event.thread, manner, source_id, id, given_id, event.position, at, received_at,
    open, about, purpose, mark, brief
FROM unnest($1::bigint[]) AS asked (thread)
CROSS JOIN LATERAL (SELECT * FROM event WHERE thread = asked.thread OFFSET 0) AS event
CROSS JOIN LATERAL (
    SELECT id, given_id, received_at, open FROM detail
    WHERE position = event.position LIMIT 1) AS detail
ORDER BY event.position
"""
OF_THREADS = """
SELECT found.position
FROM unnest($1::bigint[]) AS asked (thread)
CROSS JOIN LATERAL (
    SELECT position FROM event
    WHERE thread = asked.thread AND position > $2 AND position < $3
    ORDER BY position {order} LIMIT $4) AS found
ORDER BY position {order} LIMIT $4
"""
NEWEST_OF_THREADS = OF_THREADS.format(order="DESC")
OLDEST_OF_THREADS = OF_THREADS.format(order="ASC")
LAST_TEXTS = """
SELECT encode(pseudonym, 'hex'), max(position)
FROM thread JOIN event ON event.thread = thread.id JOIN manner ON manner.id = event.manner
WHERE pseudonym = ANY($1::bytea[]) AND kind = 'text' AND actor <> 'system'
GROUP BY pseudonym
"""
TOUCHED = """
SELECT DISTINCT encode(pseudonym, 'hex') FROM event JOIN thread ON thread.id = event.thread
WHERE position > $1 AND position <= $2
"""
RECEIVED = "SELECT received_at FROM detail WHERE position = $1"
NEWEST_SEQ = "SELECT newest_seq FROM shop WHERE id = $1"
NEWEST_SEQS = "SELECT name, newest_seq FROM shop"


async def find(store: Store, chat_ids: Collection[str]) -> dict[str, Named]:
    """See chat_ports.Chats.find."""
    async with reading(store) as connection:
        threads = await _threads(store, connection, chat_ids)
        newest = {row["chat"]: row for row in threads}
        people = await people_of(store, connection, {row["id"] for row in newest.values()})
    return {
        chat: Named(
            ChatKey(*_names(store, row["channel"]), people[row["id"]].conversation),
            people[row["id"]].buyer,
            people[row["id"]].is_erased,
        )
        for chat, row in newest.items()
    }


def histories(store: Store, chat_ids: Collection[str]) -> dict[str, list[Event]]:
    """See chat_ports.Chats.histories. What is read in one go becomes events on the caller's
    thread, so that others are served meanwhile."""
    found: dict[str, list[Event]] = {}
    wanted = list(chat_ids)
    for first in range(0, len(wanted), CHATS_AT_ONCE):
        threads, rows = store.loop.wait(_open(store, wanted[first : first + CHATS_AT_ONCE]))
        keys = {row["id"]: (*_names(store, row["channel"]), row["chat"]) for row in threads}
        for thread, *cells in rows:
            key = keys[thread]
            found.setdefault(key[2], []).append(_event(store, key, cells))
    return found


async def messages(
    store: Store, chat_id: str, before_seq: int | None, after_seq: int | None, limit: int
) -> list[Event]:
    """See chat_ports.Chats.messages."""
    async with reading(store) as connection:
        threads = await _threads(store, connection, [chat_id])
        if not threads or limit <= 0:
            return []
        shop = store.channels.keys[threads[0]["channel"]][0]
        after = position_of(shop, max(after_seq or 0, 0))
        before = position_of(shop, SEQ_MASK if before_seq is None else max(before_seq, 0))
        question = NEWEST_OF_THREADS if after_seq is None else OLDEST_OF_THREADS
        numbers = [row["id"] for row in threads]
        places = await connection.fetch(question, numbers, after, before, limit)
        events = await events_at(store, connection, sorted(place for (place,) in places))
    return list(events.values())


async def last_texts(store: Store, chat_ids: Collection[str]) -> dict[str, str]:
    """See chat_ports.Chats.last_texts."""
    async with reading(store) as connection:
        places = await connection.fetch(LAST_TEXTS, pseudonyms_of(chat_ids))
        events = await events_at(store, connection, [place for _, place in places])
    told = {chat: events[place].payload.text for chat, place in places}
    return {chat: text for chat, text in told.items() if text}


async def touched(store: Store, shop: str, after_seq: int) -> set[str]:
    """See chat_ports.Chats.touched."""
    number = await shop_number(store, shop)
    if number is None:
        return set()
    span = position_of(number, max(after_seq, 0)), position_of(number, SEQ_MASK)
    async with reading(store) as connection:
        return {chat for (chat,) in await connection.fetch(TOUCHED, *span)}


async def first_received(store: Store, shop: str, since: datetime) -> int:
    """See chat_ports.Chats.first_received."""
    number = await shop_number(store, shop)
    if number is None:
        return 1
    sought = micros_of(since)
    async with reading(store) as connection:
        first, last = 1, await connection.fetchval(NEWEST_SEQ, number) + 1
        while first < last:
            middle = (first + last) // 2
            received = await connection.fetchval(RECEIVED, position_of(number, middle))
            first, last = (first, middle) if received >= sought else (middle + 1, last)
    return first


async def newest_seqs(store: Store) -> dict[str, int]:
    """See chat_ports.Chats.newest_seqs."""
    async with reading(store) as connection:
        rows = await connection.fetch(NEWEST_SEQS)
    return {told_text(name): newest for name, newest in rows}


async def _open(store: Store, chat_ids: Sequence[str]) -> tuple[Sequence[Any], Sequence[Any]]:
    """The threads of chats, and their events with nothing unsealed."""
    async with reading(store) as connection:
        threads = await _threads(store, connection, chat_ids)
        rows = await connection.fetch(OPEN_EVENTS, [row["id"] for row in threads])
        await know_codes(store, connection, (), {row["manner"] for row in rows})
    return threads, rows


async def _threads(store: Store, connection: Connection, chat_ids: Iterable[str]) -> Sequence[Any]:
    """The threads of chats, older ones first, with the codes of their channels known."""
    rows = await connection.fetch(FIND_THREADS, pseudonyms_of(chat_ids))
    await know_codes(store, connection, {row["channel"] for row in rows}, ())
    return rows


def _names(store: Store, channel: int) -> tuple[str, str]:
    """The names of a channel's shop and of the channel."""
    shop, name = store.channels.keys[channel]
    return store.shops.keys[shop][0], name


def _event(store: Store, key: tuple[str, str, str], cells: Sequence[Any]) -> Event:
    manner, source_id, packed, given, *rest = cells
    named = told_id(packed, given), told_text(source_id)
    position, at, received_at, open_part, *texts = rest
    told = position, at, received_at, open_part, *map(told_text, texts)
    return open_event(key, store.manners.keys[manner], named, told)
