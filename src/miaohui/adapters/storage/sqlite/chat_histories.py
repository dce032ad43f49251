"""What happened in chats: many histories at once with nothing unsealed, or one chat in whole."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from json import dumps
from typing import Any

from miaohui.adapters.storage.chat_ports import ChatKey, Named
from miaohui.adapters.storage.details import open_event, written_id
from miaohui.adapters.storage.erased_names import pseudonyms_of
from miaohui.adapters.storage.rows import SEQ_MASK, position_of
from miaohui.adapters.storage.sqlite.fetching import events_at
from miaohui.adapters.storage.sqlite.naming import people_of
from miaohui.adapters.storage.sqlite.store import Store, reading
from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.instants import micros_of

# Few enough that nobody waits long for the turn.
CHATS_AT_ONCE = 250

FIND_THREADS = "SELECT id, lower(hex(pseudonym)), channel FROM thread WHERE pseudonym IN ({})"
OPEN_EVENTS = """
SELECT thread, manner, detail.id, source_id, event.position, at, received_at,
    open, about, purpose, mark, brief
FROM event CROSS JOIN detail ON detail.position = event.position
WHERE thread IN (SELECT value FROM json_each(?)) ORDER BY event.position
"""
NEWEST_OF_THREAD = """
SELECT position FROM event WHERE thread = ? AND position > ? AND position < ?
ORDER BY position DESC LIMIT ?
"""
OLDEST_OF_THREAD = """
SELECT position FROM event WHERE thread = ? AND position > ? AND position < ?
ORDER BY position LIMIT ?
"""
LAST_TEXTS = """
SELECT lower(hex(pseudonym)), max(position)
FROM thread JOIN event ON event.thread = thread.id JOIN manner ON manner.id = event.manner
WHERE pseudonym IN ({}) AND kind = 'text' AND actor <> 'system'
GROUP BY pseudonym
"""
TOUCHED = """
SELECT DISTINCT lower(hex(pseudonym)) FROM event JOIN thread ON thread.id = event.thread
WHERE position > ? AND position <= ?
"""
RECEIVED = "SELECT received_at FROM detail WHERE position = ?"
NEWEST_SEQS = "SELECT name, newest_seq FROM shop"

Thread = tuple[int, str, int]  # its number, its chat's id, its channel's number
Row = tuple[Any, ...]


def find(store: Store, chat_ids: Collection[str]) -> dict[str, Named]:
    """See chat_ports.Chats.find."""
    with reading(store):
        threads = _threads(store, chat_ids)
        newest = {chat: thread for thread, chat, _ in threads}
        people = people_of(store, newest.values())
        channels = {thread: channel for thread, _, channel in threads}
        return {
            chat: Named(
                ChatKey(*_names(store, channels[thread]), people[thread].conversation),
                people[thread].buyer,
                people[thread].is_erased,
            )
            for chat, thread in newest.items()
        }


def histories(store: Store, chat_ids: Collection[str]) -> dict[str, list[Event]]:
    """See chat_ports.Chats.histories."""
    found: dict[str, list[Event]] = {}
    wanted = list(chat_ids)
    for first in range(0, len(wanted), CHATS_AT_ONCE):
        with reading(store) as connection:
            some = _threads(store, wanted[first : first + CHATS_AT_ONCE])
            keys = {thread: (*_names(store, channel), chat) for thread, chat, channel in some}
            rows = connection.execute(OPEN_EVENTS, (dumps(list(keys)),)).fetchall()
        for thread, *cells in rows:
            key = keys[thread]
            found.setdefault(key[2], []).append(_event(store, key, cells))
    return found


def messages(
    store: Store, chat_id: str, before_seq: int | None, after_seq: int | None, limit: int
) -> list[Event]:
    """See chat_ports.Chats.messages."""
    with reading(store) as connection:
        threads = _threads(store, [chat_id])
        if not threads:
            return []
        shop = store.channels.keys[threads[0][2]][0]
        after = position_of(shop, max(after_seq or 0, 0))
        before = position_of(shop, SEQ_MASK if before_seq is None else max(before_seq, 0))
        question = NEWEST_OF_THREAD if after_seq is None else OLDEST_OF_THREAD
        places = sorted(
            place
            for thread, _, _ in threads
            for (place,) in connection.execute(question, (thread, after, before, limit))
        )
        wanted = places[-limit:] if after_seq is None else places[:limit]
        events = events_at(store, wanted) if limit > 0 else {}
        return [events[place] for place in sorted(events)]


def last_texts(store: Store, chat_ids: Collection[str]) -> dict[str, str]:
    """See chat_ports.Chats.last_texts."""
    stand_ins = pseudonyms_of(chat_ids)
    question = LAST_TEXTS.format(", ".join("?" * len(stand_ins)))
    with reading(store) as connection:
        places = dict(connection.execute(question, stand_ins).fetchall())
        events = events_at(store, list(places.values()))
    told = {chat: events[place].payload.text for chat, place in places.items()}
    return {chat: text for chat, text in told.items() if text}


def touched(store: Store, shop: str, after_seq: int) -> set[str]:
    """See chat_ports.Chats.touched."""
    with reading(store) as connection:
        number = store.shops.find((shop,))
        if number is None:
            return set()
        span = position_of(number, max(after_seq, 0)), position_of(number, SEQ_MASK)
        return {chat for (chat,) in connection.execute(TOUCHED, span)}


def first_received(store: Store, shop: str, since: datetime) -> int:
    """See chat_ports.Chats.first_received."""
    sought = micros_of(since)
    with reading(store) as connection:
        number = store.shops.find((shop,))
        newest = dict(connection.execute(NEWEST_SEQS)).get(shop, 0)
        first, last = 1, newest + 1
        while number is not None and first < last:
            middle = (first + last) // 2
            row = connection.execute(RECEIVED, (position_of(number, middle),)).fetchone()
            first, last = (first, middle) if row[0] >= sought else (middle + 1, last)
    return first


def newest_seqs(store: Store) -> dict[str, int]:
    """See chat_ports.Chats.newest_seqs."""
    with reading(store) as connection:
        return dict(connection.execute(NEWEST_SEQS))


def _threads(store: Store, chat_ids: Iterable[str]) -> list[Thread]:
    """The threads of chats, older ones first. Only inside a read."""
    stand_ins = pseudonyms_of(chat_ids)
    places = ", ".join("?" * len(stand_ins))
    return sorted(store.connection.execute(FIND_THREADS.format(places), stand_ins))


def _names(store: Store, channel: int) -> tuple[str, str]:
    """The names of a channel's shop and of the channel."""
    shop, name = store.channels.keys[channel]
    return store.shops.keys[shop][0], name


def _event(store: Store, key: tuple[str, str, str], cells: Sequence[Any]) -> Event:
    manner, packed, source_id, *rest = cells
    return open_event(key, store.manners.keys[manner], (written_id(packed), source_id), rest)
