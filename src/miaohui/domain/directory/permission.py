"""What somebody may do, see and give away. Whatever is not allowed here is forbidden."""

from collections.abc import Collection

from miaohui.domain.directory.accounts import Account, Shops, Visibility
from miaohui.domain.directory.rights import OWNER, Right


def may(account: Account, right: Right, shop: str | None = None) -> bool:
    """Whether an account may do something in a shop; without a shop: in the whole house, for
    which it must see every shop."""
    covers = account.shops.every if shop is None else account.shops.holds(shop)
    return holds(account, right) and covers


def may_in_all(account: Account, right: Right, other: Account) -> bool:
    """Whether an account may do something in every shop of another."""
    if other.shops.every:
        return may(account, right)
    return all(may(account, right, shop) for shop in other.shops.only)


def holds(account: Account, right: Right) -> bool:
    """Whether an account has a right in any shop at all.

    Nobody has one who is deactivated or still has a first password to change.
    """
    return account.active and not account.must_change_password and right in account.role.rights


def sees(
    account: Account, conversation_assignee: str | None, conversation_group: str | None, shop: str
) -> bool:
    """Whether an account sees a conversation of a shop.

    `conversation_assignee` is an account's id, None while nobody has it. A team also sees what
    waits for no group in particular.
    """
    if not may(account, Right.CHATS_READ, shop):
        return False
    mine = conversation_assignee == account.id
    match account.visibility:
        case Visibility.OWN:
            return mine
        case Visibility.TEAM if conversation_group is None:
            return mine or conversation_assignee is None
        case Visibility.TEAM:
            return mine or conversation_group in account.groups
        case Visibility.ALL:
            return True


def may_grant(account: Account, rights: Collection[Right], shops: Shops) -> bool:
    """Whether an account may hand rights on, as a role or an API key: nobody gives what they
    do not have, and only in shops they see."""
    return set(rights) <= account.role.rights and shops.within(account.shops)


def may_manage(account: Account, other: Account) -> bool:
    """Whether an account may change another: it holds all the other's rights and sees all its
    shops. Owners are changed by owners only."""
    if other.role.id == OWNER.id and account.role.id != OWNER.id:
        return False
    return holds(account, Right.ACCOUNTS_MANAGE) and may_grant(
        account, other.role.rights, other.shops
    )
