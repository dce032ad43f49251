"""The messages of the log as the catalogue reads them (catalogue/shelves.py)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from miaohui.adapters.storage.catalogue.shares import shares_of
from miaohui.adapters.storage.catalogue.shelves import Living, Shops, Unfiled
from miaohui.adapters.storage.chat_listing import Condition, seen_by
from miaohui.adapters.storage.erased_names import pseudonyms_of
from miaohui.adapters.storage.postgres.connection import numbered
from miaohui.adapters.storage.postgres.fetching import living
from miaohui.adapters.storage.postgres.shelves import CHANGES
from miaohui.adapters.storage.postgres.store import Store, reading
from miaohui.adapters.storage.postgres.texts import kept_text
from miaohui.adapters.storage.rows import position_of
from miaohui.domain.directory.scope import Scope

WAITING = """
SELECT shop.id, coalesce(filed.seq, 0), shop.newest_seq
FROM shop LEFT JOIN filed ON filed.shop = shop.id
WHERE shop.newest_seq > coalesce(filed.seq, 0)
"""
SHOPS = """
SELECT array(SELECT id FROM shop WHERE name = ANY($1::text[])), (SELECT count(*) FROM shop)
"""
CHATS = "SELECT id, encode(pseudonym, 'hex') FROM thread WHERE id = ANY($1::bigint[])"
THREADS = "SELECT id, encode(pseudonym, 'hex') FROM thread WHERE pseudonym = ANY($1::bytea[])"
OLDEST = """
SELECT min(event.at) FROM unnest($1::bigint[]) AS asked (thread)
CROSS JOIN LATERAL (SELECT at FROM event WHERE thread = asked.thread OFFSET 0) AS event
"""
SEEN = """
SELECT asked.thread FROM unnest($1::bigint[]) AS asked (thread)
CROSS JOIN LATERAL (SELECT pseudonym FROM thread WHERE id = asked.thread LIMIT 1) AS thread
CROSS JOIN LATERAL (SELECT * FROM chat WHERE id = thread.pseudonym LIMIT 1) AS chat
WHERE {}
"""
ALL_SEEN = """
SELECT thread.id FROM chat
CROSS JOIN LATERAL (SELECT id FROM thread WHERE pseudonym = chat.id OFFSET 0) AS thread
WHERE chat.shop = ANY($1::text[]) AND {}
"""


class PostgresMessages:
    """catalogue.shelves.FilingLog, FindingLog and Rights of one open log."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._wait = store.loop.wait

    def unfiled(self, limit: int) -> Unfiled:
        """See FilingLog."""
        return self._wait(self._unfiled(limit))

    def shops(self, named: Collection[str]) -> Shops:
        """See FindingLog."""
        ((numbers, count),) = self._rows(SHOPS, [kept_text(shop) for shop in named])
        return Shops(numbers, len(numbers) == count)

    def living(self, positions: Sequence[int]) -> Mapping[int, Living]:
        """See FindingLog."""
        return self._wait(self._living(positions))

    def chats_of(self, threads: Collection[int]) -> Mapping[int, str]:
        """See FindingLog."""
        return dict(self._rows(CHATS, list(threads)))

    def threads_of(self, chats: Collection[str]) -> Mapping[int, str]:
        """See FindingLog."""
        return dict(self._rows(THREADS, pseudonyms_of(chats)))

    def oldest_at(self, threads: Collection[int]) -> int:
        """See FindingLog."""
        ((oldest,),) = self._rows(OLDEST, list(threads))
        return oldest

    def seen(self, scope: Scope, threads: Collection[int]) -> Collection[int]:
        """See Rights."""
        ways = list(seen_by(scope))
        question = numbered(SEEN.format(" OR ".join(text for text, _ in ways)), 2)
        rows = self._rows(question, list(threads), *_values(ways))
        return {thread for (thread,) in rows}

    def all_seen(self, scope: Scope, most: int) -> Collection[int] | None:
        """See Rights."""
        ways = list(seen_by(scope))
        some = " UNION ALL ".join(ALL_SEEN.format(text) for text, _ in ways)
        shops = [kept_text(shop) for shop in scope.shops]
        question = numbered(f"SELECT id FROM ({some}) AS seen LIMIT $2", 3)  # noqa: S608
        rows = self._rows(question, shops, most + 1, *_values(ways))
        return None if len(rows) > most else [thread for (thread,) in rows]

    def behind(self) -> int:
        """How many events are not filed."""
        return sum(last - seq for _, seq, last in self._rows(WAITING))

    def _rows(self, question: str, *values: object) -> Sequence[Any]:
        return self._wait(self._fetch(question, *values))

    async def _fetch(self, question: str, *values: object) -> Sequence[Any]:
        async with reading(self._store) as connection:
            return await connection.fetch(question, *values)

    async def _living(self, positions: Sequence[int]) -> dict[int, Living]:
        async with reading(self._store) as connection:
            found = await living(self._store, connection, positions)
        return {row[0]: Living(*row) for row in found}

    async def _unfiled(self, limit: int) -> Unfiled:
        async with reading(self._store) as connection:
            # First of all: what is erased from here on makes the exchange fail, as it must.
            changes = await connection.fetchval(CHANGES)
            waiting = {shop: (seq, last) for shop, seq, last in await connection.fetch(WAITING)}
            counts = {shop: last - seq for shop, (seq, last) in waiting.items()}
            spans = {
                shop: (waiting[shop][0], waiting[shop][0] + share)
                for shop, share in shares_of(counts, limit)
            }
            positions = [
                position_of(shop, seq)
                for shop, (start, end) in spans.items()
                for seq in range(start + 1, end + 1)
            ]
            found = await living(self._store, connection, positions)
        ends = {shop: end for shop, (_, end) in spans.items()}
        return Unfiled(changes, len(positions), [Living(*row) for row in found], ends)


def _values(ways: Iterable[Condition]) -> list[object]:
    values = [value for _, some in ways for value in some]
    return [kept_text(value) if isinstance(value, str) else value for value in values]
