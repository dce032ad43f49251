"""Chats in the database of a log."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from tests.adapters.storage.chats_contract import ChatsContract
from tests.adapters.storage.postgres_server import Server, running
from tests.adapters.storage.test_postgres_log import opened


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running() as server:
        yield server


class TestPostgresChats(ChatsContract):
    @pytest.fixture(autouse=True)
    def _on(self, server: Server) -> None:
        self.server = server

    @contextmanager
    def place(self):
        with self.server.lent() as database:
            yield lambda: opened(self.server, database)
            self.server.execute(database, "DELETE FROM chat", "DELETE FROM chats_seen")
