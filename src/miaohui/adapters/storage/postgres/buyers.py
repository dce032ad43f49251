"""The buyers of a log as such (buyer_ports.Buyers)."""

from collections.abc import Collection, Sequence
from datetime import datetime

from miaohui.adapters.storage.acquaintances import acquaintance_of, last_heard
from miaohui.adapters.storage.buyer_ports import Acquaintance, Quiet, QuietPage, Who
from miaohui.adapters.storage.erased_names import pseudonyms_of
from miaohui.adapters.storage.postgres import erasure
from miaohui.adapters.storage.postgres.people import pseudonym_of
from miaohui.adapters.storage.postgres.store import Store, reading
from miaohui.adapters.storage.postgres.texts import kept_text, told_text
from miaohui.adapters.storage.rows import DESTROYED
from miaohui.domain.vocabulary.instants import micros_of

NAMED = """
SELECT shop.name, channel.name, encode(buyer.pseudonym, 'hex')
FROM buyer JOIN channel ON channel.id = buyer.channel JOIN shop ON shop.id = channel.shop
"""
IN_CHAT = f"""
{NAMED} WHERE buyer.id IN (SELECT buyer FROM thread WHERE thread.pseudonym = ANY($1::bytea[]))
ORDER BY buyer.id
"""  # noqa: S608
CHATS = "SELECT DISTINCT encode(pseudonym, 'hex') FROM thread WHERE buyer = ANY($1::bigint[])"
KEYS = "SELECT wrapped FROM buyer_key WHERE buyer = ANY($1::bigint[])"
SOME = """
SELECT buyer.id FROM buyer
JOIN channel ON channel.id = buyer.channel JOIN shop ON shop.id = channel.shop
CROSS JOIN LATERAL (SELECT wrapped FROM buyer_key WHERE buyer = buyer.id LIMIT 1) AS key
WHERE shop.name = $1 AND buyer.id > $2 AND key.wrapped <> $3 ORDER BY buyer.id LIMIT $4
"""
# Each thread's newest event is told at once by the index; only where all of them are old is the
# newest instant looked for, which a late event may have.
PARTS = """
FROM (SELECT channel, pseudonym FROM thread WHERE thread.buyer = asked.id OFFSET 0) AS own
CROSS JOIN LATERAL (SELECT id FROM thread
    WHERE channel = own.channel AND pseudonym = own.pseudonym OFFSET 0) AS part
"""
QUIET = f"""
SELECT shop.name, channel.name, encode(asked.pseudonym, 'hex'),
    CASE WHEN (SELECT max(newest.at) {PARTS} CROSS JOIN LATERAL (SELECT at FROM event
            WHERE thread = part.id ORDER BY position DESC LIMIT 1) AS newest) < $2
        THEN (SELECT max(heard.at) {PARTS} CROSS JOIN LATERAL (SELECT at FROM event
            WHERE thread = part.id OFFSET 0) AS heard) END,
    EXISTS (SELECT 1 FROM thread WHERE thread.buyer = asked.id),
    (SELECT max(kept_at) FROM media WHERE media.buyer = asked.id)
FROM buyer AS asked
JOIN channel ON channel.id = asked.channel JOIN shop ON shop.id = channel.shop
WHERE asked.id = ANY($1::bigint[]) ORDER BY asked.id
"""  # noqa: S608


class PostgresBuyers:
    """buyer_ports.Buyers in the database of a log, by its connections."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._wait = store.loop.wait

    def who(self, shop: str, channel: str, buyer: str) -> Who:
        """See buyer_ports.Buyers."""
        stand_in = pseudonym_of(self._store, "buyer", shop, channel, buyer)
        return Who(shop, channel, stand_in.hex())

    def in_chat(self, chat_id: str) -> Sequence[Who]:
        """See buyer_ports.Buyers."""
        return self._wait(self._in_chat(chat_id))

    def chats(self, buyers: Collection[Who]) -> Collection[str]:
        """See buyer_ports.Buyers."""
        return self._wait(self._chats(buyers))

    def acquaintance(self, who: Who) -> Acquaintance:
        """See buyer_ports.Buyers."""
        return self._wait(self._acquaintance(who))

    def unfile(self, buyers: Collection[Who]) -> None:
        """See buyer_ports.Buyers."""
        ahead = self._wait(self._living(buyers))
        if ahead:
            self._leave(ahead)

    def erase(self, buyers: Collection[Who]) -> int:
        """See buyer_ports.Buyers."""
        self.unfile(buyers)
        return self._wait(erasure.erase(self._store, buyers))

    def forget_media(self, buyers: Collection[Who]) -> int:
        """See buyer_ports.Buyers."""
        return self._wait(erasure.forget_media(self._store, buyers))

    def clean(self, buyers: Collection[Who] | None) -> None:
        """See buyer_ports.Buyers."""
        self._wait(erasure.clean(self._store, buyers))

    def quiet(self, shop: str, before: datetime, after: int = 0, limit: int = 1_000) -> QuietPage:
        """See buyer_ports.Buyers."""
        return self._wait(self._quiet(shop, before, after, limit))

    async def _in_chat(self, chat_id: str) -> list[Who]:
        async with reading(self._store) as connection:
            rows = await connection.fetch(IN_CHAT, pseudonyms_of([chat_id]))
        return list(dict.fromkeys(_who(*row) for row in rows))

    async def _chats(self, buyers: Collection[Who]) -> set[str]:
        async with reading(self._store) as connection:
            rows = await erasure.rows_of(connection, buyers)
            return {chat for (chat,) in await connection.fetch(CHATS, rows)}

    async def _acquaintance(self, who: Who) -> Acquaintance:
        async with reading(self._store) as connection:
            rows = await erasure.rows_of(connection, [who])
            return acquaintance_of(key for (key,) in await connection.fetch(KEYS, rows))

    async def _living(self, buyers: Collection[Who]) -> list[int]:
        async with reading(self._store) as connection:
            return await erasure.living_of(connection, buyers)

    async def _quiet(self, shop: str, before: datetime, after: int, limit: int) -> QuietPage:
        async with reading(self._store) as connection:
            some = await connection.fetch(SOME, kept_text(shop), after, DESTROYED, limit)
            numbers = [number for (number,) in some]
            rows = await connection.fetch(QUIET, numbers, micros_of(before))
        found = [
            Quiet(_who(*names), last_at, shown is not None)
            for *names, said, has_said, shown in rows
            if (last_at := last_heard(said, has_said, shown, before)) is not None
        ]
        return QuietPage(found, numbers[-1] if len(numbers) == limit else None)

    def _leave(self, buyers: Sequence[int]) -> None:
        # Only a house that searches waits for the library of numbers.
        from miaohui.adapters.storage.postgres.taking_out import leave_ahead

        leave_ahead(self._store, buyers)


def _who(shop: str, channel: str, stand_in: str) -> Who:
    return Who(told_text(shop), told_text(channel), stand_in)
