"""Search in the file of a log: the contract, and what only a file can suffer."""

import sqlite3
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from tests.adapters.storage.happenings import RECEIVED, message, messages
from tests.adapters.storage.search_contract import (
    ALL,
    CHANNEL,
    TEA,
    SearchContract,
    contents,
    indexed,
)
from tests.adapters.storage.test_sqlite_log import edited, opened, trouble

from miaohui.adapters.storage.search_ports import Sought
from miaohui.domain.vocabulary.events import Payload


class TestSqliteSearch(SearchContract):
    @contextmanager
    def place(self):
        with tempfile.TemporaryDirectory() as folder:
            yield lambda: opened(Path(folder))

    @contextmanager
    def address(self):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            yield str(folder / "log.db"), str(folder / "key"), lambda: opened(folder)


SECRET = "收件人张三丰住在武当山"


def filled(folder: Path) -> Path:
    """A log of four chats, each in a cabinet of its own."""
    with opened(folder) as log:
        for chat, size in enumerate((9, 9, 9, 40)):
            log.append(
                messages(size, chat * 9, conversation=f"c{chat}", buyer=f"买家{chat}"), RECEIVED
            )
            indexed(log)
    return folder


def keys_of(folder: Path) -> set[bytes]:
    with closing(sqlite3.connect(folder / "log.db")) as connection:
        return {wrapped for (wrapped,) in connection.execute("SELECT wrapped FROM cabinet_key")}


def stands_in_files(folder: Path, needle: bytes) -> bool:
    return any(needle in path.read_bytes() for path in folder.iterdir() if path.name != "key")


def test_no_word_and_no_mark_stands_in_the_files(tmp_path):
    with opened(tmp_path) as log:
        log.append([message("1", buyer="张三丰", payload=Payload(text=SECRET))], RECEIVED)
        search = indexed(log)
        ((_, marks),) = contents(search).items()
    for needle in (SECRET, "张三丰", "武当"):
        assert not stands_in_files(tmp_path, needle.encode())
    for mark in marks:
        assert not stands_in_files(tmp_path, mark.to_bytes(4, "little") + b"\x01\0")


def test_the_keys_of_all_that_held_an_erased_buyer_are_gone_from_every_byte(tmp_path):
    before = keys_of(filled(tmp_path))
    with opened(tmp_path) as log:
        assert log.erase_buyer(TEA, CHANNEL, "买家2")
        after = keys_of(tmp_path)
        assert before - after
        assert len(contents(log.search())) == 58
        for key in before - after:
            assert not stands_in_files(tmp_path, key)
        for key in after:
            assert stands_in_files(tmp_path, key)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE drawer SET sealed = randomblob(40)",
        "DELETE FROM drawer",
        "UPDATE cabinet_key SET wrapped = randomblob(60)",
        "UPDATE cabinet SET columns = randomblob(40)",
    ],
)
def test_a_damaged_index_is_told_and_made_anew(tmp_path, statement):
    edited(filled(tmp_path), statement)
    with opened(tmp_path) as log:
        search = log.search()
        with trouble("search.damaged"):
            search.search(Sought(scope=ALL, words="在吗"))
        search.rebuild()
        assert len(indexed(log).search(Sought(scope=ALL, words="在吗")).found) == 4


@pytest.mark.parametrize("statement", ["DELETE FROM drawer", "UPDATE cabinet SET columns = x'00'"])
def test_a_damaged_index_does_not_keep_a_buyer_from_being_erased(tmp_path, statement):
    edited(filled(tmp_path), statement)
    with opened(tmp_path) as log:
        assert log.erase_buyer(TEA, CHANNEL, "买家2")
        assert log.search().behind() == 67
        assert len(contents(indexed(log))) == 58


def test_whoever_searches_does_not_hold_up_the_writer(tmp_path):
    with opened(filled(tmp_path)) as log, opened(tmp_path, patience_seconds=0.05) as other:
        search = other.search()
        with search._shelves.moment():
            search._shelves.listed()
            assert log.append(messages(5, 100), RECEIVED).added == 5
            assert log.search().index() == 5
            assert len(search._shelves.listed().cabinets) == 4
        assert len(contents(search)) == 72


def test_a_log_without_a_search_is_erased_without_one(tmp_path):
    with opened(tmp_path) as log:
        log.append(messages(3), RECEIVED)
        assert log.erase_buyer(TEA, CHANNEL, "小李")
        assert log.check() == []
