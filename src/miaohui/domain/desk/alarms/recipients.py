"""Who a recipient is in a shop: whom to tell, who sees what others were told, who may take it."""

from collections.abc import Collection, Sequence

from miaohui.domain.desk.alarms.settings import Level
from miaohui.domain.desk.alarms.told import Recipient
from miaohui.domain.directory.accounts import Account, Visibility
from miaohui.domain.directory.permission import may
from miaohui.domain.directory.rights import OWNER, Right


def people_told(recipient: Recipient, accounts: Collection[Account], shop: str) -> list[Account]:
    """Whom of the house's accounts to tell. Where a group has no lead, every lead of the shop
    hears of it; where there is none at all, the owners do."""
    if recipient.level is Level.AGENT:
        return [each for each in accounts if each.id == recipient.name and _reads(each, shop)]
    leads = [each for each in accounts if is_lead(each, shop)]
    if recipient.level is Level.OWNER or not leads:
        return [each for each in accounts if is_owner(each, shop)]
    return _of_group(leads, recipient.name) or leads


def is_owner(account: Account, shop: str) -> bool:
    """Whether somebody is an owner of a shop."""
    return account.role.id == OWNER.id and _reads(account, shop)


def is_lead(account: Account, shop: str) -> bool:
    """Whether somebody who is no owner gives chats of a shop to others."""
    return account.role.id != OWNER.id and may(account, Right.CHATS_ASSIGN, shop)


def sees_alarm(account: Account, recipient: Recipient, told: Collection[str], shop: str) -> bool:
    """Whether somebody sees an alarm of a shop that these accounts were told: they are among
    them, or see everything in the shop."""
    if not _reads(account, shop):
        return False
    return (
        account.id in told
        or account.visibility is Visibility.ALL
        or _may_take(account, recipient, shop)
    )


def may_take_alarm(
    account: Account, recipient: Recipient, told: Collection[str], shop: str
) -> bool:
    """Whether somebody may take it: who was told, any lead what leads were told, owners all."""
    return _reads(account, shop) and (account.id in told or _may_take(account, recipient, shop))


def _may_take(account: Account, recipient: Recipient, shop: str) -> bool:
    if is_owner(account, shop):
        return True
    return recipient.level is Level.LEAD and is_lead(account, shop)


def _of_group(leads: Sequence[Account], group: str) -> list[Account]:
    """The leads who see a group's chats; without a group those of the whole shop."""
    wide = [each for each in leads if each.visibility is Visibility.ALL]
    if not group:
        return wide
    own = [each for each in leads if group in each.groups]
    return own or wide


def _reads(account: Account, shop: str) -> bool:
    return may(account, Right.CHATS_READ, shop)
