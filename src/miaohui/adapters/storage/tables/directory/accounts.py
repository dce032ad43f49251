"""Sub-accounts: added, changed, never deleted."""

from collections.abc import Iterable, Sequence

import msgspec
from msgspec.structs import replace

from miaohui.adapters.storage.directory_ports import Author, Deed, Obstacle
from miaohui.adapters.storage.table_ports import Tables, Turn
from miaohui.adapters.storage.tables.cards import Plain, card_of, differences, plain_in, plain_of
from miaohui.adapters.storage.tables.directory.roles import find_role
from miaohui.adapters.storage.tables.recording import write_deed
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


def accounts(tables: Tables) -> Sequence[Account]:
    """See directory_ports.Accounts."""
    with tables.reading() as turn:
        rows = turn.rows(f"{FIND} ORDER BY name_key")
        return [_account(turn, *row) for row in rows]


def account(tables: Tables, account_id: str) -> Account | None:
    """See directory_ports.Accounts."""
    with tables.reading() as turn:
        return find_account(turn, account_id)


def account_named(tables: Tables, name: str) -> Account | None:
    """See directory_ports.Accounts."""
    with tables.reading() as turn:
        row = turn.row(f"{FIND} WHERE name_key = ?", name_key(name))
        return _account(turn, *row) if row else None


def open_house(
    tables: Tables, owner: Account, password_hash: Secret, author: Author
) -> Obstacle | None:
    """See directory_ports.Accounts."""
    with tables.writing() as turn:
        if turn.row("SELECT 1 FROM account LIMIT 1"):
            return Obstacle.ALREADY_OPEN
        return insert_account(turn, owner, password_hash, author)


def add_account(
    tables: Tables, account: Account, password_hash: Secret, author: Author
) -> Obstacle | None:
    """See directory_ports.Accounts."""
    with tables.writing() as turn:
        return insert_account(turn, account, password_hash, author)


def change_account(tables: Tables, account: Account, author: Author) -> Obstacle | None:
    """See directory_ports.Accounts."""
    with tables.writing() as turn:
        before = find_account(turn, account.id)
        if before is None:
            return Obstacle.UNKNOWN
        obstacle = _obstacle(turn, account)
        if obstacle:
            return obstacle
        if _rules(before) and not _rules(account) and not _another_owner(turn, account.id):
            return Obstacle.LAST_OWNER
        update_account(turn, account)
        if not account.active:
            for ending in ENDINGS:
                turn.run(ending, account.id)
        changed = differences(account_plain(before), account_plain(account))
        write_deed(turn, author, Deed(_what(before, account), account.id, *changed))
    return None


def find_account(turn: Turn, account_id: str) -> Account | None:
    """The account of an id, inside a turn."""
    row = turn.row(f"{FIND} WHERE id = ?", account_id)
    return _account(turn, *row) if row else None


def insert_account(
    turn: Turn, account: Account, password_hash: Secret, author: Author
) -> Obstacle | None:
    """Add an account inside a write."""
    obstacle = _obstacle(turn, account)
    if obstacle:
        return obstacle
    plain = account_plain(account)
    row = account.id, name_key(account.name), account.role.id, card_of(plain)
    turn.run(ADD, *row)
    turn.run(ADD_CREDENTIAL, account.id, password_hash.reveal())
    write_deed(turn, author, Deed("account.added", account.id, None, plain))
    return None


def update_account(turn: Turn, account: Account) -> None:
    """Write an account anew inside a write that leaves its deed."""
    card = card_of(account_plain(account))
    turn.run(CHANGE, name_key(account.name), account.role.id, card, account.id)


def must_change_password(turn: Turn, account: Account, must: bool) -> None:
    """Note whether an account has a first password, inside a write that leaves its deed."""
    if account.must_change_password != must:
        update_account(turn, replace(account, must_change_password=must))


def missing_groups(turn: Turn, groups: Iterable[str]) -> bool:
    """Whether one of the groups is not there."""
    known = {group for (group,) in turn.rows("SELECT id FROM account_group")}
    return not set(groups) <= known


def account_plain(account: Account) -> Plain:
    """An account as it is kept: its role by id."""
    return {**plain_of(account), "role": account.role.id}


def _account(turn: Turn, role_id: str, card: str) -> Account:
    role = find_role(turn, role_id)
    return msgspec.convert({**plain_in(card), "role": role and plain_of(role)}, Account)


def _obstacle(turn: Turn, account: Account) -> Obstacle | None:
    taken = "SELECT 1 FROM account WHERE name_key = ? AND id <> ?"
    if turn.row(taken, name_key(account.name), account.id):
        return Obstacle.NAME_TAKEN
    if find_role(turn, account.role.id) is None:
        return Obstacle.UNKNOWN
    return Obstacle.UNKNOWN if missing_groups(turn, account.groups) else None


def _rules(account: Account) -> bool:
    """Whether an account can do everything everywhere."""
    return account.active and account.role.id == OWNER.id and account.shops.every


def _another_owner(turn: Turn, account_id: str) -> bool:
    rows = turn.rows(f"{FIND} WHERE role = ? AND id <> ?", OWNER.id, account_id)
    return any(_rules(_account(turn, *row)) for row in rows)


def _what(before: Account, after: Account) -> str:
    if before.active == after.active:
        return "account.changed"
    return "account.reactivated" if after.active else "account.deactivated"
