"""Agents as routing sees them, and what each has in hand."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import msgspec

from miaohui.domain.directory.presence import Presence as Presence


class Agent(msgspec.Struct, frozen=True, kw_only=True):
    """A person at a sub-account.

    `groups` come in the order in which they serve them, their own first. `skills` maps a skill to
    its level, 1 and up. `shops` and `channels`: which they may serve, None: all. `capacity`: most
    chats at once, `channel_capacity` the same for single channels. `weight`: share of the chats
    beside colleagues. `shift_ends`: when they leave, None: open. `seconds_per_reply`: of
    late, the median.
    """

    account: str
    presence: Presence = Presence.ONLINE
    groups: tuple[str, ...] = ()
    skills: Mapping[str, int] = {}
    languages: frozenset[str] = frozenset()
    shops: frozenset[str] | None = None
    channels: frozenset[str] | None = None
    capacity: int = 8
    channel_capacity: Mapping[str, int] = {}
    weight: float = 1.0
    shift_ends: datetime | None = None
    seconds_per_reply: float = 40.0


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """A chat that lies with an agent. `active_at`: when anything was last said in it;
    `waiting_since` and `deadline`: of its waiting round, None where nobody waits; `given_at`: when
    this agent got it, None: before the round began."""

    conversation: str
    channel: str
    active_at: datetime
    waiting_since: datetime | None = None
    deadline: datetime | None = None
    band: int = 0
    given_at: datetime | None = None


class Load(msgspec.Struct, frozen=True, kw_only=True):
    """What one agent has in hand. `assigned_at`: recent assignments, in any order, as far back as
    the policy's window and share look; `last_assigned_at`: the newest, however long ago."""

    held: tuple[Held, ...] = ()
    assigned_at: tuple[datetime, ...] = ()
    last_assigned_at: datetime | None = None


NOTHING = Load()


def chats(load: Load, idle_after: timedelta | None, now: datetime) -> int:
    """How many chats count: all, or those where a buyer waits or that were active of late."""
    return len(load.held if idle_after is None else active(load, idle_after, now))


def chats_in(load: Load, channel: str, idle_after: timedelta | None, now: datetime) -> int:
    """How many chats of one channel count."""
    return sum(held.channel == channel for held in active(load, idle_after, now))


def active(load: Load, idle_after: timedelta | None, now: datetime) -> tuple[Held, ...]:
    """The chats that count as load."""
    if idle_after is None:
        return load.held
    return tuple(
        held
        for held in load.held
        if held.waiting_since is not None or now - held.active_at < idle_after
    )


def rounds_waiting(load: Load) -> int:
    """How many rounds the agent still has to answer, the one being answered among them."""
    return sum(held.waiting_since is not None for held in load.held)


def last_assigned(load: Load) -> datetime | None:
    """When the agent last got a chat; None: never."""
    if not load.assigned_at:
        return load.last_assigned_at
    newest = max(load.assigned_at)
    return max(newest, load.last_assigned_at or newest)


def assigned_within(load: Load, span: timedelta, now: datetime) -> int:
    """How many chats the agent got in the span that ends now, its first instant left out."""
    return sum(now - at < span for at in load.assigned_at)
