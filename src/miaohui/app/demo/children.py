"""Processes that belong to a demo: started, watched, and stopped as Ctrl-C would."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

WORDS_KEPT = 2_000  # characters of a log that are looked at
# A child hears of Ctrl-C from us and from nobody else, in the order in which we choose.
ALONE: Mapping[str, Any] = (
    {"start_new_session": True}
    if os.name == "posix"
    else {"creationflags": getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)}
)
STOP = signal.SIGINT if os.name == "posix" else getattr(signal, "CTRL_BREAK_EVENT", signal.SIGTERM)


class Child:
    """One process of `miaohui`; what it says goes to a file beside the log."""

    def __init__(
        self, name: str, folder: Path, words: list[str], environment: Mapping[str, str]
    ) -> None:
        self.name = name
        self.written = folder / f"{name}.log"
        with self.written.open("wb") as written:
            self._process = subprocess.Popen(  # noqa: S603  our own program
                [sys.executable, "-m", "miaohui", *words],
                env={**os.environ, **environment, "PYTHONUNBUFFERED": "1"},
                stdin=subprocess.DEVNULL,
                stdout=written,
                stderr=subprocess.STDOUT,
                **ALONE,
            )

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.pid

    def is_alive(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    def last_words(self) -> str:
        """The last line that it wrote; empty if it said nothing."""
        said = self.written.read_bytes()[-WORDS_KEPT:].decode("utf-8", "replace").strip()
        return said.splitlines()[-1] if said else ""

    def stop(self, seconds: float) -> bool:
        """Ask it to finish, and wait; whether it did by itself."""
        if self.is_alive():
            self._process.send_signal(STOP)
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            return False
        return True
