"""A process of its own that runs a race on the tables of a house, and says how often it won.

Run by the contracts of the tables: `racing.py ADDRESS KEY RACE NUMBER`. It starts at a word, so
that all start at once.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace
from tests.adapters.storage.answers_contract import begin_all
from tests.adapters.storage.directory_contract import BY_BOSS, HASH, NAME, NOON, WANG
from tests.adapters.storage.settings_contract import edit_until
from tests.adapters.storage.table_places import Place
from tests.adapters.storage.tables_contract import count_up

from miaohui.adapters.storage.directory_ports import Author
from miaohui.adapters.storage.table_ports import Tables
from miaohui.adapters.storage.tables.answers import TableAnswers
from miaohui.adapters.storage.tables.directory.directory import TableDirectory
from miaohui.adapters.storage.tables.settings import TableSettings


def count(tables: Tables, number: int) -> int:
    count_up(tables, 30)
    return 30


def names(tables: Tables, number: int) -> int:
    directory = TableDirectory(tables)
    joining = [replace(WANG, id=f"a-{number}-{at}", name=f"新人{at}") for at in range(20)]
    return sum(directory.add_account(each, HASH, BY_BOSS) is None for each in joining)


def steps(tables: Tables, number: int) -> int:
    directory = TableDirectory(tables)
    return sum(directory.use_step("a-wang", step) for step in range(1, 31))


def guesses(tables: Tables, number: int) -> int:
    directory = TableDirectory(tables)
    return sum(directory.begin_attempt([NAME], NOON) is None for _ in range(20))


def edits(tables: Tables, number: int) -> int:
    return edit_until(TableSettings(tables), Author(f"a-{number}", NOON), 15)


def beginnings(tables: Tables, number: int) -> int:
    return begin_all(TableAnswers(tables), 30)


RACES: dict[str, Callable[[Tables, int], int]] = {
    race.__name__: race for race in (count, names, steps, guesses, edits, beginnings)
}


def main(address: str, key: str, race: str, number: str) -> None:
    with Place(address, Path(key)).opened() as tables:
        print("ready", flush=True)  # noqa: T201
        sys.stdin.readline()
        print(RACES[race](tables, int(number)))  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
