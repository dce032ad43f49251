"""The columns that figures need, in bulk: nothing unsealed, no key touched."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from miaohui.adapters.storage.ports import FactColumns
from miaohui.adapters.storage.postgres.store import Store, reading
from miaohui.adapters.storage.postgres.texts import SUBSTITUTE, kept_text, told_text
from miaohui.adapters.storage.rows import SEQ_MASK, position_of
from miaohui.domain.vocabulary.instants import instant_of, micros_of

# Rows per batch: large enough to spread the cost of a query, small enough for the caches.
BATCH = 8_192
THREADS_AT_ONCE = 50_000
FOR_EVER = (1 << 63) - 1

# Whole columns cross into Python as one array each: cheaper than row by row.
FACTS = f"""
SELECT array_agg(position & {SEQ_MASK}), array_agg(thread), array_agg(manner), array_agg(at),
    array_agg(source_id), array_agg(purpose), array_agg(mark), array_agg(about), array_agg(brief)
FROM (
    SELECT * FROM event WHERE position > $1 AND position <= $2 AND at <= $3
    ORDER BY position LIMIT {BATCH}) AS run
"""  # noqa: S608
SHOPS = """
SELECT id, newest_seq FROM shop
WHERE $1::text[] IS NULL OR name = ANY($1) ORDER BY id
"""
# How far this went and how many there were, then the threads of the wanted shops.
THREADS = f"""
SELECT max(run.id), count(*),
    array_agg(run.id) FILTER (WHERE channel.shop = ANY($2::bigint[])),
    array_agg(encode(run.pseudonym, 'hex')) FILTER (WHERE channel.shop = ANY($2)),
    array_agg(channel.id) FILTER (WHERE channel.shop = ANY($2))
FROM (SELECT * FROM thread WHERE id > $1 ORDER BY id LIMIT {THREADS_AT_ONCE}) AS run
JOIN channel ON channel.id = run.channel
"""  # noqa: S608
NAMED_SHOPS = "SELECT name FROM shop"
STORES = """
SELECT shop.name, channel.name FROM channel JOIN shop ON shop.id = channel.shop
"""


class Threads(NamedTuple):
    """What the numbers of threads stand for."""

    pseudonym: dict[int, str]
    channel: dict[int, str]


def read_facts(
    store: Store, shops: Collection[str] | None, until: datetime | None
) -> Iterator[FactColumns]:
    """See ports.FactSource.read_facts."""
    known, threads = store.loop.wait(_known(store, shops))
    latest = FOR_EVER if until is None else micros_of(until)
    for shop, newest_seq in known:
        last = 0
        while last < newest_seq:
            span = (position_of(shop, last), position_of(shop, newest_seq), latest)
            facts = store.loop.wait(_batch(store, threads, shop, span))
            if facts is not None:
                yield facts
            last = facts.seq[-1] if facts and len(facts.seq) == BATCH else newest_seq


async def shops(store: Store) -> list[str]:
    """See ports.Log.shops."""
    async with reading(store) as connection:
        return sorted(told_text(name) for (name,) in await connection.fetch(NAMED_SHOPS))


async def stores(store: Store) -> list[tuple[str, str]]:
    """See ports.FactSource.stores."""
    async with reading(store) as connection:
        rows = await connection.fetch(STORES)
    return sorted((told_text(shop), told_text(channel)) for shop, channel in rows)


async def count(store: Store) -> int:
    """See ports.FactSource.count."""
    async with reading(store) as connection:
        question = "SELECT coalesce(sum(newest_seq), 0)::bigint FROM shop"
        return await connection.fetchval(question)


async def newest_at(store: Store) -> datetime | None:
    """See ports.FactSource.newest_at."""
    async with reading(store) as connection:
        newest = await connection.fetchval("SELECT max(newest_at) FROM shop")
    return None if newest is None else instant_of(newest)


async def _known(
    store: Store, shops: Collection[str] | None
) -> tuple[list[tuple[int, int]], Threads]:
    """How far each shop has come, and every thread that its events may belong to."""
    async with reading(store) as connection:
        wanted = None if shops is None else [kept_text(shop) for shop in shops]
        known = [(shop, newest) for shop, newest in await connection.fetch(SHOPS, wanted)]
        for codes in (store.shops, store.channels, store.manners):
            await codes.catch_up(connection)
        threads = Threads({}, {})
        numbers = [shop for shop, _ in known]
        last, held = 0, THREADS_AT_ONCE
        while held == THREADS_AT_ONCE:
            last, held, *arrays = await connection.fetchrow(THREADS, last, numbers)
            _know(store, threads, *arrays)
    return known, threads


def _know(
    store: Store,
    threads: Threads,
    numbers: Sequence[int] | None,
    pseudonyms: Sequence[str],
    channels: Sequence[int],
) -> None:
    if numbers:
        threads.pseudonym.update(zip(numbers, pseudonyms, strict=True))
        names = (store.channels.keys[channel][1] for channel in channels)
        threads.channel.update(zip(numbers, names, strict=True))


async def _batch(
    store: Store, threads: Threads, shop: int, span: tuple[int, int, int]
) -> FactColumns | None:
    async with reading(store) as connection:
        arrays = await connection.fetchrow(FACTS, *span)
    return None if arrays[0] is None else _columns(store, threads, shop, arrays)


def _columns(store: Store, threads: Threads, shop: int, arrays: Any) -> FactColumns:
    seq, thread, manner, at = arrays[:4]
    source_id, purpose, mark, about, brief = map(_told, arrays[4:])
    manners = [store.manners.keys[code] for code in manner]
    return FactColumns(
        shop=[store.shops.keys[shop][0]] * len(seq),
        channel=list(map(threads.channel.__getitem__, thread)),
        conversation=list(map(threads.pseudonym.__getitem__, thread)),
        at=at,
        actor=[actor for actor, _, _, _ in manners],
        origin=[origin for _, origin, _, _ in manners],
        account=[account for _, _, _, account in manners],
        kind=[kind for _, _, kind, _ in manners],
        purpose=purpose,
        mark=mark,
        about=about,
        brief=brief,
        source_id=source_id,
        seq=seq,
    )


def _told(column: list[Any]) -> list[Any]:
    if not any(text and SUBSTITUTE in text for text in column):
        return column
    return [told_text(text) for text in column]
