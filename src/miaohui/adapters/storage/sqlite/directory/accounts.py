"""Sub-accounts: added, changed, never deleted."""

from collections.abc import Iterable, Sequence
from sqlite3 import Connection

import msgspec
from msgspec.structs import replace

from miaohui.adapters.storage.directory_ports import Author, Deed, Obstacle
from miaohui.adapters.storage.sqlite.directory.cards import (
    Plain,
    card_of,
    differences,
    plain_in,
    plain_of,
)
from miaohui.adapters.storage.sqlite.directory.ledger import Ledger, reading, writing
from miaohui.adapters.storage.sqlite.directory.recording import write_deed
from miaohui.adapters.storage.sqlite.directory.roles import find_role
from miaohui.domain.directory.accounts import Account
from miaohui.domain.directory.naming import name_key
from miaohui.domain.directory.rights import OWNER
from miaohui.domain.directory.secret import Secret

FIND = "SELECT role, card FROM account"
ADD = "INSERT INTO account (id, name_key, role, card) VALUES (?, ?, ?, ?)"
CHANGE = "UPDATE account SET name_key = ?, role = ?, card = ? WHERE id = ?"
ADD_CREDENTIAL = "INSERT INTO credential (account, password_hash) VALUES (?, ?)"
# What somebody who is deactivated leaves behind.
ENDINGS = (
    "UPDATE login_session SET revoked = 1 WHERE account = ?",
    "UPDATE api_key SET ended = 1 WHERE account = ?",
    "UPDATE invitation SET state = 'withdrawn' WHERE invited_by = ? AND state = 'open'",
)


def accounts(ledger: Ledger) -> Sequence[Account]:
    """See directory_ports.Accounts."""
    with reading(ledger) as connection:
        rows = connection.execute(f"{FIND} ORDER BY name_key").fetchall()
        return [_account(connection, *row) for row in rows]


def account(ledger: Ledger, account_id: str) -> Account | None:
    """See directory_ports.Accounts."""
    with reading(ledger) as connection:
        return find_account(connection, account_id)


def account_named(ledger: Ledger, name: str) -> Account | None:
    """See directory_ports.Accounts."""
    with reading(ledger) as connection:
        row = connection.execute(f"{FIND} WHERE name_key = ?", (name_key(name),)).fetchone()
        return _account(connection, *row) if row else None


def open_house(
    ledger: Ledger, owner: Account, password_hash: Secret, author: Author
) -> Obstacle | None:
    """See directory_ports.Accounts."""
    with writing(ledger) as connection:
        if connection.execute("SELECT 1 FROM account LIMIT 1").fetchone():
            return Obstacle.ALREADY_OPEN
        return insert_account(connection, owner, password_hash, author)


def add_account(
    ledger: Ledger, account: Account, password_hash: Secret, author: Author
) -> Obstacle | None:
    """See directory_ports.Accounts."""
    with writing(ledger) as connection:
        return insert_account(connection, account, password_hash, author)


def change_account(ledger: Ledger, account: Account, author: Author) -> Obstacle | None:
    """See directory_ports.Accounts."""
    with writing(ledger) as connection:
        before = find_account(connection, account.id)
        if before is None:
            return Obstacle.UNKNOWN
        obstacle = _obstacle(connection, account)
        if obstacle:
            return obstacle
        if _rules(before) and not _rules(account) and not _another_owner(connection, account.id):
            return Obstacle.LAST_OWNER
        update_account(connection, account)
        if not account.active:
            for ending in ENDINGS:
                connection.execute(ending, (account.id,))
        changed = differences(account_plain(before), account_plain(account))
        write_deed(connection, author, Deed(_what(before, account), account.id, *changed))
    return None


def find_account(connection: Connection, account_id: str) -> Account | None:
    """The account of an id, inside a turn."""
    row = connection.execute(f"{FIND} WHERE id = ?", (account_id,)).fetchone()
    return _account(connection, *row) if row else None


def insert_account(
    connection: Connection, account: Account, password_hash: Secret, author: Author
) -> Obstacle | None:
    """Add an account inside a write."""
    obstacle = _obstacle(connection, account)
    if obstacle:
        return obstacle
    plain = account_plain(account)
    row = account.id, name_key(account.name), account.role.id, card_of(plain)
    connection.execute(ADD, row)
    connection.execute(ADD_CREDENTIAL, (account.id, password_hash.reveal()))
    write_deed(connection, author, Deed("account.added", account.id, None, plain))
    return None


def update_account(connection: Connection, account: Account) -> None:
    """Write an account anew inside a write that leaves its deed."""
    card = card_of(account_plain(account))
    connection.execute(CHANGE, (name_key(account.name), account.role.id, card, account.id))


def must_change_password(connection: Connection, account: Account, must: bool) -> None:
    """Note whether an account has a first password, inside a write that leaves its deed."""
    if account.must_change_password != must:
        update_account(connection, replace(account, must_change_password=must))


def missing_groups(connection: Connection, groups: Iterable[str]) -> bool:
    """Whether one of the groups is not there."""
    known = {group for (group,) in connection.execute("SELECT id FROM account_group")}
    return not set(groups) <= known


def account_plain(account: Account) -> Plain:
    """An account as it is kept: its role by id."""
    return {**plain_of(account), "role": account.role.id}


def _account(connection: Connection, role_id: str, card: str) -> Account:
    role = find_role(connection, role_id)
    return msgspec.convert({**plain_in(card), "role": role and plain_of(role)}, Account)


def _obstacle(connection: Connection, account: Account) -> Obstacle | None:
    taken = "SELECT 1 FROM account WHERE name_key = ? AND id <> ?"
    if connection.execute(taken, (name_key(account.name), account.id)).fetchone():
        return Obstacle.NAME_TAKEN
    if find_role(connection, account.role.id) is None:
        return Obstacle.UNKNOWN
    return Obstacle.UNKNOWN if missing_groups(connection, account.groups) else None


def _rules(account: Account) -> bool:
    """Whether an account can do everything everywhere."""
    return account.active and account.role.id == OWNER.id and account.shops.every


def _another_owner(connection: Connection, account_id: str) -> bool:
    rows = connection.execute(f"{FIND} WHERE role = ? AND id <> ?", (OWNER.id, account_id))
    return any(_rules(_account(connection, *row)) for row in rows.fetchall())


def _what(before: Account, after: Account) -> str:
    if before.active == after.active:
        return "account.changed"
    return "account.reactivated" if after.active else "account.deactivated"
