"""Messages that were given up on their way out, and sending them once more."""

import asyncio
from typing import Annotated, Any, Literal

import msgspec
from litestar import Request, get, post
from litestar.handlers import BaseRouteHandler
from litestar.params import FromPath, PathParameter, QueryParameter

from miaohui.adapters.storage.directory_ports import Audit, Deed
from miaohui.adapters.storage.live_ports import LiveLog, Outgoing
from miaohui.api.callers import Callers, needs
from miaohui.api.chats import HIGHEST_SEQ
from miaohui.api.openapi import ASKING, CHANGING, example
from miaohui.api.pages import Cursor, Limit, Page, cursor_of, place_of
from miaohui.api.problems import Clock
from miaohui.api.sessions import NOON
from miaohui.domain.directory.rights import Right
from miaohui.domain.vocabulary.events import Instant
from miaohui.domain.vocabulary.problems import Problem, ReaderError
from miaohui.pipelines.house import author_of
from miaohui.pipelines.live import Live
from miaohui.pipelines.sending import Postman

AnyRequest = Request[Any, Any, Any]
SeqInPath = Annotated[int, PathParameter(ge=1, le=HIGHEST_SEQ, description="Its place in the log.")]
Sent = Annotated[Literal["failed"], QueryParameter(name="state", description="Given up.")]


class After(msgspec.Struct, frozen=True):
    """The place of the last message of a page."""

    seq: Annotated[int, msgspec.Meta(ge=0, le=HIGHEST_SEQ)]


class OutgoingTold(msgspec.Struct, frozen=True):
    """A message that did not get out, and why in a word; what it says is read in its chat."""

    seq: int
    chat: str
    channel: str
    account: str | None
    kind: str
    at: Instant
    state: str
    attempts: int
    reason: str | None


class ResendingTold(msgspec.Struct, frozen=True):
    """On its way again, under the same id."""

    seq: int


class OutgoingDoor(msgspec.Struct, frozen=True):
    """What the routes of outgoing messages stand on."""

    log: LiveLog
    live: Live
    postman: Postman
    audit: Audit
    callers: Callers
    clock: Clock


EXAMPLE = OutgoingTold(4711, "0" * 32, "官网", "01930f2e-…", "text", NOON, "failed", 3, "http_410")


def outgoing_routes(door: OutgoingDoor) -> list[BaseRouteHandler]:
    """The routes of outgoing messages."""

    @get(
        "/v1/shops/{shop:str}/outgoing",
        operation_id="ListOutgoing",
        summary="Messages that were given up",
        tags=["outgoing"],
        opt=needs(Right.CHATS_ASSIGN) | example(Page([EXAMPLE])),
        responses=ASKING,
    )
    async def list_outgoing(
        shop: FromPath[str], sent: Sent = "failed", cursor: Cursor = None, limit: Limit = 50
    ) -> Page[OutgoingTold]:
        """Oldest first."""
        assert sent == "failed"
        after = 0 if cursor is None else place_of(cursor, After).seq
        found = await asyncio.to_thread(door.log.failed, shop, after, limit + 1)
        more = cursor_of(After(found[limit - 1].event.seq)) if len(found) > limit else None
        return Page([_told(door, each) for each in found[:limit]], more)

    @post(
        "/v1/shops/{shop:str}/outgoing/{seq:int}/resending",
        operation_id="ResendOutgoing",
        summary="Send a message once more",
        tags=["outgoing"],
        opt=needs(Right.CHATS_ASSIGN) | example(ResendingTold(4711)),
        responses=CHANGING,
    )
    async def resend(request: AnyRequest, shop: FromPath[str], seq: SeqInPath) -> ResendingTold:
        """At once; whoever takes it knows by its id whether it came before."""
        again = await asyncio.to_thread(door.log.send_again, shop, seq, door.clock())
        if not again:
            raise ReaderError(Problem("directory.unknown"))
        author = author_of(door.callers.acting(request))
        deed = Deed("message.sent_again", f"{shop}/{seq}")
        await asyncio.to_thread(door.audit.record, author, deed)
        door.postman.wake()
        return ResendingTold(seq)

    return [list_outgoing, resend]


def _told(door: OutgoingDoor, outgoing: Outgoing) -> OutgoingTold:
    event = outgoing.event
    return OutgoingTold(
        event.seq,
        door.live.chat_id(event.shop, event.channel, event.conversation),
        event.channel,
        event.account,
        event.kind,
        event.at,
        outgoing.state.value,
        outgoing.attempts,
        outgoing.reason,
    )
