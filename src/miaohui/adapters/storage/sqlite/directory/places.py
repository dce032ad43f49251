"""Groups, shops and channels."""

from collections.abc import Sequence
from sqlite3 import Connection
from typing import TypeVar

import msgspec

from miaohui.adapters.storage.directory_ports import Author, Deed, Obstacle
from miaohui.adapters.storage.sqlite.directory.cards import card_of, differences, plain_in, plain_of
from miaohui.adapters.storage.sqlite.directory.ledger import Ledger, reading, writing
from miaohui.adapters.storage.sqlite.directory.recording import write_deed
from miaohui.domain.directory.accounts import Channel, Group, Shop
from miaohui.domain.directory.naming import name_key

Listed = TypeVar("Listed", Group, Shop)

GROUP_IN_USE = """
SELECT 1 FROM account, json_each(account.card, '$.groups') AS member WHERE member.value = :group
UNION ALL
SELECT 1 FROM invitation, json_each(invitation.card, '$.groups') AS member
WHERE member.value = :group AND state = 'open' LIMIT 1
"""
KEEP_CHANNEL = """
INSERT INTO listed_channel VALUES (?, ?, ?)
ON CONFLICT (shop, id) DO UPDATE SET card = excluded.card
"""


def groups(ledger: Ledger) -> Sequence[Group]:
    """See directory_ports.Groups."""
    with reading(ledger) as connection:
        rows = connection.execute("SELECT card FROM account_group ORDER BY name_key")
        return [msgspec.json.decode(card, type=Group) for (card,) in rows]


def keep_group(ledger: Ledger, group: Group, author: Author) -> Obstacle | None:
    """See directory_ports.Groups."""
    with writing(ledger) as connection:
        return _keep(connection, "account_group", "group", group, author)


def remove_group(ledger: Ledger, group_id: str, author: Author) -> Obstacle | None:
    """See directory_ports.Groups."""
    with writing(ledger) as connection:
        find = "SELECT card FROM account_group WHERE id = ?"
        row = connection.execute(find, (group_id,)).fetchone()
        if row is None:
            return Obstacle.UNKNOWN
        if connection.execute(GROUP_IN_USE, {"group": group_id}).fetchone():
            return Obstacle.IN_USE
        connection.execute("DELETE FROM account_group WHERE id = ?", (group_id,))
        write_deed(connection, author, Deed("group.removed", group_id, plain_in(row[0])))
    return None


def listed_shops(ledger: Ledger) -> Sequence[Shop]:
    """See directory_ports.ShopList."""
    with reading(ledger) as connection:
        rows = connection.execute("SELECT card FROM listed_shop ORDER BY id")
        return [msgspec.json.decode(card, type=Shop) for (card,) in rows]


def keep_shop(ledger: Ledger, shop: Shop, author: Author) -> Obstacle | None:
    """See directory_ports.ShopList."""
    with writing(ledger) as connection:
        return _keep(connection, "listed_shop", "shop", shop, author)


def channels(ledger: Ledger, shop: str) -> Sequence[Channel]:
    """See directory_ports.ShopList."""
    find = "SELECT card FROM listed_channel WHERE shop = ? ORDER BY id"
    with reading(ledger) as connection:
        rows = connection.execute(find, (shop,))
        return [msgspec.json.decode(card, type=Channel) for (card,) in rows]


def keep_channel(ledger: Ledger, channel: Channel, author: Author) -> Obstacle | None:
    """See directory_ports.ShopList."""
    place = channel.shop, channel.id
    with writing(ledger) as connection:
        shop = connection.execute("SELECT 1 FROM listed_shop WHERE id = ?", (channel.shop,))
        if shop.fetchone() is None:
            return Obstacle.UNKNOWN
        find = "SELECT card FROM listed_channel WHERE shop = ? AND id = ?"
        row = connection.execute(find, place).fetchone()
        after = plain_of(channel)
        connection.execute(KEEP_CHANNEL, (*place, card_of(after)))
        write_deed(connection, author, _deed("channel", "/".join(place), row and row[0], after))
    return None


def _keep(
    connection: Connection, table: str, kind: str, listed: Listed, author: Author
) -> Obstacle | None:
    key = name_key(listed.name)
    taken = f"SELECT 1 FROM {table} WHERE name_key = ? AND id <> ?"  # noqa: S608
    if connection.execute(taken, (key, listed.id)).fetchone():
        return Obstacle.NAME_TAKEN
    find = f"SELECT card FROM {table} WHERE id = ?"  # noqa: S608
    row = connection.execute(find, (listed.id,)).fetchone()
    after = plain_of(listed)
    keep = f"""
    INSERT INTO {table} VALUES (?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET name_key = excluded.name_key, card = excluded.card
    """  # noqa: S608
    connection.execute(keep, (listed.id, key, card_of(after)))
    write_deed(connection, author, _deed(kind, listed.id, row and row[0], after))
    return None


def _deed(kind: str, subject: str, before: str | None, after: dict[str, object]) -> Deed:
    if before is None:
        return Deed(f"{kind}.added", subject, None, after)
    return Deed(f"{kind}.changed", subject, *differences(plain_in(before), after))
