"""How good Lighthouse finds the desk of a demo and its buyers' page, in Debian's Chromium."""

import json
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx

from benchmarks.lines import Line

ROOT = Path(__file__).parents[1]
TOOL = ROOT / "web" / "tools" / "lighthouse"
PORT = 8_598
HOUSE = f"http://127.0.0.1:{PORT}"
PLAYS_FOR = 20  # seconds, so that there is something on the desk
RUNS = 3
BARS = {"performance": 85, "accessibility": 95, "best-practices": 95}
BUYER_PAGE = re.compile(r"/webchat/\w+$", re.MULTILINE)
FLAGS = "--headless=new --no-sandbox --disable-gpu"


def lines() -> list[Line]:
    """Each category of both pages; of performance the median of some runs."""
    with TemporaryDirectory() as folder, demo(Path(folder)) as (cookie, buyers):
        pages = {"desk": ("/", "desktop"), "buyer": (buyers, "mobile")}
        return [
            line
            for name, (path, form) in pages.items()
            for line in _page(name, [_run(path, form, cookie) for _ in range(RUNS)])
        ]


def _page(name: str, runs: list[dict[str, Any]]) -> Iterator[Line]:
    for category, bar in BARS.items():
        scores = [100 * run["categories"][category]["score"] for run in runs]
        spread = f"{min(scores):.0f}–{max(scores):.0f} of {RUNS}{_missed(category, runs[0])}"
        wanted = f"at least {bar}"
        yield Line(
            f"lighthouse.{name}.{category}", statistics.median(scores), "", None, wanted, spread
        )


def _missed(category: str, run: dict[str, Any]) -> str:
    """The audits that cost points."""
    weights = {each["id"]: each["weight"] for each in run["categories"][category]["auditRefs"]}
    missed = [
        name
        for name, weight in weights.items()
        if weight
        and (run["audits"][name]["score"] or 0) < 0.9
        and run["audits"][name]["scoreDisplayMode"]
        not in ("notApplicable", "manual", "informative")
    ]
    return "; " + ", ".join(missed) if missed else ""


def _run(path: str, form: str, cookie: str) -> dict[str, Any]:
    """A report of Lighthouse. `form`: "desktop" or "mobile", which is what it does unasked."""
    preset = ["--preset=desktop"] if form == "desktop" else []
    answer = subprocess.run(
        [
            *(str(TOOL / "node_modules" / ".bin" / "lighthouse"), HOUSE + path, "--quiet"),
            *(f"--only-categories={','.join(BARS)}", f"--chrome-flags={FLAGS}", *preset),
            *("--output=json", f"--extra-headers={json.dumps({'Cookie': cookie})}"),
        ],
        env={**os.environ, "CHROME_PATH": shutil.which("chromium") or ""},
        stdout=subprocess.PIPE,
        check=True,
    )
    report = json.loads(answer.stdout)
    if "runtimeError" in report or not report["finalDisplayedUrl"].endswith(path):
        raise RuntimeError(report.get("runtimeError") or report["finalDisplayedUrl"])
    return report


@contextmanager
def demo(folder: Path) -> Iterator[tuple[str, str]]:
    """An open demo that has played a while: the cookie of its lead, and where buyers write."""
    said = folder / "said.txt"
    words = ["demo", str(folder / "demo"), f"--port={PORT}", "--pace=3", "--visits=240"]
    with said.open("wb") as out:
        process = subprocess.Popen([sys.executable, "-m", "miaohui", *words], stdout=out)
    try:
        _until_open(said)
        time.sleep(PLAYS_FOR)
        (buyers, *_) = BUYER_PAGE.findall(said.read_text("utf-8"))
        yield _cookie(folder / "demo" / "logins.json"), buyers
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)


def _until_open(said: Path) -> None:
    for _ in range(600):
        if BUYER_PAGE.search(said.read_text("utf-8")):
            return
        time.sleep(0.2)
    raise TimeoutError(HOUSE)


def _cookie(logins: Path) -> str:
    known = json.loads(logins.read_bytes())
    lead = next(each for each in known if each["role"] == "lead")
    body = {name: lead[name] for name in ("name", "password")}
    token = httpx.post(f"{HOUSE}/v1/session", json=body).raise_for_status().json()["token"]
    return f"miaohui_session={token}"
