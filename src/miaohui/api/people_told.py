"""How accounts, their roles and shops are told and asked for."""

from collections.abc import Mapping, Sequence
from typing import Annotated

import msgspec

from miaohui.api.bodies import Asked
from miaohui.domain.directory.accounts import DEFAULT_CAPACITY, Account, Shops, Skill, Visibility
from miaohui.domain.directory.rights import Role

Name = Annotated[str, msgspec.Meta(max_length=200)]
Names = Annotated[tuple[Name, ...], msgspec.Meta(max_length=1_000)]


class WhichShops(Asked, frozen=True):
    """`every`: all shops, those to come included; else only the named ones."""

    every: bool = False
    only: Names = ()

    def shops(self) -> Shops:
        """As the directory has it."""
        return Shops(every=self.every, only=frozenset(self.only))


class SkillTold(Asked, frozen=True):
    """Something an account can do, from 1 (beginner) to 5 (expert)."""

    name: Name
    level: int = 3


class RoleName(msgspec.Struct, frozen=True):
    """A role, without its rights."""

    id: str
    name: str


class AccountTold(msgspec.Struct, frozen=True, kw_only=True):
    """A sub-account. `capacity` is chats at once, `capacity_by_channel` narrows it."""

    id: str
    name: str
    display_name: str
    role: RoleName
    shops: WhichShops
    groups: Sequence[str]
    skills: Sequence[SkillTold]
    languages: Sequence[str]
    visibility: Visibility
    capacity: int
    capacity_by_channel: Mapping[str, int]
    active: bool
    must_change_password: bool


class AccountWanted(Asked, frozen=True, kw_only=True):
    """What somebody wants an account to be; `role` is the id of a role, `groups` are ids."""

    name: Name
    role: Name
    display_name: Name = ""
    shops: WhichShops = WhichShops()
    groups: Names = ()
    skills: Annotated[tuple[SkillTold, ...], msgspec.Meta(max_length=100)] = ()
    languages: Annotated[tuple[Name, ...], msgspec.Meta(max_length=100)] = ("zh",)
    visibility: Visibility = Visibility.OWN
    capacity: int = DEFAULT_CAPACITY
    capacity_by_channel: dict[str, int] = msgspec.field(default_factory=dict)


def account_told(account: Account) -> AccountTold:
    """An account as it is told."""
    return AccountTold(
        id=account.id,
        name=account.name,
        display_name=account.display_name,
        role=RoleName(account.role.id, account.role.name),
        shops=shops_told(account.shops),
        groups=sorted(account.groups),
        skills=[SkillTold(each.name, each.level) for each in account.skills],
        languages=account.languages,
        visibility=account.visibility,
        capacity=account.capacity,
        capacity_by_channel=account.capacity_by_channel,
        active=account.active,
        must_change_password=account.must_change_password,
    )


def account_wanted(account_id: str, wanted: AccountWanted) -> Account:
    """An account as it is asked for; its role is known by id alone."""
    return Account(
        account_id,
        wanted.name.strip(),
        Role(wanted.role, ""),
        wanted.display_name.strip(),
        wanted.shops.shops(),
        frozenset(wanted.groups),
        tuple(Skill(each.name, each.level) for each in wanted.skills),
        wanted.languages,
        wanted.visibility,
        wanted.capacity,
        wanted.capacity_by_channel,
    )


def shops_told(shops: Shops) -> WhichShops:
    """Shops as they are told."""
    return WhichShops(shops.every, tuple(sorted(shops.only)))


EXAMPLE_ACCOUNT = AccountTold(
    id="01930f2e-7c00-7000-8000-000000000001",
    name="小王",
    display_name="",
    role=RoleName("agent", "客服"),
    shops=WhichShops(only=("茶叶铺",)),
    groups=[],
    skills=[SkillTold("售后", 4)],
    languages=["zh"],
    visibility=Visibility.OWN,
    capacity=8,
    capacity_by_channel={},
    active=True,
    must_change_password=False,
)
