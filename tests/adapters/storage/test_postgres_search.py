"""Search in the database of a log: the contract, and what only a server can suffer."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from tests.adapters.storage.happenings import RECEIVED, messages
from tests.adapters.storage.postgres_server import Server, running
from tests.adapters.storage.search_contract import (
    ALL,
    CHANNEL,
    TEA,
    SearchContract,
    contents,
    indexed,
)
from tests.adapters.storage.test_postgres_log import opened

from miaohui.adapters.storage.search_ports import Sought
from miaohui.domain.vocabulary.problems import ReaderError

EMPTY = [f"DELETE FROM {table}" for table in ("chat", "cabinet", "cabinet_key", "drawer", "filed")]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running() as server:
        yield server


class TestPostgresSearch(SearchContract):
    @pytest.fixture(autouse=True)
    def _on(self, server: Server) -> None:
        self.server = server

    @contextmanager
    def place(self):
        with self.address() as (_, _, opener):
            yield opener

    @contextmanager
    def address(self):
        with self.server.lent() as database:
            where = self.server.url(database), str(self.server.key_of(database))
            yield *where, lambda: opened(self.server, database)
            self.server.execute(database, *EMPTY)


@pytest.fixture
def database(server: Server) -> Iterator[str]:
    with server.lent() as database:
        yield database
        server.execute(database, *EMPTY)


def filled(server: Server, database: str) -> str:
    """A log of four chats, each in a cabinet of its own."""
    with opened(server, database) as log:
        for chat, size in enumerate((9, 9, 9, 40)):
            log.append(
                messages(size, chat * 9, conversation=f"c{chat}", buyer=f"买家{chat}"), RECEIVED
            )
            indexed(log)
    return database


def keys_of(server: Server, database: str) -> set[bytes]:
    return set(server.value(database, "SELECT array_agg(wrapped) FROM cabinet_key"))


def stands_in_files(server: Server, needle: bytes) -> bool:
    files = [path for path in (server.data / "base").rglob("*") if path.is_file()]
    return any(needle in path.read_bytes() for path in files)


def test_the_keys_of_all_that_held_an_erased_buyer_are_gone_from_every_file(server, database):
    before = keys_of(server, filled(server, database))
    server.execute(database, "CHECKPOINT")
    assert all(stands_in_files(server, key) for key in before)
    with opened(server, database) as log:
        assert log.erase_buyer(TEA, CHANNEL, "买家2")
        server.execute(database, "CHECKPOINT")
        gone = before - keys_of(server, database)
        assert gone
        assert not any(stands_in_files(server, key) for key in gone)
        assert len(contents(log.search())) == 58


def test_whoever_searches_while_cabinets_move_looks_again(server, database, monkeypatch):
    with opened(server, filled(server, database)) as log, opened(server, database) as other:
        search = log.search()
        drawers = search._shelves.drawers

        def moved_meanwhile(places):
            monkeypatch.setattr(search._shelves, "drawers", drawers)
            other.erase_buyer(TEA, CHANNEL, "买家2")
            return drawers(places)

        monkeypatch.setattr(search._shelves, "drawers", moved_meanwhile)
        hits = search.search(Sought(scope=ALL, words="在吗")).found
        assert {hit.newest.buyer for hit in hits} == {"买家0", "买家1", "买家3"}


@pytest.mark.parametrize(
    "statement",
    ["UPDATE drawer SET sealed = 'x'", "UPDATE cabinet SET columns = 'x'", "DELETE FROM drawer"],
)
def test_a_damaged_index_does_not_keep_a_buyer_from_being_erased(server, database, statement):
    server.execute(filled(server, database), statement)
    with opened(server, database) as log:
        with pytest.raises(ReaderError):
            log.search().search(Sought(scope=ALL, words="在吗"))
        assert log.erase_buyer(TEA, CHANNEL, "买家2")
        assert log.search().behind() == 67
        assert len(contents(indexed(log))) == 58
