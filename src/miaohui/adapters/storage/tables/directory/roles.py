"""Own roles beside the built-in ones."""

from collections.abc import Sequence

import msgspec

from miaohui.adapters.storage.directory_ports import Author, Deed, Obstacle
from miaohui.adapters.storage.table_ports import Tables, Turn
from miaohui.adapters.storage.tables.cards import card_of, differences, known_rights, plain_of
from miaohui.adapters.storage.tables.recording import write_deed
from miaohui.domain.directory.naming import name_key
from miaohui.domain.directory.rights import BUILT_IN_ROLES, Role

FIND = "SELECT card FROM own_role WHERE id = ?"
KEEP = """
INSERT INTO own_role VALUES (?, ?, ?)
ON CONFLICT (id) DO UPDATE SET name_key = excluded.name_key, card = excluded.card
"""
IN_USE = """
SELECT 1 FROM account WHERE role = ?
UNION ALL SELECT 1 FROM invitation WHERE role = ? AND state = 'open' LIMIT 1
"""


class RoleCard(msgspec.Struct, frozen=True):
    """A role as it is kept, perhaps by a newer version with rights that are not known here."""

    id: str
    name: str
    rights: list[str] = []


def roles(tables: Tables) -> Sequence[Role]:
    """See directory_ports.Roles."""
    with tables.reading() as turn:
        own = turn.rows("SELECT card FROM own_role ORDER BY name_key")
        return [*BUILT_IN_ROLES.values(), *(_role(card) for (card,) in own)]


def keep_role(tables: Tables, role: Role, author: Author) -> Obstacle | None:
    """See directory_ports.Roles."""
    if role.id in BUILT_IN_ROLES:
        return Obstacle.IN_USE
    with tables.writing() as turn:
        if _is_taken(turn, role):
            return Obstacle.NAME_TAKEN
        before = find_role(turn, role.id)
        after = plain_of(role)
        turn.run(KEEP, role.id, name_key(role.name), card_of(after))
        write_deed(turn, author, _deed(role.id, before, after))
    return None


def remove_role(tables: Tables, role_id: str, author: Author) -> Obstacle | None:
    """See directory_ports.Roles."""
    if role_id in BUILT_IN_ROLES:
        return Obstacle.IN_USE
    with tables.writing() as turn:
        role = find_role(turn, role_id)
        if role is None:
            return Obstacle.UNKNOWN
        if turn.row(IN_USE, role_id, role_id):
            return Obstacle.IN_USE
        turn.run("DELETE FROM own_role WHERE id = ?", role_id)
        write_deed(turn, author, Deed("role.removed", role_id, plain_of(role)))
    return None


def find_role(turn: Turn, role_id: str) -> Role | None:
    """The role of an id, inside a turn."""
    if role_id in BUILT_IN_ROLES:
        return BUILT_IN_ROLES[role_id]
    row = turn.row(FIND, role_id)
    return _role(row[0]) if row else None


def _role(card: str) -> Role:
    kept = msgspec.json.decode(card, type=RoleCard)
    return Role(kept.id, kept.name, known_rights(kept.rights))


def _is_taken(turn: Turn, role: Role) -> bool:
    key = name_key(role.name)
    if key in {name_key(each.name) for each in BUILT_IN_ROLES.values()}:
        return True
    taken = "SELECT 1 FROM own_role WHERE name_key = ? AND id <> ?"
    return turn.row(taken, key, role.id) is not None


def _deed(role_id: str, before: Role | None, after: dict[str, object]) -> Deed:
    if before is None:
        return Deed("role.added", role_id, None, after)
    return Deed("role.changed", role_id, *differences(plain_of(before), after))
