"""How far a platform's clock is from ours, so that countdowns run on the platform's time.

Nothing is received before it happened. So an event from our future proves that the platform is
ahead, by at least that much; one from our past may as well have been under way. That the platform
is behind is believed only of signed send times, which a channel writes as it sends. An error to be
preferred is one that makes a countdown too short.
"""

from datetime import datetime, timedelta

import msgspec

from miaohui.domain.vocabulary.instants import EPOCH

NONE = timedelta()
MINUTE = timedelta(minutes=1)
# A leap further ahead than this takes a second witness: one wrong time stamp moves nothing.
LEAP = timedelta(seconds=10)
# Signed send times are whole seconds and take a while to arrive: so much proves nothing.
DOUBT = timedelta(seconds=2)
WITNESSES_OF_BEHIND = 5


class Heard(msgspec.Struct, frozen=True):
    """What one minute of receiving told: the two highest leads of the platform over us, and how
    many signed send times were among all, counted no further than needed."""

    minute: int
    leads: tuple[timedelta, ...] = ()
    signed: int = 0


class ClockOffset(msgspec.Struct, frozen=True):
    """What was heard of a channel's clock in the last minutes. Each event is heard once."""

    minutes: int = 10
    heard: tuple[Heard, ...] = ()

    def hear(self, at: datetime, received_at: datetime) -> "ClockOffset":
        """An event came in that happened at `at` by the platform's clock."""
        return self._with(at - received_at, received_at, signed=0)

    def hear_sent(self, sent_at: datetime, received_at: datetime) -> "ClockOffset":
        """A delivery whose signed send time, in whole seconds, is `sent_at` came in."""
        return self._with(sent_at - received_at, received_at, signed=1)

    def _with(self, lead: timedelta, received_at: datetime, signed: int) -> "ClockOffset":
        minute = _minute(received_at)
        newest = self.heard[-1] if self.heard else None
        if newest is not None and signed == 0 and _is_old_news(newest, minute, lead):
            return self  # as of nearly every event: this must be quick
        kept = _recent(self.heard, minute, self.minutes)
        last = next((each for each in kept if each.minute == minute), Heard(minute))
        leads = tuple(sorted((*last.leads, lead), reverse=True)[:2])
        told = Heard(minute, leads, min(last.signed + signed, WITNESSES_OF_BEHIND))
        if told == last:
            return self
        earlier = tuple(each for each in kept if each.minute != minute)
        return ClockOffset(self.minutes, (*earlier, told))


def offset_at(clock: ClockOffset, now: datetime) -> timedelta:
    """How much the platform's clock is ahead of ours, negative where it is behind; none where
    nothing was heard of late."""
    heard = _recent(clock.heard, _minute(now), clock.minutes)
    lead = _believed(sorted((lead for each in heard for lead in each.leads), reverse=True))
    if lead is None or lead >= NONE:
        return lead or NONE
    if sum(each.signed for each in heard) < WITNESSES_OF_BEHIND:
        return NONE
    return min(NONE, lead + DOUBT)


def platform_now(now: datetime, offset: timedelta) -> datetime:
    """The instant on the platform's clock."""
    return now + offset


def _believed(leads: list[timedelta]) -> timedelta | None:
    """The highest lead, unless it leaps away from the next one and from our own clock."""
    if not leads:
        return None
    following = leads[1] if len(leads) > 1 else NONE
    return leads[0] if leads[0] - max(following, NONE) <= LEAP else following


def _is_old_news(newest: Heard, minute: int, lead: timedelta) -> bool:
    return newest.minute == minute and len(newest.leads) > 1 and lead <= newest.leads[-1]


def _recent(heard: tuple[Heard, ...], minute: int, minutes: int) -> tuple[Heard, ...]:
    """What is not too old, nor from a time from which our own clock was put back."""
    return tuple(each for each in heard if minute - minutes <= each.minute <= minute + 1)


def _minute(at: datetime) -> int:
    return (at - EPOCH) // MINUTE
