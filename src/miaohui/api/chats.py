"""Chats: read them, write in them, take them, put them aside."""

import asyncio
from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
from litestar import Request, delete, get, post, put
from litestar.handlers import BaseRouteHandler
from litestar.params import Parameter

from miaohui.adapters.storage.chat_ports import Chats
from miaohui.adapters.storage.directory_ports import Audit, Deed
from miaohui.api.callers import Callers, by_of, caller_of, needs
from miaohui.api.openapi import CHAT_REFUSALS
from miaohui.api.problems import Clock
from miaohui.api.refusals import done
from miaohui.domain.conversation.card import card_of
from miaohui.domain.conversation.replies import counts
from miaohui.domain.directory.rights import Right
from miaohui.domain.vocabulary.events import Event, Instant
from miaohui.domain.vocabulary.kinds import Mark
from miaohui.pipelines.desk import Desk, Done, HandingOn, Saying
from miaohui.pipelines.frames import Shown, Spoken, shown, spoken
from miaohui.pipelines.house import author_of
from miaohui.pipelines.live import Live
from miaohui.pipelines.tokens import NewId

AnyRequest = Request[Any, Any, Any]
ChatId = Annotated[str, Parameter(pattern="^[0-9a-f]{32}$", description="The id of a chat.")]
Seq = Annotated[int | None, Parameter(ge=1, description="A position in the shop's log.")]
MostMessages = Annotated[int, Parameter(ge=1, le=200)]


class Snooze(msgspec.Struct, frozen=True):
    """Until when a chat is put aside."""

    until: Instant


class Note(msgspec.Struct, frozen=True):
    """A note for colleagues; `mentions` are accounts."""

    text: str
    mentions: Sequence[str] = ()


class Verdict(msgspec.Struct, frozen=True):
    """What the platform said of a spam report."""

    confirmed: bool


class Whole(msgspec.Struct, frozen=True):
    """Messages with nothing behind asterisks."""

    buyer: str
    messages: Sequence[Spoken]


class ChatDoor(msgspec.Struct, frozen=True):
    """What the routes of chats stand on."""

    desk: Desk
    live: Live
    chats: Chats
    audit: Audit
    callers: Callers
    clock: Clock
    new_id: NewId


def chat_routes(door: ChatDoor) -> list[BaseRouteHandler]:
    """The routes of chats."""
    return [*_reading(door), *_writing(door), *_moving(door), *_marking(door)]


def _reading(door: ChatDoor) -> list[BaseRouteHandler]:
    @get(
        "/v1/chats/{chat_id:str}",
        operation_id="ReadChat",
        summary="A chat as it is now",
        tags=["chats"],
        opt=needs(Right.CHATS_READ),
        responses=CHAT_REFUSALS,
    )
    async def read_chat(request: AnyRequest, chat_id: ChatId) -> Shown:
        """The card of a chat: who has it, who waits since when, its clocks."""
        chat = done(await _seen(door, request, chat_id))
        last = await asyncio.to_thread(door.chats.last_texts, [chat_id])
        return shown(chat, card_of(chat.state), last.get(chat_id))

    @get(
        "/v1/chats/{chat_id:str}/messages",
        operation_id="ReadMessages",
        summary="What was said and done in a chat",
        tags=["chats"],
        opt=needs(Right.CHATS_READ),
        responses=CHAT_REFUSALS,
    )
    async def read_messages(
        request: AnyRequest,
        chat_id: ChatId,
        before: Seq = None,
        after: Seq = None,
        limit: MostMessages = 50,
    ) -> Sequence[Spoken]:
        """In the order of the log: the newest ones before `before`, or the oldest after `after`.

        Telephone numbers, addresses and the like are behind asterisks.
        """
        chat = done(await _seen(door, request, chat_id))
        events = await asyncio.to_thread(door.chats.messages, chat_id, before, after, limit)
        return [spoken(chat, event, _answers(door, event)) for event in events]

    @post(
        "/v1/chats/{chat_id:str}/disclosures",
        operation_id="DiscloseChat",
        summary="See a chat with nothing behind asterisks",
        tags=["chats"],
        opt=needs(Right.BUYERS_UNMASK),
        responses=CHAT_REFUSALS,
    )
    async def disclose(request: AnyRequest, chat_id: ChatId, before: Seq = None) -> Whole:
        """Who looked at what is written into the audit log first."""
        caller = caller_of(request)
        chat = done(await door.desk.chat(caller.account, chat_id, Right.BUYERS_UNMASK))
        author = author_of(door.callers.acting(request))
        await asyncio.to_thread(door.audit.record, author, Deed("buyer.disclosed", chat_id))
        events = await asyncio.to_thread(door.chats.messages, chat_id, before, None, 200)
        told = [spoken(chat, event, _answers(door, event), whole=True) for event in events]
        return Whole(chat.buyer, told)

    return [read_chat, read_messages, disclose]


