"""The door to the database: ours, brought up to this program, opened with its own master key."""

import asyncio
from pathlib import Path
from typing import NamedTuple, cast

import asyncpg

from miaohui.adapters.storage.postgres.address import shown
from miaohui.adapters.storage.postgres.connection import Connection
from miaohui.adapters.storage.postgres.failures import told_to_the_reader, trouble
from miaohui.adapters.storage.postgres.migration import SCHEMA, prepare
from miaohui.adapters.storage.postgres.own_loop import OwnLoop
from miaohui.adapters.storage.sealing import Keys

CONNECTIONS = 4
CONNECT_SECONDS = 10.0
ANSWER_SECONDS = 120.0
PARTING_SECONDS = 5.0
PATIENCE_SECONDS = 10.0

# Whatever the server's own defaults are: a commit is on the disk when it returns, a statement sees
# what was committed before it, and a writer that stopped breathing does not hold its shop for ever.
SETTINGS = {
    "application_name": "miaohui",
    "search_path": SCHEMA,
    "synchronous_commit": "on",
    "default_transaction_isolation": "read committed",
    "idle_in_transaction_session_timeout": "60s",
    "statement_timeout": "0",
    "jit": "off",
}


class OpenDatabase(NamedTuple):
    """Connections, the loop they live on, and the keys. `place` is shown to people."""

    place: str
    loop: OwnLoop
    pool: asyncpg.Pool
    keys: Keys


def open_database(
    url: str, master_key_file: Path, create: bool, patience_seconds: float
) -> OpenDatabase:
    """Open the database at `url`. Raises ReaderError as `open_postgres_log` does."""
    place = shown(url)
    loop = OwnLoop("miaohui-postgres")
    try:
        pool, keys = loop.wait(_open(url, place, master_key_file, create, patience_seconds))
    except BaseException:
        loop.close()
        raise
    return OpenDatabase(place, loop, pool, keys)


def close_database(loop: OwnLoop, pool: asyncpg.Pool) -> None:
    """Part from the server, and stop."""
    try:
        loop.wait(_part(pool))
    finally:
        loop.close()


async def _open(
    url: str, place: str, master_key_file: Path, create: bool, patience_seconds: float
) -> tuple[asyncpg.Pool, Keys]:
    pool = asyncpg.create_pool(
        url,
        # None is held ready: what the pool would say about a server that is down, it would log.
        min_size=0,
        max_size=CONNECTIONS,
        timeout=CONNECT_SECONDS,
        command_timeout=ANSWER_SECONDS,
        server_settings=SETTINGS | {"lock_timeout": str(int(patience_seconds * 1000))},
        reset=_keep,
    )
    with told_to_the_reader(place):
        await pool
        try:
            connection = await _first(pool, place)
            try:
                return pool, await prepare(connection, place, master_key_file, create)
            finally:
                await pool.release(connection)
        except BaseException:
            pool.terminate()
            raise


async def _first(pool: asyncpg.Pool, place: str) -> Connection:
    try:
        return cast(Connection, await pool.acquire())
    except ValueError:
        # Its reason may repeat parts of the address, and so a password.
        raise trouble("log.bad_address", place) from None


async def _keep(_: object) -> None:
    """Nothing to put back when a connection returns: no session changes its own settings."""


async def _part(pool: asyncpg.Pool) -> None:
    try:
        await asyncio.wait_for(pool.close(), PARTING_SECONDS)
    except (OSError, TimeoutError, asyncpg.InterfaceError, asyncpg.PostgresError):
        pool.terminate()
