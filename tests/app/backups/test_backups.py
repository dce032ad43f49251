"""What becomes of a backup when something is wrong, and what goes with the log."""

import json
import resource
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.adapters.storage.postgres_server import Server
from tests.app.command_line import command, environment, miaohui

from miaohui.app.backups.folders import MAKING, backups_in, let_go, new_backup
from miaohui.app.backups.manifest import read_manifest

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A folder with the log of a demo shop."""
    done(tmp_path, "demo-log", "shop.db", "--events", 3000, "--days", 2)
    return tmp_path


def done(folder: Path, *words: object) -> str:
    run = miaohui(folder, *words)
    assert run.returncode == 0, run.stderr
    return run.stdout


def refused(folder: Path, *words: object) -> str:
    run = miaohui(folder, *words)
    assert run.returncode == 2, run.stdout
    assert not list((folder / "backups").glob("miaohui-*"))
    return run.stderr


def test_media_goes_with_the_log_and_comes_back_with_it(shop):
    media = shop / "shop.db.media" / "ab"
    media.mkdir(parents=True)
    (media / "abcd").write_bytes(b"sealed")
    done(shop, "backup", "backups", "--log", "shop.db")
    (backup,) = backups_in(shop / "backups")
    done(shop, "restore", backup, "elsewhere/tea.db")
    assert (shop / "elsewhere" / "tea.db.media" / "ab" / "abcd").read_bytes() == b"sealed"
    both = [done(shop, "report", log, "--format", "json") for log in ("shop.db", backup / "log.db")]
    assert json.loads(both[0]) == json.loads(both[1])
    assert [each.name for each in (shop / "elsewhere").iterdir()].count("tea.db") == 1
    assert len(list((shop / "elsewhere").iterdir())) == 2


def test_what_an_older_log_left_behind_is_not_taken_for_the_new_ones(shop):
    done(shop, "backup", "backups", "--log", "shop.db")
    (backup,) = backups_in(shop / "backups")
    (shop / "tea.db-wal").write_bytes(b"old")
    run = miaohui(shop, "restore", backup, "tea.db")
    assert (run.returncode, "tea.db-wal already" in run.stderr) == (2, True)
    assert not (shop / "tea.db").exists()


def test_a_log_that_is_not_sound_is_not_backed_up(shop):
    with closing(sqlite3.connect(shop / "shop.db")) as connection, connection:
        connection.execute("UPDATE detail SET sealed = zeroblob(64) WHERE position % 7 = 1")
    assert "the copy is not sound" in refused(shop, "backup", "backups", "--log", "shop.db")


def test_without_the_master_key_there_is_no_backup(shop):
    (shop / "master.key").rename(shop / "away")
    assert "master.key is missing" in refused(shop, "backup", "backups", "--log", "shop.db")


def test_what_is_no_log_is_told(shop):
    (shop / "some.txt").write_text("a,b\n" * 99)
    assert "is not a Miaohui log" in refused(shop, "backup", "backups", "--log", "some.txt")
    assert "no log at none.db" in refused(shop, "backup", "backups", "--log", "none.db")


def test_a_full_disk_leaves_nothing_behind(shop):
    size = (shop / "shop.db").stat().st_size

    def only_so_much() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size // 2, size // 2))

    run = subprocess.run(
        command("backup", "backups", "--log", "shop.db"),
        cwd=shop,
        env=environment(shop),
        capture_output=True,
        text=True,
        preexec_fn=only_so_much,
    )
    assert run.returncode == 2, run.stderr
    assert "log.db" in run.stderr
    assert list((shop / "backups").iterdir()) == []


def test_without_pg_dump_it_is_said_what_to_install(server: Server, spoiled: str, tmp_path):
    address = server.url(spoiled, password="s3cret")
    done(tmp_path, "demo-log", address, "--events", 100, "--days", 1)
    run = subprocess.run(
        command("backup", "backups", "--log", address),
        cwd=tmp_path,
        env={**environment(tmp_path), "PATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert run.returncode == 2
    assert "pg_dump is needed" in run.stderr
    assert "s3cret" not in run.stderr
    assert list((tmp_path / "backups").iterdir()) == []


def test_a_backup_has_its_name_only_when_it_is_whole(tmp_path):
    with pytest.raises(InterruptedError):
        _begin(tmp_path)
    assert list(tmp_path.iterdir()) == []


def _begin(target: Path) -> None:
    with new_backup(target, NOON) as (making, named):
        (making / "log.db").write_bytes(b"half")
        assert [each.name for each in target.iterdir()] == [making.name] != [named.name]
        raise InterruptedError


def test_two_backups_of_one_second_have_two_names(tmp_path):
    names = []
    for _ in range(2):
        with new_backup(tmp_path, NOON) as (_making, named):
            names.append(named.name)
    assert names == ["miaohui-20261101T120000Z", "miaohui-20261101T120000Z-2"]


def test_no_name_of_a_second_is_given_again_when_the_oldest_has_gone(tmp_path):
    made: list[Path] = []
    for _ in range(12):
        with new_backup(tmp_path, NOON) as (_making, named):
            made.append(named)
        if len(made) > 2:
            made.pop(0).rmdir()
    assert [each.name.partition("Z")[2] for each in made] == ["-11", "-12"]


def test_what_the_killed_left_is_cleared_up_a_day_later(tmp_path):
    left = tmp_path / f"{MAKING}left"
    left.mkdir()
    made = datetime.fromtimestamp(left.stat().st_mtime, UTC)
    for later, is_there in ((timedelta(hours=1), True), (timedelta(hours=25), False)):
        with new_backup(tmp_path, made + later):
            assert left.exists() is is_there


def test_what_is_no_backup_is_neither_counted_nor_removed(shop):
    (shop / "backups" / "miaohui-mine").mkdir(parents=True)
    done(shop, "backup", "backups", "--log", "shop.db")
    done(shop, "backup", "backups", "--log", "shop.db")
    newest = backups_in(shop / "backups")[0]
    assert len(let_go(shop / "backups", 1)) == 1
    assert {each.name for each in (shop / "backups").iterdir()} == {"miaohui-mine", newest.name}
    assert read_manifest(newest).contents.rows["event"] > 2_000
