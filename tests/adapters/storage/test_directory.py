"""The directory on both engines, and what stands of it on the disk."""

from pathlib import Path

import asyncpg
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
from tests.adapters.storage.table_places import OnPostgres, OnSqlite, contents

from miaohui.adapters.storage.directory_ports import Author, Deed
from miaohui.adapters.storage.tables.directory.directory import TableDirectory
from miaohui.domain.directory.secret import Secret


class TestSqliteDirectory(OnSqlite, DirectoryContract):
    def test_no_secret_and_no_guessed_name_stands_in_the_files(self, place):
        with TableDirectory(place.open()) as directory:
            keep_secrets(directory)
            assert not secrets_in(Path(place.address).parent)


class TestPostgresDirectory(OnPostgres, DirectoryContract):
    def test_no_secret_and_no_guessed_name_stands_in_the_files(self, place, server, database):
        with TableDirectory(place.open()) as directory:
            keep_secrets(directory)
            server.execute(database, "CHECKPOINT")
            assert not secrets_in(server.data)

    def test_the_audit_log_refuses_to_be_emptied(self, place):
        with TableDirectory(place.open()) as directory:
            directory.record(BY_BOSS, Deed("export.made", "e-1"))
            with pytest.raises(asyncpg.RaiseError, match="only added to"):
                place.edit("TRUNCATE audit")
            assert len(directory.audit()) == 1


def keep_secrets(directory: TableDirectory) -> None:
    directory.open_house(BOSS, HASH, Author(None, NOON))
    directory.add_account(WANG, HASH, BY_BOSS)
    directory.offer_one_time_secret("a-wang", Secret("JBSWY3DPEHPK3PXP"))
    directory.begin_attempt([NAME._replace(name="my-password-by-mistake")], NOON)


def secrets_in(folder: Path) -> list[bytes]:
    """Those of the secrets that can be read in the files of a folder, where the rest can."""
    told = {b"a-wang": False, b"JBSWY3DPEHPK3PXP": False, b"by-mistake": False}
    for content in contents(folder):
        told = {each: found or each in content for each, found in told.items()}
    assert told.pop(b"a-wang")
    return [each for each, found in told.items() if found]
