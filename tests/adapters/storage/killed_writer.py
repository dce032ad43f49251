"""Kills a writer again and again, at any moment, and says what was left of its work.

Run by test_sqlite_log.py as a process of its own, so that nothing but the file survives.
"""

import os
import random
import signal
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from tests.adapters.storage.happenings import message

from miaohui.adapters.storage.ports import Bookmark
from miaohui.adapters.storage.sqlite.log import SqliteLog, open_log

BATCH = 40


def main(folder: Path, kills: int, seed: int) -> None:
    chance = random.Random(seed)
    acknowledged = verified = -1
    for _ in range(kills):
        acknowledged = max(acknowledged, kill_one(folder, acknowledged + 1, chance))
        verified = verify(folder, verified + 1, acknowledged)
    verify(folder, 0, acknowledged)
    with opened(folder) as log:
        assert list(log.check()) == []
    print(acknowledged)  # noqa: T201


def kill_one(folder: Path, first: int, chance: random.Random) -> int:
    """Let a child write from batch `first` on, kill it, and return the last it acknowledged."""
    inlet, outlet = os.pipe()
    child = os.fork()
    if child == 0:
        write_for_ever(folder, first, outlet)
    os.close(outlet)
    time.sleep(chance.uniform(0, 0.12))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(inlet) as told:
        return max((int(line) for line in told if line.endswith("\n")), default=-1)


def write_for_ever(folder: Path, first: int, outlet: int) -> None:
    log = opened(folder)
    for place in range(first, 1 << 40):
        log.append(batch(place), datetime.now(UTC), Bookmark("file", place))
        os.write(outlet, f"{place}\n".encode())


def verify(folder: Path, first: int, acknowledged: int) -> int:
    """Whole batches, in order, each once, and none missing that was acknowledged. The last."""
    with opened(folder) as log:
        told = [event.source_id for event in log.read("茶叶铺", first * BATCH)]
        whole, rest = divmod(len(told), BATCH)
        last = first + whole - 1
        assert rest == 0
        assert last >= acknowledged
        assert told == [
            event.source_id for place in range(first, last + 1) for event in batch(place)
        ]
        mark = log.bookmark("file")
        assert (mark.position if mark else -1) == last
    return last


def opened(folder: Path) -> SqliteLog:
    return open_log(
        folder / "log.db",
        folder / "key",
        lambda: datetime.now(UTC),
        random.SystemRandom().getrandbits,
    )


def batch(place: int) -> list:
    return [message(f"{place}-{each}", buyer=f"买家{place % 7}") for each in range(BATCH)]


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
