"""The doctor looks at real houses, open and closed, sound and damaged."""

import json
import os
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from tests.adapters.storage.happenings import message
from tests.adapters.storage.postgres_server import running
from tests.journeys.serving import House, log_at, settings_in

from miaohui.adapters.storage.directory_ports import Author
from miaohui.adapters.storage.sqlite.tables import open_sqlite_tables
from miaohui.adapters.storage.tables.directory.directory import TableDirectory
from miaohui.app.doctor.clock import clock_findings
from miaohui.app.doctor.database import database_findings
from miaohui.app.doctor.disk import disk_findings
from miaohui.app.doctor.house import house_findings
from miaohui.domain.directory.accounts import Channel, Shop

NOW = datetime(2026, 11, 11, tzinfo=UTC)
BOSS = Author("boss", NOW)


class Patient:
    """A house in a folder, and what the doctor says of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "keys").mkdir()
        self.key = folder / "keys" / "key"
        self.log = folder / "shop.db"

    def settle(self, port: int = 0, more: str = "") -> None:
        settings_in(self.folder, port, more=more)

    def fill(self) -> None:
        with log_at(str(self.log), self.key, create=True) as log:
            log.append([message("1")], datetime.now(UTC))

    def look(self, *options: str, language: str = "en") -> tuple[int, list[dict[str, Any]]]:
        """The status, and all that is found."""
        done = self.told("--json", *options, language=language)
        return done.returncode, json.loads(done.stdout)

    def told(self, *options: str, language: str = "en") -> subprocess.CompletedProcess[str]:
        command = (sys.executable, "-m", "miaohui", "doctor", "-c", "miaohui.toml", *options)
        environment = {
            **os.environ,
            "MIAOHUI_MASTER_KEY_FILE": str(self.key),
            "MIAOHUI_LANGUAGE": language,
            "PYTHONUTF8": "1",
        }
        return subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True
        )

    def wrong(self, *options: str) -> dict[str, dict[str, Any]]:
        """What is wrong, by its key; pages may not be built here."""
        status, found = self.look(*options)
        bad = {each["key"]: each for each in found if each["level"] == "wrong"}
        assert (status == 2) == bool(bad), found
        assert all(each.get("mend") for each in found if each["level"] != "fine")
        return bad


@pytest.fixture
def patient(tmp_path):
    patient = Patient(tmp_path)
    patient.settle()
    return patient


def keys(found: list[dict[str, Any]], level: str) -> set[str]:
    return {each["key"] for each in found if each["level"] == level}


def test_a_house_that_never_opened_has_nothing_wrong_and_nothing_is_made_by_looking(patient):
    before = sorted(patient.folder.rglob("*"))
    status, found = patient.look()
    assert status <= 1
    assert keys(found, "fine") >= {"doctor.settings_sound", "doctor.no_log_yet", "doctor.sync"}
    assert keys(found, "warning") <= {"doctor.not_built"}
    assert sorted(patient.folder.rglob("*")) == before


def test_an_open_house_is_looked_at_while_it_runs(patient):
    house = House(patient.folder)
    try:
        patient.key = patient.folder / "key"
        patient.settle(house.port)
        status, found = patient.look()
        assert keys(found, "fine") >= {
            "doctor.house_open",
            "doctor.log_opens",
            "doctor.sound",
            "doctor.key_fits",
            "doctor.clock_sane",
            "doctor.pack_holds",
        }
        assert status == 1
        assert keys(found, "warning") - {"doctor.not_built"} == {
            "doctor.nobody_told",
            "doctor.key_beside_log",
        }
    finally:
        house.close()


def test_wrong_settings_are_told_with_file_and_line_and_the_rest_is_looked_at(patient):
    patient.settle(more="hosst = 1")
    (problem,) = patient.wrong().values()
    assert (problem["file"], problem["line"]) == ("miaohui.toml", 4)
    assert "docs/serving.md" in problem["mend"]
    _, found = patient.look()
    assert "doctor.clock_sane" in keys(found, "fine")


def test_the_reader_is_told_in_their_language_how_to_mend_it(patient):
    patient.fill()
    patient.key.chmod(0o644)
    told = patient.told(language="zh")
    assert told.returncode == 2
    assert "要修 主密钥: 别人也能读主密钥" in told.stdout
    assert f"→ chmod 600 {patient.key}" in told.stdout
    assert "MEND master key: Others can read" in patient.told().stdout


@pytest.mark.skipif(os.name != "posix", reason="Windows has no modes")
def test_a_master_key_that_others_can_read_or_that_is_another_one_is_wrong(patient):
    patient.fill()
    assert patient.wrong() == {}
    patient.key.chmod(0o640)
    assert patient.wrong().keys() == {"doctor.key_open"}
    patient.key.write_text("ab" * 32)
    patient.key.chmod(0o600)
    assert patient.wrong().keys() == {"doctor.other_key"}
    patient.key.write_text("not a key")
    assert patient.wrong().keys() == {"master_key.damaged"}
    patient.key.unlink()
    assert patient.wrong().keys() == {"master_key.missing"}


def test_a_door_that_somebody_else_has_is_wrong(patient):
    with socket.create_server(("127.0.0.1", 0)) as other:
        patient.settle(other.getsockname()[1])
        assert patient.wrong().keys() == {"doctor.port_taken"}


def test_a_damaged_log_is_told_and_so_is_one_that_is_none(patient):
    patient.fill()
    whole = patient.log.read_bytes()
    patient.log.write_bytes(whole[:4096] + b"x" * 4096 + whole[8192:])
    assert patient.wrong().keys() & {"doctor.damaged", "log.damaged"}
    patient.log.write_bytes(b"something else")
    assert patient.wrong().keys() == {"log.not_a_log"}


def test_a_log_of_another_version_is_told_and_not_touched(patient):
    patient.fill()
    _edit(patient.log, "DELETE FROM migration WHERE number = (SELECT max(number) FROM migration)")
    status, found = patient.look()
    assert (status, keys(found, "warning") - {"doctor.not_built"}) == (1, {"doctor.steps_missing"})
    _edit(patient.log, "INSERT INTO migration VALUES (9999, 'x')")
    assert patient.wrong().keys() == {"doctor.newer_program"}


def test_a_large_log_is_looked_through_when_asked(patient, monkeypatch):
    from miaohui.app.doctor import database

    patient.fill()
    monkeypatch.setattr(database, "LOOKED_THROUGH_BYTES", 0)
    assert database.condition_of(patient.log, deep=False).unsound is None
    assert database.condition_of(patient.log, deep=True).unsound == []


def test_a_folder_that_is_not_there_cannot_be_written(tmp_path):
    (found,) = disk_findings(tmp_path / "nowhere")
    assert found.key == "doctor.no_folder"


def test_a_full_disk_and_one_that_soon_will_be_are_told(tmp_path, monkeypatch):
    import shutil

    for gigabytes, key in ((0.1, "disk_full"), (1.0, "disk_low"), (9.0, "room")):
        usage = type("Usage", (), {"free": int(gigabytes * (1 << 30))})
        monkeypatch.setattr(shutil, "disk_usage", lambda _, usage=usage: usage)
        assert next(iter(disk_findings(tmp_path))).key == f"doctor.{key}"


def test_a_clock_that_was_turned_back_is_wrong():
    def found(now: datetime, newest: datetime | None = None) -> str:
        return next(iter(clock_findings(lambda: now, newest, None))).key

    now = datetime.now(UTC)
    assert found(now) == found(now, now) == "doctor.clock_sane"
    assert found(now, now + timedelta(minutes=3)) == "doctor.clock_went_back"
    assert found(datetime(2001, 1, 1, tzinfo=UTC)) == "doctor.clock_before_program"


def test_a_clock_is_compared_with_that_of_an_address_only_where_one_is_given():
    class Answering(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.send_response(404)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Answering)
    Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    try:
        now = datetime.now(UTC)
        clocks = {
            "doctor.clock_agrees": lambda: datetime.now(UTC),
            "doctor.clock_off": lambda: datetime.now(UTC) + timedelta(seconds=30),
        }
        for key, clock in clocks.items():
            assert list(clock_findings(clock, None, address))[-1].key == key
        nobody = list(clock_findings(lambda: now, None, "http://127.0.0.1:1/"))[-1]
        assert nobody.key == "doctor.clock_not_told"
        assert list(clock_findings(lambda: now, None, "file:///etc/passwd"))[-1].key == nobody.key
    finally:
        server.shutdown()
        server.server_close()


def test_packs_that_do_not_hold_today_and_lines_that_nobody_confirmed_are_told(patient):
    patient.fill()
    with closing(open_sqlite_tables(patient.log, patient.key)) as tables:
        directory = TableDirectory(tables)
        directory.keep_shop(Shop("a", "甲", pack="pdd"), BOSS)
        directory.keep_channel(Channel("a", "own", "webhook", "自家"), BOSS)

    def found(now: datetime) -> set[str]:
        os.environ["MIAOHUI_MASTER_KEY_FILE"] = str(patient.key)
        return {each.key for each in house_findings(patient.log, now)}

    assert "doctor.pack_holds" in found(NOW)
    assert "doctor.not_yet" in found(datetime(2001, 1, 1, tzinfo=UTC))


@pytest.fixture(scope="module")
def server() -> Iterator[Any]:
    with running() as server:
        yield server


def test_a_postgres_that_does_not_wait_for_the_disk_is_wrong(server, tmp_path):
    from msgspec.structs import replace

    from miaohui.adapters.storage.postgres.examining import examine
    from miaohui.app.places import Database

    url = server.url(server.fresh())
    assert examine(url).taken == []
    log_at(url, tmp_path / "key", create=True).close()
    found = examine(url)
    assert (found.missing, found.newer) == ([], None)
    assert found.key_mark

    def wrongs(condition: Any) -> set[str]:
        told = database_findings(Database(url), condition)
        return {each.key for each in told if each.level == "wrong"}

    sound = replace(found, durable=True)
    assert wrongs(sound) == set()
    assert wrongs(replace(sound, durable=False)) == {"doctor.not_durable_postgres"}
    standby = {**found.settings, "in_recovery": "on"}
    assert wrongs(replace(sound, settings=standby)) == {"doctor.standby"}
    old = {**found.settings, "server_version_num": "120009"}
    assert wrongs(replace(sound, settings=old)) == {"doctor.old_postgres"}
    assert found.durable is (found.settings["fsync"] == "on")


def test_what_the_doctor_says_has_a_mend_in_both_languages_and_no_mend_is_for_nothing():
    import re
    import tomllib

    source = Path(__file__).parents[3] / "src" / "miaohui" / "app"
    code = "".join(path.read_text("utf-8") for path in (source / "doctor").glob("*.py"))
    for language in ("zh", "en"):
        told = tomllib.loads((source / "language" / f"{language}.toml").read_text("utf-8"))[
            "doctor"
        ]
        for key in told["mend"]:
            stem = key.replace("any_", "").replace("_sqlite", "").replace("_postgres", "")
            assert stem in code or key in code, key
            assert key.startswith("any_") or key in told
        said = set(re.findall(r'(?:fine|warning|wrong)\(\s*\w+,\s*"(\w+)"', code))
        assert said <= told.keys()
        bad = set(re.findall(r'(?:warning|wrong)\(\s*\w+,\s*"(\w+)"', code))
        assert bad <= told["mend"].keys()


def _edit(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(statement)
