"""The chats that a figure is made of."""

from collections.abc import Sequence
from enum import StrEnum

from miaohui.domain.analytics.tallies import (
    DENOMINATOR,
    EXCLUDED,
    NUMERATOR,
    PENDING,
    UNANSWERED,
)
from miaohui.domain.rules.pack import Metric


class Verdict(StrEnum):
    """What became of something counted: in time, missed (of a wait: unanswered), still open, or
    left out."""

    HIT = "hit"
    MISSED = "missed"
    PENDING = "pending"
    EXCLUDED = "excluded"


def has_any(tally: Sequence[int], metric: Metric, verdict: Verdict | None) -> bool:
    """Whether anything in a tally is so; None: whether anything counts at all."""
    match verdict:
        case None:
            return any(tally[:EXCLUDED])
        case Verdict.PENDING:
            return tally[PENDING] > 0
        case Verdict.EXCLUDED:
            return any(tally[EXCLUDED:])
    match metric.measure:
        case "rate":
            missed, hit = tally[DENOMINATOR] - tally[NUMERATOR], tally[NUMERATOR]
        case "unanswered_persons":
            missed, hit = tally[NUMERATOR], tally[DENOMINATOR] - tally[NUMERATOR]
        case "mean" | "median" | "p90":
            missed, hit = tally[UNANSWERED], tally[DENOMINATOR]
    return (missed if verdict is Verdict.MISSED else hit) > 0
