"""The numbered .sql files of migrations/, applied in order, each once, all or none."""

from collections.abc import Sequence
from pathlib import Path

from miaohui.adapters.storage.master_key import make_master_key, read_master_key
from miaohui.adapters.storage.numbered_scripts import Migration, migrations_of
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
    reached = await version(connection, place)
    if reached > steps[-1].number:
        raise trouble("log.newer", place, version=reached, known=steps[-1].number)
    if not reached and not create:
        raise trouble("log.missing", place)
    if reached < steps[-1].number:
        keys = await _apply(connection, place, steps, master_key_file)
    else:
        keys = derive_keys(read_master_key(master_key_file))
    if await connection.fetchval("SELECT key_mark FROM log") != keys.mark:
        raise trouble("log.other_master_key", place)
    return keys


def migrations() -> Sequence[Migration]:
    """All steps this program knows, in order."""
    return migrations_of(PACKAGE)


async def version(connection: Connection, place: str) -> int:
    """The number of the newest step applied; 0 for a new database.

    Raises ReaderError: `log.not_a_log`, `log.not_utf8`.
    """
    is_ours, is_taken, encoding = await connection.fetchrow(STATE, SCHEMA)
    if encoding != "UTF8":
        raise trouble("log.not_utf8", place, reason=encoding)
    if not is_ours and is_taken:
        raise trouble("log.not_a_log", place)
    if not is_ours:
        return 0
    return await connection.fetchval("SELECT coalesce(max(number), 0) FROM migration")


async def _apply(
    connection: Connection, place: str, steps: Sequence[Migration], master_key_file: Path
) -> Keys:
    async with connection.transaction():
        await connection.execute(LOCK, OUR_LOCKS, MIGRATION_LOCK)
        # Asked again under the lock: another process may have just done it.
        reached = await version(connection, place)
        # Only a new log may have a new key: an old one would never open again.
        keys = derive_keys((read_master_key if reached else make_master_key)(master_key_file))
        if not reached:
            await connection.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
        for step in steps:
            if step.number > reached:
                await connection.execute(step.script)
                await connection.execute(
                    "INSERT INTO migration VALUES ($1, $2)", step.number, step.name
                )
        if not reached:
            await connection.execute("INSERT INTO log VALUES (1, $1)", keys.mark)
    return keys
