"""Logs to measure on, made once and kept in an ignored folder."""

import subprocess
import sys
from pathlib import Path

DATA = Path(__file__).parent / "data"
MILLION = 1_000_000
THIRTY_DAYS = 30


def log_of(events: int, shops: int = 1000) -> Path:
    """A folder of columns with about so many events of 30 days, in order of time."""
    return _made(DATA / f"log-{events}-{shops}", events, shops, THIRTY_DAYS)


def table_of(events: int) -> Path:
    """The same traffic as one CSV of 50 shops and 7 days."""
    return _made(DATA / f"table-{events}.csv", events, 50, 7)


def _made(path: Path, events: int, shops: int, days: int) -> Path:
    if not path.exists():
        DATA.mkdir(exist_ok=True)
        making = path.with_name(f"making-{path.name}")
        size = [f"--events={events}", f"--shops={shops}", f"--days={days}"]
        command = [sys.executable, "-m", "miaohui", "demo-log", str(making), *size]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        making.rename(path)
    return path
