"""Lists of chats and their histories (chat_ports.Chats): the door."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from miaohui.adapters.storage.chat_ports import ChatKey, ChatQuery, ChatRow, Named, Page
from miaohui.adapters.storage.postgres import chat_histories, chat_rows
from miaohui.adapters.storage.postgres.store import Store
from miaohui.adapters.storage.sealing import pseudonym
from miaohui.domain.vocabulary.events import Event


class PostgresChats:
    """chat_ports.Chats in the database of a log, by its connections."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._wait = store.loop.wait

    def chat_ids(self, keys: Sequence[ChatKey]) -> Sequence[str]:
        """See chat_ports.Chats."""
        return [pseudonym(self._store.keys, "conversation", *key).hex() for key in keys]

    def find(self, chat_ids: Collection[str]) -> Mapping[str, Named]:
        """See chat_ports.Chats."""
        return self._wait(chat_histories.find(self._store, chat_ids))

    def histories(self, chat_ids: Collection[str]) -> Mapping[str, Sequence[Event]]:
        """See chat_ports.Chats."""
        return chat_histories.histories(self._store, chat_ids)

    def messages(
        self,
        chat_id: str,
        before_seq: int | None = None,
        after_seq: int | None = None,
        limit: int = 50,
    ) -> Sequence[Event]:
        """See chat_ports.Chats."""
        page = chat_histories.messages(self._store, chat_id, before_seq, after_seq, limit)
        return self._wait(page)

    def last_texts(self, chat_ids: Collection[str]) -> Mapping[str, str]:
        """See chat_ports.Chats."""
        return self._wait(chat_histories.last_texts(self._store, chat_ids))

    def keep(self, rows: Sequence[ChatRow], seen: Mapping[str, int]) -> None:
        """See chat_ports.Chats."""
        self._wait(chat_rows.keep(self._store, rows, seen))

    def seen(self) -> Mapping[str, int]:
        """See chat_ports.Chats."""
        return self._wait(chat_rows.seen(self._store))

    def restless(self, shop: str) -> Sequence[str]:
        """See chat_ports.Chats."""
        return self._wait(chat_rows.restless(self._store, shop))

    def touched(self, shop: str, after_seq: int) -> Collection[str]:
        """See chat_ports.Chats."""
        return self._wait(chat_histories.touched(self._store, shop, after_seq))

    def first_received(self, shop: str, since: datetime) -> int:
        """See chat_ports.Chats."""
        return self._wait(chat_histories.first_received(self._store, shop, since))

    def newest_seqs(self) -> Mapping[str, int]:
        """See chat_ports.Chats."""
        return self._wait(chat_histories.newest_seqs(self._store))

    def rows(self, query: ChatQuery, cursor: str | None = None, limit: int = 50) -> Page:
        """See chat_ports.Chats."""
        return self._wait(chat_rows.rows(self._store, query, cursor, limit))
