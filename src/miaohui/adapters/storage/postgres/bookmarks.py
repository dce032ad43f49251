"""How far each imported file has come, written with its rows."""

from miaohui.adapters.storage.ports import Bookmark
from miaohui.adapters.storage.postgres.store import Store, Turn, reading
from miaohui.adapters.storage.postgres.texts import kept_text

KEEP = """
INSERT INTO bookmark VALUES ($1, $2, $3) ON CONFLICT (fingerprint)
DO UPDATE SET position = excluded.position, done = excluded.done
"""


async def keep_bookmark(turn: Turn, bookmark: Bookmark) -> None:
    """Note it in the turn, as the last thing: whoever imports the same file waits for it."""
    cells = (kept_text(bookmark.fingerprint), bookmark.position, bookmark.done)
    await turn.connection.execute(KEEP, *cells)


async def find_bookmark(store: Store, fingerprint: str) -> Bookmark | None:
    """See ports.Log.bookmark."""
    async with reading(store) as connection:
        row = await connection.fetchrow(
            "SELECT position, done FROM bookmark WHERE fingerprint = $1", kept_text(fingerprint)
        )
    return Bookmark(fingerprint, row["position"], row["done"]) if row else None
