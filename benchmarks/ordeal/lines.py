"""The ordeal as figures: what came through, and what was lost or repeated: nothing may be."""

import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.lines import Line
from benchmarks.ordeal.blows import Database, full_disk, restarted, small_disk
from benchmarks.ordeal.trial import Blow, Trial, undergo
from benchmarks.ordeal.verdict import Verdict

DISK_MEGABYTES = 400
BLOWS = 2


def lines() -> list[Line]:
    """500 messages a second for a minute with 20 kills: in a file whose disk fills, and on a server
    that crashes."""
    return [*_line("sqlite", _on_sqlite()), *_line("postgres", _on_postgres())]


def _on_sqlite() -> Verdict:
    with tempfile.TemporaryDirectory() as folder, small_disk(Path(folder), DISK_MEGABYTES) as small:
        blows: Sequence[Blow] = [full_disk(Path(folder))] * BLOWS if small else ()
        return undergo(Trial(), Path(folder), f"{folder}/shop.db", blows)


def _on_postgres() -> Verdict:
    with _database() as (server, url), tempfile.TemporaryDirectory() as folder:
        return undergo(Trial(), Path(folder), url, [restarted(server)] * BLOWS)


@contextmanager
def _database() -> Iterator[tuple[Database, str]]:
    from tests.adapters.storage.postgres_server import running

    with running() as server, server.lent() as database:
        yield server, server.url(database)


def _line(storage: str, verdict: Verdict) -> Iterator[Line]:
    counts, wrong = verdict.counts, verdict.wrong
    for each in wrong[:20]:
        sys.stderr.write(f"{each}\n")
    spread = ", ".join(f"{name} {number:,}" for name, number in counts.items())
    figure: Callable[..., Line] = Line
    yield figure(
        f"ordeal.{storage}.wrong",
        len(wrong),
        "",
        None,
        "0: nothing lost, repeated, unlike",
        spread,
    )
