"""Buyers and their parts in conversations: made when first met, under pseudonyms and own keys."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from miaohui.adapters.storage.rows import DESTROYED, buyer_bound, key_bound, thread_bound
from miaohui.adapters.storage.sealing import (
    Cipher,
    new_data_key,
    pseudonym,
    seal,
    unwrap,
)
from miaohui.adapters.storage.sqlite.failures import trouble
from miaohui.adapters.storage.sqlite.store import Store

# (channel, conversation, buyer) as an event names them; the channel by its number.
Part = tuple[int, str, str]
# The numbers of a thread and of its buyer.
Thread = tuple[int, int]

FIND_BUYERS = """
SELECT offered.place, max(buyer.id), buyer_key.wrapped
FROM offered
CROSS JOIN buyer ON buyer.channel = offered.channel AND buyer.pseudonym = offered.value
CROSS JOIN buyer_key ON buyer_key.buyer = buyer.id
GROUP BY offered.place
"""
FIND_THREADS = """
SELECT offered.place, thread.id
FROM offered
CROSS JOIN thread ON thread.channel = offered.channel AND thread.pseudonym = offered.value
    AND thread.buyer = offered.buyer
"""
FIND_KEYS = "SELECT * FROM buyer_key WHERE buyer IN (SELECT value FROM json_each(?))"


def threads_of(store: Store, parts: Collection[Part]) -> Mapping[Part, Thread]:
    """The threads of parts, made where there are none. Only inside a write."""
    found = {part: store.threads[part] for part in parts if part in store.threads}
    missing = [part for part in parts if part not in found]
    if missing:
        found |= _find_or_make(store, missing)
    return found


def ciphers_of(store: Store, buyers: Collection[int]) -> Mapping[int, Cipher | None]:
    """The keys of buyers, None for erased ones. Raises ReaderError `log.key_damaged`."""
    found = {buyer: store.ciphers[buyer] for buyer in buyers if buyer in store.ciphers}
    missing = json.dumps([buyer for buyer in buyers if buyer not in found])
    for buyer, wrapped in store.connection.execute(FIND_KEYS, (missing,)):
        found[buyer] = _unwrapped(store, buyer, wrapped)
        store.ciphers.keep(buyer, found[buyer])
    return found


def living_ciphers_of(store: Store, buyers: Collection[int]) -> Mapping[int, Cipher]:
    """The keys of buyers none of whom is erased."""
    found = ciphers_of(store, buyers)
    return {buyer: cipher for buyer, cipher in found.items() if cipher is not None}


def living_buyer(store: Store, shop: str, channel: str, buyer: str) -> tuple[int, Cipher]:
    """A buyer's number and key, made if the log has not met them. Only inside a write."""
    number = store.channels.code((store.shops.code((shop,)), channel))
    store.shops.save(store.connection)
    store.channels.save(store.connection)
    found = _buyers_of(store, {(number, buyer)})[number, buyer]
    return found, living_ciphers_of(store, [found])[found]


def pseudonym_of(store: Store, role: str, channel: int, name: str) -> bytes:
    """What stands for a name in the tables; `role` is `buyer` or `conversation`."""
    shop, channel_name = store.channels.keys[channel]
    return pseudonym(store.keys, role, store.shops.keys[shop][0], channel_name, name)


def _find_or_make(store: Store, parts: list[Part]) -> dict[Part, Thread]:
    buyers = _buyers_of(store, {(channel, buyer) for channel, _, buyer in parts})
    rows = [
        (channel, pseudonym_of(store, "conversation", channel, name), buyers[channel, buyer])
        for channel, name, buyer in parts
    ]
    known: dict[int, int] = dict(_offer(store.connection, rows, FIND_THREADS))
    _make_threads(store, parts, rows, known)
    found = {part: (known[place], rows[place][2]) for place, part in enumerate(parts)}
    for part, thread in found.items():
        store.threads.keep(part, thread)
    return found


def _make_threads(
    store: Store, parts: list[Part], rows: list[tuple[int, bytes, int]], known: dict[int, int]
) -> None:
    missing = [place for place in range(len(parts)) if place not in known]
    if not missing:
        return
    # A name given anew makes its whole conversation readable by name again.
    store.people.clear()
    ciphers = living_ciphers_of(store, {rows[place][2] for place in missing})
    first = _next_id(store.connection, "thread")
    known.update(zip(missing, range(first, first + len(missing)), strict=True))
    store.connection.executemany(
        "INSERT INTO thread (id, channel, pseudonym, buyer, sealed_name) VALUES (?, ?, ?, ?, ?)",
        [
            (
                known[at],
                *rows[at],
                _sealed(ciphers[rows[at][2]], parts[at][1], thread_bound(known[at])),
            )
            for at in missing
        ],
    )


def _buyers_of(store: Store, wanted: set[tuple[int, str]]) -> dict[tuple[int, str], int]:
    buyers = list(wanted)
    rows = [
        (channel, pseudonym_of(store, "buyer", channel, name), None) for channel, name in buyers
    ]
    known = {
        place: buyer
        for place, buyer, wrapped in _offer(store.connection, rows, FIND_BUYERS)
        if wrapped != DESTROYED
    }
    missing = [place for place in range(len(buyers)) if place not in known]
    first = _next_id(store.connection, "buyer")
    known.update(zip(missing, range(first, first + len(missing)), strict=True))
    _make_buyers(store, [(known[at], *rows[at][:2], buyers[at][1]) for at in missing])
    return {buyers[place]: buyer for place, buyer in known.items()}


def _make_buyers(store: Store, buyers: list[tuple[int, int, bytes, str]]) -> None:
    rows: list[tuple[int, int, bytes, bytes]] = []
    keys: list[tuple[int, bytes]] = []
    for buyer, channel, stand_in, name in buyers:
        wrapped, cipher = new_data_key(store.keys, key_bound(buyer))
        store.ciphers.keep(buyer, cipher)
        keys.append((buyer, wrapped))
        rows.append((buyer, channel, stand_in, _sealed(cipher, name, buyer_bound(buyer))))
    store.connection.executemany("INSERT INTO buyer VALUES (?, ?, ?, ?)", rows)
    store.connection.executemany("INSERT INTO buyer_key VALUES (?, ?)", keys)


def _offer(
    connection: sqlite3.Connection, rows: Iterable[tuple[int, bytes, int | None]], question: str
) -> list[tuple[Any, ...]]:
    connection.execute("DELETE FROM offered")
    connection.executemany(
        "INSERT INTO offered VALUES (?, ?, ?, ?)", [(at, *row) for at, row in enumerate(rows)]
    )
    return connection.execute(question).fetchall()


def _sealed(cipher: Cipher, name: str, bound_to: bytes) -> bytes:
    return seal(cipher, name.encode(), bound_to)


def _unwrapped(store: Store, buyer: int, wrapped: bytes) -> Cipher | None:
    if wrapped == DESTROYED:
        return None
    cipher = unwrap(store.keys, wrapped, key_bound(buyer))
    if cipher is None:
        raise trouble("log.key_damaged", store.path, buyer=buyer)
    return cipher


def _next_id(connection: sqlite3.Connection, table: str) -> int:
    return connection.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}").fetchone()[0]  # noqa: S608
