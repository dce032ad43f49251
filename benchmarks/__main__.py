"""`python -m benchmarks [GROUP …] [--data FOLDER]`: run benchmarks, print a line a figure."""

import argparse
import json
import platform
import time
from dataclasses import asdict
from pathlib import Path

from benchmarks import (
    desk,
    figures,
    intake,
    lighthouse,
    pages,
    real_chats,
    retention,
    routing,
    screen,
    search,
    startup,
    storages,
)
from benchmarks.lines import Line
from benchmarks.ordeal import lines as ordeal

GROUPS = {
    "startup": startup.lines,
    "intake": intake.lines,
    "figures": figures.lines,
    "desk": desk.lines,
    "ordeal": ordeal.lines,
    "pages": pages.lines,
    "lighthouse": lighthouse.lines,
    "routing": routing.lines,
    "screen": screen.lines,
    "storages": storages.lines,
    "search": search.lines,
    "retention": retention.lines,
}
RESULTS = Path(__file__).parent / "results"


def main() -> None:
    """Run the groups asked for, or all."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("groups", nargs="*", choices=[[], *GROUPS], default=[])
    parser.add_argument("--data", type=Path, help="a folder with twcs_5k.csv")
    asked = parser.parse_args()
    measured: list[Line] = []
    for name in asked.groups or GROUPS:
        measured += _shown(GROUPS[name]())
    if asked.data is not None:
        measured += _shown(real_chats.lines(asked.data))
    RESULTS.mkdir(exist_ok=True)
    machine = {"machine": platform.platform(), "python": platform.python_version()}
    report = {**machine, "lines": [asdict(line) for line in measured]}
    path = RESULTS / f"{time.strftime('%Y%m%dT%H%M%S')}.json"
    path.write_text(json.dumps(report, indent=1, ensure_ascii=False))


def _shown(measured: list[Line]) -> list[Line]:
    for line in measured:
        print(line.text(), flush=True)
    return measured


main()
