"""Lists of chats as a table for a spreadsheet; who took one along is in the audit log."""

import asyncio
import csv
import io
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import msgspec
from litestar import Request, get
from litestar.handlers import BaseRouteHandler
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromQuery, QueryParameter
from litestar.response import Stream

from miaohui.adapters.storage.chat_ports import ChatQuery, ChatRow, Chats, ChatState
from miaohui.adapters.storage.directory_ports import Audit, Deed
from miaohui.api.callers import Callers, caller_of, needs
from miaohui.api.lists import Behind, Of, OfHour, OfMetric, Since, Some, Until, query_of
from miaohui.api.openapi import ALWAYS, refusals
from miaohui.api.problems import Language, Say, language_of
from miaohui.domain.analytics.behind import Verdict
from miaohui.domain.directory.masking import masked
from miaohui.domain.directory.permission import may
from miaohui.domain.directory.rights import Right
from miaohui.domain.vocabulary.spreadsheets import neutralised
from miaohui.pipelines.house import author_of
from miaohui.pipelines.live import Live

AnyRequest = Request[Any, Any, Any]
In = Annotated[Language | None, QueryParameter(description="The language of the headers.")]
PAGE = 200
BYTE_ORDER_MARK = "\ufeff"  # by which spreadsheets know that it is UTF-8
COLUMNS = (
    *("shop", "channel", "buyer", "account", "group", "state", "opened_at", "last_at"),
    *("tags", "spam", "rating", "open_tasks", "chat"),
)


class ExportsDoor(msgspec.Struct, frozen=True):
    """What exports stand on. `zones`: of each shop, by its id."""

    live: Live
    chats: Chats
    audit: Audit
    callers: Callers
    say: Say
    behind: Behind
    zones: Callable[[], Mapping[str, str]]


def export_routes(door: ExportsDoor) -> list[BaseRouteHandler]:
    """The route of exports."""

    @get(
        "/v1/exports/chats",
        operation_id="ExportChats",
        summary="The list of chats as CSV",
        tags=["chats"],
        opt=needs(Right.EXPORTS_MAKE),
        media_type="text/csv",
        responses={
            200: ResponseSpec(str, description="A table.", media_type="text/csv"),
            **refusals(**ALWAYS),
        },
    )
    async def export_chats(
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
        lang: In = None,
    ) -> Stream:
        """All that `ListChats` lists, the newest first, times on each shop's clock; buyers' names
        as the list shows them. It is written into the audit log before the first line is sent."""
        caller = caller_of(request).account
        may_export = [
            each
            for each in (door.live.floor.shops if shop is None else shop)
            if may(caller, Right.EXPORTS_MAKE, each)
        ]
        asked = Of(
            *(may_export, channel, account, group, status, tag, since, until),
            *(metric, verdict, hour),
        )
        deed = Deed("chats.exported", ", ".join(may_export), after=_told(asked))
        await asyncio.to_thread(door.audit.record, author_of(door.callers.acting(request)), deed)
        zones = {name: ZoneInfo(zone) for name, zone in (await _zones(door)).items()}
        spoken = lang or language_of(request.headers.get("accept-language"))
        query = await query_of(door.live, door.behind, caller, asked)
        table = _table(door, query, zones, spoken)
        name = f"chats-{datetime.now(UTC):%Y%m%d}.csv"
        return Stream(
            table,
            media_type="text/csv; charset=utf-8",
            headers={"content-disposition": f'attachment; filename="{name}"'},
        )

    return [export_chats]


async def _zones(door: ExportsDoor) -> Mapping[str, str]:
    return await asyncio.to_thread(door.zones)


def _told(asked: Of) -> dict[str, object]:
    """What was asked for, as the audit log keeps it."""
    return {
        name: value
        for name, value in msgspec.to_builtins(asked).items()
        if value is not None and name != "shop"
    }


async def _table(
    door: ExportsDoor, query: ChatQuery, zones: Mapping[str, tzinfo], language: Language
) -> AsyncIterator[str]:
    heads = [door.say(f"export.column.{each}", {}, language) for each in COLUMNS]
    yield BYTE_ORDER_MARK + _lines([heads])
    cursor: str | None = None
    while True:
        page = await asyncio.to_thread(door.chats.rows, query, cursor, PAGE)
        named = await asyncio.to_thread(door.chats.find, [row.chat_id for row in page.rows])
        names = {chat: masked(each.buyer) for chat, each in named.items()}
        yield _lines(
            _cells(door, row, names.get(row.chat_id, ""), zones.get(row.shop, UTC), language)
            for row in page.rows
        )
        cursor = page.cursor
        if cursor is None:
            return


def _cells(
    door: ExportsDoor, row: ChatRow, buyer: str, zone: tzinfo, language: Language
) -> Sequence[str]:
    person = door.live.floor.people.get(row.account or "")
    account = person.account.display_name or person.account.name if person else row.account
    return [
        row.shop,
        row.channel,
        buyer,
        account or "",
        row.group or "",
        door.say(f"export.state.{row.state}", {}, language),
        _clock(row.opened_at, zone),
        _clock(row.last_at, zone),
        " ".join(row.tags),
        row.spam or "",
        row.rating or "",
        str(row.open_tasks),
        row.chat_id,
    ]


def _clock(at: datetime, zone: tzinfo) -> str:
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")


def _lines(rows: Iterable[Sequence[str]]) -> str:
    written = io.StringIO()
    csv.writer(written).writerows([neutralised(cell) for cell in row] for row in rows)
    return written.getvalue()
