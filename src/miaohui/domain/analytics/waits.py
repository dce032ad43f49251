"""How long buyers waited, one shop at a time: distribution, percentiles, the missed chats."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from miaohui.domain.analytics.report import WaitBin, Waits
from miaohui.domain.vocabulary.instants import SECOND_MICROS

STEP_SECONDS = 15
LONGER_SECONDS = (300, 600, 3600)


def percentile(waited: NDArray[np.int64], percent: int) -> int | None:
    """The wait at a percentile by nearest rank; `waited` sorted, None if empty."""
    if not len(waited):
        return None
    return int(waited[-(-len(waited) * percent // 100) - 1])


def waits_of(waited: NDArray[np.int64], unanswered: int, line_seconds: int) -> Waits:
    """The distribution of answered waits (microseconds): even bins up to the line, then longer
    ones; those never answered stand apart."""
    waited = np.sort(waited)
    edges = _edges(line_seconds)
    counts = np.diff([0, *np.searchsorted(waited, [e * SECOND_MICROS for e in edges], "right")])
    bins = [
        WaitBin(start, end, int(count))
        for start, end, count in zip((0, *edges), edges, counts, strict=False)
    ]
    longest = int(len(waited) - counts.sum())
    mean = float(waited.mean()) / SECOND_MICROS if len(waited) else None
    return Waits(
        (*bins, WaitBin(edges[-1], None, longest)),
        unanswered,
        mean,
        _seconds(percentile(waited, 50)),
        _seconds(percentile(waited, 90)),
    )


def _edges(line_seconds: int) -> Sequence[int]:
    even = range(STEP_SECONDS, line_seconds + 1, STEP_SECONDS)
    return (*even, *(edge for edge in LONGER_SECONDS if edge > line_seconds))


def _seconds(micros: int | None) -> float | None:
    return None if micros is None else micros / SECOND_MICROS
