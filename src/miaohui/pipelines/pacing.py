"""How fast one caller may go on: first at once, then slowed, then refused; nobody else feels it.

The generic cell rate algorithm: of each caller only one instant is kept, the one at which all that
they did would have been paid for.
"""

from datetime import datetime, timedelta
from math import ceil

from miaohui.domain.vocabulary.problems import Problem, ReaderError

MOST_KNOWN = 50_000


class Pace:
    """So many at once, and then one every `every`; whoever goes faster waits up to `patience`."""

    def __init__(
        self,
        at_once: int,
        every: timedelta,
        patience: timedelta,
        too_fast: str = "webchat.too_fast",
    ) -> None:
        """`too_fast`: the key of the problem that is told to whoever is refused."""
        self._too_fast = too_fast
        self._room = at_once * every
        self._every = every
        self._patience = patience
        self._paid_at: dict[str, datetime] = {}

    def wait(self, who: str, now: datetime, cost: float = 1) -> timedelta:
        """How long somebody has to wait before this; nothing is used up where it is refused.

        Raises ReaderError.
        """
        paid_at = max(self._paid_at.get(who, now), now) + cost * self._every
        wait = paid_at - now - self._room
        if wait > self._patience:
            seconds = ceil((wait - self._patience).total_seconds())
            raise ReaderError(Problem(self._too_fast, {"seconds": seconds}))
        self._paid_at[who] = paid_at
        if len(self._paid_at) > MOST_KNOWN:
            self._paid_at = {who: at for who, at in self._paid_at.items() if at > now}
        return max(wait, timedelta())
