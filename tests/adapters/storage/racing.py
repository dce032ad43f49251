"""A process of its own that runs a race on the tables of a house, and says how often it won.

Run by the contracts of the tables: `racing.py ADDRESS KEY RACE NUMBER`. It starts at a word, so
that all start at once.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from tests.adapters.storage.table_places import Place
from tests.adapters.storage.tables_contract import count_up

from miaohui.adapters.storage.table_ports import Tables


def count(tables: Tables, number: int) -> int:
    count_up(tables, 30)
    return 30


RACES: dict[str, Callable[[Tables, int], int]] = {"count": count}


def main(address: str, key: str, race: str, number: str) -> None:
    with Place(address, Path(key)).opened() as tables:
        print("ready", flush=True)  # noqa: T201
        sys.stdin.readline()
        print(RACES[race](tables, int(number)))  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
