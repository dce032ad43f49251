"""Who is there: sub-accounts, what they chose to be, and the devices they are heard of from."""

from collections import deque
from datetime import datetime
from statistics import median

import msgspec

from miaohui.domain.desk.routing.people import Agent
from miaohui.domain.directory.accounts import Account
from miaohui.domain.directory.presence import (
    AWAY_AFTER,
    THERE,
    Presence,
    away_from,
    presence_at,
)
from miaohui.domain.directory.rights import Right

REPLIES_REMEMBERED = 20
USUAL_SECONDS_PER_REPLY = 40.0
# A pause longer than this was no reply in the making.
LONGEST_REPLY_SECONDS = 600.0


class Health(msgspec.Struct, frozen=True):
    """Whether a page can call its reader: it may notify, and its sound is on."""

    may_notify: bool = True
    muted: bool = False


class Device(msgspec.Struct, frozen=True):
    """One page of an account: when it was last heard of, and its health, None while it has not
    told."""

    heard_at: datetime
    health: Health | None = None


class Person:
    """A sub-account at work. `chosen` is what they want to be, `logged` what they are by the log;
    `turned_at`: when by the log they came or went, None: never. `replies` are the seconds that the
    last answers took."""

    __slots__ = ("_agent", "_agent_until", "account", "chosen", "devices", "logged", "replied_at")
    __slots__ += ("replies", "turned_at")

    def __init__(self, account: Account) -> None:
        self.account = account
        self.chosen = Presence.OFF_SHIFT
        self.logged = Presence.OFF_SHIFT
        self.turned_at: datetime | None = None
        self.devices: dict[str, Device] = {}
        self.replies: deque[float] = deque(maxlen=REPLIES_REMEMBERED)
        self.replied_at: datetime | None = None
        self._agent: Agent | None = None
        self._agent_until: datetime | None = None

    def be(self, account: Account) -> None:
        """What is known of the sub-account changed."""
        self.account = account
        self._agent = None

    def choose(self, presence: Presence) -> None:
        """What they want to be from now on."""
        self.chosen = presence
        self._agent = None

    def log(self, presence: Presence, at: datetime) -> None:
        """What they are from an instant on, as the log says."""
        if self.turned_at is None or (presence in THERE) != (self.logged in THERE):
            self.turned_at = at
        self.logged = presence

    def beat(self, device: str, health: Health | None, now: datetime) -> None:
        """A page of theirs was heard of; one that does not tell its health has that of before.
        Pages that have long been closed are dropped."""
        known = self.devices.get(device)
        self.devices[device] = Device(now, health or (known.health if known else None))
        if len(self.devices) > 1:
            heard = self.devices.items()
            self.devices = {name: it for name, it in heard if now - it.heard_at <= AWAY_AFTER}
        if self._agent is not None and self._agent.presence is not self.chosen:
            self._agent = None
        self._agent_until = self.turns_away_at()

    def presence(self, now: datetime) -> Presence:
        """What they chose, or away while no device of theirs is heard of."""
        if not self.account.active:
            return Presence.OFF_SHIFT
        beats = (device.heard_at for device in self.devices.values())
        return presence_at(now, self.chosen, beats)

    def turns_away_at(self) -> datetime | None:
        """When silence will turn them away."""
        return away_from(self.chosen, (each.heard_at for each in self.devices.values()))

    def answered(self, asked_at: datetime, given_at: datetime | None, at: datetime) -> None:
        """Note an answer: it took from when they could begin with it."""
        begun = max(filter(None, (asked_at, given_at, self.replied_at)))
        self.replied_at = at
        seconds = (at - begun).total_seconds()
        if 0 < seconds <= LONGEST_REPLY_SECONDS:
            self.replies.append(seconds)
            self._agent = None

    @property
    def seconds_per_reply(self) -> float:
        """The median of the last answers."""
        return median(self.replies) if self.replies else USUAL_SECONDS_PER_REPLY

    def agent(self, now: datetime) -> Agent:
        """The person as routing sees them; kept until anything changes it."""
        until = self._agent_until
        if self._agent is None or (until is not None and now >= until):
            self._agent = agent_of(self, now)
            turns = self.turns_away_at()
            self._agent_until = turns if turns is not None and turns > now else None
        return self._agent


def agent_of(person: Person, now: datetime, shift_ends: datetime | None = None) -> Agent:
    """A person as routing sees them: chats only for those who may answer."""
    account = person.account
    may_answer = account.active and Right.CHATS_ANSWER in account.role.rights
    every = account.shops.every and may_answer
    return Agent(
        account=account.id,
        presence=person.presence(now),
        groups=tuple(sorted(account.groups)),
        skills={skill.name: skill.level for skill in account.skills},
        languages=frozenset(account.languages),
        shops=None if every else account.shops.only if may_answer else frozenset(),
        capacity=account.capacity,
        channel_capacity=account.capacity_by_channel,
        shift_ends=shift_ends,
        seconds_per_reply=person.seconds_per_reply,
    )
