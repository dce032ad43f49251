"""A shop's alarms as data: the ladder of every kind, repeats, quiet hours (docs/alarms.md)."""

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from miaohui.domain.rules.pack import Strict


class Level(StrEnum):
    """Who is told, in the order in which it gets serious: the agent who has the chat, the leads
    of its group, the owners."""

    AGENT = "agent"
    LEAD = "lead"
    OWNER = "owner"


class Way(StrEnum):
    """How somebody is told."""

    SCREEN = "screen"
    SOUND = "sound"
    WEB_PUSH = "web_push"
    EMAIL = "email"
    WEBHOOK = "webhook"


class Kind(StrEnum):
    """What an alarm is about.

    `waiting`: a round comes near its deadline or is lost. `nobody_on_duty`: nobody is there in
    assessed hours, or will be. `all_offline`: buyers wait and nobody is there. `muted`: the page
    of somebody who is there can make no sound or may not notify. `channel_silent`: nothing came in
    for long. `channel_failing`: it reports errors. `misses_left`: too few until a line is broken.
    """

    WAITING = "waiting"
    NOBODY_ON_DUTY = "nobody_on_duty"
    ALL_OFFLINE = "all_offline"
    MUTED = "muted"
    CHANNEL_SILENT = "channel_silent"
    CHANNEL_FAILING = "channel_failing"
    MISSES_LEFT = "misses_left"


RANKS = {Level.AGENT: 0, Level.LEAD: 1, Level.OWNER: 2}
# What can be seen coming, so that a step may stand before its line.
FORESEEN = frozenset({Kind.WAITING, Kind.NOBODY_ON_DUTY})
# What is about somebody, so that a step may be theirs.
PERSONAL = frozenset({Kind.WAITING, Kind.MUTED})


class Step(Strict, frozen=True):
    """Who is told in which ways so many `seconds` after the line is crossed; -60: a minute before
    it, 0: as soon as it is crossed."""

    level: Level
    seconds: int
    ways: tuple[Way, ...]


Ladder = tuple[Step, ...]

SEEN = (Way.SCREEN,)
HEARD = (Way.SCREEN, Way.SOUND)
CALLED = (Way.SCREEN, Way.SOUND, Way.WEB_PUSH)
ANYWHERE = (Way.WEB_PUSH, Way.WEBHOOK)

USUAL_LADDERS: Mapping[Kind, Ladder] = {
    Kind.WAITING: (
        Step(Level.AGENT, -60, SEEN),
        Step(Level.AGENT, -20, HEARD),
        Step(Level.LEAD, -30, CALLED),
        Step(Level.OWNER, 0, ANYWHERE),
    ),
    Kind.NOBODY_ON_DUTY: (
        Step(Level.LEAD, -1800, (Way.SCREEN, Way.WEB_PUSH)),
        Step(Level.LEAD, 0, CALLED),
        Step(Level.OWNER, 0, ANYWHERE),
    ),
    Kind.ALL_OFFLINE: (
        Step(Level.LEAD, 0, CALLED),
        Step(Level.OWNER, 60, ANYWHERE),
    ),
    Kind.MUTED: (
        Step(Level.AGENT, 0, SEEN),
        Step(Level.LEAD, 120, SEEN),
    ),
    Kind.CHANNEL_SILENT: (
        Step(Level.LEAD, 0, (Way.SCREEN, Way.WEB_PUSH)),
        Step(Level.OWNER, 1800, ANYWHERE),
    ),
    Kind.CHANNEL_FAILING: (
        Step(Level.LEAD, 0, CALLED),
        Step(Level.OWNER, 300, (*ANYWHERE, Way.EMAIL)),
    ),
    Kind.MISSES_LEFT: (
        Step(Level.LEAD, 0, (Way.SCREEN, Way.WEB_PUSH)),
        Step(Level.OWNER, 0, ANYWHERE),
    ),
}


class Repeats(Strict, frozen=True):
    """Every how many seconds a level is told again until somebody takes it; None: once."""

    agent: int | None = None
    lead: int | None = 60
    owner: int | None = 600


class QuietHours(Strict, frozen=True):
    """Local times between which nothing is told but these kinds, and anything in these ways.

    Until a time that is not after its beginning is until that time of the next day.
    """

    from_: str = msgspec.field(default="23:00", name="from")
    until: str = "08:00"
    kinds: tuple[Kind, ...] = (Kind.WAITING, Kind.NOBODY_ON_DUTY, Kind.ALL_OFFLINE)
    ways: tuple[Way, ...] = (Way.SCREEN,)


class Patience(Strict, frozen=True):
    """For how many seconds something must hold before it is an alarm."""

    nobody_on_duty: int = 60
    all_offline: int = 10
    muted: int = 30
    channel_silent: int = 1800
    channel_failing: int = 60


class AlarmSettings(Strict, frozen=True):
    """The alarms of one shop; what is left out is as usual.

    `ladders`: by kind, an empty one switches the kind off. `coalesce_seconds`: what comes so close
    together makes one notice to the same person. `misses_left_below`: fewer are an alarm, 0: never.
    `quiet_hours` None: never quiet.
    """

    ladders: Mapping[Kind, Ladder] = {}
    repeats: Repeats = Repeats()
    quiet_hours: QuietHours | None = QuietHours()
    patience: Patience = Patience()
    coalesce_seconds: int = 5
    misses_left_below: int = 5


def ladder_of(settings: AlarmSettings, kind: Kind) -> Ladder:
    """The steps of a kind."""
    return settings.ladders.get(kind, USUAL_LADDERS[kind])


def repeat_seconds(settings: AlarmSettings, level: Level) -> int | None:
    """Every how many seconds a level is told again."""
    match level:
        case Level.AGENT:
            return settings.repeats.agent
        case Level.LEAD:
            return settings.repeats.lead
        case Level.OWNER:
            return settings.repeats.owner
