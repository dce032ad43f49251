"""Chats as lists show them, in rows and questions that both engines read alike."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

import msgspec

from miaohui.adapters.storage.chat_ports import ChatQuery, ChatRow, Page
from miaohui.adapters.storage.cursors import Mark, cursor_of, mark_of
from miaohui.domain.directory.scope import Scope
from miaohui.domain.vocabulary.instants import instant_of, micros_of

COLUMNS = (
    *("id", "shop", "channel", "account", "account_group", "state", "restless", "opened_at"),
    *("last_at", "last_seq", "tags", "spam", "rating", "open_tasks"),
)

# A piece of a WHERE, and the values of its places.
Condition = tuple[str, Sequence[object]]

_encode = msgspec.json.Encoder().encode
_decode_tags = msgspec.json.Decoder(tuple[str, ...]).decode


def cells_of(row: ChatRow) -> tuple[Any, ...]:
    """A row as it is kept."""
    return (
        bytes.fromhex(row.chat_id),
        row.shop,
        row.channel,
        row.account,
        row.group,
        row.state,
        int(row.restless),
        micros_of(row.opened_at),
        micros_of(row.last_at),
        row.last_seq,
        _encode(row.tags).decode(),
        row.spam,
        row.rating,
        row.open_tasks,
    )


def row_of(cells: Sequence[Any]) -> ChatRow:
    """Read `cells_of` back."""
    chat, shop, channel, account, group, state, restless, opened, last, *rest = cells
    last_seq, tags, spam, rating, open_tasks = rest
    return ChatRow(
        chat_id=chat.hex(),
        shop=shop,
        channel=channel,
        account=account,
        group=group,
        state=state,
        restless=bool(restless),
        opened_at=instant_of(opened),
        last_at=instant_of(last),
        last_seq=last_seq,
        tags=_decode_tags(tags),
        spam=spam,
        rating=rating,
        open_tasks=open_tasks,
    )


def page_of(rows: Sequence[ChatRow], limit: int) -> Page:
    """The newest of these rows; there are more if they are more than `limit`."""
    ordered = sorted(rows, key=lambda row: (row.last_at, row.chat_id), reverse=True)
    shown = ordered[:limit]
    if len(ordered) <= limit or not shown:
        return Page(shown, None)
    last = shown[-1]
    return Page(shown, cursor_of(Mark(micros_of(last.last_at), bytes.fromhex(last.chat_id))))


def conditions_of(query: ChatQuery, cursor: str | None) -> Condition:
    """What a chat of one of the scope's shops must fulfil, as ` AND …`."""
    conditions = list(_conditions(query, cursor))
    values = [value for _, some in conditions for value in some]
    return "".join(f" AND {text}" for text, _ in conditions), values


def seen_by(scope: Scope) -> Iterator[Condition]:
    """The ways in which somebody may come to see a chat, each by its index; none if all are."""
    if scope.account is None:
        return
    yield "account = ?", [scope.account]
    if scope.groups is not None:
        yield _among("account_group", scope.groups)
        yield "(account IS NULL AND account_group IS NULL)", []


def _conditions(query: ChatQuery, cursor: str | None) -> Iterator[Condition]:
    if ways := list(seen_by(query.scope)):
        yield _any_of(ways)
    for column, wanted in (
        ("channel", query.channels),
        ("account", query.accounts),
        ("account_group", query.groups),
        ("state", query.states),
        ("spam", query.spam),
    ):
        if wanted is not None:
            yield _among(column, wanted)
    if query.tags is not None:
        # No tag holds a quotation mark that is not escaped, so each is found as a whole.
        tags = [("replace(tags, ?, '') <> tags", [_encode(tag).decode()]) for tag in query.tags]
        yield _any_of(tags)
    if query.since:
        yield "last_at >= ?", [micros_of(query.since)]
    if query.until:
        yield "last_at < ?", [micros_of(query.until)]
    if cursor is not None:
        yield "(last_at, id) < (?, ?)", mark_of(cursor)


def _among(column: str, wanted: Collection[str | None]) -> Condition:
    named = sorted(value for value in wanted if value is not None)
    ways: list[Condition] = [(f"{column} IS NULL", [])] if None in wanted else []
    if named:
        ways.append((f"{column} IN ({', '.join('?' * len(named))})", named))
    return _any_of(ways)


def _any_of(ways: Sequence[Condition]) -> Condition:
    text = " OR ".join(text for text, _ in ways)
    return f"({text or '1 = 0'})", [value for _, values in ways for value in values]
