"""Links by which people join, each once."""

from collections.abc import Sequence
from sqlite3 import Connection

import msgspec

from miaohui.adapters.storage.directory_ports import Author, Deed, Invitation, Obstacle
from miaohui.adapters.storage.sqlite.directory.accounts import insert_account, missing_groups
from miaohui.adapters.storage.sqlite.directory.cards import Plain, card_of, plain_in, plain_of
from miaohui.adapters.storage.sqlite.directory.ledger import Ledger, reading, writing
from miaohui.adapters.storage.sqlite.directory.recording import write_deed
from miaohui.adapters.storage.sqlite.directory.roles import find_role
from miaohui.domain.directory.accounts import Account
from miaohui.domain.directory.secret import Secret

ADD = "INSERT INTO invitation (token_hash, id, invited_by, role, card) VALUES (?, ?, ?, ?, ?)"
FIND = "SELECT role, card FROM invitation WHERE state = 'open'"
CLOSE = "UPDATE invitation SET state = ? WHERE state = 'open' AND id = ?"


def keep_invitation(
    ledger: Ledger, invitation: Invitation, token_hash: bytes, author: Author
) -> Obstacle | None:
    """See directory_ports.Invitations."""
    plain = _plain(invitation)
    role = invitation.role.id
    with writing(ledger) as connection:
        if find_role(connection, role) is None or missing_groups(connection, invitation.groups):
            return Obstacle.UNKNOWN
        row = token_hash, invitation.id, invitation.invited_by, role, card_of(plain)
        connection.execute(ADD, row)
        write_deed(connection, author, Deed("invitation.made", invitation.id, None, plain))
    return None


def invitation(ledger: Ledger, token_hash: bytes) -> Invitation | None:
    """See directory_ports.Invitations."""
    with reading(ledger) as connection:
        return _find(connection, token_hash)


def invitations(ledger: Ledger) -> Sequence[Invitation]:
    """See directory_ports.Invitations."""
    with reading(ledger) as connection:
        rows = connection.execute(f"{FIND} ORDER BY id DESC").fetchall()
        return [_invitation(connection, *row) for row in rows]


def accept_invitation(
    ledger: Ledger, token_hash: bytes, account: Account, password_hash: Secret, author: Author
) -> Obstacle | None:
    """See directory_ports.Invitations."""
    with writing(ledger) as connection:
        found = _find(connection, token_hash)
        if found is None:
            return Obstacle.USED_UP
        obstacle = insert_account(connection, account, password_hash, author)
        if obstacle:
            return obstacle
        connection.execute(CLOSE, ("accepted", found.id))
        accepted = {"account": account.id}
        write_deed(connection, author, Deed("invitation.accepted", found.id, None, accepted))
    return None


def withdraw_invitation(ledger: Ledger, invitation_id: str, author: Author) -> bool:
    """See directory_ports.Invitations."""
    with writing(ledger) as connection:
        if not connection.execute(CLOSE, ("withdrawn", invitation_id)).rowcount:
            return False
        write_deed(connection, author, Deed("invitation.withdrawn", invitation_id))
    return True


def _find(connection: Connection, token_hash: bytes) -> Invitation | None:
    row = connection.execute(f"{FIND} AND token_hash = ?", (token_hash,)).fetchone()
    return _invitation(connection, *row) if row else None


def _plain(invitation: Invitation) -> Plain:
    return {**plain_of(invitation), "role": invitation.role.id}


def _invitation(connection: Connection, role_id: str, card: str) -> Invitation:
    role = find_role(connection, role_id)
    return msgspec.convert({**plain_in(card), "role": role and plain_of(role)}, Invitation)
