"""What is noted on a chat: tags, reports of spam, marks on its buyer."""

from typing import Any

import msgspec
from litestar import Request, delete, put
from litestar.handlers import BaseRouteHandler
from litestar.params import FromPath, JSONBody

from miaohui.api.callers import by_of, needs
from miaohui.api.chats import DONE, ChatDoor, ChatId
from miaohui.api.openapi import CHAT_REFUSALS, example
from miaohui.api.refusals import done
from miaohui.domain.directory.rights import Right
from miaohui.domain.vocabulary.kinds import Mark
from miaohui.pipelines.desk import Done

AnyRequest = Request[Any, Any, Any]


class Verdict(msgspec.Struct, frozen=True):
    """What the platform said of a spam report."""

    confirmed: bool


def chat_mark_routes(door: ChatDoor) -> list[BaseRouteHandler]:
    """The routes of what is noted on chats."""
    return [*_tags(door), *_marks(door)]


def _tags(door: ChatDoor) -> list[BaseRouteHandler]:
    @put(
        "/v1/chats/{chat_id:str}/tags/{tag:str}",
        operation_id="TagChat",
        summary="Put a tag on a chat",
        tags=["chats"],
        opt=needs(Right.CHATS_ANSWER) | example(DONE),
        responses=CHAT_REFUSALS,
    )
    async def tag_chat(request: AnyRequest, chat_id: ChatId, tag: FromPath[str]) -> Done:
        """Tags are free words."""
        return done(await door.desk.tag(by_of(request, door.new_id), chat_id, tag, there=True))

    @delete(
        "/v1/chats/{chat_id:str}/tags/{tag:str}",
        operation_id="UntagChat",
        summary="Take a tag away",
        status_code=200,
        tags=["chats"],
        opt=needs(Right.CHATS_ANSWER) | example(DONE),
        responses=CHAT_REFUSALS,
    )
    async def untag_chat(request: AnyRequest, chat_id: ChatId, tag: FromPath[str]) -> Done:
        """One that is not there is taken away as well."""
        return done(await door.desk.tag(by_of(request, door.new_id), chat_id, tag, there=False))

    return [tag_chat, untag_chat]


def _marks(door: ChatDoor) -> list[BaseRouteHandler]:
    @put(
        "/v1/chats/{chat_id:str}/spam-report",
        operation_id="ReportSpam",
        summary="Report a chat as spam",
        tags=["chats"],
        opt=needs(Right.CHATS_ANSWER) | example(DONE),
        responses=CHAT_REFUSALS,
    )
    async def report_spam(request: AnyRequest, chat_id: ChatId) -> Done:
        """It keeps counting until the platform confirms, so answer it first."""
        return done(await door.desk.report_spam(by_of(request, door.new_id), chat_id))

    @put(
        "/v1/chats/{chat_id:str}/spam-verdict",
        operation_id="JudgeSpam",
        summary="Write down what the platform said of a report",
        tags=["chats"],
        opt=needs(Right.CHATS_ASSIGN) | example(DONE, Verdict(confirmed=True)),
        responses=CHAT_REFUSALS,
    )
    async def judge_spam(request: AnyRequest, chat_id: ChatId, data: JSONBody[Verdict]) -> Done:
        """A confirmed one no longer counts on that day."""
        return done(
            await door.desk.judge_spam(by_of(request, door.new_id), chat_id, data.confirmed)
        )

    @put(
        "/v1/chats/{chat_id:str}/buyer-marks/{mark:str}",
        operation_id="MarkBuyer",
        summary="Mark a buyer as malicious or as one of our own",
        tags=["chats"],
        opt=needs(Right.CHATS_ASSIGN) | example(DONE),
        responses=CHAT_REFUSALS,
    )
    async def mark_buyer(request: AnyRequest, chat_id: ChatId, mark: FromPath[Mark]) -> Done:
        """Their chats do not count then, and are shown as left out."""
        return done(
            await door.desk.mark_buyer(by_of(request, door.new_id), chat_id, mark, there=True)
        )

    @delete(
        "/v1/chats/{chat_id:str}/buyer-marks/{mark:str}",
        operation_id="UnmarkBuyer",
        summary="Take a mark off a buyer",
        status_code=200,
        tags=["chats"],
        opt=needs(Right.CHATS_ASSIGN) | example(DONE),
        responses=CHAT_REFUSALS,
    )
    async def unmark_buyer(request: AnyRequest, chat_id: ChatId, mark: FromPath[Mark]) -> Done:
        """Their chats count again."""
        return done(
            await door.desk.mark_buyer(by_of(request, door.new_id), chat_id, mark, there=False)
        )

    return [report_spam, judge_spam, mark_buyer, unmark_buyer]
