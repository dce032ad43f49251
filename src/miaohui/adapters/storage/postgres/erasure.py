"""Erasing a buyer: the key is destroyed, and the pages that held it are thrown away."""

from asyncpg import LockNotAvailableError

from miaohui.adapters.storage.postgres.failures import trouble
from miaohui.adapters.storage.postgres.naming import channel_number
from miaohui.adapters.storage.postgres.people import pseudonym_of
from miaohui.adapters.storage.postgres.store import Store, Turn, reading, writing
from miaohui.adapters.storage.rows import DESTROYED

LOCK_SHOP = """
UPDATE shop SET erasures = erasures + 1 WHERE id = (SELECT shop FROM channel WHERE id = $1)
"""
# Every row of the buyer, with the part of the table in which its key lies.
FIND_ROWS = """
SELECT buyer.id, key.wrapped <> $3, key.part
FROM buyer CROSS JOIN LATERAL (
    SELECT wrapped, tableoid::regclass::text AS part FROM buyer_key
    WHERE buyer_key.buyer = buyer.id LIMIT 1) AS key
WHERE buyer.channel = $1 AND buyer.pseudonym = $2
"""
DESTROY_KEY = "UPDATE buyer_key SET wrapped = $1 WHERE buyer = $2"
# The name of a conversation may be the buyer's, whoever's key it was sealed under.
UNNAME_CONVERSATIONS = """
UPDATE thread SET sealed_name = NULL
WHERE (channel, pseudonym) IN (SELECT channel, pseudonym FROM thread WHERE buyer = $1)
"""
# What nobody can read any more cannot be sent.
GIVE_UP = """
UPDATE outgoing SET state = 'failed', reason = 'erased'
WHERE state = 'queued' AND thread IN (SELECT id FROM thread WHERE buyer = $1)
"""
# Where the keys of the catalogue lie that knew the buyer.
CABINET_KEYS = "cabinet_key"
FORGET_PICTURES = "DELETE FROM media WHERE buyer = $1"
# Writers stand behind whoever asks for a whole part, so it is asked for briefly.
BRIEFLY = "SET LOCAL lock_timeout = '2s'"


async def erase_buyer(store: Store, shop: str, channel: str, buyer: str) -> bool:
    """See ports.Log.erase_buyer. Erasing again throws the old pages away again.

    Raises ReaderError `log.erasure_waits` if the key is destroyed but somebody else still reads
    the pages it lay in: erase again when they have finished.
    """
    async with writing(store) as turn:
        number = await channel_number(turn.connection, shop, channel)
        if number is None:
            return False
        # The shop's row is locked by this: no event is being sealed under the key.
        await turn.connection.execute(LOCK_SHOP, number)
        stand_in = pseudonym_of(store, "buyer", shop, channel, buyer)
        rows = await turn.connection.fetch(FIND_ROWS, number, stand_in, DESTROYED)
        living = [row for row, is_living, _ in rows if is_living]
        if living:
            await _take_out(store, turn, living)
        for row in living:
            await turn.connection.execute(DESTROY_KEY, DESTROYED, row)
            await turn.connection.execute(UNNAME_CONVERSATIONS, row)
            await turn.connection.execute(GIVE_UP, row)
            await turn.connection.execute(FORGET_PICTURES, row)
    for part in sorted({CABINET_KEYS, *(part for _, _, part in rows)} if rows else ()):
        await _write_anew(store, part)
    return bool(living)


async def _take_out(store: Store, turn: Turn, buyers: list[int]) -> None:
    # Only a house that searches waits for the library of numbers.
    from miaohui.adapters.storage.postgres.taking_out import take_out

    await take_out(store, turn.connection, buyers)


async def _write_anew(store: Store, part: str) -> None:
    """A new file with the living keys only; TRUNCATE lets the old one go, dead rows and all."""
    async with reading(store) as connection, connection.transaction():
        await connection.execute(BRIEFLY)
        try:
            await connection.execute(f"LOCK TABLE {part} IN ACCESS EXCLUSIVE MODE")
        except LockNotAvailableError:
            raise trouble("log.erasure_waits", store.place) from None
        await connection.execute(f"CREATE TEMP TABLE kept ON COMMIT DROP AS TABLE {part}")
        await connection.execute(f"TRUNCATE {part}")
        await connection.execute(f"INSERT INTO {part} TABLE kept")
