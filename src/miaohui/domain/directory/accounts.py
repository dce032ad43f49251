"""Sub-accounts, and the shops, channels and groups they work in."""

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from miaohui.domain.directory.rights import Role

DEFAULT_CAPACITY = 8
LEVELS = range(1, 6)


class Visibility(StrEnum):
    """Whose chats an account sees: its own, its groups', or all of its shops'."""

    OWN = "own"
    TEAM = "team"
    ALL = "all"


class Shops(msgspec.Struct, frozen=True):
    """Which shops: every one, those to come included, or only the named ones."""

    every: bool = False
    only: frozenset[str] = frozenset()

    def holds(self, shop: str) -> bool:
        """Whether a shop is among them."""
        return self.every or shop in self.only

    def within(self, other: "Shops") -> bool:
        """Whether all of them are among the other's."""
        return other.every or (not self.every and self.only <= other.only)

    def shared(self, other: "Shops") -> "Shops":
        """The shops that are in both."""
        if self.every or other.every:
            return other if self.every else self
        return Shops(only=self.only & other.only)


EVERY_SHOP = Shops(every=True)


class Skill(msgspec.Struct, frozen=True):
    """Something an account can do, from 1 (beginner) to 5 (expert)."""

    name: str
    level: int = 3


class Account(msgspec.Struct, frozen=True):
    """A sub-account with its role.

    `name` is what it logs in with, unique in the house by `name_key`; `languages` are tags such
    as `zh` or `en`; `capacity` is chats at once, `capacity_by_channel` narrows it. No secrets.
    """

    id: str
    name: str
    role: Role
    display_name: str = ""
    shops: Shops = Shops()
    groups: frozenset[str] = frozenset()
    skills: tuple[Skill, ...] = ()
    languages: tuple[str, ...] = ("zh",)
    visibility: Visibility = Visibility.OWN
    capacity: int = DEFAULT_CAPACITY
    capacity_by_channel: Mapping[str, int] = {}
    active: bool = True
    must_change_password: bool = False


class Group(msgspec.Struct, frozen=True):
    """Accounts that share a queue, such as pre-sale or after-sale, in some shops."""

    id: str
    name: str
    shops: Shops = EVERY_SHOP


class Shop(msgspec.Struct, frozen=True):
    """A shop of the house. `id` is what events call it; `pack` names its rule pack. `demo`: its
    buyers and agents are played, for ever; no shop becomes one, and none ceases to be one."""

    id: str
    name: str
    timezone: str = "Asia/Shanghai"
    pack: str | None = None
    active: bool = True
    demo: bool = False


class Channel(msgspec.Struct, frozen=True):
    """Where a shop's buyers write. `id` is what events call it; `kind` names the adapter;
    `left_alone`: the platform itself says who gets a chat."""

    shop: str
    id: str
    kind: str
    name: str
    active: bool = True
    left_alone: bool = False


def capacity_in(account: Account, channel: str) -> int:
    """How many chats of a channel an account takes at once; never more than over all."""
    return min(account.capacity, account.capacity_by_channel.get(channel, account.capacity))
