"""Failed log-ins, under keyed pseudonyms: no name and no address stands in the table."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from sqlite3 import Connection

from miaohui.adapters.storage.directory_ports import Subject
from miaohui.adapters.storage.sealing import pseudonym
from miaohui.adapters.storage.sqlite.directory.ledger import Ledger, writing
from miaohui.domain.directory.attempts import Failures, locked_until, one_more
from miaohui.domain.vocabulary.instants import instant_of, micros_of

FIND = "SELECT failures, last_at FROM login_failure WHERE scope = ? AND subject = ?"
KEEP = """
INSERT INTO login_failure VALUES (?, ?, ?, ?) ON CONFLICT (scope, subject)
DO UPDATE SET failures = excluded.failures, last_at = excluded.last_at
"""
EXCUSE = """
UPDATE login_failure SET failures = max(0, failures - 1) WHERE scope = ? AND subject = ?
"""
FORGIVE = "DELETE FROM login_failure WHERE scope = ? AND subject = ?"
# Longer than any patience remembers.
KEPT = timedelta(days=2)


def begin_attempt(ledger: Ledger, subjects: Sequence[Subject], now: datetime) -> datetime | None:
    """See directory_ports.LoginFailures."""
    with writing(ledger) as connection:
        found = {each: _failures(ledger, connection, each) for each in subjects}
        locks = [locked_until(failures, each.patience) for each, failures in found.items()]
        latest = max((lock for lock in locks if lock is not None and lock > now), default=None)
        if latest is not None:
            return latest
        for subject, failures in found.items():
            count, last_at = one_more(failures, subject.patience, now)
            connection.execute(KEEP, (*_key(ledger, subject), count, micros_of(last_at)))
        connection.execute("DELETE FROM login_failure WHERE last_at < ?", (micros_of(now - KEPT),))
    return None


def excuse_attempt(ledger: Ledger, subjects: Sequence[Subject]) -> None:
    """See directory_ports.LoginFailures."""
    with writing(ledger) as connection:
        connection.executemany(EXCUSE, [_key(ledger, each) for each in subjects])


def forgive(ledger: Ledger, subject: Subject) -> None:
    """See directory_ports.LoginFailures."""
    with writing(ledger) as connection:
        connection.execute(FORGIVE, _key(ledger, subject))


def _failures(ledger: Ledger, connection: Connection, subject: Subject) -> Failures | None:
    row = connection.execute(FIND, _key(ledger, subject)).fetchone()
    return Failures(row[0], instant_of(row[1])) if row else None


def _key(ledger: Ledger, subject: Subject) -> tuple[str, bytes]:
    return subject.scope, pseudonym(ledger.keys, "login", subject.scope, subject.name)
