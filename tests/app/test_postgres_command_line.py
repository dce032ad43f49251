"""The commands on a log in PostgreSQL: the same as on a file."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.adapters.storage.postgres_server import Server
from tests.app.command_line import environment, miaohui

from miaohui.adapters.storage.directory_ports import Author, Deed
from miaohui.app.places import place_of
from miaohui.app.wiring import open_directory_at


@pytest.fixture(scope="module")
def address(server: Server) -> str:
    return server.url(server.fresh(), password="s3cret")


@pytest.fixture(scope="module")
def shop(address: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a table of a demo shop, taken into a file and into a database."""
    folder = tmp_path_factory.mktemp("shop")
    done(folder, "demo-log", "chats.csv", "--events", 6000, "--days", 5)
    for log in ("shop.db", address):
        assert "took in" in done(folder, "import", "chats.csv", "--into", log)
    return folder


def done(folder: Path, *words: object) -> str:
    told = miaohui(folder, *words)
    assert told.returncode == 0, told.stderr
    assert "s3cret" not in told.stdout + told.stderr
    return told.stdout


def refused(folder: Path, *words: object) -> str:
    told = miaohui(folder, *words)
    assert told.returncode == 2
    assert "s3cret" not in told.stdout + told.stderr
    return told.stderr


def test_the_same_file_gives_the_same_report_from_a_file_and_from_a_database(shop, address):
    from_file = json.loads(done(shop, "report", "shop.db", "--format", "json"))
    from_database = json.loads(done(shop, "report", address, "--format", "json"))
    assert from_file["shops"][0]["total"]["reply_3min"]["denominator"] > 100
    assert from_database == from_file


def test_importing_the_same_file_twice_changes_nothing(shop, address):
    assert "took in 0 events" in done(shop, "import", "chats.csv", "--into", address)


def test_both_are_exported_to_the_same_table(shop, address):
    done(shop, "export", "shop.db", "of-file.csv")
    done(shop, "export", address, "of-database.csv")
    assert (shop / "of-database.csv").read_bytes() == (shop / "of-file.csv").read_bytes()


def test_a_demo_log_can_be_played_into_a_database_and_is_sound(shop, server):
    fresh = server.url(server.fresh())
    done(shop, "demo-log", fresh, "--events", 500, "--days", 2)
    assert "The log is sound" in done(shop, "log", "check", fresh)
    done(shop, "export", fresh, "played.csv")
    done(shop, "demo-log", "same.db", "--events", 500, "--days", 2)
    done(shop, "export", "same.db", "same.csv")
    assert (shop / "played.csv").read_bytes() == (shop / "same.csv").read_bytes()


def test_a_buyer_is_erased_and_no_figure_moves(shop, address):
    before = json.loads(done(shop, "report", address, "--format", "json"))
    done(shop, "export", address, "before.jsonl")
    first = json.loads((shop / "before.jsonl").read_text("utf-8").splitlines()[0])
    who = (first["shop"], first["channel"], first["buyer"])
    assert "Erased" in done(shop, "log", "erase-buyer", address, *who, "--yes")
    after = json.loads(done(shop, "report", address, "--format", "json"))
    assert [each["total"] for each in after["shops"]] == [each["total"] for each in before["shops"]]
    done(shop, "export", address, "after.jsonl")
    assert f'"buyer":"{first["buyer"]}"' in (shop / "before.jsonl").read_text("utf-8")
    assert f'"buyer":"{first["buyer"]}"' not in (shop / "after.jsonl").read_text("utf-8")


def test_people_lie_in_the_database_of_the_log(shop, address, monkeypatch):
    monkeypatch.setenv("MIAOHUI_MASTER_KEY_FILE", str(shop / "master.key"))
    with open_directory_at(place_of(address), create=False) as directory:
        directory.record(Author(None, datetime.now(UTC)), Deed("export.made", "chats.csv"))
        assert directory.audit()[0].deed.what == "export.made"


def test_what_is_wrong_with_a_database_is_said_in_a_sentence(shop, server):
    nowhere = server.url("nowhere", password="s3cret")
    assert "There is no such database: postgresql://merchant@" in refused(shop, "report", nowhere)
    empty = server.url(server.fresh(), password="s3cret")
    assert "There is no log at postgresql://merchant@" in refused(shop, "report", empty)
    assert "is a log or another database" in refused(shop, "report", empty, "chats.csv")
    assert "is a log or another database" in refused(shop, "import", empty, "--into", "x.db")
    silent = f"postgresql://merchant:s3cret@/shop?host={shop}"
    assert "No PostgreSQL answers" in refused(shop, "import", "chats.csv", "--into", silent)


def test_who_has_no_such_database_does_not_wait_for_its_driver(tmp_path):
    script = "import sys, miaohui.app.cli, miaohui.app.wiring; print('asyncpg' in sys.modules)"
    told = subprocess.run(
        [sys.executable, "-c", script],
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "False"
