"""What somebody says about themselves: whether they are there, their password, their sessions."""

import asyncio
from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
from litestar import Request, Response, delete, get, put
from litestar.handlers import BaseRouteHandler
from litestar.params import FromPath, JSONBody

from miaohui.api.bodies import Asked, Confidential, Typed
from miaohui.api.callers import (
    ANYBODY,
    IN_PERSON,
    LOGGED_IN,
    Callers,
    by_of,
    caller_of,
    refuse_foreign_pages,
)
from miaohui.api.openapi import ALWAYS, ASKING, CHANGING, PROVING, example, refusals
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
from miaohui.domain.directory.presence import Presence
from miaohui.domain.directory.secret import Secret
from miaohui.domain.vocabulary.problems import Problem, ReaderError
from miaohui.pipelines.desk import Desk, Done
from miaohui.pipelines.furnishing import Furnishing
from miaohui.pipelines.house import House, author_of
from miaohui.pipelines.logins import Knock, change_password, living_sessions
from miaohui.pipelines.tokens import NewId

AnyRequest = Request[Any, Any, Any]


class PresenceWanted(Asked, frozen=True):
    """What somebody wants to be: `online`, `busy`, `away` or `off_shift`."""

    presence: Presence


class PasswordChange(Confidential, frozen=True):
    """One's name and the password until now prove who it is, as in a log-in."""

    name: Typed
    old_password: Typed
    new_password: Typed
    code: Annotated[str, msgspec.Meta(max_length=100)] | None = None


class MyDoor(msgspec.Struct, frozen=True):
    """What the routes of oneself stand on."""

    people: House
    furnishing: Furnishing
    desk: Desk
    callers: Callers
    clock: Clock
    new_id: NewId


def my_routes(door: MyDoor) -> list[BaseRouteHandler]:
    """The routes of oneself."""
    return [*_saying(door), *_devices(door)]


def _saying(door: MyDoor) -> list[BaseRouteHandler]:
    @put(
        "/v1/me/presence",
        operation_id="SetMyPresence",
        summary="Say whether you are there",
        tags=["me"],
        opt=LOGGED_IN | example(Done(4711), PresenceWanted(Presence.ONLINE)),
        responses=CHANGING,
    )
    async def set_my_presence(request: AnyRequest, data: JSONBody[PresenceWanted]) -> Done:
        """Only who is online is given chats; who is busy keeps those they have."""
        by = by_of(request, door.new_id)
        return done(await door.desk.be(by, by.account.id, data.presence))

    @put(
        "/v1/me/password",
        operation_id="ChangeMyPassword",
        summary="Choose another password",
        tags=["me"],
        opt=ANYBODY
        | example(
            EXAMPLE_WELCOME, PasswordChange("小王", "first password", "几个词连起来的一句话")
        ),
        responses=PROVING,
    )
    async def change_my_password(
        request: AnyRequest, data: JSONBody[PasswordChange]
    ) -> Response[Welcome]:
        """Also the first one, before any log-in is possible. All other sessions end."""
        refuse_foreign_pages(request)
        knock = Knock(data.name, Secret(data.old_password), *place_of_knock(request), data.code)
        wanted = Secret(data.new_password)
        changed = await asyncio.to_thread(change_password, door.people, door.clock(), knock, wanted)
        logged_in = done(changed)
        await door.furnishing.accounts([logged_in.account.id])
        return welcomed(logged_in, request, 200)

    return [set_my_presence, change_my_password]


def _devices(door: MyDoor) -> list[BaseRouteHandler]:
    @get(
        "/v1/me/sessions",
        operation_id="ListMySessions",
        summary="Where you are logged in",
        tags=["me"],
        opt=IN_PERSON | example([EXAMPLE_SESSION]),
        responses=refusals(**ALWAYS),
    )
    async def list_my_sessions(request: AnyRequest) -> Sequence[SessionTold]:
        """Newest first."""
        caller = caller_of(request)
        assert caller.session is not None
        account, current = caller.account.id, caller.session.id
        found = await asyncio.to_thread(living_sessions, door.people, door.clock(), account)
        return [session_told(each, current) for each in found]

    @delete(
        "/v1/me/sessions/{session_id:str}",
        operation_id="EndMySession",
        summary="Log one device out",
        tags=["me"],
        opt=IN_PERSON,
        responses=ASKING,
    )
    async def end_my_session(request: AnyRequest, session_id: FromPath[str]) -> None:
        """At once, its pages included."""
        acting = door.callers.acting(request)
        account = acting.account.id
        end = door.people.directory.end_session
        if not await asyncio.to_thread(end, account, session_id, author_of(acting)):
            raise ReaderError(Problem("directory.unknown"))
        await door.furnishing.accounts([account])

    @delete(
        "/v1/me/sessions",
        operation_id="EndMyOtherSessions",
        summary="Log all other devices out",
        tags=["me"],
        opt=IN_PERSON,
        responses=refusals(**ALWAYS),
    )
    async def end_my_other_sessions(request: AnyRequest) -> None:
        """At once, their pages included."""
        caller = caller_of(request)
        assert caller.session is not None
        author = author_of(door.callers.acting(request))
        account, current = caller.account.id, caller.session.id
        await asyncio.to_thread(door.people.directory.end_sessions, account, author, current)
        await door.furnishing.accounts([account])

    return [list_my_sessions, end_my_session, end_my_other_sessions]
