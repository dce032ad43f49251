"""A clock: from a buyer's message to the last instant at which a reply still counts."""

from collections.abc import Container, Iterable
from datetime import datetime, timedelta

import msgspec

SECOND = timedelta(seconds=1)


class Clock(msgspec.Struct, frozen=True):
    """What one metric makes of a wait. A reply exactly at `deadline` is in time."""

    metric: str
    start: datetime
    deadline: datetime


def tightest(clocks: Iterable[Clock], metrics: Container[str]) -> Clock | None:
    """The clock that runs out first, of the metrics that a shop steers by."""
    wanted = (clock for clock in clocks if clock.metric in metrics)
    return min(wanted, key=lambda clock: clock.deadline, default=None)


def lost(clock: Clock, now: datetime) -> bool:
    """Whether a reply would come too late."""
    return now > clock.deadline


def seconds_left(clock: Clock, now: datetime) -> int:
    """Whole seconds left, rounded down; once it is lost, minus the whole seconds since."""
    left = clock.deadline - now
    return left // SECOND if left >= timedelta() else -(-left // SECOND)


def fraction_left(clock: Clock, now: datetime) -> float:
    """How much of the clock is left, from 1 at its start to 0 at its deadline and after."""
    return min(1.0, max(0.0, (clock.deadline - now) / (clock.deadline - clock.start)))
