"""What everything about people needs: the directory, cryptography and chance."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from miaohui.adapters.secrets.ports import OneTimeCodes, PasswordHashing
from miaohui.adapters.storage.directory_ports import ApiKey, Author, Directory, Session
from miaohui.domain.directory.accounts import Account
from miaohui.domain.directory.rights import Role

# Somebody is told what came of each knock at the door: `let_in`, or the key of the refusal.
Knocked = Callable[[str], None]


class House(NamedTuple):
    """The house of people. `chance(n)` gives n random bits that nobody can foretell."""

    directory: Directory
    hashing: PasswordHashing
    codes: OneTimeCodes
    chance: Callable[[int], int]
    knocked: Knocked = lambda _: None


class Acting(NamedTuple):
    """Somebody who asks for something: the account, when and from where."""

    account: Account
    at: datetime
    address: str | None = None


class Caller(NamedTuple):
    """Who a request comes from: an account as far as its session or API key reaches."""

    account: Account
    session: Session | None = None
    key: ApiKey | None = None


def role_of(house: House, role_id: str) -> Role | None:
    """The role of an id with the rights that it really has, whatever somebody says of it."""
    return next((each for each in house.directory.roles() if each.id == role_id), None)


def author_of(acting: Acting) -> Author:
    """How the audit log calls somebody who asks for something."""
    return Author(acting.account.id, acting.at, acting.address)
