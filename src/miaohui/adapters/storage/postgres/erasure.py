"""Erasing buyers: their keys are destroyed, and the pages that held them are thrown away."""

from collections.abc import Collection, Sequence

from asyncpg import LockNotAvailableError

from miaohui.adapters.storage.buyer_ports import Who
from miaohui.adapters.storage.postgres.connection import Connection
from miaohui.adapters.storage.postgres.failures import trouble
from miaohui.adapters.storage.postgres.naming import channel_number
from miaohui.adapters.storage.postgres.store import Store, Turn, reading, writing
from miaohui.adapters.storage.rows import DESTROYED

# In the order of their numbers, as all lock them who lock several.
LOCK_SHOPS = """
UPDATE shop SET erasures = erasures + 1 WHERE id IN (
    SELECT id FROM shop WHERE id = ANY(
        SELECT shop FROM channel WHERE id = ANY($1::bigint[])) ORDER BY id FOR UPDATE)
"""
FIND_ROWS = """
SELECT buyer.id FROM unnest($1::bigint[], $2::bytea[]) AS asked (channel, pseudonym)
JOIN buyer ON buyer.channel = asked.channel AND buyer.pseudonym = asked.pseudonym
ORDER BY buyer.id
"""
LIVING = "SELECT buyer FROM buyer_key WHERE buyer = ANY($1::bigint[]) AND wrapped <> $2"
DESTROY_KEYS = "UPDATE buyer_key SET wrapped = $2 WHERE buyer = ANY($1::bigint[])"
# The name of a conversation may be the buyer's, whoever's key it was sealed under.
UNNAME_CONVERSATIONS = """
UPDATE thread SET sealed_name = NULL WHERE id IN (
    SELECT part.id FROM thread AS own JOIN thread AS part
        ON part.channel = own.channel AND part.pseudonym = own.pseudonym
    WHERE own.buyer = ANY($1::bigint[]))
"""
# What nobody can read any more cannot be sent.
GIVE_UP = """
UPDATE outgoing SET state = 'failed', reason = 'erased'
WHERE state = 'queued' AND thread IN (SELECT id FROM thread WHERE buyer = ANY($1::bigint[]))
"""
FORGET_PICTURES = "DELETE FROM media WHERE buyer = ANY($1::bigint[])"
# The parts of the table in which keys of theirs may lie dead.
PARTS = """
SELECT DISTINCT tableoid::regclass::text FROM buyer_key WHERE buyer = ANY($1::bigint[])
"""
ALL_PARTS = "SELECT DISTINCT tableoid::regclass::text FROM buyer_key WHERE wrapped = $1"
# Where the keys of the catalogue lie that knew the buyers.
CABINET_KEYS = "cabinet_key"
# Writers stand behind whoever asks for a whole part, so it is asked for briefly.
BRIEFLY = "SET LOCAL lock_timeout = '2s'"


async def erase(store: Store, buyers: Collection[Who]) -> int:
    """See buyer_ports.Buyers.erase."""
    async with writing(store) as turn:
        places = await _places(turn.connection, buyers)
        # The shops' rows are locked by this: no event is being sealed under the keys.
        await turn.connection.execute(LOCK_SHOPS, sorted({channel for channel, _ in places}))
        rows = await living_of(turn.connection, buyers)
        if rows:
            await _take_out(store, turn, rows)
            await turn.connection.execute(DESTROY_KEYS, rows, DESTROYED)
            for statement in (UNNAME_CONVERSATIONS, GIVE_UP, FORGET_PICTURES):
                await turn.connection.execute(statement, rows)
    return len(rows)


async def forget_media(store: Store, buyers: Collection[Who]) -> int:
    """See buyer_ports.Buyers.forget_media."""
    async with writing(store) as turn:
        rows = await rows_of(turn.connection, buyers)
        done = await turn.connection.execute(FORGET_PICTURES, rows)
    return int(done.rpartition(" ")[2])


async def rows_of(connection: Connection, buyers: Collection[Who]) -> list[int]:
    """All rows of buyers, older ones first; also those of destroyed keys."""
    places = await _places(connection, buyers)
    channels, stand_ins = [each for each, _ in places], [each for _, each in places]
    return [row for (row,) in await connection.fetch(FIND_ROWS, channels, stand_ins)]


async def living_of(connection: Connection, buyers: Collection[Who]) -> list[int]:
    """The rows of buyers whose keys are there."""
    rows = await rows_of(connection, buyers)
    return [row for (row,) in await connection.fetch(LIVING, rows, DESTROYED)]


async def clean(store: Store, buyers: Collection[Who] | None) -> None:
    """See buyer_ports.Buyers.clean."""
    async with reading(store) as connection:
        if buyers is None:
            found = await connection.fetch(ALL_PARTS, DESTROYED)
        else:
            found = await connection.fetch(PARTS, await rows_of(connection, buyers))
        parts = [part for (part,) in found]
    for part in sorted({CABINET_KEYS, *parts} if parts else ()):
        await _write_anew(store, part)


async def _places(connection: Connection, buyers: Collection[Who]) -> list[tuple[int, bytes]]:
    numbers = {
        place: await channel_number(connection, *place)
        for place in {(who.shop, who.channel) for who in buyers}
    }
    numbered = ((numbers[who.shop, who.channel], who) for who in buyers)
    return [
        (number, bytes.fromhex(who.pseudonym)) for number, who in numbered if number is not None
    ]


async def _take_out(store: Store, turn: Turn, buyers: Sequence[int]) -> None:
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
