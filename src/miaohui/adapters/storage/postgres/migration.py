"""The numbered .sql files of migrations/, applied in order, each once, all or none."""

from collections.abc import Sequence
from pathlib import Path

from miaohui.adapters.storage.master_key import make_master_key, read_master_key
from miaohui.adapters.storage.numbered_scripts import (
    Migration,
    migrations_of,
    to_take,
    unknown,
)
from miaohui.adapters.storage.postgres.codes import LOCK, OUR_LOCKS
from miaohui.adapters.storage.postgres.connection import Connection
from miaohui.adapters.storage.postgres.failures import trouble
from miaohui.adapters.storage.sealing import Keys, derive_keys

PACKAGE = "miaohui.adapters.storage.postgres"
SCHEMA = "miaohui"
MIGRATION_LOCK = 0

STATE = """
SELECT to_regclass($1 || '.migration') IS NOT NULL,
    EXISTS (SELECT 1 FROM pg_class WHERE relnamespace = to_regnamespace($1)),
    current_setting('server_encoding')
"""


async def prepare(connection: Connection, place: str, master_key_file: Path, create: bool) -> Keys:
    """Bring the tables up to this program, and give the keys if they are this log's own.

    Raises ReaderError: `log.missing`, `log.not_a_log`, `log.not_utf8`, `log.newer`,
    `log.other_master_key`, `master_key.*`.
    """
    steps = migrations()
    taken = await taken_steps(connection, place)
    newer = unknown(steps, taken)
    if newer is not None:
        raise trouble("log.newer", place, version=newer, known=steps[-1].number)
    if not taken and not create:
        raise trouble("log.missing", place)
    if to_take(steps, taken):
        keys = await _apply(connection, place, steps, master_key_file)
    else:
        keys = derive_keys(read_master_key(master_key_file))
    if await connection.fetchval("SELECT key_mark FROM log") != keys.mark:
        raise trouble("log.other_master_key", place)
    return keys


def migrations() -> Sequence[Migration]:
    """All steps this program knows, in order."""
    return migrations_of(PACKAGE)


async def taken_steps(connection: Connection, place: str) -> list[int]:
    """The numbers of the steps taken, in order; none for a new database.

    Raises ReaderError: `log.not_a_log`, `log.not_utf8`.
    """
    is_ours, is_taken, encoding = await connection.fetchrow(STATE, SCHEMA)
    if encoding != "UTF8":
        raise trouble("log.not_utf8", place, reason=encoding)
    if not is_ours and is_taken:
        raise trouble("log.not_a_log", place)
    if not is_ours:
        return []
    rows = await connection.fetch("SELECT number FROM migration ORDER BY number")
    return [number for (number,) in rows]


async def _apply(
    connection: Connection, place: str, steps: Sequence[Migration], master_key_file: Path
) -> Keys:
    async with connection.transaction():
        await connection.execute(LOCK, OUR_LOCKS, MIGRATION_LOCK)
        # Asked again under the lock: another process may have just done it.
        taken = await taken_steps(connection, place)
        # Only a new log may have a new key: an old one would never open again.
        keys = derive_keys((read_master_key if taken else make_master_key)(master_key_file))
        if not taken:
            await connection.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
        for step in to_take(steps, taken):
            await connection.execute(step.script)
            await connection.execute(
                "INSERT INTO migration VALUES ($1, $2)", step.number, step.name
            )
        if not taken:
            await connection.execute("INSERT INTO log VALUES (1, $1)", keys.mark)
    return keys
