"""The audit log: rows are added and never changed; the tables themselves refuse it."""

from collections.abc import Sequence
from typing import Any

from miaohui.adapters.storage.directory_ports import AuditEntry, Author, Deed
from miaohui.adapters.storage.table_ports import Tables, Turn
from miaohui.adapters.storage.tables.cards import card_of, plain_in
from miaohui.domain.vocabulary.instants import instant_of, micros_of

WRITE = """
INSERT INTO audit (at, account, address, what, subject, before, after) VALUES (?, ?, ?, ?, ?, ?, ?)
"""
FIND_ALL = """
SELECT number, at, account, address, what, subject, before, after FROM audit
WHERE number < ? ORDER BY number DESC LIMIT ?
"""
FIND_OF_SUBJECT = """
SELECT number, at, account, address, what, subject, before, after FROM audit
WHERE number < ? AND subject = ? ORDER BY number DESC LIMIT ?
"""
HIGHEST = (1 << 63) - 1


def write_deed(turn: Turn, author: Author, deed: Deed) -> None:
    """Add a deed, inside the write that does it."""
    turn.run(
        WRITE,
        micros_of(author.at),
        author.account,
        author.address,
        deed.what,
        deed.subject,
        None if deed.before is None else card_of(deed.before),
        None if deed.after is None else card_of(deed.after),
    )


def record(tables: Tables, author: Author, deed: Deed) -> None:
    """See directory_ports.Audit."""
    with tables.writing() as turn:
        write_deed(turn, author, deed)


def audit(
    tables: Tables, before: int | None, limit: int, subject: str | None
) -> Sequence[AuditEntry]:
    """See directory_ports.Audit."""
    below, most = before or HIGHEST, max(0, limit)
    with tables.reading() as turn:
        if subject is None:
            rows = turn.rows(FIND_ALL, below, most)
        else:
            rows = turn.rows(FIND_OF_SUBJECT, below, subject, most)
    return [_entry(*row) for row in rows]


def _entry(
    number: int, at: int, account: str | None, address: str | None, *deed: Any
) -> AuditEntry:
    what, subject, before, after = deed
    return AuditEntry(
        number,
        Author(account, instant_of(at), address),
        Deed(what, subject, before and plain_in(before), after and plain_in(after)),
    )
