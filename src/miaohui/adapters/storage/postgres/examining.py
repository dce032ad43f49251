"""The database of a log as somebody finds it who changes nothing in it."""

from collections.abc import Mapping
from typing import cast

import asyncpg

from miaohui.adapters.storage.conditions import Condition
from miaohui.adapters.storage.numbered_scripts import to_take, unknown
from miaohui.adapters.storage.postgres.address import shown
from miaohui.adapters.storage.postgres.connection import Connection
from miaohui.adapters.storage.postgres.failures import told_to_the_reader, trouble
from miaohui.adapters.storage.postgres.migration import SCHEMA, migrations, taken_steps
from miaohui.adapters.storage.postgres.own_loop import OwnLoop

CONNECT_SECONDS = 10.0
# A commit that was acknowledged is lost in a power cut, or a page is torn, where these are off.
DURABLE = ("fsync", "full_page_writes")
TOLD = (*DURABLE, "server_version", "server_version_num", "max_connections")
SETTINGS = """
SELECT name, setting FROM pg_settings WHERE name = ANY($1)
UNION ALL SELECT 'in_recovery', CASE WHEN pg_is_in_recovery() THEN 'on' ELSE 'off' END
UNION ALL SELECT 'connections', count(*)::text FROM pg_stat_activity WHERE datid IS NOT NULL
"""
SIZE = "SELECT pg_database_size(current_database())"


def examine(url: str) -> Condition:
    """How the log in the database at `url` is. Raises ReaderError as `open_postgres_log` does."""
    loop = OwnLoop("miaohui-doctor")
    try:
        return loop.wait(_examined(url, shown(url)))
    finally:
        loop.close()


async def _examined(url: str, place: str) -> Condition:
    with told_to_the_reader(place):
        connection = await _connected(url, place)
        try:
            return await _condition(cast(Connection, connection), place)
        finally:
            await connection.close()


async def _connected(url: str, place: str) -> asyncpg.Connection:
    settings = {"search_path": SCHEMA, "application_name": "miaohui-doctor"}
    try:
        return await asyncpg.connect(url, timeout=CONNECT_SECONDS, server_settings=settings)
    except ValueError:
        # Its reason may repeat parts of the address, and so a password.
        raise trouble("log.bad_address", place) from None


async def _condition(connection: Connection, place: str) -> Condition:
    steps, taken = migrations(), await taken_steps(connection, place)
    settings: Mapping[str, str] = dict(await connection.fetch(SETTINGS, list(TOLD)))
    return Condition(
        engine="postgres",
        version=settings["server_version"],
        taken=taken,
        missing=[step.number for step in to_take(steps, taken)],
        newer=unknown(steps, taken),
        key_mark=await connection.fetchval("SELECT key_mark FROM log") if taken else None,
        durable=all(settings[name] == "on" for name in DURABLE),
        settings=dict(settings),
        bytes=await connection.fetchval(SIZE),
    )
