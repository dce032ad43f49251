"""Links by which people join, each once."""

from collections.abc import Sequence

import msgspec

from miaohui.adapters.storage.directory_ports import Author, Deed, Invitation, Obstacle
from miaohui.adapters.storage.table_ports import Tables, Turn
from miaohui.adapters.storage.tables.cards import Plain, card_of, plain_in, plain_of
from miaohui.adapters.storage.tables.directory.accounts import insert_account, missing_groups
from miaohui.adapters.storage.tables.directory.roles import find_role
from miaohui.adapters.storage.tables.recording import write_deed
from miaohui.domain.directory.accounts import Account
from miaohui.domain.directory.secret import Secret

ADD = "INSERT INTO invitation (token_hash, id, invited_by, role, card) VALUES (?, ?, ?, ?, ?)"
FIND = "SELECT role, card FROM invitation WHERE state = 'open'"
CLOSE = "UPDATE invitation SET state = ? WHERE state = 'open' AND id = ?"


def keep_invitation(
    tables: Tables, invitation: Invitation, token_hash: bytes, author: Author
) -> Obstacle | None:
    """See directory_ports.Invitations."""
    plain = _plain(invitation)
    role = invitation.role.id
    with tables.writing() as turn:
        if find_role(turn, role) is None or missing_groups(turn, invitation.groups):
            return Obstacle.UNKNOWN
        row = token_hash, invitation.id, invitation.invited_by, role, card_of(plain)
        turn.run(ADD, *row)
        write_deed(turn, author, Deed("invitation.made", invitation.id, None, plain))
    return None


def invitation(tables: Tables, token_hash: bytes) -> Invitation | None:
    """See directory_ports.Invitations."""
    with tables.reading() as turn:
        return _find(turn, token_hash)


def invitations(tables: Tables) -> Sequence[Invitation]:
    """See directory_ports.Invitations."""
    with tables.reading() as turn:
        rows = turn.rows(f"{FIND} ORDER BY id DESC")
        return [_invitation(turn, *row) for row in rows]


def accept_invitation(
    tables: Tables, token_hash: bytes, account: Account, password_hash: Secret, author: Author
) -> Obstacle | None:
    """See directory_ports.Invitations."""
    with tables.writing() as turn:
        found = _find(turn, token_hash)
        if found is None:
            return Obstacle.USED_UP
        obstacle = insert_account(turn, account, password_hash, author)
        if obstacle:
            return obstacle
        turn.run(CLOSE, "accepted", found.id)
        accepted = {"account": account.id}
        write_deed(turn, author, Deed("invitation.accepted", found.id, None, accepted))
    return None


def withdraw_invitation(tables: Tables, invitation_id: str, author: Author) -> bool:
    """See directory_ports.Invitations."""
    with tables.writing() as turn:
        if not turn.run(CLOSE, "withdrawn", invitation_id):
            return False
        write_deed(turn, author, Deed("invitation.withdrawn", invitation_id))
    return True


def _find(turn: Turn, token_hash: bytes) -> Invitation | None:
    row = turn.row(f"{FIND} AND token_hash = ?", token_hash)
    return _invitation(turn, *row) if row else None


def _plain(invitation: Invitation) -> Plain:
    return {**plain_of(invitation), "role": invitation.role.id}


def _invitation(turn: Turn, role_id: str, card: str) -> Invitation:
    role = find_role(turn, role_id)
    return msgspec.convert({**plain_in(card), "role": role and plain_of(role)}, Invitation)
