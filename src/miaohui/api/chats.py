"""Chats: read them, write in them, take them, put them aside."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any

import msgspec
from litestar import Request, delete, get, post, put
from litestar.handlers import BaseRouteHandler
from litestar.params import JSONBody, PathParameter, QueryParameter

from miaohui.adapters.storage.chat_ports import Chats
from miaohui.adapters.storage.directory_ports import Audit, Deed
from miaohui.api.callers import Callers, by_of, caller_of, needs
from miaohui.api.openapi import CHAT_REFUSALS, example
from miaohui.api.problems import Clock
from miaohui.api.refusals import done
from miaohui.domain.conversation.card import Card, card_of
from miaohui.domain.conversation.replies import counts
from miaohui.domain.directory.rights import Right
from miaohui.domain.vocabulary.events import Event, Instant, Payload
from miaohui.pipelines.desk import Desk, Done, HandingOn, Saying
from miaohui.pipelines.frames import Shown, Spoken, shown, spoken
from miaohui.pipelines.house import author_of
from miaohui.pipelines.live import Live
from miaohui.pipelines.tokens import NewId

AnyRequest = Request[Any, Any, Any]
ChatId = Annotated[str, PathParameter(pattern="^[0-9a-f]{32}$", description="The id of a chat.")]
HIGHEST_SEQ = (1 << 40) - 1  # that a shop's log can have
Seq = Annotated[
    int | None, QueryParameter(ge=1, le=HIGHEST_SEQ, description="A position in the shop's log.")
]
MessageSeq = Annotated[
    int, PathParameter(ge=1, le=HIGHEST_SEQ, description="Its position in the shop's log.")
]
MostMessages = Annotated[int, QueryParameter(ge=1, le=200)]


class Snooze(msgspec.Struct, frozen=True):
    """Until when a chat is put aside."""

    until: Instant


class Note(msgspec.Struct, frozen=True):
    """A note for colleagues; `mentions` are accounts."""

    text: str
    mentions: Sequence[str] = ()


class Whole(msgspec.Struct, frozen=True):
    """Messages with nothing behind asterisks."""

    buyer: str
    messages: Sequence[Spoken]


NOON = datetime(2026, 11, 11, 4, tzinfo=UTC)
DONE = Done(4711)
EXAMPLE_CHAT = Shown("0" * 32, "茶叶铺", "官网", "小*", Card(), preview="在吗")
EXAMPLE_SPOKEN = Spoken("0" * 32, 4710, NOON, "buyer", "human", "text", "m1", Payload(text="在吗"))


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
    return [*_reading(door), *_writing(door), *_moving(door)]


def _reading(door: ChatDoor) -> list[BaseRouteHandler]:
    @get(
        "/v1/chats/{chat_id:str}",
        operation_id="ReadChat",
        summary="A chat as it is now",
        tags=["chats"],
        opt=needs(Right.CHATS_READ) | example(EXAMPLE_CHAT),
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
        opt=needs(Right.CHATS_READ) | example([EXAMPLE_SPOKEN]),
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
        opt=needs(Right.BUYERS_UNMASK) | example(Whole("小李", [EXAMPLE_SPOKEN])),
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
        opt=needs(Right.CHATS_ANSWER) | example(DONE, Saying(text="在的，马上帮您查")),
        responses=CHAT_REFUSALS,
    )
    async def write_message(request: AnyRequest, chat_id: ChatId, data: JSONBody[Saying]) -> Done:
        """Taken down at once and sent on its way; whoever answers a chat that nobody has, has it.

        A message sent again under the same `Idempotency-Key` is the same message.
        """
        return done(await door.desk.say(by_of(request, door.new_id), chat_id, data))

    @post(
        "/v1/chats/{chat_id:str}/notes",
        operation_id="WriteNote",
        summary="Leave a note for colleagues",
        tags=["chats"],
        opt=needs(Right.CHATS_READ) | example(DONE, Note("老客，先退后补")),
        responses=CHAT_REFUSALS,
    )
    async def write_note(request: AnyRequest, chat_id: ChatId, data: JSONBody[Note]) -> Done:
        """The buyer never sees it."""
        by = by_of(request, door.new_id)
        return done(await door.desk.note(by, chat_id, data.text, data.mentions))

    @delete(
        "/v1/chats/{chat_id:str}/messages/{message_seq:int}",
        operation_id="RecallMessage",
        summary="Take a message back",
        status_code=200,
        tags=["chats"],
        opt=needs(Right.CHATS_ANSWER) | example(DONE),
        responses=CHAT_REFUSALS,
    )
    async def recall_message(request: AnyRequest, chat_id: ChatId, message_seq: MessageSeq) -> Done:
        """One's own, within two minutes, where the channel can do that; the buyer waits again."""
        return done(await door.desk.recall(by_of(request, door.new_id), chat_id, message_seq))

    return [write_message, write_note, recall_message]


def _moving(door: ChatDoor) -> list[BaseRouteHandler]:
    @put(
        "/v1/chats/{chat_id:str}/assignment",
        operation_id="HandOnChat",
        summary="Take a chat, give it to somebody, to a group, or back in line",
        tags=["chats"],
        opt=needs(Right.CHATS_READ) | example(DONE, HandingOn(note="催发货，已查")),
        responses=CHAT_REFUSALS,
    )
    async def hand_on(request: AnyRequest, chat_id: ChatId, data: JSONBody[HandingOn]) -> Done:
        """An own chat needs `chats.transfer`, one of the line `chats.answer`, another's
        `chats.assign`."""
        return done(await door.desk.hand_on(by_of(request, door.new_id), chat_id, data))

    @put(
        "/v1/chats/{chat_id:str}/closure",
        operation_id="CloseChat",
        summary="Close a chat",
        tags=["chats"],
        opt=needs(Right.CHATS_ANSWER) | example(DONE),
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
        opt=needs(Right.CHATS_ANSWER) | example(DONE),
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
        opt=needs(Right.CHATS_ANSWER) | example(DONE, Snooze(NOON)),
        responses=CHAT_REFUSALS,
    )
    async def snooze(request: AnyRequest, chat_id: ChatId, data: JSONBody[Snooze]) -> Done:
        """No clock stops for that; the buyer's next message brings it back."""
        return done(await door.desk.snooze(by_of(request, door.new_id), chat_id, data.until))

    @delete(
        "/v1/chats/{chat_id:str}/snooze",
        operation_id="WakeChat",
        summary="Bring a chat back",
        status_code=200,
        tags=["chats"],
        opt=needs(Right.CHATS_ANSWER) | example(DONE),
        responses=CHAT_REFUSALS,
    )
    async def wake(request: AnyRequest, chat_id: ChatId) -> Done:
        """It is in the list again."""
        return done(await door.desk.snooze(by_of(request, door.new_id), chat_id, None))

    return [hand_on, close, reopen, snooze, wake]


async def _seen(door: ChatDoor, request: AnyRequest, chat_id: str) -> Any:
    return await door.desk.chat(caller_of(request).account, chat_id, Right.CHATS_READ)


def _answers(door: ChatDoor, event: Event) -> bool:
    steering = door.live.floor.steering(event.shop, event.channel)
    return steering is not None and counts(steering.terms.replies, event, steering.terms.zone)
