"""Own roles beside the built-in ones."""

from collections.abc import Sequence
from sqlite3 import Connection

import msgspec

from miaohui.adapters.storage.directory_ports import Author, Deed, Obstacle
from miaohui.adapters.storage.sqlite.directory.cards import (
    card_of,
    differences,
    known_rights,
    plain_of,
)
from miaohui.adapters.storage.sqlite.directory.ledger import Ledger, reading, writing
from miaohui.adapters.storage.sqlite.directory.recording import write_deed
from miaohui.domain.directory.naming import name_key
from miaohui.domain.directory.rights import BUILT_IN_ROLES, Role

FIND = "SELECT card FROM own_role WHERE id = ?"
KEEP = """
INSERT INTO own_role VALUES (?, ?, ?)
ON CONFLICT (id) DO UPDATE SET name_key = excluded.name_key, card = excluded.card
"""
IN_USE = """
SELECT 1 FROM account WHERE role = :role
UNION ALL SELECT 1 FROM invitation WHERE role = :role AND state = 'open' LIMIT 1
"""


class RoleCard(msgspec.Struct, frozen=True):
    """A role as it is kept, perhaps by a newer version with rights that are not known here."""

    id: str
    name: str
    rights: list[str] = []


def roles(ledger: Ledger) -> Sequence[Role]:
    """See directory_ports.Roles."""
    with reading(ledger) as connection:
        own = connection.execute("SELECT card FROM own_role ORDER BY name_key")
        return [*BUILT_IN_ROLES.values(), *(_role(card) for (card,) in own)]


def keep_role(ledger: Ledger, role: Role, author: Author) -> Obstacle | None:
    """See directory_ports.Roles."""
    if role.id in BUILT_IN_ROLES:
        return Obstacle.IN_USE
    with writing(ledger) as connection:
        if _is_taken(connection, role):
            return Obstacle.NAME_TAKEN
        before = find_role(connection, role.id)
        after = plain_of(role)
        connection.execute(KEEP, (role.id, name_key(role.name), card_of(after)))
        write_deed(connection, author, _deed(role.id, before, after))
    return None


def remove_role(ledger: Ledger, role_id: str, author: Author) -> Obstacle | None:
    """See directory_ports.Roles."""
    if role_id in BUILT_IN_ROLES:
        return Obstacle.IN_USE
    with writing(ledger) as connection:
        role = find_role(connection, role_id)
        if role is None:
            return Obstacle.UNKNOWN
        if connection.execute(IN_USE, {"role": role_id}).fetchone():
            return Obstacle.IN_USE
        connection.execute("DELETE FROM own_role WHERE id = ?", (role_id,))
        write_deed(connection, author, Deed("role.removed", role_id, plain_of(role)))
    return None


def find_role(connection: Connection, role_id: str) -> Role | None:
    """The role of an id, inside a turn."""
    if role_id in BUILT_IN_ROLES:
        return BUILT_IN_ROLES[role_id]
    row = connection.execute(FIND, (role_id,)).fetchone()
    return _role(row[0]) if row else None


def _role(card: str) -> Role:
    kept = msgspec.json.decode(card, type=RoleCard)
    return Role(kept.id, kept.name, known_rights(kept.rights))


def _is_taken(connection: Connection, role: Role) -> bool:
    key = name_key(role.name)
    if key in {name_key(each.name) for each in BUILT_IN_ROLES.values()}:
        return True
    taken = "SELECT 1 FROM own_role WHERE name_key = ? AND id <> ?"
    return connection.execute(taken, (key, role.id)).fetchone() is not None


def _deed(role_id: str, before: Role | None, after: dict[str, object]) -> Deed:
    if before is None:
        return Deed("role.added", role_id, None, after)
    return Deed("role.changed", role_id, *differences(plain_of(before), after))
