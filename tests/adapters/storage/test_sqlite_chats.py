"""Chats in the file of a log."""

import tempfile
from contextlib import contextmanager
from pathlib import Path

from tests.adapters.storage.chats_contract import ChatsContract
from tests.adapters.storage.test_sqlite_log import opened


class TestSqliteChats(ChatsContract):
    @contextmanager
    def place(self):
        with tempfile.TemporaryDirectory() as folder:
            yield lambda: opened(Path(folder))
