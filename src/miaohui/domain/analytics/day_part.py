"""What one conversation adds to the figures of its day."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from miaohui.domain.analytics.hours import HourTallies


class Part(msgspec.Struct, frozen=True):
    """What one conversation adds to its shop, and to each account in it, metric by metric, until
    time changes it. Accounts are told by name, the shop by None."""

    tallies: Mapping[str | None, Sequence[Sequence[int]]]
    waits: Mapping[str | None, Sequence[Sequence[int]]]
    lost_at: datetime | None  # the next pending sample is a miss once this instant has passed
    heard_at: datetime | None  # the next event counts from this instant on
    ages: bool  # a mean adds up how old its pending samples are
    hours: HourTallies = {}

    def tally(self, number: int, hour: int | None) -> Sequence[int] | None:
        """What it adds to its shop under one metric, or to one hour of a rate."""
        if hour is not None:
            return self.hours.get(number, {}).get(hour)
        return self.tallies[None][number] if None in self.tallies else None

    def holds(self, now: datetime) -> bool:
        """Whether it still says the truth."""
        is_lost = self.lost_at is not None and now > self.lost_at
        is_heard = self.heard_at is not None and now >= self.heard_at
        return not (self.ages or is_lost or is_heard)


NOTHING = Part({}, {}, None, None, ages=False)
