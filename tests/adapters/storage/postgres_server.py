"""A PostgreSQL server of the tests' own: in a folder, reached by a socket in that folder only."""

import asyncio
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import asyncpg

SETTINGS = {
    "listen_addresses": "",
    "fsync": "on",
    "synchronous_commit": "off",  # the log must not rely on the server's default
    "max_connections": "40",
    "shared_buffers": "64MB",
    "log_min_messages": "fatal",
}
# The owner is let in; whoever is named guarded needs a password.
ACCESS = "local all guarded scram-sha-256\nlocal all all trust\n"
MERCHANT = "merchant"
# Triggers and references sleep meanwhile: the audit log would refuse.
EMPTY = """
DO $$
DECLARE named TEXT;
BEGIN
    SET LOCAL session_replication_role = replica;
    FOR named IN SELECT relname FROM pg_class
        WHERE relnamespace = 'miaohui'::regnamespace AND relkind IN ('r', 'p')
            AND NOT relispartition AND relname NOT IN ('migration', 'log')
    LOOP
        EXECUTE format('DELETE FROM %I', named);
    END LOOP;
END $$
"""
PORT = 5432


class Server:
    """One cluster; its owner is an ordinary user, for PostgreSQL refuses root."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self._numbers = count(1)
        self._free: list[str] = []

    def url(self, database: str, user: str = MERCHANT, password: str = "") -> str:
        """The address of a database."""
        secret = f":{password}" if password else ""
        return f"postgresql://{user}{secret}@/{database}?host={self.folder}&port={PORT}"

    def make(self) -> None:
        """Make the cluster."""
        options = ("-U", "postgres", "-E", "UTF8", "--locale=C", "-A", "trust", "--no-sync")
        self._run("initdb", "-D", self.data, *options)
        settings = "".join(f"{name} = '{value}'\n" for name, value in SETTINGS.items())
        with (self.data / "postgresql.conf").open("a") as file:
            file.write(f"{settings}unix_socket_directories = '{self.folder}'\nport = {PORT}\n")
        (self.data / "pg_hba.conf").write_text(ACCESS)

    def start(self) -> None:
        """Start, and wait until it answers."""
        self._run("pg_ctl", "-D", self.data, "-l", self.folder / "server.log", "-w", "start")

    def stop(self, mode: str = "immediate") -> None:
        """Stop: `fast` ends all sessions, `immediate` is like a crash."""
        self._run("pg_ctl", "-D", self.data, "-w", "-m", mode, "stop")

    def fresh(self) -> str:
        """The name of a new empty database that belongs to the merchant."""
        name = f"shop_{next(self._numbers)}"
        self.execute("postgres", f"CREATE DATABASE {name} OWNER {MERCHANT}")
        return name

    @contextmanager
    def lent(self) -> Iterator[str]:
        """A database with nothing in it; emptied and lent again, for a new one takes long."""
        name = self._free.pop() if self._free else self.fresh()
        yield name
        self.execute(name, EMPTY)
        self._free.append(name)

    def drop(self, database: str) -> None:
        """Away with a database and whoever is in it."""
        self.execute("postgres", f"DROP DATABASE {database} WITH (FORCE)")

    def key_of(self, database: str) -> Path:
        """Where the master key of a database lies, once it is made."""
        return self.folder / f"{database}.key"

    def execute(self, database: str, *statements: str) -> None:
        """Run statements as the owner of the cluster, behind the log's back."""
        asyncio.run(self._execute(database, statements))

    def value(self, database: str, question: str) -> Any:
        """One value, as the owner of the cluster."""
        return asyncio.run(self._value(database, question))

    async def _execute(self, database: str, statements: tuple[str, ...]) -> None:
        connection = await self._connect(database)
        for statement in statements:
            await connection.execute(statement)
        await connection.close()

    async def _value(self, database: str, question: str) -> Any:
        connection = await self._connect(database)
        found = await connection.fetchval(question)
        await connection.close()
        return found

    async def _connect(self, database: str) -> asyncpg.Connection:
        return await asyncpg.connect(
            self.url(database, "postgres"), server_settings={"search_path": "miaohui"}
        )

    def _run(self, program: str, *words: object) -> None:
        done = subprocess.run(
            [binaries() / program, *map(str, words)],
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            **unprivileged(),
        )
        assert done.returncode == 0, done.stderr


@contextmanager
def running() -> Iterator[Server]:
    """A server while it is needed."""
    # Not below pytest's own folder: that is closed to others, and a socket's path is short.
    folder = Path(tempfile.mkdtemp(prefix="miaohui-pg-"))
    server = Server(folder)
    try:
        if owner := unprivileged():
            shutil.chown(folder, owner["user"], owner["group"])
        server.make()
        server.start()
        server.execute("postgres", f"CREATE ROLE {MERCHANT} LOGIN")
        yield server
    finally:
        if (server.data / "postmaster.pid").exists():
            server.stop()
        shutil.rmtree(folder)


def binaries() -> Path:
    """Where initdb and its kin lie: on the path, or where Debian keeps them."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    kept = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    assert kept, "PostgreSQL is needed: make system"
    return kept[-1].parent


def unprivileged() -> dict[str, Any]:
    """For root: the user to run as instead."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _version(program: Path) -> float:
    return float(program.parents[1].name)
