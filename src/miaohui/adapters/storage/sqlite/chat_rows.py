"""Chats as lists show them: kept by the desk, and asked for a page at a time."""

from collections.abc import Mapping, Sequence
from typing import Any

from miaohui.adapters.storage.chat_listing import (
    COLUMNS,
    cells_of,
    conditions_of,
    page_of,
    row_of,
    seen_by,
)
from miaohui.adapters.storage.chat_ports import ChatQuery, ChatRow, Page
from miaohui.adapters.storage.sqlite.appending import taking
from miaohui.adapters.storage.sqlite.store import Store, reading

NAMED = ", ".join(COLUMNS)
KEEP = f"INSERT OR REPLACE INTO chat ({NAMED}) VALUES ({', '.join('?' * len(COLUMNS))})"  # noqa: S608
SEE = """
INSERT INTO chats_seen VALUES (?, ?) ON CONFLICT (shop) DO UPDATE SET seq = excluded.seq
"""
SEEN = "SELECT shop, seq FROM chats_seen"
RESTLESS = "SELECT lower(hex(id)) FROM chat WHERE shop = ? AND restless = 1 ORDER BY last_at, id"
OF_SHOP = f"SELECT {NAMED} FROM chat WHERE shop = ?"  # noqa: S608
NEWEST = " ORDER BY last_at DESC, id DESC LIMIT ?"


def keep(store: Store, rows: Sequence[ChatRow], seen: Mapping[str, int]) -> None:
    """See chat_ports.Chats.keep."""
    with taking(store) as connection:
        connection.executemany(KEEP, map(cells_of, rows))
        connection.executemany(SEE, seen.items())


def seen(store: Store) -> dict[str, int]:
    """See chat_ports.Chats.seen."""
    with reading(store) as connection:
        return dict(connection.execute(SEEN))


def restless(store: Store, shop: str) -> list[str]:
    """See chat_ports.Chats.restless."""
    with reading(store) as connection:
        return [chat for (chat,) in connection.execute(RESTLESS, (shop,))]


def rows(store: Store, query: ChatQuery, cursor: str | None, limit: int) -> Page:
    """See chat_ports.Chats.rows."""
    text, values = conditions_of(query, cursor)
    most = limit + 1
    found: dict[bytes, Sequence[Any]] = {}
    with reading(store) as connection:
        for shop in query.scope.shops:
            for way, named in seen_by(query.scope):
                question = f"{OF_SHOP} AND {way}{text}{NEWEST}"
                cells = (shop, *named, *values, most)
                found |= {row[0]: row for row in connection.execute(question, cells)}
    newest = sorted(found.values(), key=_age, reverse=True)[:most]
    return page_of([row_of(row) for row in newest], limit)


def _age(row: Sequence[Any]) -> tuple[int, bytes]:
    return row[COLUMNS.index("last_at")], row[0]
