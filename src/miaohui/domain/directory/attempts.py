"""How long somebody has to wait who failed to log in: longer with every failure."""

from datetime import datetime, timedelta
from typing import NamedTuple


class Patience(NamedTuple):
    """`free` failures cost nothing; then `first_wait`, doubled with each, up to `longest_wait`.

    After `forgotten_after` without a failure everything is forgiven.
    """

    free: int
    first_wait: timedelta
    longest_wait: timedelta
    forgotten_after: timedelta


# About 100 guesses a day against one account, whoever guesses. A whole office often shares one
# address and logs in at once, so that one has more free failures and longer waits.
WITH_ACCOUNT = Patience(5, timedelta(seconds=30), timedelta(minutes=15), timedelta(days=1))
WITH_ADDRESS = Patience(100, timedelta(seconds=30), timedelta(hours=1), timedelta(days=1))


class Failures(NamedTuple):
    """How often somebody failed, and when last."""

    count: int
    last_at: datetime


def locked_until(failures: Failures | None, patience: Patience) -> datetime | None:
    """Until when nothing is tried at all; None if somebody may try."""
    if failures is None or failures.count < patience.free:
        return None
    doublings = min(failures.count - patience.free, 30)
    return failures.last_at + min(patience.first_wait * 2**doublings, patience.longest_wait)


def one_more(failures: Failures | None, patience: Patience, now: datetime) -> Failures:
    """The failures after another one now."""
    if failures is None or now - failures.last_at >= patience.forgotten_after:
        return Failures(1, now)
    return Failures(failures.count + 1, now)
