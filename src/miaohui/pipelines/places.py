"""Groups, shops and channels kept by those who may."""

from collections.abc import Callable, Collection

from msgspec.structs import replace

from miaohui.adapters.storage.directory_ports import Obstacle
from miaohui.domain.directory.accounts import Account, Channel, Group, Shop, Shops
from miaohui.domain.directory.naming import name_problems
from miaohui.domain.directory.permission import holds, may
from miaohui.domain.directory.rights import Right
from miaohui.domain.directory.validation import group_problems, shop_problems
from miaohui.domain.vocabulary.problems import Problem
from miaohui.pipelines.house import Acting, House, author_of
from miaohui.pipelines.refusals import NotAllowed, Unfit

NotKept = NotAllowed | Unfit | Obstacle
PackProblems = Callable[[str], Collection[Problem]]  # what is wrong with the pack of a name


def shares_a_shop(account: Account, shops: Shops) -> bool:
    """Whether an account has anything to do with some shops."""
    shared = account.shops.shared(shops)
    return account.shops.every or shared.every or bool(shared.only)


def group_of(house: House, group_id: str) -> Group | None:
    """The group of an id."""
    return next((each for each in house.directory.groups() if each.id == group_id), None)


def keep_group(house: House, acting: Acting, group: Group) -> Group | NotKept:
    """Add or change a group of shops in which one may manage accounts."""
    before = group_of(house, group.id) or group
    if not all(_may_manage(acting.account, each) for each in (before, group)):
        return NotAllowed()
    problems = group_problems(group)
    if problems:
        return Unfit(problems)
    return house.directory.keep_group(group, author_of(acting)) or group


def remove_group(house: House, acting: Acting, group_id: str) -> NotKept | None:
    """Remove a group that nobody is in any more."""
    group = group_of(house, group_id)
    if group is None:
        return Obstacle.UNKNOWN
    if not _may_manage(acting.account, group):
        return NotAllowed()
    return house.directory.remove_group(group_id, author_of(acting))


def shop_of(house: House, shop_id: str) -> Shop | None:
    """The shop of an id."""
    return next((each for each in house.directory.listed_shops() if each.id == shop_id), None)


def add_shop(house: House, acting: Acting, shop: Shop, wrong: PackProblems) -> Shop | NotKept:
    """Add a shop, which is nobody's yet: only who sees every shop may."""
    if not may(acting.account, Right.SHOPS_MANAGE):
        return NotAllowed()
    if shop_of(house, shop.id) is not None:
        return Obstacle.NAME_TAKEN
    return _kept(house, acting, shop, wrong, id_problems(shop.id))


def change_shop(house: House, acting: Acting, shop: Shop, wrong: PackProblems) -> Shop | NotKept:
    """Change a shop; whether it is one of a demo stays as it is."""
    before = shop_of(house, shop.id)
    if before is None:
        return Obstacle.UNKNOWN
    if not may(acting.account, Right.SHOPS_MANAGE, shop.id):
        return NotAllowed()
    return _kept(house, acting, replace(shop, demo=before.demo), wrong)


def channel_of(house: House, shop_id: str, channel_id: str) -> Channel | None:
    """The channel of an id in a shop."""
    channels = house.directory.channels(shop_id)
    return next((each for each in channels if each.id == channel_id), None)


def keep_channel(house: House, acting: Acting, channel: Channel) -> Channel | NotKept:
    """Add or change a channel of a shop."""
    if not may(acting.account, Right.SHOPS_MANAGE, channel.shop):
        return NotAllowed()
    problems = name_problems(channel.name)
    if problems:
        return Unfit(problems)
    return house.directory.keep_channel(channel, author_of(acting)) or channel


def id_problems(written: str) -> tuple[Problem, ...]:
    """What is wrong with the id of a shop or channel, which stands in addresses: `name.*`."""
    if "/" in written or written.strip(". ") == "":
        return (Problem("name.no_id"),)
    return name_problems(written)


def _kept(
    house: House,
    acting: Acting,
    shop: Shop,
    wrong: PackProblems,
    more: Collection[Problem] = (),
) -> Shop | NotKept:
    of_pack = () if shop.pack is None else wrong(shop.pack)
    problems = (*more, *shop_problems(shop), *of_pack)
    if problems:
        return Unfit(problems)
    return house.directory.keep_shop(shop, author_of(acting)) or shop


def _may_manage(account: Account, group: Group) -> bool:
    return holds(account, Right.ACCOUNTS_MANAGE) and group.shops.within(account.shops)
