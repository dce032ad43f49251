"""What helps in writing: drafts that are kept, and quick replies."""

import asyncio
from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
from litestar import Request, delete, get, put
from litestar.handlers import BaseRouteHandler
from litestar.params import JSONBody, PathParameter

from miaohui.adapters.storage.desk_ports import DeskStore, Draft
from miaohui.api.callers import Callers, allow, caller_of, needs
from miaohui.api.chats import NOON, ChatId
from miaohui.api.openapi import ALWAYS, CHAT_REFUSALS, example, refusals
from miaohui.api.problems import Clock
from miaohui.api.refusals import done
from miaohui.domain.directory.accounts import Account
from miaohui.domain.directory.permission import may
from miaohui.domain.directory.quick_replies import QuickReply, reply_problems
from miaohui.domain.directory.rights import Right
from miaohui.domain.text.initials import initials_of
from miaohui.domain.vocabulary.problems import ReaderError
from miaohui.pipelines.desk import Desk
from miaohui.pipelines.house import author_of

AnyRequest = Request[Any, Any, Any]
ReplyId = Annotated[str, PathParameter(pattern="^[A-Za-z0-9_-]{1,64}$")]
REPLY_REFUSALS = refusals(**ALWAYS, _404="No such quick reply.", _422="What is wrong with it.")


class DraftText(msgspec.Struct, frozen=True):
    """What is written so far; empty: nothing any more."""

    text: Annotated[str, msgspec.Meta(max_length=20_000)]


class ReplyWanted(msgspec.Struct, frozen=True, kw_only=True):
    """A quick reply as it shall be; `mine`: for oneself, else for the team of `shop`."""

    title: str
    text: str
    folder: str = ""
    shop: str | None = None
    mine: bool = True
    place: int = 0


class ReplyShown(msgspec.Struct, frozen=True):
    """A quick reply, and the first letters of its title by which it is found."""

    reply: QuickReply
    initials: str


EXAMPLE_DRAFT = Draft("0" * 32, "在的，马上帮", NOON)
EXAMPLE_REPLY = QuickReply(id="ship", title="发货", text="今天下午发，明天到", account="01930f2e-…")


def writing_routes(
    desk: Desk, store: DeskStore, callers: Callers, clock: Clock
) -> list[BaseRouteHandler]:
    """The routes of drafts and quick replies."""
    return [*_drafts(desk, store, clock), *_replies(store, callers)]


def _drafts(desk: Desk, store: DeskStore, clock: Clock) -> list[BaseRouteHandler]:
    @get(
        "/v1/me/drafts",
        operation_id="ReadMyDrafts",
        summary="What you have begun to write",
        tags=["me"],
        opt=needs(Right.CHATS_ANSWER) | example([EXAMPLE_DRAFT]),
        responses=refusals(**ALWAYS),
    )
    async def my_drafts(request: AnyRequest) -> Sequence[Draft]:
        """The newest first."""
        return await asyncio.to_thread(store.drafts, caller_of(request).account.id)

    @put(
        "/v1/chats/{chat_id:str}/draft",
        operation_id="KeepDraft",
        summary="Keep what you have begun to write in a chat",
        tags=["chats"],
        opt=needs(Right.CHATS_ANSWER) | example(EXAMPLE_DRAFT, DraftText("在的，马上帮")),
        responses=CHAT_REFUSALS,
    )
    async def keep_draft(request: AnyRequest, chat_id: ChatId, data: JSONBody[DraftText]) -> Draft:
        """It is there on every device of yours, and nobody else's."""
        account = caller_of(request).account
        done(await desk.at_work(account, chat_id, Right.CHATS_ANSWER))
        draft = Draft(chat_id, data.text, clock())
        await asyncio.to_thread(store.keep_draft, account.id, draft)
        return draft

    return [my_drafts, keep_draft]


def _replies(store: DeskStore, callers: Callers) -> list[BaseRouteHandler]:
    @get(
        "/v1/quick-replies",
        operation_id="ListQuickReplies",
        summary="Your own quick replies and those of your shops",
        tags=["quick replies"],
        opt=needs(Right.CHATS_READ) | example([ReplyShown(EXAMPLE_REPLY, "fh")]),
        responses=refusals(**ALWAYS),
    )
    async def list_replies(request: AnyRequest) -> Sequence[ReplyShown]:
        """By folder, place and title; each with the first letters of its title."""
        account = caller_of(request).account
        replies = await asyncio.to_thread(store.quick_replies)
        return [
            ReplyShown(reply, initials_of(reply.title))
            for reply in replies
            if _may_read(account, reply)
        ]

    @put(
        "/v1/quick-replies/{reply_id:str}",
        operation_id="KeepQuickReply",
        summary="Add or change a quick reply",
        tags=["quick replies"],
        opt=needs(Right.CHATS_ANSWER)
        | example(EXAMPLE_REPLY, ReplyWanted(title="发货", text="今天下午发，明天到")),
        responses=REPLY_REFUSALS,
    )
    async def keep_reply(
        request: AnyRequest, reply_id: ReplyId, data: JSONBody[ReplyWanted]
    ) -> QuickReply:
        """Choose the id yourself. The team's own need `replies.manage`."""
        account = caller_of(request).account
        reply = QuickReply(
            id=reply_id,
            title=data.title.strip(),
            text=data.text.strip(),
            folder=data.folder.strip(),
            shop=data.shop,
            account=account.id if data.mine else None,
            place=data.place,
        )
        await _allow_change(store, request, reply)
        problems = tuple(reply_problems(reply))
        if problems:
            raise ReaderError(*problems)
        author = author_of(callers.acting(request))
        await asyncio.to_thread(store.keep_quick_replies, [reply], author)
        return reply

    @delete(
        "/v1/quick-replies/{reply_id:str}",
        operation_id="RemoveQuickReply",
        summary="Remove a quick reply",
        tags=["quick replies"],
        opt=needs(Right.CHATS_ANSWER),
        responses=REPLY_REFUSALS,
    )
    async def remove_reply(request: AnyRequest, reply_id: ReplyId) -> None:
        """One's own, or with `replies.manage` the team's."""
        await _allow_change(store, request, None, reply_id)
        author = author_of(callers.acting(request))
        done(await asyncio.to_thread(store.remove_quick_reply, reply_id, author))

    return [list_replies, keep_reply, remove_reply]


async def _allow_change(
    store: DeskStore, request: AnyRequest, reply: QuickReply | None, reply_id: str = ""
) -> None:
    """Whoever changes one may change it as it was and as it shall be."""
    wanted = reply.id if reply else reply_id
    known = await asyncio.to_thread(store.quick_replies)
    before = next((each for each in known if each.id == wanted), None)
    for each in (before, reply):
        if each is not None and each.account != caller_of(request).account.id:
            allow(caller_of(request), Right.REPLIES_MANAGE, each.shop)


def _may_read(account: Account, reply: QuickReply) -> bool:
    if reply.account is not None:
        return reply.account == account.id
    return reply.shop is None or may(account, Right.CHATS_READ, reply.shop)
