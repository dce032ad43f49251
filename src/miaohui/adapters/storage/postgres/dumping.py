"""A dump of a log in PostgreSQL while others write into it, what it holds, and back again."""

import re
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager
from itertools import takewhile
from pathlib import Path
from typing import IO, cast

import asyncpg

from miaohui.adapters.storage.contents import Contents
from miaohui.adapters.storage.durable import sync_file
from miaohui.adapters.storage.postgres.address import shown
from miaohui.adapters.storage.postgres.connection import Connection
from miaohui.adapters.storage.postgres.failures import told_to_the_reader, trouble
from miaohui.adapters.storage.postgres.migration import SCHEMA, taken_steps
from miaohui.adapters.storage.postgres.opening import CONNECT_SECONDS, SETTINGS
from miaohui.adapters.storage.postgres.own_loop import OwnLoop
from miaohui.adapters.storage.postgres.own_programs import connecting, run_program
from miaohui.adapters.storage.postgres.texts import told_text
from miaohui.adapters.storage.rows import position_of
from miaohui.domain.vocabulary.instants import instant_of

# A dump may take long, and the moment it shows is kept by this connection.
PATIENT = {"idle_in_transaction_session_timeout": "0"}
WHOLE = ("--format=custom", f"--schema={SCHEMA}", "--no-owner", "--no-privileges")
ALL_OR_NONE = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges")
TABLES = """
SELECT relname FROM pg_class WHERE relnamespace = $1::regnamespace AND relkind = 'r' ORDER BY 1
"""
RECEIVED = "SELECT max(received_at) FROM detail WHERE position = ANY($1::bigint[])"
END = b"\\.\n"
COPIED = re.compile(rb"COPY miaohui\.\"?(\w+)\"? ")


def dump_log(url: str, target: Path) -> Contents:
    """Write the log in the database at `url` as it is at one moment into a new file, durably, by
    PostgreSQL's own pg_dump; nobody waits. Tells what that moment holds.

    Raises ReaderError as `open_postgres_log` does, and `postgres.no_program`,
    `postgres.program_failed`.
    """

    def dump(snapshot: str) -> None:
        words = (*WHOLE, f"--snapshot={snapshot}", f"--file={target}")
        run_program(url, "pg_dump", *connecting(url), *words)

    loop = OwnLoop("miaohui-dump")
    try:
        contents = loop.wait(_at_one_moment(url, dump))
    finally:
        loop.close()
    sync_file(target)
    return contents


def rows_in_dump(url: str, dump: Path) -> Mapping[str, int]:
    """Read a dump to its end and count the rows by table. Raises ReaderError as `dump_log`."""
    rows: dict[str, int] = {}

    def hear(script: IO[bytes]) -> None:
        for copied in _copied(script):
            rows.update(copied)

    run_program(url, "pg_restore", "--file=-", str(dump), hear=hear)
    return rows


def restore_log(url: str, dump: Path) -> None:
    """Put a dump into a database that has no log yet, all of it or nothing.

    Raises ReaderError `restore.taken`, and as `dump_log`.
    """
    loop = OwnLoop("miaohui-restore")
    try:
        if loop.wait(_is_taken(url)):
            raise trouble("restore.taken", shown(url))
    finally:
        loop.close()
    run_program(url, "pg_restore", *connecting(url), *ALL_OR_NONE, str(dump))


def _copied(script: Iterable[bytes]) -> Iterator[dict[str, int]]:
    """The rows of each table of a script, which stand between COPY and a full stop."""
    lines = iter(script)
    for line in lines:
        found = COPIED.match(line)
        if found:
            count = sum(1 for _ in takewhile(END.__ne__, lines))
            yield {found.group(1).decode(): count}


async def _at_one_moment(url: str, dump: Callable[[str], None]) -> Contents:
    async with _connected(url) as connection:
        await connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        if not await taken_steps(connection, shown(url)):
            raise trouble("log.missing", shown(url))
        contents = await _contents(connection, shown(url))
        # The loop has nothing else to do meanwhile.
        dump(await connection.fetchval("SELECT pg_export_snapshot()"))
        return contents


async def _contents(connection: Connection, place: str) -> Contents:
    tables = [name for (name,) in await connection.fetch(TABLES, SCHEMA)]
    shops = await connection.fetch("SELECT id, name, newest_seq FROM shop")
    places = [position_of(shop, seq) for shop, _, seq in shops if seq]
    received = await connection.fetchval(RECEIVED, places)
    return Contents(
        engine="postgres",
        engine_version=await connection.fetchval("SHOW server_version"),
        step=max(await taken_steps(connection, place)),
        key_mark=(await connection.fetchval("SELECT key_mark FROM log")).hex(),
        rows={
            name: await connection.fetchval(f'SELECT count(*) FROM "{name}"')  # noqa: S608
            for name in tables
        },
        newest_seqs={told_text(name): seq for _, name, seq in shops},
        newest_received_at=None if received is None else instant_of(received),
    )


async def _is_taken(url: str) -> bool:
    async with _connected(url) as connection:
        return await connection.fetchval("SELECT to_regnamespace($1) IS NOT NULL", SCHEMA)


@asynccontextmanager
async def _connected(url: str) -> AsyncIterator[Connection]:
    with told_to_the_reader(shown(url)):
        try:
            connection = await asyncpg.connect(
                url, timeout=CONNECT_SECONDS, server_settings=SETTINGS | PATIENT
            )
        except ValueError:
            raise trouble("log.bad_address", shown(url)) from None
        try:
            yield cast(Connection, connection)
        finally:
            await connection.close()
