"""A routing policy as data: what bars an agent, what ranks those left, what is answered first."""

from datetime import timedelta
from enum import StrEnum
from typing import Literal

import msgspec

Fit = Literal["required", "preferred", "ignored"]


class Preference(StrEnum):
    """What ranks agents who may take a chat; of several the first that tells them apart.

    `group`: who serves the wanted group before their other ones. `skills`: the higher levels.
    `language`: who speaks it. `in_time`: who can answer by the deadline, then who can soonest.
    `spare`: the most places left. `share`: the fewest recent chats for their weight. `turn`: the
    longest since their last chat, from whatever group, so that an agent of two groups gets no
    double share; it is the last word of every policy.
    """

    GROUP = "group"
    SKILLS = "skills"
    LANGUAGE = "language"
    IN_TIME = "in_time"
    SPARE = "spare"
    SHARE = "share"
    TURN = "turn"


class Ordering(StrEnum):
    """Which waiting round goes first."""

    DEADLINE_AWARE = "deadline_aware"
    LONGEST_WAITING = "longest_waiting"


class Sticky(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """To the one who spoke with the buyer at most `within` ago; where that agent could take it
    a little later, the chat waits for them until it has waited `wait_at_most`."""

    within: timedelta = timedelta(days=3)
    wait_at_most: timedelta = timedelta(0)


class Overflow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When other groups may take what no member of its own takes: once it waited `after` (None:
    never for that), or at once `when_full`: all members are full, absent or barred for longer
    than a pause or an answer takes. `to`: which groups; None: any."""

    after: timedelta | None = timedelta(seconds=60)
    when_full: bool = True
    to: frozenset[str] | None = None


class Window(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """At most `at_most` assignments in any `per`."""

    at_most: int
    per: timedelta


class Reserve(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Places that every agent keeps free for requests of `from_band` and higher."""

    places: int
    from_band: int = 1


class Policy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a shop or group routes; the defaults are the deadline-aware policy.

    Bars: `leaving_before` the shift's end nobody gets a chat; chats without a word for
    `idle_after` stop counting (None: all count); `waiting_at_most` rounds may wait with an agent
    who gets a chat (None: any number, 0: only who is free gets one, all else waits in line).
    `share_over`: the span in which weights are kept. `backlog`: how many of the night's chats an
    arriving agent gets in which time.

    Order: no lost round should wait longer than `lost_bound`, so from `lost_margin` before that on
    it goes before everything. `unanswered_after`: when a round is handed on because its agent does
    not come to it (None: never).
    """

    prefer: tuple[Preference, ...] = (
        *(Preference.GROUP, Preference.SKILLS, Preference.LANGUAGE),
        *(Preference.IN_TIME, Preference.SPARE),
    )
    sticky: Sticky | None = Sticky()
    skills: Fit = "required"
    language: Fit = "preferred"
    overflow: Overflow | None = Overflow()
    leaving_before: timedelta = timedelta(minutes=5)
    idle_after: timedelta | None = timedelta(minutes=5)
    waiting_at_most: int | None = 0
    cool_down: timedelta = timedelta(0)
    windows: tuple[Window, ...] = ()
    reserve: Reserve | None = None
    share_over: timedelta = timedelta(minutes=15)
    backlog: Window = Window(3, timedelta(minutes=5))
    order: Ordering = Ordering.DEADLINE_AWARE
    lost_bound: timedelta = timedelta(minutes=15)
    lost_margin: timedelta = timedelta(minutes=5)
    unanswered_after: timedelta | None = timedelta(minutes=10)


DEADLINE_AWARE = Policy()
ROUND_ROBIN = Policy(
    prefer=(Preference.TURN,),
    waiting_at_most=None,
    order=Ordering.LONGEST_WAITING,
    unanswered_after=None,
)
LEAST_LOADED = Policy(
    prefer=(Preference.SPARE,),
    waiting_at_most=None,
    order=Ordering.LONGEST_WAITING,
    unanswered_after=None,
)
WEIGHTED = Policy(
    prefer=(Preference.SHARE,),
    waiting_at_most=None,
    order=Ordering.LONGEST_WAITING,
    unanswered_after=None,
)
LONGEST_WAITING = Policy(
    prefer=(Preference.TURN,),
    order=Ordering.LONGEST_WAITING,
    unanswered_after=None,
)
