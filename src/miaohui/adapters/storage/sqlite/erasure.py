"""Erasing buyers: keys are destroyed where they lie, and the file is cleaned of their bytes."""

from collections.abc import Collection, Sequence
from sqlite3 import Connection

from miaohui.adapters.storage.buyer_ports import Who
from miaohui.adapters.storage.rows import DESTROYED
from miaohui.adapters.storage.sqlite.failures import told_to_the_reader, trouble
from miaohui.adapters.storage.sqlite.media import forgotten, remove_files
from miaohui.adapters.storage.sqlite.naming import channel_number
from miaohui.adapters.storage.sqlite.store import Store, reading, writing

FIND_ROWS = "SELECT id FROM buyer WHERE channel = ? AND pseudonym = ?"
FIND_LIVING = """
SELECT buyer.id FROM buyer JOIN buyer_key ON buyer_key.buyer = buyer.id
WHERE buyer.channel = ? AND buyer.pseudonym = ? AND buyer_key.wrapped <> ?
"""
DESTROY_KEY = "UPDATE buyer_key SET wrapped = ? WHERE buyer = ?"
# The name of a conversation may be the buyer's, whoever's key it was sealed under.
UNNAME_CONVERSATIONS = """
UPDATE thread SET sealed_name = NULL WHERE id IN (
    SELECT part.id FROM thread AS own JOIN thread AS part
        ON part.channel = own.channel AND part.pseudonym = own.pseudonym
    WHERE own.buyer = ?)
"""
# What nobody can read any more cannot be sent.
GIVE_UP = """
UPDATE outgoing SET state = 'failed', reason = 'erased'
WHERE state = 'queued' AND thread IN (SELECT id FROM thread WHERE buyer = ?)
"""


def unfile(store: Store, buyers: Collection[Who]) -> None:
    """See buyer_ports.Buyers.unfile."""
    with reading(store) as connection:
        ahead = _living(store, connection, buyers)
    if ahead:
        _leave(store, ahead)


def erase(store: Store, buyers: Collection[Who]) -> int:
    """See buyer_ports.Buyers.erase."""
    unfile(store, buyers)
    pictures: list[str] = []
    with writing(store) as connection:
        living = _living(store, connection, buyers)
        if living:
            _take_out(store, living)
        for row in living:
            connection.execute(DESTROY_KEY, (DESTROYED, row))
            connection.execute(UNNAME_CONVERSATIONS, (row,))
            connection.execute(GIVE_UP, (row,))
            pictures += forgotten(connection, row)
        store.forget_people()
    remove_files(store, pictures)
    return len(living)


def forget_media(store: Store, buyers: Collection[Who]) -> int:
    """See buyer_ports.Buyers.forget_media."""
    with writing(store) as connection:
        rows = rows_of(store, connection, buyers)
        pictures = [name for row in rows for name in forgotten(connection, row)]
    remove_files(store, pictures)
    return len(pictures)


def clean(store: Store) -> None:
    """See buyer_ports.Buyers.clean: overwrite the old pages in the file and cut the write-ahead
    log to nothing."""
    with store.lock, told_to_the_reader(store.path):
        # Most of the way without holding anybody up.
        store.connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        busy = store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    if busy:
        raise trouble("log.erasure_waits", store.path)


def rows_of(store: Store, connection: Connection, buyers: Collection[Who]) -> list[int]:
    """All rows of buyers, older ones first; also those of destroyed keys."""
    places = _places(store, buyers)
    return sorted(row for place in places for (row,) in connection.execute(FIND_ROWS, place))


def _living(store: Store, connection: Connection, buyers: Collection[Who]) -> list[int]:
    return [
        row
        for place in _places(store, buyers)
        for (row,) in connection.execute(FIND_LIVING, (*place, DESTROYED))
    ]


def _places(store: Store, buyers: Collection[Who]) -> list[tuple[int, bytes]]:
    numbered = ((channel_number(store, who.shop, who.channel), who) for who in buyers)
    return [
        (number, bytes.fromhex(who.pseudonym)) for number, who in numbered if number is not None
    ]


# Only a house that searches waits for the library of numbers.
def _leave(store: Store, buyers: Sequence[int]) -> None:
    from miaohui.adapters.storage.sqlite.taking_out import leave_ahead

    leave_ahead(store, buyers)


def _take_out(store: Store, buyers: Sequence[int]) -> None:
    from miaohui.adapters.storage.sqlite.taking_out import take_out

    take_out(store, buyers)
