"""Failed log-ins, under keyed pseudonyms: no name and no address stands in the table."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from miaohui.adapters.storage.directory_ports import Subject
from miaohui.adapters.storage.sealing import pseudonym
from miaohui.adapters.storage.table_ports import Tables, Turn
from miaohui.domain.directory.attempts import Failures, locked_until, one_more
from miaohui.domain.vocabulary.instants import instant_of, micros_of

FIND = "SELECT failures, last_at FROM login_failure WHERE scope = ? AND subject = ?"
KEEP = """
INSERT INTO login_failure VALUES (?, ?, ?, ?) ON CONFLICT (scope, subject)
DO UPDATE SET failures = excluded.failures, last_at = excluded.last_at
"""
EXCUSE = """
UPDATE login_failure SET failures = failures - 1 WHERE scope = ? AND subject = ? AND failures > 0
"""
FORGIVE = "DELETE FROM login_failure WHERE scope = ? AND subject = ?"
# Longer than any patience remembers.
KEPT = timedelta(days=2)


def begin_attempt(tables: Tables, subjects: Sequence[Subject], now: datetime) -> datetime | None:
    """See directory_ports.LoginFailures."""
    with tables.writing() as turn:
        found = {each: _failures(tables, turn, each) for each in subjects}
        locks = [locked_until(failures, each.patience) for each, failures in found.items()]
        latest = max((lock for lock in locks if lock is not None and lock > now), default=None)
        if latest is not None:
            return latest
        for subject, failures in found.items():
            count, last_at = one_more(failures, subject.patience, now)
            turn.run(KEEP, *_key(tables, subject), count, micros_of(last_at))
        turn.run("DELETE FROM login_failure WHERE last_at < ?", micros_of(now - KEPT))
    return None


def excuse_attempt(tables: Tables, subjects: Sequence[Subject]) -> None:
    """See directory_ports.LoginFailures."""
    with tables.writing() as turn:
        turn.run_many(EXCUSE, [_key(tables, each) for each in subjects])


def forgive(tables: Tables, subject: Subject) -> None:
    """See directory_ports.LoginFailures."""
    with tables.writing() as turn:
        turn.run(FORGIVE, *_key(tables, subject))


def _failures(tables: Tables, turn: Turn, subject: Subject) -> Failures | None:
    row = turn.row(FIND, *_key(tables, subject))
    return Failures(row[0], instant_of(row[1])) if row else None


def _key(tables: Tables, subject: Subject) -> tuple[str, bytes]:
    return subject.scope, pseudonym(tables.keys, "login", subject.scope, subject.name)
