"""Sub-accounts and roles kept by those who may; nobody gives more than they have."""

from msgspec.structs import replace

from miaohui.adapters.storage.directory_ports import Obstacle
from miaohui.domain.directory.accounts import Account
from miaohui.domain.directory.passwords import password_problems
from miaohui.domain.directory.permission import may, may_grant, may_manage
from miaohui.domain.directory.rights import Right, Role
from miaohui.domain.directory.secret import Secret
from miaohui.domain.directory.validation import account_problems, role_problems
from miaohui.pipelines.house import Acting, House, author_of, role_of
from miaohui.pipelines.refusals import NotAllowed, Unfit

NotKept = NotAllowed | Unfit | Obstacle


def add_account(
    house: House, acting: Acting, account: Account, first_password: Secret
) -> Account | NotKept:
    """Add an account with a first password, which has to be changed at the first log-in."""
    role = role_of(house, account.role.id)
    if role is None:
        return Obstacle.UNKNOWN
    added = replace(account, role=role, must_change_password=True, active=True)
    if not may_manage(acting.account, added):
        return NotAllowed()
    problems = (
        *account_problems(added),
        *password_problems(first_password.reveal(), added.name),
    )
    if problems:
        return Unfit(problems)
    fresh = house.hashing.hash(first_password)
    return house.directory.add_account(added, fresh, author_of(acting)) or added


def change_account(house: House, acting: Acting, account: Account) -> Account | NotKept:
    """Replace what is known of an account, but for its password.

    Whoever changes it must be able to manage it as it was and as it shall be. What comes back
    with `active` False has lost its sessions, keys and invitations: the desk hands its chats
    over.
    """
    before = house.directory.account(account.id)
    role = role_of(house, account.role.id)
    if before is None or role is None:
        return Obstacle.UNKNOWN
    changed = replace(account, role=role, must_change_password=before.must_change_password)
    if not (may_manage(acting.account, before) and may_manage(acting.account, changed)):
        return NotAllowed()
    problems = account_problems(changed)
    if problems:
        return Unfit(problems)
    return house.directory.change_account(changed, author_of(acting)) or changed


def deactivate(house: House, acting: Acting, account_id: str) -> Account | NotKept:
    """End somebody's sessions, API keys and invitations; the account whose chats the desk has to
    hand over comes back. Figures and deeds stay."""
    account = house.directory.account(account_id)
    if account is None:
        return Obstacle.UNKNOWN
    return change_account(house, acting, replace(account, active=False))


def set_first_password(
    house: House, acting: Acting, account_id: str, password: Secret
) -> Account | NotKept:
    """A new first password for somebody who forgot theirs; their sessions end."""
    account = house.directory.account(account_id)
    if account is None:
        return Obstacle.UNKNOWN
    if not may_manage(acting.account, account):
        return NotAllowed()
    problems = password_problems(password.reveal(), account.name)
    if problems:
        return Unfit(problems)
    fresh = house.hashing.hash(password)
    obstacle = house.directory.change_password(account_id, fresh, True, author_of(acting))
    return obstacle or replace(account, must_change_password=True)


def end_sessions(house: House, acting: Acting, account_id: str) -> int | NotKept:
    """End all sessions of somebody else; how many there were."""
    account = house.directory.account(account_id)
    if account is None:
        return Obstacle.UNKNOWN
    if not may_manage(acting.account, account):
        return NotAllowed()
    return house.directory.end_sessions(account_id, author_of(acting))


def keep_role(house: House, acting: Acting, role: Role) -> Role | NotKept:
    """Add or change an own role, made of rights that whoever makes it has in every shop."""
    before = role_of(house, role.id) or role
    if not may(acting.account, Right.ROLES_MANAGE) or not all(
        may_grant(acting.account, each.rights, acting.account.shops) for each in (before, role)
    ):
        return NotAllowed()
    problems = role_problems(role)
    if problems:
        return Unfit(problems)
    return house.directory.keep_role(role, author_of(acting)) or role


def remove_role(house: House, acting: Acting, role_id: str) -> NotKept | None:
    """Remove an own role that nobody has any more."""
    role = role_of(house, role_id)
    if role is None:
        return Obstacle.UNKNOWN
    if not may(acting.account, Right.ROLES_MANAGE):
        return NotAllowed()
    return house.directory.remove_role(role_id, author_of(acting))
