"""The SQLite directory: the contract, and what only a file can suffer."""

import random
import sqlite3
import tempfile
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.adapters.storage.directory_contract import (
    BOSS,
    BY_BOSS,
    HASH,
    NAME,
    NOON,
    WANG,
    DirectoryContract,
)

from miaohui.adapters.storage.directory_ports import Author, Deed
from miaohui.adapters.storage.sqlite.directory.directory import SqliteDirectory, open_directory
from miaohui.adapters.storage.sqlite.log import open_log
from miaohui.domain.directory.secret import Secret
from miaohui.domain.vocabulary.problems import ReaderError


def opened(folder: Path, **changes: object) -> SqliteDirectory:
    chance = random.Random(folder.name).getrandbits
    return open_directory(
        folder / "log.db", folder / "key", lambda: datetime.now(UTC), chance, **changes
    )


def edited(folder: Path, statement: str) -> None:
    with closing(sqlite3.connect(folder / "log.db", isolation_level=None)) as connection:
        connection.execute(statement)


class TestSqliteDirectory(DirectoryContract):
    @contextmanager
    def place(self):
        with tempfile.TemporaryDirectory() as folder:
            opened(Path(folder)).close()
            yield lambda: opened(Path(folder))


def test_the_directory_lies_in_the_file_of_the_log(tmp_path):
    with opened(tmp_path) as directory:
        directory.open_house(BOSS, HASH, Author(None, NOON))
    with open_log(
        tmp_path / "log.db", tmp_path / "key", lambda: NOON, random.Random(1).getrandbits
    ) as log:
        assert log.check() == []
    assert sorted(each.name for each in tmp_path.iterdir()) == ["key", "log.db"]


def test_a_file_that_is_not_there_is_told_and_not_made(tmp_path):
    with pytest.raises(ReaderError) as told:
        opened(tmp_path, create=False)
    assert told.value.problems[0].key == "log.missing"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("statement", ["DELETE FROM audit", "UPDATE audit SET what = 'nothing'"])
def test_the_audit_log_refuses_to_be_changed_even_behind_our_back(tmp_path, statement):
    with opened(tmp_path) as directory:
        directory.record(BY_BOSS, Deed("export.made", "e-1"))
    with pytest.raises(sqlite3.IntegrityError, match="only added to"):
        edited(tmp_path, statement)


def test_no_secret_and_no_guessed_name_stands_in_the_files(tmp_path):
    with opened(tmp_path) as directory:
        directory.open_house(BOSS, HASH, Author(None, NOON))
        directory.add_account(WANG, HASH, BY_BOSS)
        directory.offer_one_time_secret("a-wang", Secret("JBSWY3DPEHPK3PXP"))
        directory.begin_attempt([NAME._replace(name="my-password-by-mistake")], NOON)
        written = b"".join(each.read_bytes() for each in tmp_path.iterdir())
    assert b"a-wang" in written
    assert b"JBSWY3DPEHPK3PXP" not in written
    assert b"by-mistake" not in written


def test_a_second_factor_opens_only_with_its_key_and_in_its_row(tmp_path):
    with opened(tmp_path) as directory:
        directory.open_house(BOSS, HASH, Author(None, NOON))
        directory.add_account(WANG, HASH, BY_BOSS)
        directory.offer_one_time_secret("a-wang", Secret("JBSWY3DPEHPK3PXP"))
    edited(
        tmp_path,
        "UPDATE credential SET offered_secret ="
        " (SELECT offered_secret FROM credential WHERE account = 'a-wang')",
    )
    with opened(tmp_path) as directory:
        assert directory.offered_one_time_secret("a-wang").reveal() == "JBSWY3DPEHPK3PXP"
        with pytest.raises(ReaderError) as told:
            directory.offered_one_time_secret("a-boss")
    assert told.value.problems[0].key == "login.second_factor_damaged"


def test_a_write_that_fails_in_the_middle_leaves_nothing(tmp_path):
    with opened(tmp_path) as directory:
        directory.open_house(BOSS, HASH, Author(None, NOON))
        edited(tmp_path, "DROP TRIGGER audit_is_not_deleted")
        edited(
            tmp_path,
            "CREATE TRIGGER no_more BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'full'); END",
        )
        with pytest.raises(sqlite3.IntegrityError):
            directory.add_account(WANG, HASH, BY_BOSS)
        assert directory.account("a-wang") is None
        assert directory.credential("a-wang") is None


def test_rights_of_a_newer_version_are_none_here(tmp_path):
    with opened(tmp_path) as directory:
        directory.open_house(BOSS, HASH, Author(None, NOON))
    edited(
        tmp_path,
        "INSERT INTO own_role VALUES ('r', '夜班',"
        ' \'{"id": "r", "name": "夜班", "rights": ["chats.read", "moon.land"]}\')',
    )
    with opened(tmp_path) as directory:
        assert [*directory.roles()[-1].rights] == ["chats.read"]
