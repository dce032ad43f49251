"""The PostgreSQL log: the contracts, and what only a server can suffer."""

import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Event as Signal
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.adapters.storage.happenings import RECEIVED, message, messages
from tests.adapters.storage.live_contract import LiveContract
from tests.adapters.storage.log_contract import BUYER, CHANNEL, SHOP, LogContract
from tests.adapters.storage.postgres_server import Server

from miaohui.adapters.storage.ports import Appended, Bookmark
from miaohui.adapters.storage.postgres.address import is_address, shown
from miaohui.adapters.storage.postgres.log import PostgresLog, open_postgres_log
from miaohui.adapters.storage.postgres.migration import migrations
from miaohui.adapters.storage.postgres.texts import kept_text, told_text
from miaohui.domain.vocabulary.problems import Problem, ReaderError

ROOT = Path(__file__).parents[3]
ENVIRONMENT = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
Opener = Callable[..., PostgresLog]


def opened(server: Server, database: str, user: str = "merchant", **changes: object) -> PostgresLog:
    chance = random.Random(database).getrandbits
    url, key = server.url(database, user), server.key_of(database)
    return open_postgres_log(url, key, lambda: datetime.now(UTC), chance, **changes)


def filled(server: Server, database: str, count: int = 20) -> str:
    with opened(server, database) as log:
        log.append(messages(count), RECEIVED)
    return database


@contextmanager
def trouble(*keys: str) -> Iterator[list[Problem]]:
    told: list[Problem] = []
    with pytest.raises(ReaderError) as error:
        yield told
    told += error.value.problems
    assert [problem.key for problem in told] == list(keys)


def _running(script: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script, *arguments],
        cwd=ROOT,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


class OnServer:
    """Where the contracts are kept: in an empty database each."""

    @pytest.fixture(autouse=True)
    def _on(self, server: Server) -> None:
        self.server = server

    @contextmanager
    def place(self) -> Iterator[Callable[[], PostgresLog]]:
        with self.server.lent() as database:
            yield lambda: opened(self.server, database)


class TestPostgresLog(OnServer, LogContract):
    pass


class TestPostgresLive(OnServer, LiveContract):
    pass


# Durability


