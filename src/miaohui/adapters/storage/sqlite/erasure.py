"""Erasing a buyer: the key is destroyed where it lies, and the file is cleaned of its bytes."""

from miaohui.adapters.storage.rows import DESTROYED
from miaohui.adapters.storage.sqlite.failures import told_to_the_reader, trouble
from miaohui.adapters.storage.sqlite.media import forgotten, remove_files
from miaohui.adapters.storage.sqlite.naming import channel_number
from miaohui.adapters.storage.sqlite.people import pseudonym_of
from miaohui.adapters.storage.sqlite.store import Store, writing

FIND_LIVING = """
SELECT buyer.id FROM buyer JOIN buyer_key ON buyer_key.buyer = buyer.id
WHERE buyer.channel = ? AND buyer.pseudonym = ? AND buyer_key.wrapped <> ?
"""
DESTROY_KEY = "UPDATE buyer_key SET wrapped = ? WHERE buyer = ?"
# The name of a conversation may be the buyer's, whoever's key it was sealed under.
UNNAME_CONVERSATIONS = """
UPDATE thread SET sealed_name = NULL
WHERE (channel, pseudonym) IN (SELECT channel, pseudonym FROM thread WHERE buyer = ?)
"""
# What nobody can read any more cannot be sent.
GIVE_UP = """
UPDATE outgoing SET state = 'failed', reason = 'erased'
WHERE state = 'queued' AND thread IN (SELECT id FROM thread WHERE buyer = ?)
"""


def erase_buyer(store: Store, shop: str, channel: str, buyer: str) -> bool:
    """See ports.Log.erase_buyer. Erasing again cleans the file again.

    Raises ReaderError `log.erasure_waits` if the key is destroyed but a reader in another
    process still holds old pages: erase again when it has gone.
    """
    with writing(store) as connection:
        number = channel_number(store, shop, channel)
        living = _living(store, number, buyer)
        if living:
            _take_out(store, living)
        pictures: list[str] = []
        for row in living:
            connection.execute(DESTROY_KEY, (DESTROYED, row))
            connection.execute(UNNAME_CONVERSATIONS, (row,))
            connection.execute(GIVE_UP, (row,))
            pictures += forgotten(connection, row)
        store.forget_people()
    remove_files(store, pictures)
    _clean(store)
    return bool(living)


def _living(store: Store, channel: int | None, buyer: str) -> list[int]:
    if channel is None:
        return []
    stand_in = pseudonym_of(store, "buyer", channel, buyer)
    return [row for (row,) in store.connection.execute(FIND_LIVING, (channel, stand_in, DESTROYED))]


def _take_out(store: Store, buyers: list[int]) -> None:
    # Only a house that searches waits for the library of numbers.
    from miaohui.adapters.storage.sqlite.taking_out import take_out

    take_out(store, buyers)


def _clean(store: Store) -> None:
    """Overwrite the old pages in the file and cut the write-ahead log to nothing."""
    with store.lock, told_to_the_reader(store.path):
        busy = store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    if busy:
        raise trouble("log.erasure_waits", store.path)
