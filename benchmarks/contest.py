"""Contenders in processes of their own, run in turn so that a drifting machine hits all alike."""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from statistics import median

THREADS = "2"
ENVIRONMENT = {
    "POLARS_MAX_THREADS": THREADS,
    "OMP_NUM_THREADS": THREADS,
    "NUMBA_NUM_THREADS": THREADS,
}


@dataclass(frozen=True, slots=True)
class Result:
    """Wall seconds of every counted run, and the most memory that the first run came to hold:
    a merchant's process runs once."""

    seconds: Sequence[float]
    peak_bytes: int

    @property
    def best(self) -> float:
        """The run least disturbed."""
        return min(self.seconds)

    @property
    def spread(self) -> str:
        """Best – median – worst."""
        return " – ".join(f"{each:.3f}" for each in self._quantiles)

    @property
    def _quantiles(self) -> Sequence[float]:
        return min(self.seconds), median(self.seconds), max(self.seconds)


def contest(
    contenders: Mapping[str, Sequence[str]], runs: int, fewer: Mapping[str, int] | None = None
) -> dict[str, Result]:
    """Run contenders in turn: name → [module:function, argument …]. One warm-up each.

    `fewer`: contenders that are run less often because they are slow.
    """
    processes = {name: _started(command) for name, command in contenders.items()}
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    peaks: dict[str, int] = {}
    for turn in range(runs + 1):
        for name, process in processes.items():
            if turn > (fewer or {}).get(name, runs):
                continue
            wall, peak = _run_once(process)
            peaks.setdefault(name, peak)
            if turn:
                seconds[name].append(wall)
    for process in processes.values():
        process.communicate("")
    return {name: Result(seconds[name], peaks[name]) for name in contenders}


def _started(command: Sequence[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "benchmarks.contest", *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | ENVIRONMENT,
    )


def _run_once(process: subprocess.Popen[str]) -> tuple[float, int]:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("go\n")
    process.stdin.flush()
    answer = process.stdout.readline().split()
    if len(answer) != 2:
        raise SystemExit(f"a contender failed: {process.args}")
    return float(answer[0]), int(answer[1])


def serve(target: str, arguments: Sequence[str]) -> None:
    """Run `module:function` with arguments once for every line that comes in."""
    module, _, name = target.partition(":")
    function: Callable[..., object] = getattr(import_module(module), name)
    for _ in sys.stdin:
        started = time.perf_counter()
        function(*arguments)
        wall = time.perf_counter() - started
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        print(f"{wall:.6f} {peak}", flush=True)


if __name__ == "__main__":
    serve(sys.argv[1], sys.argv[2:])
