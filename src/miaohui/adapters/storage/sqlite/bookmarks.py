"""How far each imported file has come, written with its rows."""

import sqlite3

from miaohui.adapters.storage.ports import Bookmark
from miaohui.adapters.storage.sqlite.store import Store, reading


def keep_bookmark(connection: sqlite3.Connection, bookmark: Bookmark) -> None:
    """Note it inside the transaction that is open."""
    connection.execute(
        "INSERT INTO bookmark VALUES (?, ?, ?) ON CONFLICT (fingerprint)"
        " DO UPDATE SET position = excluded.position, done = excluded.done",
        (bookmark.fingerprint, bookmark.position, bookmark.done),
    )


def find_bookmark(store: Store, fingerprint: str) -> Bookmark | None:
    """See ports.Log.bookmark."""
    with reading(store) as connection:
        row = connection.execute(
            "SELECT fingerprint, position, done FROM bookmark WHERE fingerprint = ?", (fingerprint,)
        ).fetchone()
    return Bookmark(row[0], row[1], bool(row[2])) if row else None
