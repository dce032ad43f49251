"""Buyers in the database of a log."""

from contextlib import contextmanager

import pytest
from tests.adapters.storage.buyers_contract import BuyersContract
from tests.adapters.storage.postgres_server import Server
from tests.adapters.storage.test_postgres_log import opened


class TestPostgresBuyers(BuyersContract):
    @pytest.fixture(autouse=True)
    def _on(self, server: Server) -> None:
        self.server = server

    @contextmanager
    def place(self):
        with self.server.lent() as database:
            yield lambda: opened(self.server, database)
