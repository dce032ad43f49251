"""The tables in a file: the contract, and what only a file can suffer."""

import random
from datetime import UTC, datetime

import pytest
from tests.adapters.storage.table_places import OnSqlite, Place
from tests.adapters.storage.tables_contract import ADD, TablesContract

from miaohui.adapters.storage.sqlite.log import open_log
from miaohui.domain.vocabulary.problems import ReaderError


class TestSqliteTables(OnSqlite, TablesContract):
    pass


def test_the_tables_lie_in_the_file_of_the_log(tmp_path):
    place = Place(str(tmp_path / "log.db"), tmp_path / "key")
    with place.opened() as tables, tables.writing() as turn:
        turn.run(ADD, "scope", b"subject", 1, 0)
    with open_log(
        tmp_path / "log.db",
        tmp_path / "key",
        lambda: datetime.now(UTC),
        random.Random(1).getrandbits,
    ) as log:
        assert log.check() == []
    assert sorted(each.name for each in tmp_path.iterdir()) == ["key", "log.db"]


def test_a_file_that_is_not_there_is_told_and_not_made(tmp_path):
    with pytest.raises(ReaderError) as told:
        Place(str(tmp_path / "log.db"), tmp_path / "key").open(create=False)
    assert told.value.problems[0].key == "log.missing"
    assert list(tmp_path.iterdir()) == []


def test_another_master_key_is_told(tmp_path):
    place = Place(str(tmp_path / "log.db"), tmp_path / "key")
    place.open().close()
    place.key.write_text("ab" * 32)
    with pytest.raises(ReaderError) as told:
        place.open()
    assert told.value.problems[0].key == "log.other_master_key"
