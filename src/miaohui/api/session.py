"""Logging in, who one is, and logging out."""

import asyncio
from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
from litestar import Request, Response, delete, get, post
from litestar.datastructures import Cookie
from litestar.handlers import BaseRouteHandler
from litestar.params import JSONBody

from miaohui.api.bodies import Confidential, Typed
from miaohui.api.callers import (
    ANYBODY,
    COOKIE,
    IN_PERSON,
    LOGGED_IN,
    Callers,
    caller_of,
    refuse_foreign_pages,
)
from miaohui.api.openapi import ALWAYS, PROVING, example, refusals
from miaohui.api.people_told import EXAMPLE_ACCOUNT, AccountTold, account_told
from miaohui.api.problems import Clock
from miaohui.api.refusals import done
from miaohui.api.sessions import (
    EXAMPLE_SESSION,
    EXAMPLE_WELCOME,
    SessionTold,
    Welcome,
    place_of_knock,
    session_told,
    welcomed,
)
from miaohui.domain.directory.rights import Right
from miaohui.domain.directory.secret import Secret
from miaohui.domain.vocabulary.events import Instant
from miaohui.pipelines.furnishing import Furnishing
from miaohui.pipelines.house import House, author_of
from miaohui.pipelines.logins import Knock, log_in

AnyRequest = Request[Any, Any, Any]
GONE = Cookie(COOKIE, value="", path="/", max_age=0, httponly=True, samesite="strict")


class LogIn(Confidential, frozen=True):
    """`code` is a one-time code, or a recovery code of somebody who lost the telephone."""

    name: Typed
    password: Typed
    code: Annotated[str, msgspec.Meta(max_length=100)] | None = None


class KeyTold(msgspec.Struct, frozen=True):
    """The API key that asks."""

    id: str
    label: str
    expires_at: Instant | None


class WhoIAm(msgspec.Struct, frozen=True):
    """The account that asks, with the rights that it has here and now: those of an API key are no
    more than both may do. `session` or `key`: by which it asks."""

    account: AccountTold
    rights: Sequence[Right]
    session: SessionTold | None = None
    key: KeyTold | None = None


class SessionDoor(msgspec.Struct, frozen=True):
    """What the routes of log-ins stand on."""

    people: House
    furnishing: Furnishing
    callers: Callers
    clock: Clock


def session_routes(door: SessionDoor) -> list[BaseRouteHandler]:
    """The routes of one's session."""

    @post(
        "/v1/session",
        operation_id="LogIn",
        summary="Log in",
        tags=["session"],
        opt=ANYBODY | example(EXAMPLE_WELCOME, LogIn("小王", "几个词连起来的一句话")),
        responses=PROVING,
    )
    async def log_in_(request: AnyRequest, data: JSONBody[LogIn]) -> Response[Welcome]:
        """A browser keeps the cookie that comes with it, a program the token in the body.

        Every guess counts before it is looked at: after some failures nothing is tried for a
        while, see `Retry-After`. A first password has to be changed first, see `/v1/me/password`.
        """
        refuse_foreign_pages(request)
        knock = Knock(data.name, Secret(data.password), *place_of_knock(request), data.code)
        logged_in = done(await asyncio.to_thread(log_in, door.people, door.clock(), knock))
        return welcomed(logged_in, request, 201)

    @get(
        "/v1/session",
        operation_id="WhoAmI",
        summary="Who asks, and what they may do",
        tags=["session"],
        opt=LOGGED_IN
        | example(WhoIAm(EXAMPLE_ACCOUNT, [Right.CHATS_READ], session=EXAMPLE_SESSION)),
        responses=refusals(**ALWAYS),
    )
    async def who_am_i(request: AnyRequest) -> WhoIAm:
        """With a session or an API key."""
        caller = caller_of(request)
        session, key = caller.session, caller.key
        return WhoIAm(
            account_told(caller.account),
            sorted(caller.account.role.rights),
            None if session is None else session_told(session, session.id),
            None if key is None else KeyTold(key.id, key.label, key.expires_at),
        )

    @delete(
        "/v1/session",
        operation_id="LogOut",
        summary="Log out",
        tags=["session"],
        opt=IN_PERSON,
        responses=refusals(**ALWAYS),
        response_cookies=[GONE],
    )
    async def log_out(request: AnyRequest) -> None:
        """This session is over."""
        caller = caller_of(request)
        assert caller.session is not None
        author = author_of(door.callers.acting(request))
        end = door.people.directory.end_session
        await asyncio.to_thread(end, caller.account.id, caller.session.id, author)
        await door.furnishing.accounts([caller.account.id])

    return [log_in_, who_am_i, log_out]
