"""An indexer that is killed again and again: `killed_indexer.py ADDRESS KEY`.

Prints how often, and how many events the index had come to by then.
"""

import random
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from miaohui.adapters.storage.postgres.address import is_address

WORD = "index"
ROUNDS = 6
STEP = 16


def open_at(address: str, key: str):
    chance = random.Random(1).getrandbits
    if is_address(address):
        from miaohui.adapters.storage.postgres.log import open_postgres_log

        return open_postgres_log(address, Path(key), lambda: datetime.now(UTC), chance)
    from miaohui.adapters.storage.sqlite.log import open_log

    return open_log(Path(address), Path(key), lambda: datetime.now(UTC), chance)


def index(address: str, key: str) -> None:
    with open_at(address, key) as log:
        search = log.search()
        search.index(STEP)
        while search.index(STEP):
            print("going", flush=True)  # noqa: T201


def kill_again_and_again(address: str, key: str) -> None:
    chance = random.Random(5)
    kills = 0
    for _ in range(ROUNDS):
        command = [sys.executable, "-m", "tests.adapters.storage.killed_indexer", address, key]
        process = subprocess.Popen([*command, WORD], stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        for _ in range(chance.randrange(1, 24)):  # by its steps, for a clock may be too late
            assert process.stdout.readline() == "going\n"
        time.sleep(chance.random() * 0.002)
        process.kill()
        kills += process.wait() == -signal.SIGKILL
        process.stdout.close()
    with open_at(address, key) as log:
        print(kills, sum(map(len, map(list, map(log.read, log.shops())))) - log.search().behind())  # noqa: T201


if __name__ == "__main__":
    (index if sys.argv[3:] == [WORD] else kill_again_and_again)(*sys.argv[1:3])
