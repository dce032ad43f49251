"""Readable names: unsealed for whoever shows them, a pseudonym where the buyer was erased."""

import json
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from miaohui.adapters.storage.erased_names import erased_name
from miaohui.adapters.storage.rows import buyer_bound, thread_bound
from miaohui.adapters.storage.sealing import Cipher, unseal
from miaohui.adapters.storage.sqlite.failures import trouble
from miaohui.adapters.storage.sqlite.people import ciphers_of
from miaohui.adapters.storage.sqlite.store import Store, reading

# A conversation is called by the newest name that stands; a buyer by the newest row.
FIND_PEOPLE = """
SELECT thread.id, thread.buyer, hex(thread.pseudonym), named.id, named.buyer, named.sealed_name,
    hex(buyer.pseudonym), living.id, living.sealed_name
FROM thread
JOIN buyer ON buyer.id = thread.buyer
LEFT JOIN thread AS named ON named.id = (
    SELECT max(id) FROM thread AS other
    WHERE other.channel = thread.channel AND other.pseudonym = thread.pseudonym
        AND other.sealed_name IS NOT NULL)
JOIN buyer AS living ON living.id = (
    SELECT max(id) FROM buyer AS other
    WHERE other.channel = buyer.channel AND other.pseudonym = buyer.pseudonym)
WHERE thread.id IN (SELECT value FROM json_each(?))
"""
FIND_CONVERSATIONS = """
SELECT lower(hex(pseudonym)), max(id)
FROM thread
WHERE channel = ? AND lower(hex(pseudonym)) IN (SELECT value FROM json_each(?))
GROUP BY pseudonym
"""


class Person(NamedTuple):
    """A thread as people read it, and the number of the buyer whose key opens its texts.
    `is_erased`: buyer or conversation has no name any more."""

    conversation: str
    buyer: str
    key: int
    is_erased: bool


def people_of(store: Store, threads: Collection[int]) -> Mapping[int, Person]:
    """Threads by number. Only inside a read."""
    found = {thread: Person(*store.people[thread]) for thread in threads if thread in store.people}
    missing = json.dumps([thread for thread in threads if thread not in found])
    rows = store.connection.execute(FIND_PEOPLE, (missing,)).fetchall()
    ciphers = ciphers_of(store, {key for row in rows for key in (row[4], row[7]) if key})
    for thread, key, conversation, named, namer, sealed, buyer, living, sealed_buyer in rows:
        found[thread] = Person(
            _name(store, ciphers.get(namer), sealed, thread_bound(named or 0), conversation),
            _name(store, ciphers[living], sealed_buyer, buyer_bound(living), buyer),
            key,
            ciphers.get(namer) is None or ciphers[living] is None,
        )
        store.people.keep(thread, found[thread])
    return found


def names(store: Store, shop: str, channel: str, pseudonyms: Iterable[str]) -> Mapping[str, str]:
    """See ports.FactSource.names."""
    with reading(store) as connection:
        number = channel_number(store, shop, channel)
        wanted = json.dumps(list(pseudonyms))
        rows = connection.execute(FIND_CONVERSATIONS, (number, wanted)).fetchall()
        people = people_of(store, [thread for _, thread in rows])
    return {pseudonym: people[thread].conversation for pseudonym, thread in rows}


def channel_number(store: Store, shop: str, channel: str) -> int | None:
    """The number of a shop's channel; None if the log has not met it."""
    place = store.shops.find((shop,))
    return None if place is None else store.channels.find((place, channel))


def _name(
    store: Store, cipher: Cipher | None, sealed: bytes | None, bound_to: bytes, stand_in: str
) -> str:
    if cipher is None or sealed is None:
        return erased_name(stand_in)
    name = unseal(cipher, sealed, bound_to)
    if name is None:
        raise trouble("log.name_damaged", store.path, row=int.from_bytes(bound_to[-8:], "big"))
    return name.decode()
