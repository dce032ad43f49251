"""The messages of the log as the catalogue reads them (catalogue/shelves.py)."""

from collections.abc import Collection, Mapping, Sequence
from json import dumps

from miaohui.adapters.storage.catalogue.shares import shares_of
from miaohui.adapters.storage.catalogue.shelves import Living, Shops, Unfiled
from miaohui.adapters.storage.chat_listing import seen_by
from miaohui.adapters.storage.erased_names import pseudonyms_of
from miaohui.adapters.storage.rows import position_of
from miaohui.adapters.storage.sqlite.fetching import OF_POSITIONS, OF_SHOP, living
from miaohui.adapters.storage.sqlite.shelves import changes
from miaohui.adapters.storage.sqlite.store import Store, reading
from miaohui.domain.directory.scope import Scope

WAITING = """
SELECT shop.id, coalesce(filed.seq, 0), shop.newest_seq
FROM shop LEFT JOIN filed ON filed.shop = shop.id
WHERE shop.newest_seq > coalesce(filed.seq, 0)
"""
CHATS = """
SELECT id, lower(hex(pseudonym)) FROM thread WHERE id IN (SELECT value FROM json_each(?))
"""
THREADS = "SELECT id, lower(hex(pseudonym)) FROM thread WHERE pseudonym IN ({})"
OLDEST = "SELECT min(at) FROM event WHERE thread IN (SELECT value FROM json_each(?))"
SEEN = """
SELECT thread.id FROM thread JOIN chat ON chat.id = thread.pseudonym
WHERE thread.id IN (SELECT value FROM json_each(?)) AND ({})
"""
ALL_SEEN = """
SELECT thread.id FROM chat JOIN thread ON thread.pseudonym = chat.id
WHERE chat.shop IN ({}) AND {}
"""


class SqliteMessages:
    """catalogue.shelves.FilingLog, FindingLog and Rights of one open log."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def unfiled(self, limit: int) -> Unfiled:
        """See FilingLog."""
        with reading(self._store) as connection:
            known = changes(connection)
            waiting = {shop: (seq, last) for shop, seq, last in connection.execute(WAITING)}
            counts = {shop: last - seq for shop, (seq, last) in waiting.items()}
            spans = {
                shop: (waiting[shop][0], waiting[shop][0] + share)
                for shop, share in shares_of(counts, limit)
            }
            found = [each for shop, span in spans.items() for each in self._between(shop, *span)]
        read = sum(end - start for start, end in spans.values())
        return Unfiled(known, read, found, {shop: end for shop, (_, end) in spans.items()})

    def shops(self, named: Collection[str]) -> Shops:
        """See FindingLog."""
        known = self._store.shops.keys
        numbers = [number for number, (name,) in known.items() if name in named]
        return Shops(numbers, len(numbers) == len(known))

    def living(self, positions: Sequence[int]) -> Mapping[int, Living]:
        """See FindingLog."""
        rows = living(self._store, OF_POSITIONS, (dumps(list(positions)),))
        return {row[0]: Living(*row) for row in rows}

    def chats_of(self, threads: Collection[int]) -> Mapping[int, str]:
        """See FindingLog."""
        return dict(self._store.connection.execute(CHATS, (dumps(list(threads)),)))

    def threads_of(self, chats: Collection[str]) -> Mapping[int, str]:
        """See FindingLog."""
        stand_ins = pseudonyms_of(chats)
        question = THREADS.format(", ".join("?" * len(stand_ins)))
        return dict(self._store.connection.execute(question, stand_ins))

    def oldest_at(self, threads: Collection[int]) -> int:
        """See FindingLog."""
        return self._store.connection.execute(OLDEST, (dumps(list(threads)),)).fetchone()[0]

    def seen(self, scope: Scope, threads: Collection[int]) -> Collection[int]:
        """See Rights."""
        ways = list(seen_by(scope))
        question = SEEN.format(" OR ".join(text for text, _ in ways))
        values = [value for _, some in ways for value in some]
        rows = self._store.connection.execute(question, (dumps(list(threads)), *values))
        return {thread for (thread,) in rows}

    def all_seen(self, scope: Scope, most: int) -> Collection[int] | None:
        """See Rights."""
        shops = ", ".join("?" * len(scope.shops))
        ways = list(seen_by(scope))
        question = " UNION ALL ".join(ALL_SEEN.format(shops, text) for text, _ in ways)
        values = [value for _, some in ways for value in (*scope.shops, *some)]
        rows = self._store.connection.execute(f"{question} LIMIT ?", (*values, most + 1))
        threads = [thread for (thread,) in rows]
        return None if len(threads) > most else threads

    def behind(self) -> int:
        """How many events are not filed."""
        with reading(self._store) as connection:
            return sum(last - seq for _, seq, last in connection.execute(WAITING))

    def _between(self, shop: int, start: int, end: int) -> list[Living]:
        span = position_of(shop, start), position_of(shop, end), end - start
        return [Living(*row) for row in living(self._store, OF_SHOP, span)]
