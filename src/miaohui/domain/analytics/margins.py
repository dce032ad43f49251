"""How far a running rate is from its lines: the misses left, or the answers it would take."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from math import ceil, floor

import msgspec

from miaohui.domain.analytics.figures import Figure
from miaohui.domain.rules.calendar import in_range
from miaohui.domain.rules.lines import compares
from miaohui.domain.rules.pack import Comparison, Pack, Threshold


class Margin(msgspec.Struct, frozen=True, omit_defaults=True):
    """A rate of today beside a line of its pack.

    `holds`: by what is decided so far, None before anything is. `misses_left`: as many more in a
    row and it still holds, None where it does not hold. `answers_wanted`: as many timely ones in a
    row bring it back, None where it holds or none could.
    """

    line: str
    metric: str
    op: Comparison
    value: float
    holds: bool | None = None
    misses_left: int | None = None
    answers_wanted: int | None = None


def margins_of(
    pack: Pack, figures: Mapping[str, Figure], lines: Mapping[str, float], day: date
) -> list[Margin]:
    """The margins of a day's figures against the lines in force; `lines` are values that the
    merchant gave by the line's id, before the pack's own."""
    rates = {metric.id for metric in pack.metrics if metric.measure == "rate"}
    return [
        _margin(each, value, figures[each.metric])
        for each in pack.thresholds
        if each.metric in rates and each.metric in figures and each.op in (">=", ">")
        if in_range(day, each.effective) and (value := lines.get(each.id, each.value)) is not None
    ]


def _margin(threshold: Threshold, value: float, figure: Figure) -> Margin:
    holds = None if figure.value is None else compares(figure.value, threshold.op, value)
    hits, decided = int(figure.numerator), figure.denominator
    return Margin(
        line=threshold.id,
        metric=threshold.metric,
        op=threshold.op,
        value=value,
        holds=holds,
        misses_left=misses_left(hits, decided, threshold.op, value) if holds else None,
        answers_wanted=(
            answers_wanted(hits, decided, threshold.op, value) if holds is False else None
        ),
    )


def spoilt(margin: Margin, figure: Figure, few: int) -> int | None:
    """How many misses are left after those that happened; negative: the line is broken. None where
    none happened, or where fewer than `few` would be left on so young a day without them."""
    hits, decided = int(figure.numerator), figure.denominator
    unspoilt = misses_left(decided, decided, margin.op, margin.value)
    if hits == decided or margin.holds is None or unspoilt is None or unspoilt < few:
        return None
    return margin.misses_left if margin.holds else -(margin.answers_wanted or 1)


def misses_left(hits: int, decided: int, op: Comparison, line: float) -> int | None:
    """How many misses in a row a rate that holds can still bear; None: any number.

    The greatest m with hits ÷ (decided + m) still on the right side of the line.
    """
    wanted = Fraction(str(line))
    if wanted <= 0:
        return None
    most = hits / wanted - decided
    return floor(most) if op == ">=" else ceil(most) - 1


def answers_wanted(hits: int, decided: int, op: Comparison, line: float) -> int | None:
    """How many timely answers in a row bring a rate back to its line; None: no number does.

    The least n with (hits + n) ÷ (decided + n) on the right side: n ≥ (T·N − G) ÷ (1 − T).
    """
    wanted = Fraction(str(line))
    if wanted >= 1:
        return 0 if op == ">=" and hits == decided else None
    least = (wanted * decided - hits) / (1 - wanted)
    return max(0, ceil(least) if op == ">=" else floor(least) + 1)