def _writing(door: ChatDoor) -> list[BaseRouteHandler]:
    @post(
        "/v1/chats/{chat_id:str}/messages",
        operation_id="WriteMessage",
        summary="Write to the buyer",
        tags=["chats"],
        opt=needs(Right.CHATS_ANSWER),
        responses=CHAT_REFUSALS,
    )
    async def write_message(request: AnyRequest, chat_id: ChatId, data: Saying) -> Done:
        """Taken down at once and sent on its way; whoever answers a chat that nobody has, has it.

        A message sent again under the same `Idempotency-Key` is the same message.
        """
        return done(await door.desk.say(by_of(request, door.new_id), chat_id, data))

    @post(
        "/v1/chats/{chat_id:str}/notes",
        operation_id="WriteNote",
        summary="Leave a note for colleagues",
        tags=["chats"],
        opt=needs(Right.CHATS_READ),
        responses=CHAT_REFUSALS,
    )
    async def write_note(request: AnyRequest, chat_id: ChatId, data: Note) -> Done:
        """The buyer never sees it."""
        by = by_of(request, door.new_id)
        return done(await door.desk.note(by, chat_id, data.text, data.mentions))

    return [write_message, write_note]


def _moving(door: ChatDoor) -> list[BaseRouteHandler]:
    @put(
        "/v1/chats/{chat_id:str}/assignment",
        operation_id="HandOnChat",
        summary="Take a chat, give it to somebody, to a group, or back in line",
        tags=["chats"],
        opt=needs(Right.CHATS_READ),
        responses=CHAT_REFUSALS,
    )
    async def hand_on(request: AnyRequest, chat_id: ChatId, data: HandingOn) -> Done:
        """An own chat needs `chats.transfer`, one of the line `chats.answer`, another's
        `chats.assign`."""
        return done(await door.desk.hand_on(by_of(request, door.new_id), chat_id, data))

    @put(
        "/v1/chats/{chat_id:str}/closure",
        operation_id="CloseChat",
        summary="Close a chat",
        tags=["chats"],
        opt=needs(Right.CHATS_ANSWER),
        responses=CHAT_REFUSALS,
    )
    async def close(request: AnyRequest, chat_id: ChatId) -> Done:
        """Only where no buyer waits; it opens again by itself when somebody writes."""
        return done(await door.desk.close(by_of(request, door.new_id), chat_id))

    @delete(
        "/v1/chats/{chat_id:str}/closure",
        operation_id="ReopenChat",
        summary="Open a closed chat again",
        status_code=200,
        tags=["chats"],
        opt=needs(Right.CHATS_ANSWER),
        responses=CHAT_REFUSALS,
    )
    async def reopen(request: AnyRequest, chat_id: ChatId) -> Done:
        """Whoever opens it has it."""
        return done(await door.desk.reopen(by_of(request, door.new_id), chat_id))

    @put(
        "/v1/chats/{chat_id:str}/snooze",
        operation_id="SnoozeChat",
        summary="Put a chat aside",
        tags=["chats"],
        opt=needs(Right.CHATS_ANSWER),
        responses=CHAT_REFUSALS,
    )
    async def snooze(request: AnyRequest, chat_id: ChatId, data: Snooze) -> Done:
        """No clock stops for that; the buyer's next message brings it back."""
        return done(await door.desk.snooze(by_of(request, door.new_id), chat_id, data.until))

    @delete(
        "/v1/chats/{chat_id:str}/snooze",
        operation_id="WakeChat",
        summary="Bring a chat back",
        status_code=200,
        tags=["chats"],
        opt=needs(Right.CHATS_ANSWER),
        responses=CHAT_REFUSALS,
    )
    async def wake(request: AnyRequest, chat_id: ChatId) -> Done:
        """It is in the list again."""
        return done(await door.desk.snooze(by_of(request, door.new_id), chat_id, None))

    return [hand_on, close, reopen, snooze, wake]


