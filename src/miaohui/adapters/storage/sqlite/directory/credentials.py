"""Passwords as hashes, second factors sealed under the master key and bound to their account."""

from collections.abc import Sequence
from sqlite3 import Connection

from miaohui.adapters.storage.directory_ports import Author, Credential, Deed, Obstacle
from miaohui.adapters.storage.sealing import seal, unseal
from miaohui.adapters.storage.sqlite.directory.accounts import find_account, must_change_password
from miaohui.adapters.storage.sqlite.directory.ledger import Ledger, reading, writing
from miaohui.adapters.storage.sqlite.directory.recording import write_deed
from miaohui.adapters.storage.sqlite.failures import trouble
from miaohui.domain.directory.secret import Secret
from miaohui.domain.vocabulary.instants import micros_of

END_SESSIONS = "UPDATE login_session SET revoked = 1 WHERE account = ?"
SET_PASSWORD = "UPDATE credential SET password_hash = ? WHERE account = ?"  # noqa: S105
USE_STEP = """
UPDATE credential SET last_step = :step WHERE account = :account AND last_step < :step
"""
CONFIRM = """
UPDATE credential SET one_time_secret = offered_secret, offered_secret = NULL, last_step = ?
WHERE account = ? AND offered_secret IS NOT NULL
"""
DROP = """
UPDATE credential SET one_time_secret = NULL, offered_secret = NULL, last_step = 0
WHERE account = ?
"""
USE_CODE = """
UPDATE recovery_code SET used_at = ? WHERE account = ? AND hash = ? AND used_at IS NULL
"""


def credential(ledger: Ledger, account_id: str) -> Credential | None:
    """See directory_ports.Credentials."""
    find = "SELECT password_hash, one_time_secret FROM credential WHERE account = ?"
    with reading(ledger) as connection:
        row = connection.execute(find, (account_id,)).fetchone()
    return row and Credential(Secret(row[0]), _unsealed(ledger, account_id, row[1]))


def renew_hash(ledger: Ledger, account_id: str, password_hash: Secret) -> None:
    """See directory_ports.Credentials."""
    with writing(ledger) as connection:
        connection.execute(SET_PASSWORD, (password_hash.reveal(), account_id))


def change_password(
    ledger: Ledger, account_id: str, password_hash: Secret, must_change: bool, author: Author
) -> Obstacle | None:
    """See directory_ports.Credentials."""
    with writing(ledger) as connection:
        account = find_account(connection, account_id)
        if account is None:
            return Obstacle.UNKNOWN
        connection.execute(SET_PASSWORD, (password_hash.reveal(), account_id))
        must_change_password(connection, account, must_change)
        connection.execute(END_SESSIONS, (account_id,))
        write_deed(connection, author, Deed("password.changed", account_id))
    return None


def offer_one_time_secret(ledger: Ledger, account_id: str, secret: Secret) -> None:
    """See directory_ports.SecondFactors."""
    sealed = seal(ledger.keys.wrapping, secret.reveal().encode(), _bound(account_id))
    with writing(ledger) as connection:
        connection.execute(
            "UPDATE credential SET offered_secret = ? WHERE account = ?", (sealed, account_id)
        )


def offered_one_time_secret(ledger: Ledger, account_id: str) -> Secret | None:
    """See directory_ports.SecondFactors."""
    find = "SELECT offered_secret FROM credential WHERE account = ?"
    with reading(ledger) as connection:
        row = connection.execute(find, (account_id,)).fetchone()
    return row and _unsealed(ledger, account_id, row[0])


def confirm_one_time_secret(
    ledger: Ledger, account_id: str, step: int, recovery_hashes: Sequence[bytes], author: Author
) -> bool:
    """See directory_ports.SecondFactors."""
    with writing(ledger) as connection:
        if not connection.execute(CONFIRM, (step, account_id)).rowcount:
            return False
        _forget_codes(connection, account_id)
        connection.executemany(
            "INSERT INTO recovery_code (account, hash) VALUES (?, ?)",
            [(account_id, each) for each in recovery_hashes],
        )
        write_deed(connection, author, Deed("second_factor.confirmed", account_id))
    return True


def use_step(ledger: Ledger, account_id: str, step: int) -> bool:
    """See directory_ports.SecondFactors."""
    with writing(ledger) as connection:
        used = connection.execute(USE_STEP, {"step": step, "account": account_id})
    return used.rowcount > 0


def use_recovery_code(ledger: Ledger, account_id: str, code_hash: bytes, author: Author) -> bool:
    """See directory_ports.SecondFactors."""
    with writing(ledger) as connection:
        row = micros_of(author.at), account_id, code_hash
        if not connection.execute(USE_CODE, row).rowcount:
            return False
        write_deed(connection, author, Deed("recovery_code.used", account_id))
    return True


def recovery_codes_left(ledger: Ledger, account_id: str) -> int:
    """See directory_ports.SecondFactors."""
    count = "SELECT count(*) FROM recovery_code WHERE account = ? AND used_at IS NULL"
    with reading(ledger) as connection:
        return connection.execute(count, (account_id,)).fetchone()[0]


def drop_second_factor(ledger: Ledger, account_id: str, author: Author) -> None:
    """See directory_ports.SecondFactors."""
    with writing(ledger) as connection:
        connection.execute(DROP, (account_id,))
        _forget_codes(connection, account_id)
        connection.execute(END_SESSIONS, (account_id,))
        write_deed(connection, author, Deed("second_factor.dropped", account_id))


def _forget_codes(connection: Connection, account_id: str) -> None:
    connection.execute("DELETE FROM recovery_code WHERE account = ?", (account_id,))


def _unsealed(ledger: Ledger, account_id: str, sealed: bytes | None) -> Secret | None:
    if sealed is None:
        return None
    plain = unseal(ledger.keys.wrapping, sealed, _bound(account_id))
    if plain is None:
        raise trouble("login.second_factor_damaged", ledger.path, account=account_id)
    return Secret(plain.decode())


def _bound(account_id: str) -> bytes:
    return b"one-time secret of " + account_id.encode()
