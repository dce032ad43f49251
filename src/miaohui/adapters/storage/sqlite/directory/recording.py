"""The audit log: rows are added and never changed; the tables themselves refuse it."""

from collections.abc import Sequence
from sqlite3 import Connection
from typing import Any

from miaohui.adapters.storage.directory_ports import AuditEntry, Author, Deed
from miaohui.adapters.storage.sqlite.directory.cards import card_of, plain_in
from miaohui.adapters.storage.sqlite.directory.ledger import Ledger, reading, writing
from miaohui.domain.vocabulary.instants import instant_of, micros_of

WRITE = """
INSERT INTO audit (at, account, address, what, subject, before, after) VALUES (?, ?, ?, ?, ?, ?, ?)
"""
FIND_OF_SUBJECT = """
SELECT number, at, account, address, what, subject, before, after FROM audit
WHERE subject = :subject AND number < :before ORDER BY number DESC LIMIT :most
"""
FIND_ALL = """
SELECT number, at, account, address, what, subject, before, after FROM audit
WHERE number < :before ORDER BY number DESC LIMIT :most
"""
HIGHEST = (1 << 63) - 1


def write_deed(connection: Connection, author: Author, deed: Deed) -> None:
    """Add a deed, inside the write that does it."""
    connection.execute(
        WRITE,
        (
            micros_of(author.at),
            author.account,
            author.address,
            deed.what,
            deed.subject,
            None if deed.before is None else card_of(deed.before),
            None if deed.after is None else card_of(deed.after),
        ),
    )


def record(ledger: Ledger, author: Author, deed: Deed) -> None:
    """See directory_ports.Audit."""
    with writing(ledger) as connection:
        write_deed(connection, author, deed)


def audit(
    ledger: Ledger, before: int | None, limit: int, subject: str | None
) -> Sequence[AuditEntry]:
    """See directory_ports.Audit."""
    wanted = {"before": before or HIGHEST, "subject": subject, "most": max(0, limit)}
    question = FIND_ALL if subject is None else FIND_OF_SUBJECT
    with reading(ledger) as connection:
        return [_entry(*row) for row in connection.execute(question, wanted)]


def _entry(
    number: int, at: int, account: str | None, address: str | None, *deed: Any
) -> AuditEntry:
    what, subject, before, after = deed
    return AuditEntry(
        number,
        Author(account, instant_of(at), address),
        Deed(what, subject, before and plain_in(before), after and plain_in(after)),
    )
