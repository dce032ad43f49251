"""Chats as lists show them: kept by the desk, and asked for a page at a time."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from miaohui.adapters.storage.chat_listing import COLUMNS, cells_of, conditions_of, page_of, row_of
from miaohui.adapters.storage.chat_ports import ChatQuery, ChatRow, Page
from miaohui.adapters.storage.postgres.connection import columns, numbered
from miaohui.adapters.storage.postgres.store import Store, reading, writing
from miaohui.adapters.storage.postgres.texts import kept_text, told_text

NAMED = ", ".join(COLUMNS)
TYPES = (
    *("bytea", "text", "text", "text", "text", "text", "integer", "bigint"),
    *("bigint", "bigint", "text", "text", "text", "bigint"),
)
ARRAYS = ", ".join(f"${place}::{kind}[]" for place, kind in enumerate(TYPES, 1))
REPLACED = ", ".join(f"{name} = excluded.{name}" for name in COLUMNS[1:])
KEEP = f"""
INSERT INTO chat ({NAMED}) SELECT * FROM unnest({ARRAYS})
ON CONFLICT (id) DO UPDATE SET {REPLACED}
"""  # noqa: S608
SEE = """
INSERT INTO chats_seen SELECT * FROM unnest($1::text[], $2::bigint[])
ON CONFLICT (shop) DO UPDATE SET seq = excluded.seq
"""
SEEN = "SELECT shop, seq FROM chats_seen"
RESTLESS = """
SELECT encode(id, 'hex') FROM chat WHERE shop = $1 AND restless = 1 ORDER BY last_at, id
"""
NEWEST = "ORDER BY last_at DESC, id DESC LIMIT $2"


async def keep(store: Store, rows: Sequence[ChatRow], seen: Mapping[str, int]) -> None:
    """See chat_ports.Chats.keep."""
    # The last one of an id, in order of ids: no two writers wait for each other.
    cells = sorted({row.chat_id: _kept(cells_of(row)) for row in rows}.values())
    noted = sorted((kept_text(shop), seq) for shop, seq in seen.items())
    async with writing(store) as turn:
        if cells:
            await turn.connection.execute(KEEP, *columns(cells))
        if noted:
            await turn.connection.execute(SEE, *columns(noted))


async def seen(store: Store) -> dict[str, int]:
    """See chat_ports.Chats.seen."""
    async with reading(store) as connection:
        return {told_text(shop): seq for shop, seq in await connection.fetch(SEEN)}


async def restless(store: Store, shop: str) -> list[str]:
    """See chat_ports.Chats.restless."""
    async with reading(store) as connection:
        return [chat for (chat,) in await connection.fetch(RESTLESS, kept_text(shop))]


async def rows(store: Store, query: ChatQuery, cursor: str | None, limit: int) -> Page:
    """See chat_ports.Chats.rows."""
    text, values = conditions_of(query, cursor)
    fitting = f"chat.shop = asked.shop{numbered(text, 3)}"
    question = f"""
        SELECT found.*
        FROM unnest($1::text[]) AS asked (shop)
        CROSS JOIN LATERAL (
            SELECT {NAMED} FROM chat WHERE {fitting} {NEWEST}) AS found
        {NEWEST}"""  # noqa: S608
    shops = [kept_text(shop) for shop in query.scope.shops]
    async with reading(store) as connection:
        found = await connection.fetch(question, shops, limit + 1, *_kept(values))
    return page_of([row_of(_told(row)) for row in found], limit)


def _kept(cells: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(kept_text(cell) if isinstance(cell, str) else cell for cell in cells)


def _told(cells: Iterable[Any]) -> list[Any]:
    return [told_text(cell) if isinstance(cell, str) else cell for cell in cells]
