"""A demo as a newcomer starts it: `miaohui demo` as a process, and what it prints."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from tests.journeys.serving import log_at

from miaohui.domain.vocabulary.events import Event

SHOP = "demo-shop"
PAGE = re.compile(r"/webchat/(\w+)$", re.MULTILINE)
LOGIN = re.compile(r"^  \w+ +(\w+)  password (\S+)$", re.MULTILINE)
OPENS_WITHIN = 90


class Demo:
    """An open demo; `address` is host:port, `logins` what it printed: passwords by names."""

    def __init__(self, folder: Path, port: int, pace: float = 20, visits: float = 240) -> None:
        self.folder = folder / "demo"
        self.key = folder / "key"
        self.address = f"127.0.0.1:{port}"
        self._said = folder / "said.txt"
        words = ("demo", str(self.folder), f"--port={port}", f"--pace={pace}", f"--visits={visits}")
        own = {"MIAOHUI_MASTER_KEY_FILE": str(self.key), "MIAOHUI_LANGUAGE": "en"}
        with self._said.open("wb") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "miaohui", *words],
                env={**os.environ, **own, "PYTHONUNBUFFERED": "1"},
                stdout=said,
                stderr=subprocess.STDOUT,
            )
        self._until_it_is_open()
        self.logins = dict(LOGIN.findall(self.said()))
        self.page = PAGE.findall(self.said())[0]

    def said(self) -> str:
        """What it printed so far."""
        return self._said.read_text("utf-8")

    def token(self, name: str) -> str:
        """A new session of somebody who is printed."""
        body = {"name": name, "password": self.logins[name]}
        answer = httpx.post(f"http://{self.address}/v1/session", json=body)
        assert answer.status_code == 201, answer.text
        return answer.json()["token"]

    def close(self) -> int:
        """As Ctrl-C does; its status."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(60)

    def events(self) -> list[Event]:
        """All that is in its log."""
        with log_at(str(self.folder / "shop.db"), self.key) as log:
            return list(log.read(SHOP))

    def complaints(self) -> dict[str, str]:
        """What its processes wrote, but for that the house is open."""
        written = {file.stem: file.read_text("utf-8") for file in self.folder.glob("*.log")}
        written["house"] = "".join(
            line for line in written["house"].splitlines() if "http://" not in line
        )
        return written

    def _until_it_is_open(self) -> None:
        ends = time.monotonic() + OPENS_WITHIN
        while "look at first" not in self.said():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < ends, self.said()
            time.sleep(0.1)


@contextmanager
def opened_demo(folder: Path, port: int) -> Iterator[Demo]:
    """A demo that is closed in the end, whatever happens."""
    demo = Demo(folder, port)
    try:
        yield demo
    finally:
        if demo.process.poll() is None:
            demo.process.send_signal(signal.SIGINT)
            demo.process.wait(60)