def test_a_writer_killed_at_any_moment_loses_and_repeats_nothing(server, database):
    program = [sys.executable, "-m", "tests.adapters.storage.killed_writer"]
    done = subprocess.run(
        [*program, server.url(database), str(server.key_of(database)), "40", "7"],
        cwd=ROOT,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 10


def test_a_restart_of_the_server_loses_nothing_and_needs_none_of_ours(server, database):
    writing = Signal()
    stopping = Signal()
    refusals: list[str] = []

    def write(log: PostgresLog) -> int:
        place = 0
        while not stopping.is_set():
            try:
                log.append(messages(10, place * 10), RECEIVED, Bookmark("file", place))
            except ReaderError as error:
                refusals.extend(problem.key for problem in error.problems)
                continue
            place += 1
            writing.set()
        return place

    with opened(server, database) as log, ThreadPoolExecutor(1) as thread:
        written = thread.submit(write, log)
        for mode in ("immediate", "fast", "immediate"):
            writing.clear()
            assert writing.wait(60)
            server.stop(mode)
            server.start()
        writing.clear()
        assert writing.wait(60)
        stopping.set()
        acknowledged = written.result()
        assert [event.seq for event in log.read(SHOP)] == list(range(1, 10 * acknowledged + 1))
        assert log.bookmark("file") == Bookmark("file", acknowledged - 1)
        assert list(log.check()) == []
    assert {"log.database_unreachable", "log.database_lost"} & set(refusals)
    assert set(refusals) <= {"log.database_unreachable", "log.database_lost"}


def test_every_commit_is_synced_whatever_the_server_says(server, database):
    assert server.value(database, "SHOW synchronous_commit") == "off"
    assert server.value(database, "SHOW fsync") == "on"
    with opened(server, database) as log:
        store = log._store

        async def setting() -> str:
            return await store.pool.fetchval("SHOW synchronous_commit")

        assert store.loop.wait(setting()) == "on"


def test_a_full_disk_is_told_and_leaves_whole_batches(server, spoiled):
    filled(server, spoiled)
    server.execute(
        spoiled,
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'No space left on device' USING ERRCODE = '53100'; END $$",
        "CREATE TRIGGER full_disk BEFORE INSERT ON detail EXECUTE FUNCTION refuse()",
    )
    with opened(server, spoiled) as log:
        with trouble("log.disk_full"):
            log.append(messages(50, 20), RECEIVED)
        assert log.count() == len(list(log.read(SHOP))) == 20
        server.execute(spoiled, "DROP TRIGGER full_disk ON detail")
        assert log.append(messages(50, 20), RECEIVED) == Appended(50, 0)
        assert [event.seq for event in log.read(SHOP)] == list(range(1, 71))


# Several at once


def test_processes_that_append_the_same_events_at_once_take_each_once(server, spoiled):
    script = (
        "import sys\n"
        "from tests.adapters.storage.test_postgres_log import *\n"
        "url, key, seed = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])\n"
        "chance = random.Random(seed)\n"
        "told = [message(f'm{at}', shop=f'店{at % 3}', buyer=f'买家{at % 7}', account=str(at % 5))"
        " for at in range(600)]\n"
        "chance.shuffle(told)\n"
        "log = open_postgres_log(url, key, lambda: datetime.now(UTC), chance.getrandbits)\n"
        "with log, ThreadPoolExecutor(2) as threads:\n"
        "    batches = [told[first:first + 20] for first in range(0, 600, 20)]\n"
        "    print(sum(threads.map(lambda each: log.append(each, RECEIVED).added, batches)))\n"
    )
    arguments = (server.url(spoiled), str(server.key_of(spoiled)))
    writers = [_running(script, *arguments, str(seed)) for seed in range(3)]
    told = [writer.communicate() for writer in writers]
    assert [errors for _, errors in told] == [""] * 3
    assert sum(int(added) for added, _ in told) == 600
    with opened(server, spoiled) as log:
        for shop in ("店0", "店1", "店2"):
            assert [event.seq for event in log.read(shop)] == list(range(1, 201))
        assert list(log.check()) == []


def test_threads_may_share_one_log(server, database):
    with opened(server, database) as log, ThreadPoolExecutor(6) as threads:
        told = [messages(50, first) for first in range(0, 1_000, 50)] * 2
        added = threads.map(lambda batch: log.append(batch, RECEIVED).added, told)
        read = threads.map(lambda _: len(list(log.read(SHOP))), range(10))
        assert max(read) <= sum(added) == log.count() == 1_000
        assert list(log.check()) == []


def test_erasing_while_others_write_seals_nothing_under_a_destroyed_key(server, database):
    with opened(server, database) as log, opened(server, database) as other:

        def write(place: int) -> None:
            (log, other)[place % 2].append([message(str(place), buyer="常客")], RECEIVED)

        write(0)
        with ThreadPoolExecutor(4) as threads:
            writing = threads.map(write, range(1, 120))
            erased = [log.erase_buyer(SHOP, CHANNEL, "常客") for _ in range(8)]
            list(writing)
        texts = {event.source_id: event.payload.text for event in log.read(SHOP)}
        assert len(texts) == 120
        assert all(text in {None, f"在吗 {source}"} for source, text in texts.items())
        assert any(erased)
        other.append([message("last", buyer="常客")], RECEIVED)
        assert list(log.read(SHOP))[-1].payload.text == "在吗 last"
        assert list(log.check()) == []


def test_a_writer_waits_for_another_and_is_then_told(server, database):
    filled(server, database)
    with (
        opened(server, database, patience_seconds=0.05) as log,
        held(server, database, "SELECT * FROM shop FOR UPDATE"),
    ):
        with trouble("log.busy"):
            log.append(messages(1, 20), RECEIVED)
        assert log.count() == 20
    with opened(server, database) as log:
        assert log.append(messages(1, 20), RECEIVED) == Appended(1, 0)


@contextmanager
def held(server: Server, database: str, statement: str) -> Iterator[None]:
    """Somebody else's transaction, open all the while."""
    with opened(server, database) as other:
        loop = other._store.loop

        async def begin():
            connection = await other._store.pool.acquire()
            await connection.execute("BEGIN")
            await connection.execute(statement)
            return connection

        async def end(connection) -> None:
            await connection.execute("ROLLBACK")
            await other._store.pool.release(connection)

        connection = loop.wait(begin())
        try:
            yield
        finally:
            loop.wait(end(connection))


# Opening


def test_processes_that_open_a_new_log_at_once_share_it(server, spoiled):
    script = (
        "import sys\n"
        "from tests.adapters.storage.test_postgres_log import *\n"
        "url, key = sys.argv[1], Path(sys.argv[2])\n"
        "with open_postgres_log(url, key, lambda: datetime.now(UTC), random.getrandbits) as log:\n"
        "    log.append(messages(10, channel=sys.argv[3]), RECEIVED)\n"
    )
    arguments = (server.url(spoiled), str(server.key_of(spoiled)))
    writers = [_running(script, *arguments, str(name)) for name in range(4)]
    assert [(writer.communicate()[1], writer.returncode) for writer in writers] == [("", 0)] * 4
    with opened(server, spoiled) as log:
        assert [event.seq for event in log.read(SHOP)] == list(range(1, 41))
        assert list(log.check()) == []


def test_every_migration_is_recorded_once(server, database):
    opened(server, database).close()
    opened(server, database).close()
    recorded = server.value(database, "SELECT array_agg(name ORDER BY number) FROM migration")
    assert recorded == [step.name for step in migrations()]
    assert recorded[0] == "0001_the_log"


def test_a_log_that_is_not_there_is_only_made_when_asked(server, spoiled):
    with trouble("log.missing"):
        opened(server, spoiled, create=False)
    assert server.value(spoiled, "SELECT to_regnamespace('miaohui')") is None
    assert not server.key_of(spoiled).exists()


def test_what_stands_beside_the_log_in_its_database_is_left_alone(server, spoiled):
    server.execute(spoiled, "CREATE TABLE public.event (title text)")
    filled(server, spoiled)
    assert server.value(spoiled, "SELECT count(*) FROM public.event") == 0


def test_a_schema_of_another_program_is_told_and_left_alone(server, spoiled):
    server.execute(
        spoiled, "CREATE SCHEMA miaohui AUTHORIZATION merchant", "CREATE TABLE song (title text)"
    )
    with trouble("log.not_a_log"):
        opened(server, spoiled)
    assert not server.key_of(spoiled).exists()


def test_a_step_that_another_program_left_out_is_taken_later(server, spoiled):
    server.execute(
        filled(server, spoiled), "DROP TABLE outgoing", "DELETE FROM migration WHERE number = 2"
    )
    with opened(server, spoiled) as log:
        assert list(log.check()) == []
        assert log.next_due() is None
    server.execute(spoiled, "INSERT INTO migration VALUES (98, 'unknown to us')")
    with trouble("log.newer"):
        opened(server, spoiled)


def test_a_log_of_a_newer_program_is_told(server, spoiled):
    server.execute(filled(server, spoiled), "INSERT INTO migration VALUES (99, 'of the future')")
    with trouble("log.newer"):
        opened(server, spoiled)


def test_a_database_that_cannot_hold_every_character_is_told(server):
    server.execute(
        "postgres",
        "CREATE DATABASE latin OWNER merchant TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'",
    )
    with trouble("log.not_utf8"):
        opened(server, "latin")


def test_a_database_that_is_not_there_is_told(server):
    with trouble("log.database_missing"):
        opened(server, "nowhere")


def test_a_wrong_password_is_told_and_not_shown(server, database):
    server.execute("postgres", "CREATE ROLE guarded LOGIN PASSWORD 'right'")
    url = server.url(database, "guarded", "wr0ng-but-secret")
    with trouble("log.database_refused") as told:
        open_postgres_log(url, server.key_of(database), lambda: RECEIVED, random.getrandbits)
    assert "secret" not in repr(told)
    assert "guarded" in repr(told)


def test_a_server_that_does_not_answer_is_told(server, tmp_path):
    for place in (f"shop?host={tmp_path}", "127.0.0.1:1/shop", "nobody.invalid/shop"):
        with trouble("log.database_unreachable") as told:
            open_postgres_log(
                f"postgresql://merchant:s3cret@{'/' * place.startswith('shop')}{place}",
                tmp_path / "key",
                lambda: RECEIVED,
                random.getrandbits,
            )
        assert "s3cret" not in repr(told)
    assert not (tmp_path / "key").exists()


@pytest.mark.parametrize("rest", ["host:port/shop", "h/shop?sslmode=perhaps"])
def test_an_address_that_is_none_is_told(tmp_path, rest):
    with trouble("log.bad_address") as told:
        open_postgres_log(
            f"postgresql://u:s3cret@{rest}", tmp_path / "key", lambda: RECEIVED, random.getrandbits
        )
    assert "s3cret" not in repr(told)


def test_a_server_without_room_for_one_more_is_told(server, spoiled):
    server.execute("postgres", f"ALTER DATABASE {spoiled} CONNECTION LIMIT 0")
    with trouble("log.database_crowded"):
        opened(server, spoiled)


def test_a_user_without_the_right_is_told(server, spoiled):
    server.execute("postgres", "CREATE ROLE stranger LOGIN")
    with trouble("log.not_allowed"):
        opened(server, spoiled, "stranger")


def test_a_read_only_database_is_read_and_refuses_to_be_written(server, spoiled):
    filled(server, spoiled)
    server.execute("postgres", f"ALTER DATABASE {spoiled} SET default_transaction_read_only = on")
    with opened(server, spoiled) as log:
        assert len(list(log.read(SHOP))) == 20
        with trouble("log.read_only"):
            log.append(messages(1, 20), RECEIVED)


def test_an_id_too_long_for_an_index_is_told_and_not_taken(server, database):
    endless = "".join(random.Random(3).choices("abcdefghijklmnopqrstuvwxyz0123456789", k=9_000))
    with opened(server, database) as log:
        with trouble("log.too_long"):
            log.append([message("1"), message(endless)], RECEIVED)
        assert log.count() == 0


@given(st.text(min_size=1))
def test_an_address_is_shown_without_its_password(password):
    told = shown(
        f"postgresql://merchant:{password}@host:5432/shop"
        f"?password={quote(password)}&sslmode=require"
    )
    assert told == "postgresql://merchant@host:5432/shop?sslmode=require"
    assert is_address(told)


@pytest.mark.parametrize(
    "url", ["postgres://host/shop", "postgresql:///shop?host=/run/postgresql", "postgresql://me@/x"]
)
def test_an_address_without_a_password_is_shown_as_it_is(url):
    assert shown(url) == url


@given(st.text(st.sampled_from("\0\x1a0s亲a\\")))
def test_a_text_that_the_server_would_refuse_comes_back_as_it_was(text):
    assert told_text(kept_text(text)) == text
    assert "\0" not in kept_text(text)


# Keys and names


def test_a_missing_master_key_is_told_and_never_made_anew(server, spoiled):
    filled(server, spoiled)
    server.key_of(spoiled).unlink()
    with trouble("master_key.missing"):
        opened(server, spoiled)
    assert not server.key_of(spoiled).exists()


def test_another_master_key_is_told(server, spoiled):
    filled(server, spoiled)
    server.key_of(spoiled).write_text("ab" * 32)
    with trouble("log.other_master_key"):
        opened(server, spoiled)


def test_no_name_and_no_text_stands_in_the_files_of_the_server(server, database):
    with opened(server, database) as log:
        log.append(messages(50, buyer="张三丰", conversation="会话三丰"), RECEIVED)
    server.execute(database, "CHECKPOINT")
    secrets = ("张三丰".encode(), "会话三丰".encode(), "在吗 m7".encode())
    assert not _contains(server.data, *secrets)
    assert _contains(server.data, b"m49")


def test_an_erased_key_is_gone_from_every_file_of_the_tables(server, database):
    with opened(server, database) as log:
        told = [message(str(at), buyer=f"买家{at}", conversation=f"c{at}") for at in range(300)]
        log.append(told, RECEIVED)
        for victim in (7, 8, 250):
            log.append([message(f"more {victim}", buyer="晚来的")], RECEIVED)
            wrapped = _wrapped_key(server, database, f"买家{victim}", log)
            server.execute(database, "CHECKPOINT")
            assert _contains(server.data / "base", wrapped)
            assert log.erase_buyer(SHOP, CHANNEL, f"买家{victim}")
            server.execute(database, "CHECKPOINT")
            assert not _contains(server.data / "base", wrapped)
        assert list(log.check()) == []


def test_an_erasure_that_a_reader_delays_is_told_and_finished_later(server, database):
    with opened(server, filled(server, database)) as log:
        wrapped = _wrapped_key(server, database, BUYER, log)
        with held(server, database, "SELECT * FROM buyer_key"):
            with trouble("log.erasure_waits"):
                log.erase_buyer(SHOP, CHANNEL, BUYER)
            assert next(log.read(SHOP)).payload.text is None
        assert not log.erase_buyer(SHOP, CHANNEL, BUYER)
        server.execute(database, "CHECKPOINT")
        assert not _contains(server.data / "base", wrapped)


def _wrapped_key(server: Server, database: str, buyer: str, log: PostgresLog) -> bytes:
    from miaohui.adapters.storage.postgres.people import pseudonym_of

    pseudonym = pseudonym_of(log._store, "buyer", SHOP, CHANNEL, buyer).hex()
    return server.value(
        database,
        "SELECT wrapped FROM buyer JOIN buyer_key ON buyer = id"
        f" WHERE pseudonym = '\\x{pseudonym}' ORDER BY id DESC",
    )


def _contains(folder: Path, *needles: bytes) -> bool:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return any(needle in path.read_bytes() for path in files for needle in needles)


# Planted damage


@pytest.mark.parametrize(
    ("statement", "key"),
    [
        ("UPDATE shop SET newest_seq = 21", "log.check.gap"),
        ("DELETE FROM event WHERE position & 1023 = 7", "log.check.gap"),
        ("DELETE FROM event WHERE position & 1023 = 7", "log.check.dangling"),
        ("UPDATE event SET thread = 99", "log.check.dangling"),
        ("UPDATE event SET manner = 99", "log.check.dangling"),
        ("UPDATE event SET channel = 99", "log.check.stray"),
        ("DELETE FROM detail WHERE position & 1023 = 7", "log.check.without_detail"),
        ("DELETE FROM buyer_key", "log.check.without_key"),
        ("UPDATE buyer_key SET wrapped = repeat('x', 60)::bytea", "log.check.key_unreadable"),
        ("UPDATE detail SET sealed = repeat('x', 40)::bytea", "log.check.event_unreadable"),
        ("UPDATE buyer SET sealed_name = 'x'", "log.check.buyer_unreadable"),
        ("UPDATE thread SET sealed_name = 'x'", "log.check.conversation_unreadable"),
        ("DELETE FROM migration WHERE number > 1", "log.check.version"),
        ("DROP TABLE detail", "log.damaged"),
    ],
)
def test_the_check_finds_planted_damage(server, spoiled, statement, key):
    with opened(server, filled(server, spoiled)) as log:
        server.execute(spoiled, statement)
        assert key in [problem.key for problem in log.check()]


def test_the_check_finds_what_stands_twice(server, spoiled):
    with opened(server, filled(server, spoiled)) as log:
        server.execute(
            spoiled,
            "ALTER TABLE event DROP CONSTRAINT event_channel_source_id_key",
            "UPDATE event SET source_id = 'm3' WHERE source_id = 'm4'",
        )
        assert [problem.key for problem in log.check()] == ["log.check.repeated"]


def test_the_check_finds_a_payload_moved_to_another_row(server, database):
    filled(server, database)
    server.execute(
        database,
        "UPDATE detail SET sealed = other.sealed FROM detail AS other"
        " WHERE detail.position & 1023 = 4 AND other.position & 1023 = 3",
    )
    with closing(opened(server, database)) as log:
        assert [problem.key for problem in log.check()] == ["log.check.event_unreadable"]
        with trouble("log.event_damaged"):
            list(log.read(SHOP))
