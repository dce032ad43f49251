"""Passwords as hashes, second factors sealed under the master key and bound to their account."""

from collections.abc import Sequence

from miaohui.adapters.storage.directory_ports import Author, Credential, Deed, Obstacle
from miaohui.adapters.storage.sealing import seal, unseal
from miaohui.adapters.storage.table_ports import Tables, Turn
from miaohui.adapters.storage.tables.directory.accounts import find_account, must_change_password
from miaohui.adapters.storage.tables.failures import trouble
from miaohui.adapters.storage.tables.recording import write_deed
from miaohui.domain.directory.secret import Secret
from miaohui.domain.vocabulary.instants import micros_of

END_SESSIONS = "UPDATE login_session SET revoked = 1 WHERE account = ?"
SET_PASSWORD = "UPDATE credential SET password_hash = ? WHERE account = ?"  # noqa: S105
OFFER = "UPDATE credential SET offered_secret = ? WHERE account = ?"
USE_STEP = "UPDATE credential SET last_step = ? WHERE account = ? AND last_step < ?"
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


def credential(tables: Tables, account_id: str) -> Credential | None:
    """See directory_ports.Credentials."""
    find = "SELECT password_hash, one_time_secret FROM credential WHERE account = ?"
    with tables.reading() as turn:
        row = turn.row(find, account_id)
    if row is None:
        return None
    return Credential(Secret(row[0]), _unsealed(tables, account_id, row[1]))


def renew_hash(tables: Tables, account_id: str, password_hash: Secret) -> None:
    """See directory_ports.Credentials."""
    with tables.writing() as turn:
        turn.run(SET_PASSWORD, password_hash.reveal(), account_id)


def change_password(
    tables: Tables, account_id: str, password_hash: Secret, must_change: bool, author: Author
) -> Obstacle | None:
    """See directory_ports.Credentials."""
    with tables.writing() as turn:
        account = find_account(turn, account_id)
        if account is None:
            return Obstacle.UNKNOWN
        turn.run(SET_PASSWORD, password_hash.reveal(), account_id)
        must_change_password(turn, account, must_change)
        turn.run(END_SESSIONS, account_id)
        write_deed(turn, author, Deed("password.changed", account_id))
    return None


def offer_one_time_secret(tables: Tables, account_id: str, secret: Secret) -> None:
    """See directory_ports.SecondFactors."""
    sealed = seal(tables.keys.wrapping, secret.reveal().encode(), _bound(account_id))
    with tables.writing() as turn:
        turn.run(OFFER, sealed, account_id)


def offered_one_time_secret(tables: Tables, account_id: str) -> Secret | None:
    """See directory_ports.SecondFactors."""
    find = "SELECT offered_secret FROM credential WHERE account = ?"
    with tables.reading() as turn:
        row = turn.row(find, account_id)
    return _unsealed(tables, account_id, row[0]) if row else None


def confirm_one_time_secret(
    tables: Tables, account_id: str, step: int, recovery_hashes: Sequence[bytes], author: Author
) -> bool:
    """See directory_ports.SecondFactors."""
    with tables.writing() as turn:
        if not turn.run(CONFIRM, step, account_id):
            return False
        _forget_codes(turn, account_id)
        turn.run_many(
            "INSERT INTO recovery_code (account, hash) VALUES (?, ?)",
            [(account_id, each) for each in recovery_hashes],
        )
        write_deed(turn, author, Deed("second_factor.confirmed", account_id))
    return True


def use_step(tables: Tables, account_id: str, step: int) -> bool:
    """See directory_ports.SecondFactors."""
    with tables.writing() as turn:
        return turn.run(USE_STEP, step, account_id, step) > 0


def use_recovery_code(tables: Tables, account_id: str, code_hash: bytes, author: Author) -> bool:
    """See directory_ports.SecondFactors."""
    with tables.writing() as turn:
        if not turn.run(USE_CODE, micros_of(author.at), account_id, code_hash):
            return False
        write_deed(turn, author, Deed("recovery_code.used", account_id))
    return True


def recovery_codes_left(tables: Tables, account_id: str) -> int:
    """See directory_ports.SecondFactors."""
    count = "SELECT count(*) FROM recovery_code WHERE account = ? AND used_at IS NULL"
    with tables.reading() as turn:
        ((left,),) = turn.rows(count, account_id)
    return left


def drop_second_factor(tables: Tables, account_id: str, author: Author) -> None:
    """See directory_ports.SecondFactors."""
    with tables.writing() as turn:
        turn.run(DROP, account_id)
        _forget_codes(turn, account_id)
        turn.run(END_SESSIONS, account_id)
        write_deed(turn, author, Deed("second_factor.dropped", account_id))


def _forget_codes(turn: Turn, account_id: str) -> None:
    turn.run("DELETE FROM recovery_code WHERE account = ?", account_id)


def _unsealed(tables: Tables, account_id: str, sealed: bytes | None) -> Secret | None:
    if sealed is None:
        return None
    plain = unseal(tables.keys.wrapping, sealed, _bound(account_id))
    if plain is None:
        raise trouble("login.second_factor_damaged", tables, account=account_id)
    return Secret(plain.decode())


def _bound(account_id: str) -> bytes:
    return b"one-time secret of " + account_id.encode()
