"""Chance handed in, drawn from tables: quick, and the same on every machine.

A table has 1,024 equally likely entries. Durations are rounded to milliseconds when the table
is made, so a last-bit difference between mathematics libraries cannot reach the traffic.
"""

from collections.abc import Sequence
from functools import cache
from math import exp
from random import Random
from statistics import NormalDist
from typing import TypeVar

from miaohui.domain.traffic.settings import Spread

T = TypeVar("T")

TABLE_BITS = 10
TABLE_SIZE = 1 << TABLE_BITS


class Dice:
    """One source of chance, with the few questions that the model asks it."""

    __slots__ = ("bits", "random")

    def __init__(self, source: Random) -> None:
        self.random = source.random
        self.bits = source.getrandbits

    def draw(self, table: Sequence[T]) -> T:
        """One entry of a table of `TABLE_SIZE`."""
        return table[self.bits(TABLE_BITS)]

    def pick(self, choices: Sequence[T]) -> T:
        """One of any number of equally likely choices."""
        return choices[int(self.random() * len(choices))]

    def happens(self, share: float) -> bool:
        """True in this share of all cases."""
        return self.random() < share

    def rounded(self, number: float) -> int:
        """A whole number whose mean is `number`."""
        return int(number + self.random())


@cache
def durations(spread: Spread) -> tuple[int, ...]:
    """The quantiles of a spread in whole milliseconds."""
    return tuple(
        round(1000 * min(max(spread.median * exp(spread.sigma * z), spread.least), spread.most))
        for z in _standard_normal()
    )


@cache
def choices(weights: tuple[float, ...]) -> tuple[int, ...]:
    """A table of indices into the weights, each as often as it weighs."""
    edges = [TABLE_SIZE * sum(weights[: i + 1]) / sum(weights) for i in range(len(weights))]
    return tuple(
        next((i for i, edge in enumerate(edges) if slot + 0.5 < edge), len(weights) - 1)
        for slot in range(TABLE_SIZE)
    )


@cache
def _standard_normal() -> tuple[float, ...]:
    normal = NormalDist()
    return tuple(normal.inv_cdf((slot + 0.5) / TABLE_SIZE) for slot in range(TABLE_SIZE))
