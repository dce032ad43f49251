"""How much each robot may say: whoever says more is not heard at all for a while."""

from collections import deque
from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec


class Limit(msgspec.Struct, frozen=True):
    """At most so many messages within so long."""

    count: int
    within: timedelta


class Pace:
    """What each robot said lately, by its webhook."""

    def __init__(self) -> None:
        self._said: dict[str, deque[datetime]] = {}

    def pause(self, webhook: str, limits: Sequence[Limit], now: datetime) -> timedelta | None:
        """How long a robot has to wait; None if it may speak now, which then counts."""
        said = self._said.setdefault(webhook, deque(maxlen=max(limit.count for limit in limits)))
        pauses = [_pause(said, limit, now) for limit in limits]
        longest = max(pauses)
        if longest > timedelta(0):
            return longest
        said.append(now)
        return None


def _pause(said: Sequence[datetime], limit: Limit, now: datetime) -> timedelta:
    if len(said) < limit.count:
        return timedelta(0)
    # The clock may have been set back: nobody waits longer than the limit says.
    return min(said[-limit.count] + limit.within - now, limit.within)
