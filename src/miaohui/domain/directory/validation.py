"""Whether what somebody wants to keep in the directory makes sense; all problems at once."""

import re
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from miaohui.domain.directory.accounts import LEVELS, Account, Group, Shop
from miaohui.domain.directory.naming import name_problems
from miaohui.domain.directory.rights import BUILT_IN_ROLES, Role
from miaohui.domain.vocabulary.problems import Problem

MOST_CHATS = 1_000
LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def account_problems(account: Account) -> tuple[Problem, ...]:
    """What is wrong with an account: `name.*`, `account.capacity`, `account.level`,
    `account.language`."""
    return (*name_problems(account.name), *_account_problems(account))


def role_problems(role: Role) -> tuple[Problem, ...]:
    """What is wrong with an own role: `name.*`, `role.built_in`, `role.no_rights`."""
    problems = list(name_problems(role.name))
    if role.id in BUILT_IN_ROLES:
        problems.append(Problem("role.built_in", {"role": role.id}))
    if not role.rights:
        problems.append(Problem("role.no_rights"))
    return tuple(problems)


def group_problems(group: Group) -> tuple[Problem, ...]:
    """What is wrong with a group: `name.*`."""
    return name_problems(group.name)


def shop_problems(shop: Shop) -> tuple[Problem, ...]:
    """What is wrong with a shop: `name.*`, `shop.timezone`."""
    problems = [*name_problems(shop.id), *name_problems(shop.name)]
    try:
        ZoneInfo(shop.timezone)
    except (ValueError, OSError, KeyError):
        problems.append(Problem("shop.timezone", {"value": shop.timezone}))
    return tuple(problems)


def _account_problems(account: Account) -> Iterator[Problem]:
    if account.display_name:
        yield from name_problems(account.display_name)
    for chats in (account.capacity, *account.capacity_by_channel.values()):
        if not 0 <= chats <= MOST_CHATS:
            yield Problem("account.capacity", {"value": chats, "most": MOST_CHATS})
    for skill in account.skills:
        if skill.level not in LEVELS:
            yield Problem("account.level", {"skill": skill.name, "value": skill.level})
    for tag in account.languages:
        if not LANGUAGE_TAG.fullmatch(tag):
            yield Problem("account.language", {"value": tag})
