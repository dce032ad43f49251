"""Log-ins that last, known by the hashes of their tokens."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from msgspec.structs import replace

from miaohui.adapters.storage.directory_ports import Author, Deed, Session
from miaohui.adapters.storage.table_ports import Tables
from miaohui.adapters.storage.tables.cards import card_of, plain_of
from miaohui.adapters.storage.tables.recording import write_deed
from miaohui.domain.vocabulary.instants import instant_of, micros_of

ADD = """
INSERT INTO login_session (token_hash, id, account, last_seen_at, expires_at, card)
VALUES (?, ?, ?, ?, ?, ?)
"""
FIND = "SELECT last_seen_at, card FROM login_session WHERE revoked = 0 AND token_hash = ?"
FIND_OF_ACCOUNT = """
SELECT last_seen_at, card FROM login_session WHERE revoked = 0 AND account = ?
ORDER BY id DESC
"""
TOUCH = "UPDATE login_session SET last_seen_at = ? WHERE id = ? AND last_seen_at < ?"
END = "UPDATE login_session SET revoked = 1 WHERE revoked = 0 AND account = ? AND id = ?"
END_ALL_BUT = """
UPDATE login_session SET revoked = 1
WHERE revoked = 0 AND account = ? AND id <> coalesce(?, '') RETURNING id
"""


def open_session(tables: Tables, session: Session, token_hash: bytes) -> None:
    """See directory_ports.Sessions."""
    row = (
        token_hash,
        session.id,
        session.account,
        micros_of(session.last_seen_at),
        micros_of(session.expires_at),
        card_of(plain_of(session)),
    )
    with tables.writing() as turn:
        turn.run(ADD, *row)


def session(tables: Tables, token_hash: bytes) -> Session | None:
    """See directory_ports.Sessions."""
    with tables.reading() as turn:
        row = turn.row(FIND, token_hash)
    return _session(*row) if row else None


def sessions(tables: Tables, account_id: str) -> Sequence[Session]:
    """See directory_ports.Sessions."""
    with tables.reading() as turn:
        return [_session(*row) for row in turn.rows(FIND_OF_ACCOUNT, account_id)]


def touch_session(tables: Tables, session_id: str, now: datetime) -> None:
    """See directory_ports.Sessions."""
    with tables.writing() as turn:
        turn.run(TOUCH, micros_of(now), session_id, micros_of(now))


def end_session(tables: Tables, account_id: str, session_id: str, author: Author) -> bool:
    """See directory_ports.Sessions."""
    with tables.writing() as turn:
        if not turn.run(END, account_id, session_id):
            return False
        write_deed(turn, author, _deed(account_id, [session_id]))
    return True


def end_sessions(tables: Tables, account_id: str, author: Author, but: str | None) -> int:
    """See directory_ports.Sessions."""
    with tables.writing() as turn:
        ended = sorted(row[0] for row in turn.rows(END_ALL_BUT, account_id, but))
        if ended:
            write_deed(turn, author, _deed(account_id, ended))
    return len(ended)


def forget_sessions(tables: Tables, expired_before: datetime) -> int:
    """See directory_ports.Sessions."""
    forget = "DELETE FROM login_session WHERE expires_at < ?"
    with tables.writing() as turn:
        return turn.run(forget, micros_of(expired_before))


def _session(last_seen_at: int, card: str) -> Session:
    kept = msgspec.json.decode(card, type=Session)
    return replace(kept, last_seen_at=instant_of(last_seen_at))


def _deed(account_id: str, ended: list[str]) -> Deed:
    return Deed("sessions.ended", account_id, {"sessions": ended})
