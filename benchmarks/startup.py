"""How long a person waits for the first answer."""

import subprocess
import sys

from benchmarks.contest import contest
from benchmarks.lines import Line


def lines() -> list[Line]:
    """`--help` and `packs list` beside a bare interpreter."""
    commands = {
        "interpreter": ["-c", "pass"],
        "help": ["-m", "miaohui", "--help"],
        "packs_list": ["-m", "miaohui", "packs", "list"],
    }
    results = contest(
        {name: ["benchmarks.startup:run", *words] for name, words in commands.items()}, runs=7
    )
    base = results["interpreter"].best
    return [
        Line(f"startup.{name}", result.best, "s", result.best / base, "under 0.4 s", result.spread)
        for name, result in results.items()
    ]


def run(*words: str) -> None:
    """One process from start to end."""
    subprocess.run([sys.executable, *words], check=True, stdout=subprocess.DEVNULL)
