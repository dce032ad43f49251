"""The SQLite log: the contract, and what only a file can suffer."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.adapters.storage.happenings import RECEIVED, message, messages
from tests.adapters.storage.live_contract import LiveContract
from tests.adapters.storage.log_contract import BUYER, CHANNEL, SHOP, LogContract

from miaohui.adapters.storage.ports import Appended
from miaohui.adapters.storage.sqlite.connection import is_log
from miaohui.adapters.storage.sqlite.log import SqliteLog, open_log
from miaohui.adapters.storage.sqlite.migration import migrations
from miaohui.adapters.storage.sqlite.people import pseudonym_of
from miaohui.domain.vocabulary.problems import ReaderError

ROOT = Path(__file__).parents[3]
ENVIRONMENT = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}


def opened(folder: Path, **changes: object) -> SqliteLog:
    chance = random.Random(folder.name).getrandbits
    return open_log(folder / "log.db", folder / "key", lambda: datetime.now(UTC), chance, **changes)


@contextmanager
def trouble(*keys: str):
    with pytest.raises(ReaderError) as told:
        yield
    assert [problem.key for problem in told.value.problems] == list(keys)


def filled(folder: Path, count: int = 20) -> Path:
    with opened(folder) as log:
        log.append(messages(count), RECEIVED)
    return folder


def _running(script: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script, *arguments],
        cwd=ROOT,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def edited(folder: Path, *statements: str) -> None:
    """Change the tables behind the log's back."""
    with closing(sqlite3.connect(folder / "log.db", isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def found(folder: Path) -> list[str]:
    with opened(folder) as log:
        return [problem.key for problem in log.check()]


class TestSqliteLog(LogContract):
    @contextmanager
    def place(self):
        with tempfile.TemporaryDirectory() as folder:
            yield lambda: opened(Path(folder))


class TestSqliteLive(LiveContract):
    @contextmanager
    def place(self):
        with tempfile.TemporaryDirectory() as folder:
            yield lambda: opened(Path(folder))


# Durability


def test_a_writer_killed_at_any_moment_loses_and_repeats_nothing(tmp_path):
    program = [sys.executable, "-m", "tests.adapters.storage.killed_writer"]
    done = subprocess.run(
        [*program, str(tmp_path / "log.db"), str(tmp_path / "key"), "40", "7"],
        cwd=ROOT,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 10


def test_every_commit_is_synced(tmp_path):
    with opened(tmp_path) as log:
        connection = log._store.connection
        assert connection.execute("PRAGMA synchronous").fetchone()[0] == 2
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert connection.execute("PRAGMA foreign_keys").fetchone()[0] == 1


def test_a_full_disk_is_told_and_leaves_whole_batches(tmp_path):
    filled(tmp_path)
    with opened(tmp_path, most_pages=120) as log:
        with trouble("log.disk_full"):
            for first in range(20, 100_000, 50):
                log.append(messages(50, first), RECEIVED)
        assert log.count() % 50 == 20
        assert len(list(log.read(SHOP))) == log.count()
        assert list(log.check()) == []
    with opened(tmp_path) as log:
        assert log.append(messages(50, log.count()), RECEIVED) == Appended(50, 0)
        assert [event.seq for event in log.read(SHOP)] == list(range(1, log.count() + 1))


def test_a_second_writer_waits_and_is_then_told(tmp_path):
    filled(tmp_path)
    with closing(sqlite3.connect(tmp_path / "log.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with opened(tmp_path, patience_seconds=0.05) as log:
            with trouble("log.busy"):
                log.append(messages(1, 20), RECEIVED)
            assert log.count() == 20
            other.execute("ROLLBACK")
            assert log.append(messages(1, 20), RECEIVED) == Appended(1, 0)


def test_processes_that_open_a_new_log_at_once_share_it(tmp_path):
    script = (
        "import sys; from pathlib import Path\n"
        "from tests.adapters.storage.test_sqlite_log import *\n"
        "with opened(Path(sys.argv[1])) as log:\n"
        "    for first in range(0, 200, 10):\n"
        "        log.append(messages(10, first, channel=sys.argv[2]), RECEIVED)\n"
        "        assert len(list(log.read(SHOP))) <= log.count()\n"
    )
    writers = [_running(script, str(tmp_path), str(name)) for name in range(4)]
    assert [(writer.communicate()[1], writer.returncode) for writer in writers] == [("", 0)] * 4
    with opened(tmp_path) as log:
        assert [event.seq for event in log.read(SHOP)] == list(range(1, 801))
        assert list(log.check()) == []


def test_threads_may_share_one_log(tmp_path):
    with opened(tmp_path) as log, ThreadPoolExecutor(4) as threads:
        told = [messages(50, first) for first in range(0, 1_000, 50)] * 2
        added = threads.map(lambda batch: log.append(batch, RECEIVED).added, told)
        read = threads.map(lambda _: len(list(log.read(SHOP))), range(10))
        assert max(read) <= sum(added) == log.count() == 1_000
        assert list(log.check()) == []


# Opening


def test_a_file_that_is_no_database_is_told_and_left_alone(tmp_path):
    (tmp_path / "log.db").write_bytes("店铺,买家\n".encode() * 500)
    with trouble("log.not_a_log"):
        opened(tmp_path)
    assert (tmp_path / "log.db").read_bytes() == "店铺,买家\n".encode() * 500
    assert not (tmp_path / "key").exists()


def test_a_database_of_another_program_is_told_and_left_alone(tmp_path):
    edited(tmp_path, "CREATE TABLE song (title)")
    before = (tmp_path / "log.db").read_bytes()
    with trouble("log.not_a_log"):
        opened(tmp_path)
    assert (tmp_path / "log.db").read_bytes() == before


def test_a_log_of_a_newer_program_is_told(tmp_path):
    edited(filled(tmp_path), "INSERT INTO migration VALUES (99, 'from the future')")
    with trouble("log.newer"):
        opened(tmp_path)


def test_every_migration_is_recorded_once(tmp_path):
    opened(tmp_path).close()
    opened(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / "log.db")) as connection:
        recorded = connection.execute("SELECT number, name FROM migration").fetchall()
    assert recorded == [(step.number, step.name) for step in migrations()]
    assert recorded[0] == (1, "0001_the_log")


def test_a_step_that_another_program_left_out_is_taken_later(tmp_path):
    edited(filled(tmp_path), "DROP TABLE outgoing", "DELETE FROM migration WHERE number = 3")
    with opened(tmp_path) as log:
        assert list(log.check()) == []
        assert log.next_due() is None
    edited(tmp_path, "INSERT INTO migration VALUES (98, 'unknown to us')")
    with trouble("log.newer"):
        opened(tmp_path)


def test_a_log_that_is_not_there_is_only_made_when_asked(tmp_path):
    with trouble("log.missing"):
        opened(tmp_path, create=False)
    with trouble("log.cannot_open"):
        opened(tmp_path / "nowhere")
    assert list(tmp_path.iterdir()) == []


def test_a_log_is_known_by_its_header_even_before_it_is_closed(tmp_path):
    with opened(tmp_path):
        assert is_log(tmp_path / "log.db")
    assert is_log(tmp_path / "log.db")
    assert not is_log(tmp_path / "key")
    assert not is_log(tmp_path / "nothing")


@pytest.mark.skipif(os.name != "posix", reason="users are a posix matter")
def test_a_read_only_file_is_told():
    folder = Path(tempfile.mkdtemp())
    try:
        filled(folder)
        (folder / "log.db").chmod(0o444)
        (folder / "key").chmod(0o444)
        folder.chmod(0o555)
        told = _as_nobody(folder)
        assert told.returncode == 0, told.stderr
        assert told.stdout.strip() in {"log.read_only", "log.cannot_open"}
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def _as_nobody(folder: Path) -> subprocess.CompletedProcess[str]:
    script = (
        "import os, sys; from pathlib import Path\n"
        "from tests.adapters.storage.test_sqlite_log import *\n"
        "if os.geteuid() == 0: os.setgid(65534); os.setuid(65534)\n"
        "try: opened(Path(sys.argv[1])).append(messages(30), RECEIVED)\n"
        "except ReaderError as error: print(error)\n"
    )
    process = _running(script, str(folder))
    output, errors = process.communicate()
    return subprocess.CompletedProcess(process.args, process.returncode, output, errors)


# Keys and names


def test_a_missing_master_key_is_told_and_never_made_anew(tmp_path):
    (filled(tmp_path) / "key").unlink()
    with trouble("master_key.missing"):
        opened(tmp_path)
    assert not (tmp_path / "key").exists()


def test_another_master_key_is_told(tmp_path):
    (filled(tmp_path) / "key").write_text("ab" * 32)
    with trouble("log.other_master_key"):
        opened(tmp_path)


def test_no_name_and_no_text_stands_in_the_files(tmp_path):
    with opened(tmp_path) as log:
        log.append(messages(50, buyer="张三丰", conversation="会话三丰"), RECEIVED)
        assert not _contains(tmp_path, "张三丰".encode(), "会话三丰".encode(), "在吗".encode())
    assert not _contains(tmp_path, "张三丰".encode(), "会话三丰".encode(), "在吗".encode())


def test_an_erased_key_is_gone_from_every_byte_of_the_files(tmp_path):
    with opened(tmp_path) as log:
        for first in range(0, 3_000, 500):
            told = [
                message(str(place), buyer=f"买家{place * 7 % 2_000}", conversation=f"c{place}")
                for place in range(first, first + 500)
            ]
            log.append(told, RECEIVED)
        for victim in random.Random(5).sample(range(2_000), 25):
            wrapped = _wrapped_key(log, f"买家{victim}")
            assert _contains(tmp_path, wrapped)
            assert log.erase_buyer(SHOP, CHANNEL, f"买家{victim}")
            assert not _contains(tmp_path, wrapped)
        assert list(log.check()) == []


def _wrapped_key(log: SqliteLog, buyer: str) -> bytes:
    question = "SELECT wrapped FROM buyer JOIN buyer_key ON buyer = id WHERE pseudonym = ?"
    pseudonym = pseudonym_of(log._store, "buyer", 1, buyer)
    return log._store.connection.execute(question, (pseudonym,)).fetchone()[0]


def _contains(folder: Path, *needles: bytes) -> bool:
    content = b"".join(file.read_bytes() for file in folder.iterdir() if file.name != "key")
    return any(needle in content for needle in needles)


def test_an_erasure_that_a_reader_delays_is_told_and_finished_later(tmp_path):
    with opened(filled(tmp_path), patience_seconds=0.05) as log:
        log.append(messages(5, 20), RECEIVED)
        with closing(sqlite3.connect(tmp_path / "log.db", isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM event").fetchone()
            with trouble("log.erasure_waits"):
                log.erase_buyer(SHOP, CHANNEL, BUYER)
            assert next(log.read(SHOP)).payload.text is None
        assert not log.erase_buyer(SHOP, CHANNEL, BUYER)
        assert (tmp_path / "log.db-wal").stat().st_size == 0


# Planted damage


@pytest.mark.parametrize(
    ("statement", "key"),
    [
        ("UPDATE shop SET newest_seq = 21", "log.check.gap"),
        ("DELETE FROM event WHERE position & 1023 = 7", "log.check.gap"),
        ("UPDATE event SET thread = 99", "log.check.dangling"),
        ("DELETE FROM detail WHERE position & 1023 = 7", "log.check.without_detail"),
        ("DELETE FROM buyer_key", "log.check.without_key"),
        ("UPDATE buyer_key SET wrapped = randomblob(60)", "log.check.key_unreadable"),
        ("UPDATE detail SET sealed = randomblob(40)", "log.check.event_unreadable"),
        ("UPDATE buyer SET sealed_name = x'00'", "log.check.buyer_unreadable"),
        ("UPDATE thread SET sealed_name = x'00'", "log.check.conversation_unreadable"),
        ("DELETE FROM migration", "log.check.version"),
        ("INSERT INTO channel VALUES (2, 2, 'x')", "log.check.dangling"),
    ],
)
def test_the_check_finds_planted_damage(tmp_path, statement, key):
    filled(tmp_path)
    with opened(tmp_path) as log:
        edited(tmp_path, statement)
        assert key in [problem.key for problem in log.check()]


def test_the_check_finds_a_payload_moved_to_another_row(tmp_path):
    swap = """UPDATE detail SET sealed = (SELECT sealed FROM detail AS other
        WHERE other.position & 1023 = 3) WHERE position & 1023 = 4"""
    edited(filled(tmp_path), swap)
    assert found(tmp_path) == ["log.check.event_unreadable"]
    with opened(tmp_path) as log, trouble("log.event_damaged"):
        list(log.read(SHOP))


def test_damaged_pages_are_told_by_the_check_or_at_the_door(tmp_path):
    filled(tmp_path, 15_000)
    with opened(tmp_path) as log:
        before = list(log.read(SHOP))
    whole = (tmp_path / "log.db").read_bytes()
    told = 0
    chance = random.Random(11)
    for _ in range(30):
        start = chance.randrange(100, len(whole) - 3_000)
        (tmp_path / "log.db").write_bytes(
            whole[:start] + chance.randbytes(3_000) + whole[start + 3_000 :]
        )
        if _told(tmp_path):
            told += 1
            continue
        # It hit a page of a table that holds nothing yet.
        with opened(tmp_path) as log:
            assert list(log.read(SHOP)) == before
    assert told >= 25


def test_a_cut_file_is_told(tmp_path):
    filled(tmp_path, 2_000)
    whole = (tmp_path / "log.db").read_bytes()
    for size in (50, 4_096, len(whole) // 2 + 77, len(whole) - 4_096):
        (tmp_path / "log.db").write_bytes(whole[:size])
        assert _told(tmp_path)


def _told(folder: Path) -> bool:
    """Whether somebody says that something is wrong, without a stack trace."""
    try:
        with opened(folder) as log:
            return bool(log.check())
    except ReaderError:
        return True
