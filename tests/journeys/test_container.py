"""The steps of the Containerfile, done here: the wheel that it makes is installed as it says,
alone, and a house opens from it. Whether the image itself is built is for whoever has a builder."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
UV = ROOT / ".venv" / "bin" / "uv"
FILE = ROOT / "Containerfile"
IN_THE_WHEEL = (
    "miaohui/api/built/webchat/page.html",
    "miaohui/api/built/webchat/widget.js",
    "miaohui/app/language/zh.toml",
    "miaohui/packs/",
    "miaohui/adapters/storage/sqlite/migrations/0001_the_log.sql",
    "miaohui/adapters/storage/postgres/migrations/0001_the_log.sql",
)


def instructions() -> list[tuple[str, str]]:
    """The instructions of the Containerfile, each whole."""
    lines = [line for line in FILE.read_text("utf-8").splitlines() if not line.startswith("#")]
    whole = re.sub(r"\\\n\s*", " ", "\n".join(lines))
    return [
        (word, rest)
        for word, _, rest in (line.partition(" ") for line in whole.split("\n"))
        if word
    ]


def test_what_runs_is_nobody_in_particular_is_asked_how_it_is_and_keeps_its_data():
    last = instructions()
    last = last[max(place for place, (word, _) in enumerate(last) if word == "FROM") :]
    told = dict(last)
    assert told["USER"] == "10001"
    assert json.loads(told["VOLUME"]) == ["/data", "/key"]
    assert "/health" in told["HEALTHCHECK"]
    assert json.loads(told["CMD"]) == ["miaohui", "serve"]
    places = [word for word, _ in last]
    assert places.index("USER") < places.index("CMD")
    assert not any("uv" in rest.split() or "npm" in rest for word, rest in last if word == "RUN")


def test_only_what_is_copied_comes_near_the_builder():
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert "*" in ignored
    let_in = {line[1:] for line in ignored if line.startswith("!")}
    copied = {
        source.rstrip("/").split("/")[0]
        for word, rest in instructions()
        if word == "COPY" and "--from" not in rest
        for source in rest.split()[:-1]
    }
    assert copied == let_in
    assert all((ROOT / each).exists() for each in copied)


def test_tools_are_those_of_the_makefile():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    (version,) = re.findall(r"UV_VERSION := (\S+)", makefile)
    assert f"uv=={version}" in FILE.read_text("utf-8")
    scripts = json.loads((ROOT / "web" / "package.json").read_text("utf-8"))["scripts"]
    for each in re.findall(r"npm run (\S+)", FILE.read_text("utf-8")):
        assert each in scripts


def test_the_example_of_compose_has_a_database_that_the_house_waits_for():
    services = yaml.safe_load((ROOT / "docs/example/compose.yaml").read_text("utf-8"))["services"]
    house, database = services["miaohui"], services["database"]
    assert house["depends_on"]["database"]["condition"] == "service_healthy"
    assert "healthcheck" in database
    assert all(port.startswith("127.0.0.1:") for port in house["ports"])
    where = (ROOT / "docs/example" / house["build"]["context"]).resolve()
    assert (where / house["build"]["dockerfile"]).samefile(FILE)


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """What the stage `wheel` leaves in /dist."""
    folder = tmp_path_factory.mktemp("dist")
    for word, rest in instructions():
        if word == "RUN" and rest.startswith("uv "):
            words = rest.replace("/dist", str(folder)).split()
            subprocess.run([UV, *words[1:]], cwd=ROOT, check=True, capture_output=True)
    return folder


def test_everything_that_a_house_needs_is_in_the_wheel(made):
    (wheel,) = made.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        about = next(name for name in names if name.endswith(".dist-info/METADATA"))
        assert "uvloop" in (told := archive.read(about).decode())
        assert re.search(r"uvloop.*sys_platform != .win32.", told)
    for wanted in IN_THE_WHEEL:
        assert any(name.startswith(wanted) for name in names), wanted
    assert not [name for name in names if name.endswith((".db", ".key", ".pyc", ".nbi"))]


def test_a_house_opens_from_the_wheel_alone(made, tmp_path):
    house = tmp_path / "venv"
    python = house / "bin" / "python"
    (wheel,) = made.glob("*.whl")
    for words in (
        ("venv", "--quiet", "--python", sys.executable, house),
        (
            "pip",
            "install",
            "--quiet",
            "--python",
            python,
            "--require-hashes",
            "-r",
            made / "requirements.txt",
        ),
        ("pip", "install", "--quiet", "--python", python, "--no-deps", wheel),
    ):
        subprocess.run([UV, *map(str, words)], check=True, cwd=tmp_path)
    (tmp_path / "data").mkdir()
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "MIAOHUI"))
    } | _environment(tmp_path)
    process = subprocess.Popen(
        [house / "bin" / "miaohui", "serve"],
        env=environment,
        cwd=tmp_path / "data",
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        address = process.stdout.readline().split("http://")[1].split("；")[0].split(";")[0].strip()
        with urllib.request.urlopen(f"http://{address}/health", timeout=5) as answer:
            assert json.load(answer)["state"] == "open"
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    finally:
        process.kill()
        process.communicate()
    assert (tmp_path / "key" / "master.key").is_file()
    doctor = [house / "bin" / "miaohui", "doctor", "--json"]
    told = subprocess.run(doctor, env=environment, cwd=tmp_path, capture_output=True, text=True)
    wrong = [each for each in json.loads(told.stdout) if each["level"] == "wrong"]
    assert wrong == []
    shutil.rmtree(house)


def _environment(folder: Path) -> dict[str, str]:
    """What the Containerfile sets, with our places."""
    (said,) = [rest for word, rest in instructions() if word == "ENV"]
    told = dict(pair.split("=", 1) for pair in said.split())
    return told | {
        "MIAOHUI_LOG": str(folder / "data" / "shop.db"),
        "MIAOHUI_HOST": "127.0.0.1",
        "MIAOHUI_PORT": "0",
        "MIAOHUI_MASTER_KEY_FILE": str(folder / "key" / "master.key"),
        "MIAOHUI_LANGUAGE": "en",
    }
