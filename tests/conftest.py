"""A PostgreSQL server for all tests that need one, and databases on it."""

from collections.abc import Iterator

import pytest
from tests.adapters.storage.postgres_server import Server, running


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with running() as server:
        yield server


@pytest.fixture
def database(server: Server) -> Iterator[str]:
    with server.lent() as database:
        yield database


@pytest.fixture
def spoiled(server: Server) -> Iterator[str]:
    """A database that cannot be lent again."""
    database = server.fresh()
    yield database
    server.drop(database)


def pytest_addoption(parser: pytest.Parser) -> None:
    told = "keep pictures of the screens as they are now: `make snapshots`"
    parser.addoption("--take-snapshots", action="store_true", help=told)
