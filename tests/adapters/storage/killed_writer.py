"""Kills a writer again and again, at any moment, and says what was left of its work.

Run by the tests of logs as a process of its own, so that nothing but the storage survives.
"""

import os
import random
import signal
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from tests.adapters.storage.happenings import message

from miaohui.adapters.storage.ports import Bookmark
from miaohui.adapters.storage.postgres.address import is_address
from miaohui.adapters.storage.postgres.log import PostgresLog, open_postgres_log
from miaohui.adapters.storage.sqlite.log import SqliteLog, open_log

BATCH = 40

Opener = Callable[[], SqliteLog | PostgresLog]


def main(opened: Opener, kills: int, seed: int) -> None:
    chance = random.Random(seed)
    acknowledged = verified = -1
    for _ in range(kills):
        acknowledged = max(acknowledged, kill_one(opened, acknowledged + 1, chance))
        verified = verify(opened, verified + 1, acknowledged)
    verify(opened, 0, acknowledged)
    with opened() as log:
        assert list(log.check()) == []
    print(acknowledged)  # noqa: T201


def kill_one(opened: Opener, first: int, chance: random.Random) -> int:
    """Let a child write from batch `first` on, kill it, and return the last it acknowledged."""
    inlet, outlet = os.pipe()
    child = os.fork()
    if child == 0:
        write_for_ever(opened, first, outlet)
    os.close(outlet)
    with os.fdopen(inlet) as told:
        # However slow the machine: some die while they open, most in the middle of their work.
        lines = [told.readline() for _ in range(chance.randrange(4))]
        time.sleep(chance.uniform(0, 0.05))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        lines += told
    return max((int(line) for line in lines if line.endswith("\n")), default=-1)


def write_for_ever(opened: Opener, first: int, outlet: int) -> None:
    log = opened()
    for place in range(first, 1 << 40):
        log.append(batch(place), datetime.now(UTC), Bookmark("file", place))
        os.write(outlet, f"{place}\n".encode())


def verify(opened: Opener, first: int, acknowledged: int) -> int:
    """Whole batches, in order, each once, and none missing that was acknowledged. The last."""
    with opened() as log:
        mark, told = settled(log, first)
        whole, rest = divmod(len(told), BATCH)
        last = first + whole - 1
        assert rest == 0
        assert last >= acknowledged
        assert told == [
            event.source_id for place in range(first, last + 1) for event in batch(place)
        ]
        assert (mark.position if mark else -1) == last
    return last


def settled(log: SqliteLog | PostgresLog, first: int):
    """The bookmark and the events of one moment: a server may still be busy with a commit that
    was asked for before the kill."""
    while True:
        mark = log.bookmark("file")
        told = [event.source_id for event in log.read("茶叶铺", first * BATCH)]
        if log.bookmark("file") == mark:
            return mark, told


def opener_of(place: str, key: Path) -> Opener:
    """How the log in a file or a database is opened."""
    chance = random.SystemRandom().getrandbits
    if is_address(place):
        return partial(open_postgres_log, place, key, lambda: datetime.now(UTC), chance)
    return partial(open_log, Path(place), key, lambda: datetime.now(UTC), chance)


def batch(place: int) -> list:
    return [message(f"{place}-{each}", buyer=f"买家{place % 7}") for each in range(BATCH)]


if __name__ == "__main__":
    main(opener_of(sys.argv[1], Path(sys.argv[2])), int(sys.argv[3]), int(sys.argv[4]))
