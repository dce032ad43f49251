"""PostgreSQL's own programs, run on the database of a log without showing its password."""

import os
import shutil
from collections.abc import Callable, Mapping
from subprocess import DEVNULL, PIPE, Popen
from tempfile import TemporaryFile
from typing import IO
from urllib.parse import parse_qs, unquote, urlsplit

from miaohui.adapters.storage.postgres.address import shown
from miaohui.adapters.storage.postgres.failures import trouble

Heard = Callable[[IO[bytes]], None]


def run_program(url: str, program: str, *words: str, hear: Heard | None = None) -> None:
    """Run `pg_dump` or `pg_restore` to its end; `hear` reads what it writes out.

    Raises ReaderError `postgres.no_program`, `postgres.program_failed`.
    """
    place = shown(url)
    found = shutil.which(program)
    if found is None:
        raise trouble("postgres.no_program", place, program=program)
    with TemporaryFile() as complaints:
        running = Popen(  # noqa: S603 - found on the PATH, and no shell reads the words
            [found, *words],
            env=_environment(url),
            stdin=DEVNULL,
            stdout=PIPE if hear else DEVNULL,
            stderr=complaints,
        )
        with running:
            if hear and running.stdout:
                hear(running.stdout)
        if running.returncode:
            reason = _first_line(complaints) or str(running.returncode)
            raise trouble("postgres.program_failed", place, program=program, reason=reason)


def connecting(url: str) -> list[str]:
    """The words that say which database, as anybody on this machine may read them."""
    return ["--no-password", f"--dbname={shown(url)}"]


def _environment(url: str) -> Mapping[str, str]:
    password = _password(url)
    return {**os.environ, "LC_MESSAGES": "C", **({"PGPASSWORD": password} if password else {})}


def _password(url: str) -> str | None:
    parts = urlsplit(url)
    who = parts.netloc.rpartition("@")[0]
    _, colon, written = who.partition(":")
    return unquote(written) if colon else parse_qs(parts.query).get("password", [None])[0]


def _first_line(complaints: IO[bytes]) -> str:
    complaints.seek(0)
    return complaints.readline(500).decode(errors="replace").strip()
