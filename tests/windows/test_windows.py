"""Nothing of ours is POSIX-only: where Windows has nothing, nothing is asked for."""

import ast
import asyncio
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.architecture.sources import modules
from tests.journeys.serving import House, connected, delivered, streamed, told
from tests.windows.hiding import posix_only as hiding

ROOT = Path(__file__).parents[2]
HIDING = str(Path(__file__).parent / "hiding")
PURE_SOURCES = {"http-ece"}  # of Python alone, so that they are built anywhere
# Asked for inside `try … except ImportError`.
GUARDED = {
    ("adapters/pictures/drawing.py", "resource"),
    ("adapters/channels/table_import/sheet_process.py", "resource"),
    ("app/commands/serve.py", "uvloop"),
}
IMPORT_ALL = """
import importlib, os, pkgutil, sys, miaohui
assert "fork" in vars(os)
names = [each.name for each in pkgutil.walk_packages(miaohui.__path__, "miaohui.")]
for name in names:
    if not name.endswith("__main__"):
        importlib.import_module(name)
print(len(names))
"""
SHOWN = """
import os, signal
assert os.name == "nt" and not hasattr(os, "fork") and not hasattr(signal, "SIGKILL")
try:
    import resource
except ImportError:
    print("hidden")
"""


def run(code: str, **globals_: str) -> str:
    """A program of ours under the hiding."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((HIDING, str(ROOT / "src")))}
    told = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        env=environment,
        capture_output=True,
        text=True,
    )
    assert told.returncode == 0, told.stderr
    return told.stdout.strip()


def test_our_code_is_shown_another_system_under_the_hiding():
    assert run(f"exec({SHOWN!r}, {{'__name__': 'miaohui.somewhere'}})") == "hidden"


def test_every_module_comes_in_without_what_only_posix_has():
    assert int(run(IMPORT_ALL)) > 400


@pytest.mark.parametrize("path", modules())
def test_nobody_asks_for_what_only_posix_has(path):
    asked = set(_asked(modules()[path]))
    assert {(path, name) for name in asked} <= GUARDED


def _asked(tree: ast.Module) -> Any:
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from (each.name for each in names if each.name in hiding.MODULES)
            case ast.ImportFrom(module=str(module), names=names):
                if module in hiding.MODULES:
                    yield module
                if module in ("os", "signal"):
                    yield from (
                        f"{module}.{each.name}" for each in names if _hidden(module, each.name)
                    )
            case ast.Attribute(value=ast.Name(id=("os" | "signal") as module), attr=name):
                if _hidden(module, name):
                    yield f"{module}.{name}"


def _hidden(module: str, name: str) -> bool:
    if module == "os":
        return name in hiding.OS_NAMES
    is_signal = name.startswith("SIG") and name not in ("SIG_DFL", "SIG_IGN")
    return name in hiding.SIGNAL_FUNCTIONS or (is_signal and name not in hiding.SIGNALS)


@pytest.fixture
def house(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", HIDING)
    house = House(tmp_path)
    yield house
    if house.process.poll() is None:
        house.kill()


def test_a_house_opens_answers_and_closes_with_the_plain_loop(house: House, tmp_path):
    answer = httpx.get(f"http://{house.address}/health").json()
    assert answer["state"] == "open"
    assert delivered(house, told("1")).status_code == 200

    async def story() -> None:
        socket = await connected(house.port)
        await socket.close()
        assert len(await streamed(house.port, [told("2"), told("3")], 0)) == 2

    asyncio.run(story())
    loaded = Path(f"/proc/{house.process.pid}/maps")
    if loaded.exists():
        assert "uvloop" not in loaded.read_text()
    assert house.close() == (0, "")


def test_every_library_that_runs_has_a_wheel_for_windows():
    lock = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))
    packages = {each["name"]: each for each in lock["package"]}
    wanted, wanting = ["miaohui"], set[str]()
    seen = set[str]()
    while wanted:
        name = wanted.pop()
        if name in seen:
            continue
        seen.add(name)
        package = packages[name]
        wheels = [wheel["url"] for wheel in package.get("wheels", ())]
        fits = any(url.endswith(("-any.whl", "-win_amd64.whl")) for url in wheels)
        if name != "miaohui" and not fits:
            wanting.add(name)
        wanted += [
            each["name"]
            for each in package.get("dependencies", ())
            if "sys_platform != 'win32'" not in each.get("marker", "")
        ]
    assert wanting == PURE_SOURCES
    assert len(seen) > 40
    assert "uvloop" not in seen
