"""Whose chats an account sees, as a value to ask storage by (permission.sees says the same)."""

from collections.abc import Iterable

import msgspec

from miaohui.domain.directory.accounts import Account, Visibility
from miaohui.domain.directory.permission import may
from miaohui.domain.directory.rights import Right


class Scope(msgspec.Struct, frozen=True):
    """Chats of these shops: all of them; with an `account` only its own; with `groups` as well
    also those of the groups, and those that are nobody's and no group's."""

    shops: frozenset[str]
    account: str | None = None
    groups: frozenset[str] | None = None

    def sees(self, assignee: str | None, group: str | None, shop: str) -> bool:
        """Whether a chat of a shop, of an account and a group, is among them."""
        if shop not in self.shops:
            return False
        if self.account is None or assignee == self.account:
            return True
        if self.groups is None:
            return False
        return assignee is None if group is None else group in self.groups


def scope_of(account: Account, shops: Iterable[str]) -> Scope:
    """What an account sees of these shops."""
    read = frozenset(shop for shop in shops if may(account, Right.CHATS_READ, shop))
    match account.visibility:
        case Visibility.OWN:
            return Scope(read, account.id)
        case Visibility.TEAM:
            return Scope(read, account.id, account.groups)
        case Visibility.ALL:
            return Scope(read)
