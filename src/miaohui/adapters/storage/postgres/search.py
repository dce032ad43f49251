"""Search over the log (search_ports.Search): the door."""

from miaohui.adapters.storage.catalogue.filing import index
from miaohui.adapters.storage.catalogue.finding import search
from miaohui.adapters.storage.catalogue.marks import MarkNumbers
from miaohui.adapters.storage.postgres.messages import PostgresMessages
from miaohui.adapters.storage.postgres.shelves import PostgresShelves
from miaohui.adapters.storage.postgres.store import Store
from miaohui.adapters.storage.search_ports import FoundPage, Sought


class PostgresSearch:
    """search_ports.Search in the database of a log, by its connections."""

    def __init__(self, store: Store) -> None:
        self._shelves = PostgresShelves(store)
        self._messages = PostgresMessages(store)
        self._numbers = MarkNumbers(store.keys.searching)

    def search(self, sought: Sought, cursor: str | None = None, limit: int = 20) -> FoundPage:
        """See search_ports.Search."""
        return search(self._shelves, self._messages, self._numbers, sought, cursor, limit)

    def index(self, limit: int = 1_000) -> int:
        """See search_ports.Search."""
        return index(self._shelves, self._messages, self._numbers, limit)

    def behind(self) -> int:
        """See search_ports.Search."""
        return self._messages.behind()

    def rebuild(self) -> None:
        """See search_ports.Search."""
        self._shelves.clear()
