"""How even the load is: chats per agent in each quarter of an hour, max ÷ min and Gini."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

import msgspec

from miaohui.domain.vocabulary.instants import EPOCH

QUARTER = timedelta(minutes=15)


class Balance(msgspec.Struct, frozen=True):
    """One quarter of an hour from `start`: chats by account, and how evenly they fell."""

    start: datetime
    chats: dict[str, int]
    max_over_min: float | None
    gini: float


def by_quarter(assigned: Iterable[tuple[str, datetime]], present: Collection[str]) -> list[Balance]:
    """The balance of every quarter in which anybody was assigned a chat, in time order.

    `assigned`: (account, instant); `present`: who was there to get any, so that who got none
    counts; an account that was assigned something counts in its quarter though not named there.
    Quarters begin at full quarters of UTC hours, which those of every zone but a few odd old
    ones are too.
    """
    quarters: dict[datetime, Counter[str]] = {}
    for account, at in assigned:
        start = EPOCH + (at - EPOCH) // QUARTER * QUARTER
        quarters.setdefault(start, Counter(dict.fromkeys(present, 0)))[account] += 1
    return [_balance(start, chats) for start, chats in sorted(quarters.items())]


def max_over_min(numbers: Collection[float]) -> float | None:
    """The most over the least; None where the least is nothing, or there is nobody."""
    least = min(numbers, default=0)
    return max(numbers) / least if least > 0 else None


def gini(numbers: Sequence[float]) -> float:
    """0 where all have the same, towards 1 where one has all; 0 where nobody has any.

    G = Σ (2i - n - 1) xᵢ / (n Σ xᵢ) with x ascending and i from 1 (the mean absolute difference
    over twice the mean).
    """
    total = sum(numbers)
    if not total:
        return 0.0
    count = len(numbers)
    ascending = enumerate(sorted(numbers), start=1)
    return sum((2 * place - count - 1) * each for place, each in ascending) / (count * total)


def _balance(start: datetime, chats: Counter[str]) -> Balance:
    counts = list(chats.values())
    return Balance(start, dict(chats), max_over_min(counts), gini(counts))
