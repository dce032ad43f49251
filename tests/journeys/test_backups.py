"""Backups of an open house: whole whatever happens meanwhile, and brought back elsewhere."""

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import NamedTuple

import pytest
from tests.journeys.serving import (
    SHOP,
    House,
    delivered,
    log_at,
    log_of,
    streamed,
    told,
)

from miaohui.app.backups.manifest import read_manifest

ADDRESS = "postgresql://"


class Place(NamedTuple):
    """A house that is open, with its folder, and a new place to put a backup back into."""

    house: House
    folder: Path
    elsewhere: str


@pytest.fixture(params=["a file", "a database"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    folder = tmp_path / "house"
    folder.mkdir()
    log, elsewhere = None, str(tmp_path / "elsewhere" / "shop.db")
    if request.param == "a database":
        server = request.getfixturevalue("server")
        log, elsewhere = (server.url(name) for name in (server.fresh(), server.fresh()))
    house = House(folder, log=log)
    try:
        yield Place(house, folder, elsewhere)
    finally:
        house.kill()


def miaohui(folder: Path, *words: object, key: str = "key") -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(*words), env=environment(folder, key), **QUIET)


def command(*words: object) -> list[str]:
    return [sys.executable, "-m", "miaohui", *map(str, words)]


def environment(folder: Path, key: str = "key") -> dict[str, str]:
    own = {"MIAOHUI_MASTER_KEY_FILE": str(folder / key), "MIAOHUI_LANGUAGE": "en"}
    return {**os.environ, **own}


QUIET = {"capture_output": True, "text": True, "stdin": subprocess.DEVNULL}


def done(folder: Path, *words: object) -> str:
    run = miaohui(folder, *words)
    assert run.returncode == 0, run.stderr
    return run.stdout


def refused(folder: Path, *words: object, key: str = "key") -> str:
    run = miaohui(folder, *words, key=key)
    assert run.returncode == 2, run.stdout + run.stderr
    return run.stderr


@contextmanager
def messages_coming_in(house: House) -> Iterator[list[str]]:
    """The source ids of what was acknowledged, more of them all the time."""
    acknowledged: list[str] = []
    over = False

    def hand_in() -> None:
        number = 0
        while not over:
            some = [told(f"m{number + step}", f"c{step}") for step in range(40)]
            seqs = asyncio.run(streamed(house.port, some, 0))
            acknowledged.extend(seqs)
            number += 40

    thread = Thread(target=hand_in)
    thread.start()
    try:
        while not acknowledged:
            time.sleep(0.01)
        yield acknowledged
    finally:
        over = True
        thread.join()


def the_backup(target: Path) -> Path:
    (found,) = target.iterdir()
    return found


def source_ids(log: str, key: Path) -> list[str]:
    with log_at(log, key) as opened:
        assert list(opened.check()) == []
        return [event.source_id for event in opened.read(SHOP)]


def test_an_open_house_is_backed_up_and_brought_back_with_all_that_was_acknowledged(place):
    house, folder, elsewhere = place
    target = folder / "backups"
    with messages_coming_in(house) as acknowledged:
        before = list(acknowledged)
        said = done(folder, "backup", target, "-c", folder / "miaohui.toml")
    assert "The master key is NOT in it" in said
    backup = the_backup(target)
    key = (folder / "key").read_text().strip()
    assert all(key.encode() not in each.read_bytes() for each in backup.iterdir())
    assert (backup / "settings.toml").read_text() == (folder / "miaohui.toml").read_text()
    manifest = json.loads((backup / "manifest.json").read_bytes())
    assert manifest["contents"]["rows"]["event"] >= len(before) > 0
    said = done(folder, "restore", backup, elsewhere)
    assert "Checked: sound" in said
    assert f"{SHOP}: up to no. {manifest['contents']['newest_seqs'][SHOP]:,}" in said
    restored = source_ids(elsewhere, folder / "key")
    assert set(before) <= set(restored)
    assert len(restored) == manifest["contents"]["newest_seqs"][SHOP]
    everything = source_ids(log_of(folder), folder / "key")
    assert everything[: len(restored)] == restored


def test_nothing_is_overwritten_and_no_other_key_opens_it(place):
    house, folder, elsewhere = place
    assert delivered(house, told("m1")).status_code == 200
    done(folder, "backup", folder / "backups", "-c", folder / "miaohui.toml")
    backup = the_backup(folder / "backups")
    (folder / "other").write_text(bytes(32).hex())
    told_so = refused(folder, "restore", backup, elsewhere, key="other")
    assert "is not the one that this backup was made under" in told_so
    assert "is missing" in refused(folder, "restore", backup, elsewhere, key="none")
    there = log_of(folder)
    assert "nothing is overwritten" in refused(folder, "restore", backup, there)
    done(folder, "restore", backup, elsewhere, "--settings-to", folder / "again.toml")
    assert "nothing is overwritten" in refused(folder, "restore", backup, elsewhere)
    assert (folder / "again.toml").read_bytes() == (folder / "miaohui.toml").read_bytes()
    assert source_ids(elsewhere, folder / "key") == ["m1"]


def test_a_backup_goes_back_only_into_its_own_kind_of_place(place, tmp_path):
    house, folder, _ = place
    assert delivered(house, told("m1")).status_code == 200
    done(folder, "backup", folder / "backups", "-c", folder / "miaohui.toml")
    backup = the_backup(folder / "backups")
    if log_of(folder).startswith(ADDRESS):
        assert "name an empty database" in refused(folder, "restore", backup, tmp_path / "x.db")
    else:
        nowhere = "postgresql://nobody@/nothing?host=/nowhere"
        assert "name a new file" in refused(folder, "restore", backup, nowhere)


def test_a_damaged_backup_is_told_file_by_file_and_not_put_back(place):
    house, folder, elsewhere = place
    assert delivered(house, told("m1")).status_code == 200
    done(folder, "backup", folder / "backups", "-c", folder / "miaohui.toml")
    backup = the_backup(folder / "backups")
    (log,) = (each for each in backup.iterdir() if each.name.startswith("log."))
    content = bytearray(log.read_bytes())
    content[len(content) // 2] ^= 1
    log.write_bytes(content)
    (backup / "more").write_bytes(b"")
    (backup / "settings.toml").unlink()
    told_so = refused(folder, "restore", backup, elsewhere)
    assert [line.split(":")[1].split(" is ")[0].strip() for line in told_so.splitlines()] == [
        log.name,
        "more",
        "settings.toml",
    ]
    assert not Path(elsewhere).exists()


def test_only_the_newest_are_kept(place):
    house, folder, _ = place
    target = folder / "backups"
    names = []
    for number in range(4):
        assert delivered(house, told(f"m{number}")).status_code == 200
        done(folder, "backup", target, "-c", folder / "miaohui.toml", "--keep", 2)
        names += [max(each.name for each in target.iterdir())]
    assert sorted(each.name for each in target.iterdir()) == sorted(names[-2:])


def test_one_killed_in_the_middle_leaves_nothing_that_looks_like_a_backup(place):
    house, folder, elsewhere = place
    target = folder / "backups"
    for number in range(10):
        some = [told(f"m{number}-{step}", f"c{step}") for step in range(500)]
        assert delivered(house, *some).status_code == 200
    words = command("backup", target, "-c", folder / "miaohui.toml")
    seen = 0
    for pause in (0.0, 0.01, 0.02, 0.05, 0.1):
        run = subprocess.Popen(
            words, env=environment(folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        while run.poll() is None and not (target.exists() and any(target.glob(".making-*"))):
            time.sleep(0.001)
        time.sleep(pause)
        run.send_signal(signal.SIGKILL)
        run.wait()
        seen += any(target.glob(".making-*"))
        for each in target.glob("miaohui-*"):
            assert read_manifest(each).contents.rows["event"] == 5_000
        shutil.rmtree(target)
    assert seen
    done(folder, "backup", target, "-c", folder / "miaohui.toml")
    done(folder, "restore", the_backup(target), elsewhere)
    assert len(source_ids(elsewhere, folder / "key")) == 5_000
