"""The integrity check: everything the log promises, looked at again; problems as values."""

from collections.abc import AsyncIterator, Callable
from typing import Any

from miaohui.adapters.storage.numbered_scripts import reached
from miaohui.adapters.storage.postgres.fetching import ONE_DAY
from miaohui.adapters.storage.postgres.migration import migrations, taken_steps
from miaohui.adapters.storage.postgres.store import REMEMBERED, Store, reading
from miaohui.adapters.storage.postgres.texts import told_text
from miaohui.adapters.storage.recent import Recent
from miaohui.adapters.storage.rows import (
    DESTROYED,
    SEQ_MASK,
    SHOP_SHIFT,
    buyer_bound,
    event_bound,
    key_bound,
    thread_bound,
)
from miaohui.adapters.storage.sealing import Cipher, unseal, unwrap
from miaohui.domain.vocabulary.problems import Problem, ReaderError

GAPS = f"""
SELECT shop.name, shop.newest_seq, found.events
FROM shop CROSS JOIN LATERAL (
    SELECT count(*) AS events, coalesce(max(position) & {SEQ_MASK}, 0) AS newest FROM event
    WHERE position BETWEEN (shop.id << {SHOP_SHIFT}) + 1 AND (shop.id << {SHOP_SHIFT}) + {SEQ_MASK}
) AS found
WHERE found.events <> shop.newest_seq OR found.newest <> shop.newest_seq
"""  # noqa: S608

# Each counts rows that must not be there.
COUNTS = {
    "log.check.dangling": """
        SELECT (SELECT count(*) FROM event LEFT JOIN thread ON thread.id = event.thread
                WHERE thread.id IS NULL)
            + (SELECT count(*) FROM event LEFT JOIN manner ON manner.id = event.manner
                WHERE manner.id IS NULL)
            + (SELECT count(*) FROM detail LEFT JOIN event USING (position)
                WHERE event.position IS NULL)
            + (SELECT count(*) FROM outgoing LEFT JOIN event USING (position)
                WHERE event.position IS NULL OR event.thread <> outgoing.thread)""",
    "log.check.stray": f"""
        SELECT count(*) FROM event
        JOIN thread ON thread.id = event.thread JOIN channel ON channel.id = thread.channel
        WHERE event.channel <> channel.id OR event.position >> {SHOP_SHIFT} <> channel.shop""",  # noqa: S608
    # The texts themselves, not the index that should have kept them apart.
    "log.check.repeated": """
        SELECT count(*) FROM (SELECT 1 FROM event
            GROUP BY channel, source_id || '' HAVING count(*) > 1) AS repeated""",
    "log.check.without_detail": """
        SELECT count(*) FROM event LEFT JOIN detail USING (position)
        WHERE detail.position IS NULL""",
    "log.check.without_key": """
        SELECT count(*) FROM buyer LEFT JOIN buyer_key ON buyer_key.buyer = buyer.id
        WHERE buyer_key.buyer IS NULL""",
}

# Each gives the row, its buyer, the buyer's wrapped key and what is sealed under it.
KEYS = """
SELECT buyer, buyer, wrapped, NULL FROM buyer_key WHERE buyer > $1 ORDER BY buyer LIMIT $2
"""
SEALED: dict[str, tuple[str, Callable[[int], bytes]]] = {
    "log.check.event_unreadable": (
        """
        SELECT run.position, key.buyer, key.wrapped, run.sealed FROM (
            SELECT position, sealed FROM detail
            WHERE position > $1 AND sealed IS NOT NULL ORDER BY position LIMIT $2) AS run
        LEFT JOIN event USING (position)
        LEFT JOIN thread ON thread.id = event.thread
        LEFT JOIN buyer_key AS key ON key.buyer = thread.buyer
        ORDER BY run.position""",
        event_bound,
    ),
    "log.check.buyer_unreadable": (
        """
        SELECT run.id, key.buyer, key.wrapped, run.sealed_name FROM (
            SELECT id, sealed_name FROM buyer WHERE id > $1 ORDER BY id LIMIT $2) AS run
        LEFT JOIN buyer_key AS key ON key.buyer = run.id
        ORDER BY run.id""",
        buyer_bound,
    ),
    "log.check.conversation_unreadable": (
        """
        SELECT run.id, key.buyer, key.wrapped, run.sealed_name FROM (
            SELECT id, buyer, sealed_name FROM thread
            WHERE id > $1 AND sealed_name IS NOT NULL ORDER BY id LIMIT $2) AS run
        LEFT JOIN buyer_key AS key ON key.buyer = run.buyer
        ORDER BY run.id""",
        thread_bound,
    ),
}
CHUNK = 10_000