def _marking(door: ChatDoor) -> list[BaseRouteHandler]:
    @put(
        "/v1/chats/{chat_id:str}/tags/{tag:str}",
        operation_id="TagChat",
        summary="Put a tag on a chat",
        tags=["chats"],
        opt=needs(Right.CHATS_ANSWER),
        responses=CHAT_REFUSALS,
    )
    async def tag_chat(request: AnyRequest, chat_id: ChatId, tag: str) -> Done:
        """Tags are free words."""
        return done(await door.desk.tag(by_of(request, door.new_id), chat_id, tag, there=True))

    @delete(
        "/v1/chats/{chat_id:str}/tags/{tag:str}",
        operation_id="UntagChat",
        summary="Take a tag away",
        status_code=200,
        tags=["chats"],
        opt=needs(Right.CHATS_ANSWER),
        responses=CHAT_REFUSALS,
    )
    async def untag_chat(request: AnyRequest, chat_id: ChatId, tag: str) -> Done:
        """One that is not there is taken away as well."""
        return done(await door.desk.tag(by_of(request, door.new_id), chat_id, tag, there=False))

    @put(
        "/v1/chats/{chat_id:str}/spam-report",
        operation_id="ReportSpam",
        summary="Report a chat as spam",
        tags=["chats"],
        opt=needs(Right.CHATS_ANSWER),
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
        opt=needs(Right.CHATS_ASSIGN),
        responses=CHAT_REFUSALS,
    )
    async def judge_spam(request: AnyRequest, chat_id: ChatId, data: Verdict) -> Done:
        """A confirmed one no longer counts on that day."""
        return done(
            await door.desk.judge_spam(by_of(request, door.new_id), chat_id, data.confirmed)
        )

    @put(
        "/v1/chats/{chat_id:str}/buyer-marks/{mark:str}",
        operation_id="MarkBuyer",
        summary="Mark a buyer as malicious or as one of our own",
        tags=["chats"],
        opt=needs(Right.CHATS_ASSIGN),
        responses=CHAT_REFUSALS,
    )
    async def mark_buyer(request: AnyRequest, chat_id: ChatId, mark: Mark) -> Done:
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
        opt=needs(Right.CHATS_ASSIGN),
        responses=CHAT_REFUSALS,
    )
    async def unmark_buyer(request: AnyRequest, chat_id: ChatId, mark: Mark) -> Done:
        """Their chats count again."""
        return done(
            await door.desk.mark_buyer(by_of(request, door.new_id), chat_id, mark, there=False)
        )

    return [tag_chat, untag_chat, report_spam, judge_spam, mark_buyer, unmark_buyer]


async def _seen(door: ChatDoor, request: AnyRequest, chat_id: str) -> Any:
    return await door.desk.chat(caller_of(request).account, chat_id, Right.CHATS_READ)


def _answers(door: ChatDoor, event: Event) -> bool:
    steering = door.live.floor.steering(event.shop, event.channel)
    return steering is not None and counts(steering.terms.replies, event, steering.terms.zone)
