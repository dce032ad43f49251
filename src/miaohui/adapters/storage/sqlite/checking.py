"""The integrity check: everything the log promises, looked at again; problems as values."""

import sqlite3
from collections.abc import Callable, Iterator

from miaohui.adapters.storage.numbered_scripts import reached
from miaohui.adapters.storage.recent import Recent
from miaohui.adapters.storage.rows import (
    DESTROYED,
    SEQ_MASK,
    SHOP_SHIFT,
    buyer_bound,
    event_bound,
    key_bound,
    thread_bound,
)
from miaohui.adapters.storage.sealing import Cipher, unseal, unwrap
from miaohui.adapters.storage.sqlite.failures import problem_key
from miaohui.adapters.storage.sqlite.migration import migrations, taken_steps
from miaohui.adapters.storage.sqlite.store import REMEMBERED, Store, reading
from miaohui.domain.vocabulary.problems import Problem, ReaderError

GAPS = f"""
SELECT shop.name, shop.newest_seq, count(event.position)
FROM shop LEFT JOIN event ON event.position
    BETWEEN (shop.id << {SHOP_SHIFT}) + 1 AND (shop.id << {SHOP_SHIFT}) + {SEQ_MASK}
GROUP BY shop.id
HAVING count(event.position) <> shop.newest_seq
    OR coalesce(max(event.position) & {SEQ_MASK}, 0) <> shop.newest_seq
"""  # noqa: S608

# Each counts rows that must not be there.
COUNTS = {
    "log.check.dangling": "SELECT count(*) FROM pragma_foreign_key_check",
    "log.check.stray": f"""
        SELECT count(*) FROM event
        JOIN thread ON thread.id = event.thread JOIN channel ON channel.id = thread.channel
        WHERE event.channel <> channel.id OR event.position >> {SHOP_SHIFT} <> channel.shop""",  # noqa: S608
    "log.check.repeated": """
        SELECT count(*) FROM (SELECT 1 FROM event NOT INDEXED
            GROUP BY channel, source_id HAVING count(*) > 1)""",
    "log.check.without_detail": """
        SELECT count(*) FROM event LEFT JOIN detail ON detail.position = event.position
        WHERE detail.position IS NULL""",
    "log.check.without_key": """
        SELECT count(*) FROM buyer WHERE id NOT IN (SELECT buyer FROM buyer_key)""",
}

# Each gives the row, its buyer, the buyer's wrapped key and what is sealed under it.
SEALED: dict[str, tuple[str, Callable[[int], bytes]]] = {
    "log.check.event_unreadable": (
        """
        SELECT event.position, buyer_key.buyer, wrapped, sealed FROM detail
        CROSS JOIN event ON event.position = detail.position
        CROSS JOIN thread ON thread.id = event.thread
        CROSS JOIN buyer_key ON buyer_key.buyer = thread.buyer
        WHERE detail.position > ? AND sealed IS NOT NULL ORDER BY detail.position LIMIT ?""",
        event_bound,
    ),
    "log.check.buyer_unreadable": (
        """
        SELECT id, buyer, wrapped, sealed_name FROM buyer
        CROSS JOIN buyer_key ON buyer_key.buyer = buyer.id
        WHERE id > ? ORDER BY id LIMIT ?""",
        buyer_bound,
    ),
    "log.check.conversation_unreadable": (
        """
        SELECT id, buyer_key.buyer, wrapped, sealed_name FROM thread
        CROSS JOIN buyer_key ON buyer_key.buyer = thread.buyer
        WHERE id > ? AND sealed_name IS NOT NULL ORDER BY id LIMIT ?""",
        thread_bound,
    ),
}
CHUNK = 10_000

Ciphers = Recent[int, Cipher | None]


def check(store: Store) -> list[Problem]:
    """See ports.Log.check. Reads and unseals everything: some seconds per million events."""
    path = str(store.path)
    return [
        Problem(problem.key, {"path": path, **problem.values}, path)
        for problem in _until_unreadable(store)
    ]


def _until_unreadable(store: Store) -> Iterator[Problem]:
    """All problems; where the file cannot be read on, that is the last one."""
    try:
        yield from _problems(store)
    except ReaderError as error:
        yield from error.problems
    except sqlite3.Error as error:
        yield Problem(problem_key(error) or "log.damaged", {"reason": str(error)})


def _problems(store: Store) -> Iterator[Problem]:
    with reading(store) as connection:
        yield from _file_problems(connection)
        yield from _row_problems(connection)
    ciphers: Ciphers = Recent(REMEMBERED)
    yield from _key_problems(store)
    for key, (question, bound) in SEALED.items():
        yield from _sealed_problems(store, ciphers, key, question, bound)


def _file_problems(connection: sqlite3.Connection) -> Iterator[Problem]:
    steps = migrations()
    version, expected = reached(steps, taken_steps(connection)), steps[-1].number
    if version != expected:
        yield Problem("log.check.version", {"version": version, "known": expected})
    for (finding,) in connection.execute("PRAGMA integrity_check(10)"):
        if finding != "ok":
            yield Problem("log.check.file", {"finding": finding})


def _row_problems(connection: sqlite3.Connection) -> Iterator[Problem]:
    for shop, newest, found in connection.execute(GAPS):
        yield Problem("log.check.gap", {"shop": shop, "newest_seq": newest, "found": found})
    for key, question in COUNTS.items():
        count = connection.execute(question).fetchone()[0]
        if count:
            yield Problem(key, {"count": count})


def _key_problems(store: Store) -> Iterator[Problem]:
    question = "SELECT buyer, buyer, wrapped, NULL FROM buyer_key WHERE buyer > ? LIMIT ?"
    broken = sum(
        wrapped != DESTROYED and unwrap(store.keys, wrapped, key_bound(buyer)) is None
        for buyer, _, wrapped, _ in _rows(store, question)
    )
    if broken:
        yield Problem("log.check.key_unreadable", {"count": broken})


def _sealed_problems(
    store: Store, ciphers: Ciphers, key: str, question: str, bound: Callable[[int], bytes]
) -> Iterator[Problem]:
    count, first = 0, 0
    for row, buyer, wrapped, sealed in _rows(store, question):
        cipher = _cipher(store, ciphers, buyer, wrapped)
        if cipher and unseal(cipher, sealed, bound(row)) is None:
            count, first = count + 1, first or row
    if count:
        yield Problem(key, {"count": count, "row": first & SEQ_MASK})


def _rows(store: Store, question: str) -> Iterator[tuple[int, int, bytes, bytes]]:
    """Rows by their number, in chunks, so that nobody waits long for a turn."""
    last = 0
    while True:
        with reading(store) as connection:
            rows = connection.execute(question, (last, CHUNK)).fetchall()
        yield from rows
        if len(rows) < CHUNK:
            return
        last = rows[-1][0]


def _cipher(store: Store, ciphers: Ciphers, buyer: int, wrapped: bytes) -> Cipher | None:
    if buyer not in ciphers:
        ciphers.keep(buyer, unwrap(store.keys, wrapped, key_bound(buyer)))
    return ciphers[buyer]