Ciphers = Recent[int, Cipher | None]


async def check(store: Store) -> list[Problem]:
    """See ports.Log.check. Reads and unseals everything: some seconds per million events."""
    return [
        Problem(problem.key, {"path": store.place, **problem.values}, store.place)
        async for problem in _until_unreadable(store)
    ]


async def _until_unreadable(store: Store) -> AsyncIterator[Problem]:
    """All problems; where the database cannot be read on, that is the last one."""
    try:
        async for problem in _problems(store):
            yield problem
    except ReaderError as error:
        for problem in error.problems:
            yield problem


async def _problems(store: Store) -> AsyncIterator[Problem]:
    steps = migrations()
    async with reading(store) as connection:
        version = reached(steps, await taken_steps(connection, store.place))
        expected = steps[-1].number
        if version != expected:
            yield Problem("log.check.version", {"version": version, "known": expected})
        for shop, newest, events in await connection.fetch(GAPS, timeout=ONE_DAY):
            values = {"shop": told_text(shop), "newest_seq": newest, "found": events}
            yield Problem("log.check.gap", values)
        for key, question in COUNTS.items():
            count = await connection.fetchval(question, timeout=ONE_DAY)
            if count:
                yield Problem(key, {"count": count})
    async for problem in _key_problems(store):
        yield problem
    ciphers: Ciphers = Recent(REMEMBERED)
    for key, (question, bound) in SEALED.items():
        async for problem in _sealed_problems(store, ciphers, key, question, bound):
            yield problem


async def _key_problems(store: Store) -> AsyncIterator[Problem]:
    broken = 0
    async for buyer, _, wrapped, _ in _rows(store, KEYS):
        is_living = wrapped != DESTROYED
        broken += is_living and unwrap(store.keys, wrapped, key_bound(buyer)) is None
    if broken:
        yield Problem("log.check.key_unreadable", {"count": broken})


async def _sealed_problems(
    store: Store, ciphers: Ciphers, key: str, question: str, bound: Callable[[int], bytes]
) -> AsyncIterator[Problem]:
    count, first = 0, 0
    async for row, buyer, wrapped, sealed in _rows(store, question):
        cipher = _cipher(store, ciphers, buyer, wrapped)
        if cipher and unseal(cipher, sealed, bound(row)) is None:
            count, first = count + 1, first or row
    if count:
        yield Problem(key, {"count": count, "row": first & SEQ_MASK})


async def _rows(store: Store, question: str) -> AsyncIterator[Any]:
    """Rows by their number, in chunks."""
    last = 0
    while True:
        async with reading(store) as connection:
            rows = await connection.fetch(question, last, CHUNK)
        for row in rows:
            yield row
        if len(rows) < CHUNK:
            return
        last = rows[-1][0]


def _cipher(
    store: Store, ciphers: Ciphers, buyer: int | None, wrapped: bytes | None
) -> Cipher | None:
    if buyer is None or wrapped is None:
        return None
    if buyer not in ciphers:
        ciphers.keep(buyer, unwrap(store.keys, wrapped, key_bound(buyer)))
    return ciphers[buyer]
