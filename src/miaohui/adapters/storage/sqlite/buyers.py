"""The buyers of a log as such (buyer_ports.Buyers)."""

from collections.abc import Collection, Sequence
from datetime import datetime
from json import dumps

from miaohui.adapters.storage.acquaintances import acquaintance_of, last_heard
from miaohui.adapters.storage.buyer_ports import Acquaintance, Quiet, QuietPage, Who
from miaohui.adapters.storage.erased_names import pseudonyms_of
from miaohui.adapters.storage.rows import DESTROYED
from miaohui.adapters.storage.sealing import pseudonym
from miaohui.adapters.storage.sqlite import erasure
from miaohui.adapters.storage.sqlite.store import Store, reading
from miaohui.domain.vocabulary.instants import micros_of

IN_CHAT = """
SELECT DISTINCT buyer.channel, lower(hex(buyer.pseudonym))
FROM thread JOIN buyer ON buyer.id = thread.buyer WHERE thread.pseudonym = ?
"""
CHATS = """
SELECT DISTINCT lower(hex(pseudonym)) FROM thread WHERE buyer IN (SELECT value FROM json_each(?))
"""
KEYS = "SELECT wrapped FROM buyer_key WHERE buyer IN (SELECT value FROM json_each(?))"
# Each thread's newest event is told at once by the index; only where all of them are old is the
# newest instant looked for, which a late event may have.
PARTS = """
FROM thread AS own JOIN thread AS part
    ON part.channel = own.channel AND part.pseudonym = own.pseudonym
"""
QUIET = f"""
SELECT id, channel, lower(hex(pseudonym)),
    CASE WHEN (SELECT max((SELECT at FROM event WHERE thread = part.id
            ORDER BY position DESC LIMIT 1)) {PARTS} WHERE own.buyer = buyer.id) < ?1
        THEN (SELECT max(at) {PARTS} JOIN event ON event.thread = part.id
            WHERE own.buyer = buyer.id) END,
    EXISTS (SELECT 1 FROM thread WHERE thread.buyer = buyer.id),
    (SELECT max(kept_at) FROM media WHERE media.buyer = buyer.id)
FROM buyer JOIN buyer_key ON buyer_key.buyer = buyer.id
WHERE id > ?2 AND channel IN (SELECT value FROM json_each(?3)) AND wrapped <> ?4
ORDER BY id LIMIT ?5
"""  # noqa: S608


class SqliteBuyers:
    """buyer_ports.Buyers in the file of a log, in turns with it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def who(self, shop: str, channel: str, buyer: str) -> Who:
        """See buyer_ports.Buyers."""
        return Who(shop, channel, pseudonym(self._store.keys, "buyer", shop, channel, buyer).hex())

    def in_chat(self, chat_id: str) -> Sequence[Who]:
        """See buyer_ports.Buyers."""
        with reading(self._store) as connection:
            rows = [
                row
                for each in pseudonyms_of([chat_id])
                for row in connection.execute(IN_CHAT, (each,))
            ]
            return [self._who(*row) for row in rows]

    def chats(self, buyers: Collection[Who]) -> Collection[str]:
        """See buyer_ports.Buyers."""
        with reading(self._store) as connection:
            rows = erasure.rows_of(self._store, connection, buyers)
            return {chat for (chat,) in connection.execute(CHATS, (dumps(rows),))}

    def acquaintance(self, who: Who) -> Acquaintance:
        """See buyer_ports.Buyers."""
        with reading(self._store) as connection:
            rows = erasure.rows_of(self._store, connection, [who])
            return acquaintance_of(key for (key,) in connection.execute(KEYS, (dumps(rows),)))

    def unfile(self, buyers: Collection[Who]) -> None:
        """See buyer_ports.Buyers."""
        erasure.unfile(self._store, buyers)

    def erase(self, buyers: Collection[Who]) -> int:
        """See buyer_ports.Buyers."""
        return erasure.erase(self._store, buyers)

    def forget_media(self, buyers: Collection[Who]) -> int:
        """See buyer_ports.Buyers."""
        return erasure.forget_media(self._store, buyers)

    def clean(self, buyers: Collection[Who] | None) -> None:  # noqa: ARG002
        """See buyer_ports.Buyers. All is in one file, so it is cleaned of everybody."""
        erasure.clean(self._store)

    def quiet(self, shop: str, before: datetime, after: int = 0, limit: int = 1_000) -> QuietPage:
        """See buyer_ports.Buyers."""
        store, since = self._store, micros_of(before)
        with reading(store) as connection:
            number = store.shops.find((shop,))
            channels = [each for each, (of, _) in store.channels.keys.items() if of == number]
            cells = (since, after, dumps(channels), DESTROYED, limit)
            rows = connection.execute(QUIET, cells).fetchall()
            found = [
                Quiet(self._who(channel, stand_in), last_at, shown is not None)
                for _, channel, stand_in, said, has_said, shown in rows
                if (last_at := last_heard(said, bool(has_said), shown, before)) is not None
            ]
        return QuietPage(found, rows[-1][0] if len(rows) == limit else None)

    def _who(self, channel: int, stand_in: str) -> Who:
        shop, name = self._store.channels.keys[channel]
        return Who(self._store.shops.keys[shop][0], name, stand_in)
