"""Lists of chats, and chats found by words."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Annotated, Any

import msgspec
from litestar import Request, get
from litestar.handlers import BaseRouteHandler
from litestar.params import FromQuery, QueryParameter

from miaohui.adapters.storage.chat_ports import ChatQuery, ChatRow, Chats, ChatState, Named
from miaohui.adapters.storage.search_ports import Search, Sought
from miaohui.api.callers import caller_of, needs
from miaohui.api.openapi import ALWAYS, example, refusals
from miaohui.api.pages import Cursor, Limit, Page
from miaohui.api.sessions import NOON
from miaohui.domain.analytics.behind import Verdict
from miaohui.domain.directory.accounts import Account
from miaohui.domain.directory.masking import masked
from miaohui.domain.directory.rights import Right
from miaohui.domain.directory.scope import Scope, scope_of
from miaohui.pipelines.frames import hidden
from miaohui.pipelines.live import Live

AnyRequest = Request[Any, Any, Any]
Words = Annotated[
    str, QueryParameter(max_length=200, description="Every word stands in one message.")
]
Some = Annotated[list[str] | None, QueryParameter(max_items=50)]
Since = Annotated[datetime | None, QueryParameter(description="Not before this instant.")]
Until = Annotated[datetime | None, QueryParameter(description="Before this instant.")]
OfMetric = Annotated[
    str | None,
    QueryParameter(max_length=100, description="Only chats that today's figure is made of."),
]
OfHour = Annotated[
    int | None, QueryParameter(ge=0, le=23, description="Of a rate: only what began in that hour.")
]
# The ids of the chats behind a figure of a shop, those with the newest events first.
Behind = Callable[[str, str, Verdict | None, int | None], Awaitable[Sequence[str]]]
MOST_BEHIND = 2_000
NOBODY = "nobody"  # asks for chats that no account, or no group, has


class Of(msgspec.Struct, frozen=True):
    """Which chats a list is of. `metric`: those that today's figure is made of."""

    shop: Sequence[str] | None = None
    channel: Sequence[str] | None = None
    account: Sequence[str] | None = None
    group: Sequence[str] | None = None
    status: Sequence[ChatState] | None = None
    tag: Sequence[str] | None = None
    since: datetime | None = None
    until: datetime | None = None
    metric: str | None = None
    verdict: Verdict | None = None
    hour: int | None = None


class Listed(msgspec.Struct, frozen=True):
    """A chat of a list. `preview` is the last text in it."""

    chat: ChatRow
    buyer: str
    preview: str | None = None


class Hit(msgspec.Struct, frozen=True):
    """A chat that was found: its newest hit, and how many there are, 100 standing for more."""

    chat: str
    shop: str
    channel: str
    buyer: str
    seq: int
    at: datetime
    actor: str
    kind: str
    text: str | None
    count: int
    account: str | None = None


EXAMPLE_ROW = ChatRow(
    chat_id="0" * 32,
    shop="茶叶铺",
    channel="官网",
    account="01930f2e-…",
    state="waiting",
    opened_at=NOON,
    last_at=NOON,
    last_seq=4711,
)
EXAMPLE_LISTED = Listed(EXAMPLE_ROW, "小*", "在吗")
EXAMPLE_HIT = Hit("0" * 32, "茶叶铺", "官网", "小*", 4711, NOON, "buyer", "text", "催发货", count=1)


