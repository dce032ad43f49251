"""What a figure is added up from, in whole numbers, so that both engines add exactly alike."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from miaohui.domain.analytics.figures import Figure
from miaohui.domain.rules.assessment import REASONS
from miaohui.domain.rules.pack import Metric
from miaohui.domain.vocabulary.instants import MICROSECOND, SECOND_MICROS

# The columns of a tally. Sums of waits are microseconds; `excluded` follows REASONS.
NUMERATOR, DENOMINATOR, PENDING, UNANSWERED, PENDING_AGE = range(5)
EXCLUDED = 5
WIDTH = EXCLUDED + len(REASONS)

Tally = Sequence[int]


def added(tallies: Iterable[Tally]) -> list[int]:
    """The sum of tallies, column by column."""
    total = [0] * WIDTH
    for tally in tallies:
        total = [one + other for one, other in zip(total, tally, strict=True)]
    return total


def figure_of(metric: Metric, tally: Tally, percentile_micros: int | None = None) -> Figure:
    """The figure of a metric over what was tallied.

    `percentile_micros`: the wait at the metric's rank, for `median` and `p90`.
    """
    match metric.measure:
        case "rate":
            return _rate(metric, tally)
        case "unanswered_persons":
            return _count(tally)
        case "mean" | "median" | "p90":
            return _wait(metric, tally, percentile_micros)


def _rate(metric: Metric, tally: Tally) -> Figure:
    hits, decided, pending = tally[NUMERATOR], tally[DENOMINATOR], tally[PENDING]
    bot_only = tally[EXCLUDED + REASONS.index("bot_only")]
    return Figure(
        value=_ratio(hits, decided),
        numerator=hits,
        denominator=decided,
        pending=pending,
        worst=_ratio(hits, decided + pending),
        best=_ratio(hits + pending, decided + pending),
        excluded=_excluded(tally),
        value_bot_only_as_misses=(
            _ratio(hits, decided + bot_only) if metric.needs_human else msgspec.UNSET
        ),
    )


def _count(tally: Tally) -> Figure:
    value = tally[NUMERATOR] if tally[DENOMINATOR] else None
    return Figure(value, tally[NUMERATOR], tally[DENOMINATOR], 0, value, value, _excluded(tally))


def _wait(metric: Metric, tally: Tally, percentile_micros: int | None) -> Figure:
    summed, samples, pending = tally[NUMERATOR], tally[DENOMINATOR], tally[PENDING]
    value = _ratio(summed, samples * SECOND_MICROS)
    if metric.measure != "mean":
        value = None if percentile_micros is None else percentile_micros / SECOND_MICROS
    worst = best = value
    if pending and metric.cap is not None and metric.measure == "mean":
        cap = metric.cap // MICROSECOND
        worst = _ratio(summed + cap * pending, (samples + pending) * SECOND_MICROS)
        best = _ratio(summed + tally[PENDING_AGE], (samples + pending) * SECOND_MICROS)
    return Figure(
        value,
        summed / SECOND_MICROS,
        samples,
        pending,
        worst,
        best,
        _excluded(tally),
        unanswered=tally[UNANSWERED],
    )


def _ratio(numerator: int, denominator: int) -> float | None:
    return numerator / denominator if denominator else None


def _excluded(tally: Tally) -> Mapping[str, int]:
    counts = zip(REASONS, tally[EXCLUDED:], strict=True)
    return {reason: count for reason, count in counts if count}
