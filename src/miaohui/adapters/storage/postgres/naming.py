"""Readable names: unsealed for whoever shows them, a pseudonym where the buyer was erased."""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from miaohui.adapters.storage.erased_names import PSEUDONYM_DIGITS, erased_name, told_digits
from miaohui.adapters.storage.postgres.connection import Connection
from miaohui.adapters.storage.postgres.failures import trouble
from miaohui.adapters.storage.postgres.people import unwrapped
from miaohui.adapters.storage.postgres.store import Store, reading
from miaohui.adapters.storage.postgres.texts import kept_text
from miaohui.adapters.storage.rows import buyer_bound, thread_bound
from miaohui.adapters.storage.sealing import Cipher, unseal

# A conversation is called by the newest name that stands; a buyer by the newest row. Nothing is
# remembered between two questions, so an erasure by whatever process is seen at once.
# id + 0: the newest of the few threads of a conversation, not a walk back from the newest of all.
FIND_PEOPLE = """
SELECT thread.id, thread.buyer, encode(thread.pseudonym, 'hex'),
    named.id, named.buyer, named.sealed_name,
    encode(buyer.pseudonym, 'hex'), living.id, living.sealed_name
FROM unnest($1::bigint[]) AS asked (id)
CROSS JOIN LATERAL (SELECT * FROM thread WHERE id = asked.id LIMIT 1) AS thread
CROSS JOIN LATERAL (SELECT * FROM buyer WHERE id = thread.buyer LIMIT 1) AS buyer
CROSS JOIN LATERAL (
    SELECT id, sealed_name FROM buyer AS other
    WHERE other.channel = buyer.channel AND other.pseudonym = buyer.pseudonym
    ORDER BY id DESC LIMIT 1) AS living
LEFT JOIN LATERAL (
    SELECT id, buyer, sealed_name FROM thread AS other
    WHERE other.channel = thread.channel AND other.pseudonym = thread.pseudonym
        AND other.sealed_name IS NOT NULL
    ORDER BY id + 0 DESC LIMIT 1) AS named ON true
"""
FIND_KEYS = """
SELECT asked.id, key.wrapped FROM unnest($1::bigint[]) AS asked (id)
LEFT JOIN LATERAL (SELECT wrapped FROM buyer_key WHERE buyer = asked.id LIMIT 1) AS key ON true
"""
FIND_CONVERSATIONS = """
SELECT encode(pseudonym, 'hex'), max(id) FROM thread
WHERE channel = $1 AND pseudonym = ANY($2::bytea[]) GROUP BY pseudonym
"""
FIND_CHANNEL = """
SELECT channel.id FROM channel JOIN shop ON shop.id = channel.shop
WHERE shop.name = $1 AND channel.name = $2
"""


class Person(NamedTuple):
    """A thread as people read it, and the key that opens its texts; None when erased.
    `is_erased`: buyer or conversation has no name any more."""

    conversation: str
    buyer: str
    cipher: Cipher | None
    is_erased: bool


async def people_of(
    store: Store, connection: Connection, threads: Collection[int]
) -> Mapping[int, Person]:
    """Threads by number."""
    rows = await connection.fetch(FIND_PEOPLE, list(threads))
    wanted = {buyer for row in rows for buyer in (row[1], row[4], row[7]) if buyer}
    ciphers = await _ciphers_of(store, connection, wanted)
    found: dict[int, Person] = {}
    for thread, key, conversation, named, namer, sealed, buyer, living, sealed_buyer in rows:
        found[thread] = Person(
            _name(store, ciphers.get(namer), sealed, thread_bound(named or 0), conversation),
            _name(store, ciphers[living], sealed_buyer, buyer_bound(living), buyer),
            ciphers[key],
            ciphers.get(namer) is None or ciphers[living] is None,
        )
    return found


async def names(
    store: Store, shop: str, channel: str, pseudonyms: Iterable[str]
) -> Mapping[str, str]:
    """See ports.FactSource.names."""
    wanted = [
        bytes.fromhex(each) for each in pseudonyms if len(told_digits(each)) == PSEUDONYM_DIGITS
    ]
    async with reading(store) as connection:
        number = await channel_number(connection, shop, channel)
        rows = await connection.fetch(FIND_CONVERSATIONS, number, wanted)
        people = await people_of(store, connection, [thread for _, thread in rows])
    return {pseudonym: people[thread].conversation for pseudonym, thread in rows}


async def channel_number(connection: Connection, shop: str, channel: str) -> int | None:
    """The number of a shop's channel; None if the log has not met it."""
    return await connection.fetchval(FIND_CHANNEL, kept_text(shop), kept_text(channel))


async def _ciphers_of(
    store: Store, connection: Connection, buyers: Collection[int]
) -> Mapping[int, Cipher | None]:
    rows = await connection.fetch(FIND_KEYS, list(buyers))
    return {buyer: unwrapped(store, buyer, wrapped) for buyer, wrapped in rows}


def _name(
    store: Store, cipher: Cipher | None, sealed: bytes | None, bound_to: bytes, pseudonym: str
) -> str:
    if cipher is None or sealed is None:
        return erased_name(pseudonym)
    name = unseal(cipher, sealed, bound_to)
    if name is None:
        raise trouble("log.name_damaged", store.place, row=int.from_bytes(bound_to[-8:], "big"))
    return name.decode()
