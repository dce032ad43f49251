"""Chats as lists show them, in rows and questions that both engines read alike."""

from collections.abc import Collection, Iterable, Iterator, Sequence
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
    """The newest of these rows, each once; there are more if they are more than `limit`."""
    once = {row.chat_id: row for row in rows}.values()
    ordered = sorted(once, key=lambda row: (row.last_at, row.chat_id), reverse=True)
    shown = ordered[:limit]
    if len(ordered) <= limit or not shown:
        return Page(shown, None)
    last = shown[-1]
    return Page(shown, cursor_of(Mark(micros_of(last.last_at), bytes.fromhex(last.chat_id))))


def seen_by(scope: Scope) -> list[Condition]:
    """The ways in which somebody may come to see a chat, each with an index of its own."""
    if scope.account is None:
        return [("1 = 1", [])]
    ways: list[Condition] = [("account = ?", [scope.account])]
    if scope.groups is not None:
        ways += [("account_group = ?", [group]) for group in sorted(scope.groups)]
        ways.append(("(account IS NULL AND account_group IS NULL)", []))
    return ways


def conditions_of(query: ChatQuery, cursor: str | None) -> Condition:
    """What a chat that somebody sees must fulfil as well, as ` AND …`."""
    conditions = list(_conditions(query, cursor))
    return "".join(f" AND {text}" for text, _ in conditions), values_of(conditions)


def values_of(conditions: Iterable[Condition]) -> list[object]:
    """The values of all their places, in order."""
    return [value for _, values in conditions for value in values]


def _conditions(query: ChatQuery, cursor: str | None) -> Iterator[Condition]:
    if query.ids is not None:
        ids = [bytes.fromhex(each) for each in sorted(query.ids)]
        yield (f"id IN ({', '.join('?' * len(ids))})" if ids else "1 = 0"), ids
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
    return f"({text or '1 = 0'})", values_of(ways)