def list_routes(live: Live, chats: Chats, search: Search, behind: Behind) -> list[BaseRouteHandler]:
    """The routes of lists."""

    @get(
        "/v1/chats",
        operation_id="ListChats",
        summary="Chats that you may see",
        tags=["chats"],
        opt=needs(Right.CHATS_READ) | example(Page([EXAMPLE_LISTED])),
        responses=refusals(**ALWAYS),
    )
    async def list_chats(
        request: AnyRequest,
        shop: Some = None,
        channel: Some = None,
        account: Some = None,
        group: Some = None,
        status: FromQuery[list[ChatState] | None] = None,
        tag: Some = None,
        since: Since = None,
        until: Until = None,
        metric: OfMetric = None,
        verdict: FromQuery[Verdict | None] = None,
        hour: OfHour = None,
        cursor: Cursor = None,
        limit: Limit = 50,
    ) -> Page[Listed]:
        """Those with the newest events first. `nobody` as account or group asks for those without
        one; several values mean any of them. `metric` asks for the chats that a figure of today is
        made of, `verdict` for those of them in which something was in time, missed, is still open
        or was left out; the newest 2,000."""
        asked = Of(
            *(shop, channel, account, group, status, tag, since, until, metric, verdict, hour)
        )
        query = await query_of(live, behind, caller_of(request).account, asked)
        page = await asyncio.to_thread(chats.rows, query, cursor, limit)
        return Page(await asyncio.to_thread(_listed, chats, page.rows), page.cursor)

    @get(
        "/v1/search",
        operation_id="SearchChats",
        summary="Find chats by words, buyer, order, writer, day and kind",
        tags=["chats"],
        opt=needs(Right.CHATS_READ) | example(Page([EXAMPLE_HIT])),
        responses=refusals(**ALWAYS),
    )
    async def search_chats(
        request: AnyRequest,
        words: Words = "",
        shop: Some = None,
        channel: Some = None,
        account: Some = None,
        kind: Some = None,
        order: Annotated[str | None, QueryParameter(min_length=4, max_length=100)] = None,
        buyer: Annotated[str | None, QueryParameter(min_length=1, max_length=100)] = None,
        since: Since = None,
        until: Until = None,
        cursor: Cursor = None,
        limit: Limit = 20,
    ) -> Page[Hit]:
        """Chinese of any length, Latin words whole or by their first four letters. What was just
        written is found a second or two later."""
        sought = Sought(
            scope=_scope(live, caller_of(request).account, shop),
            words=words,
            accounts=_set(account),
            channels=_set(channel),
            kinds=_set(kind),
            since=since,
            until=until,
            order=order,
            buyer=buyer,
        )
        page = await asyncio.to_thread(search.search, sought, cursor, limit)
        return Page([_hit(*found) for found in page.found], page.cursor)

    return [list_chats, search_chats]


async def query_of(live: Live, behind: Behind, account: Account, asked: Of) -> ChatQuery:
    """What storage is asked for, within what an account may see."""
    scope = _scope(live, account, asked.shop)
    return ChatQuery(
        scope=scope,
        ids=await _behind(live, behind, scope, asked),
        channels=_set(asked.channel),
        accounts=_or_nobody(asked.account),
        groups=_or_nobody(asked.group),
        states=None if asked.status is None else frozenset(asked.status),
        tags=_set(asked.tag),
        since=asked.since,
        until=asked.until,
    )


async def _behind(live: Live, behind: Behind, scope: Scope, asked: Of) -> frozenset[str] | None:
    if asked.metric is None:
        return None
    found: list[str] = []
    for shop in sorted(scope.shops & live.floor.shops.keys()):
        found += await behind(shop, asked.metric, asked.verdict, asked.hour)
    return frozenset(found[:MOST_BEHIND])


def _listed(chats: Chats, rows: Sequence[ChatRow]) -> list[Listed]:
    ids = [row.chat_id for row in rows]
    named, last = chats.find(ids), chats.last_texts(ids)
    return [
        Listed(row, _buyer(named.get(row.chat_id)), masked(last.get(row.chat_id, "")) or None)
        for row in rows
    ]


def _scope(live: Live, account: Account, shops: Sequence[str] | None) -> Scope:
    return scope_of(account, live.floor.shops if shops is None else shops)


def _set(values: Sequence[str] | None) -> frozenset[str] | None:
    return None if values is None else frozenset(values)


def _or_nobody(values: Sequence[str] | None) -> frozenset[str | None] | None:
    return None if values is None else frozenset(None if v == NOBODY else v for v in values)


def _buyer(named: Named | None) -> str:
    return masked(named.buyer) if named else ""


def _hit(chat_id: str, event: Any, count: int) -> Hit:
    return Hit(
        chat=chat_id,
        shop=event.shop,
        channel=event.channel,
        buyer=masked(event.buyer),
        seq=event.seq,
        at=event.at,
        actor=event.actor.value,
        kind=event.kind,
        text=hidden(event.payload).text,
        count=count,
        account=event.account,
    )
