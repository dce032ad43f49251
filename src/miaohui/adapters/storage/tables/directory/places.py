"""Groups, shops and channels."""

from collections.abc import Sequence
from typing import TypeVar

import msgspec

from miaohui.adapters.storage.directory_ports import Author, Deed, Obstacle
from miaohui.adapters.storage.table_ports import Tables, Turn
from miaohui.adapters.storage.tables.cards import card_of, differences, plain_in, plain_of
from miaohui.adapters.storage.tables.recording import write_deed
from miaohui.domain.directory.accounts import Channel, Group, Shop
from miaohui.domain.directory.naming import name_key

Listed = TypeVar("Listed", Group, Shop)

IN_GROUPS = "SELECT card FROM account UNION ALL SELECT card FROM invitation WHERE state = 'open'"
KEEP_CHANNEL = """
INSERT INTO listed_channel VALUES (?, ?, ?)
ON CONFLICT (shop, id) DO UPDATE SET card = excluded.card
"""


class GroupCard(msgspec.Struct, frozen=True):
    """Of the card of an account or an invitation, the groups."""

    groups: frozenset[str] = frozenset()


def groups(tables: Tables) -> Sequence[Group]:
    """See directory_ports.Groups."""
    with tables.reading() as turn:
        rows = turn.rows("SELECT card FROM account_group ORDER BY name_key")
    return [msgspec.json.decode(card, type=Group) for (card,) in rows]


def keep_group(tables: Tables, group: Group, author: Author) -> Obstacle | None:
    """See directory_ports.Groups."""
    with tables.writing() as turn:
        return _keep(turn, "account_group", "group", group, author)


def remove_group(tables: Tables, group_id: str, author: Author) -> Obstacle | None:
    """See directory_ports.Groups."""
    with tables.writing() as turn:
        find = "SELECT card FROM account_group WHERE id = ?"
        row = turn.row(find, group_id)
        if row is None:
            return Obstacle.UNKNOWN
        if _has_anybody(turn, group_id):
            return Obstacle.IN_USE
        turn.run("DELETE FROM account_group WHERE id = ?", group_id)
        write_deed(turn, author, Deed("group.removed", group_id, plain_in(row[0])))
    return None


def listed_shops(tables: Tables) -> Sequence[Shop]:
    """See directory_ports.ShopList."""
    with tables.reading() as turn:
        rows = turn.rows("SELECT card FROM listed_shop ORDER BY id")
    return [msgspec.json.decode(card, type=Shop) for (card,) in rows]


def keep_shop(tables: Tables, shop: Shop, author: Author) -> Obstacle | None:
    """See directory_ports.ShopList."""
    with tables.writing() as turn:
        return _keep(turn, "listed_shop", "shop", shop, author)


def channels(tables: Tables, shop: str) -> Sequence[Channel]:
    """See directory_ports.ShopList."""
    find = "SELECT card FROM listed_channel WHERE shop = ? ORDER BY id"
    with tables.reading() as turn:
        rows = turn.rows(find, shop)
    return [msgspec.json.decode(card, type=Channel) for (card,) in rows]


def keep_channel(tables: Tables, channel: Channel, author: Author) -> Obstacle | None:
    """See directory_ports.ShopList."""
    place = channel.shop, channel.id
    with tables.writing() as turn:
        if turn.row("SELECT 1 FROM listed_shop WHERE id = ?", channel.shop) is None:
            return Obstacle.UNKNOWN
        find = "SELECT card FROM listed_channel WHERE shop = ? AND id = ?"
        row = turn.row(find, *place)
        after = plain_of(channel)
        turn.run(KEEP_CHANNEL, *place, card_of(after))
        write_deed(turn, author, _deed("channel", "/".join(place), row[0] if row else None, after))
    return None


def _has_anybody(turn: Turn, group_id: str) -> bool:
    cards = [msgspec.json.decode(card, type=GroupCard) for (card,) in turn.rows(IN_GROUPS)]
    return any(group_id in card.groups for card in cards)


def _keep(turn: Turn, table: str, kind: str, listed: Listed, author: Author) -> Obstacle | None:
    key = name_key(listed.name)
    taken = f"SELECT 1 FROM {table} WHERE name_key = ? AND id <> ?"  # noqa: S608
    if turn.row(taken, key, listed.id):
        return Obstacle.NAME_TAKEN
    find = f"SELECT card FROM {table} WHERE id = ?"  # noqa: S608
    row = turn.row(find, listed.id)
    after = plain_of(listed)
    keep = f"""
    INSERT INTO {table} VALUES (?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET name_key = excluded.name_key, card = excluded.card
    """  # noqa: S608
    turn.run(keep, listed.id, key, card_of(after))
    write_deed(turn, author, _deed(kind, listed.id, row[0] if row else None, after))
    return None


def _deed(kind: str, subject: str, before: str | None, after: dict[str, object]) -> Deed:
    if before is None:
        return Deed(f"{kind}.added", subject, None, after)
    return Deed(f"{kind}.changed", subject, *differences(plain_in(before), after))
