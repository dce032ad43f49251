"""Pictures in the database of a log."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from tests.adapters.storage.happenings import RECEIVED
from tests.adapters.storage.media_contract import LI, RED, MediaContract
from tests.adapters.storage.postgres_server import Server, running
from tests.adapters.storage.test_postgres_log import opened


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running() as server:
        yield server


class TestPostgresMedia(MediaContract):
    @pytest.fixture(autouse=True)
    def _on(self, server: Server) -> None:
        self.server = server

    @contextmanager
    def place(self):
        with self.server.lent() as database:
            yield lambda: opened(self.server, database)

    def test_no_picture_can_be_seen_in_the_database(self):
        with self.server.lent() as database, opened(self.server, database) as log:
            log.media().put(LI, RED, RECEIVED)
            self.server.execute(database, "CHECKPOINT")
            files = (each for each in self.server.data.rglob("*") if each.is_file())
            written = b"".join(each.read_bytes() for each in files)
            assert b"image/png" in written
            assert RED.body[:20] not in written
            assert RED.preview not in written
