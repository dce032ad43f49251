"""Whether somebody is there: what they chose, unless none of their devices is heard any more."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

# Three heart-beats of 20 seconds may be lost before a page counts as gone.
HEART_BEAT = timedelta(seconds=20)
AWAY_AFTER = timedelta(seconds=70)


class Presence(StrEnum):
    """Only who is online is given new chats; who is busy keeps those they have."""

    ONLINE = "online"
    BUSY = "busy"
    AWAY = "away"
    OFF_SHIFT = "off_shift"


THERE = frozenset({Presence.ONLINE, Presence.BUSY})


def presence_at(
    now: datetime,
    chosen: Presence,
    heart_beats: Iterable[datetime],
    away_after: timedelta = AWAY_AFTER,
) -> Presence:
    """The presence at an instant, from the last heart-beat of every device.

    Online and busy turn into away when the newest is `away_after` old; what somebody chose
    comes back with the next heart-beat.
    """
    turns = away_from(chosen, heart_beats, away_after)
    there = chosen in (Presence.AWAY, Presence.OFF_SHIFT) or (turns is not None and now < turns)
    return chosen if there else Presence.AWAY


def away_from(
    chosen: Presence, heart_beats: Iterable[datetime], away_after: timedelta = AWAY_AFTER
) -> datetime | None:
    """When silence turns a presence into away, for a timer; None if it will not or already has
    for want of any heart-beat."""
    if chosen in (Presence.AWAY, Presence.OFF_SHIFT):
        return None
    newest = max(heart_beats, default=None)
    return None if newest is None else newest + away_after
