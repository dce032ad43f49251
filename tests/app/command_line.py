"""Runs the command line in a process of its own, as a merchant does."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def environment(folder: Path, language: str = "en") -> dict[str, str]:
    """A merchant of their own: key, language, and no colours."""
    own = {
        "MIAOHUI_MASTER_KEY_FILE": str(folder / "master.key"),
        "MIAOHUI_LANGUAGE": language,
        "PYTHONPATH": str(ROOT / "src"),
        "NO_COLOR": "1",
        "COLUMNS": "120",
    }
    return os.environ | own


def command(*words: object) -> list[str]:
    """The command line's words."""
    return [sys.executable, "-m", "miaohui", *map(str, words)]


def miaohui(folder: Path, *words: object, language: str = "en") -> subprocess.CompletedProcess[str]:
    """Run a command to its end in a folder."""
    return subprocess.run(
        command(*words),
        cwd=folder,
        env=environment(folder, language),
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        timeout=300,
    )
