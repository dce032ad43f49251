"""Buyers in the file of a log."""

import tempfile
from contextlib import contextmanager
from pathlib import Path

from tests.adapters.storage.buyers_contract import BuyersContract
from tests.adapters.storage.test_sqlite_log import opened


class TestSqliteBuyers(BuyersContract):
    @contextmanager
    def place(self):
        with tempfile.TemporaryDirectory() as folder:
            yield lambda: opened(Path(folder))
