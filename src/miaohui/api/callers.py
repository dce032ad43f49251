"""Who asks, and whether they may: one guard before every route.

Every handler says in its `opt` whom it is for: a right, everybody who is logged in, or anybody at
all. A handler that says nothing is for nobody. The shop in a path must be one of the caller's.
"""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from miaohui.api.problems import Clock
from miaohui.domain.directory.permission import holds, may
from miaohui.domain.directory.rights import Right
from miaohui.domain.directory.secret import Secret
from miaohui.domain.vocabulary.problems import Problem, ReaderError
from miaohui.pipelines.api_keys import MARK, who_calls
from miaohui.pipelines.desk import By
from miaohui.pipelines.house import Acting, Caller, House
from miaohui.pipelines.logins import who_is
from miaohui.pipelines.tokens import NewId

COOKIE: Final = "miaohui_session"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
BEARER = "bearer "
KEY_HEADER = "idempotency-key"
LONGEST_KEY = 100
AnyConnection = ASGIConnection[Any, Any, Any, Any]

ANYBODY: dict[str, object] = {"right": "anybody"}
LOGGED_IN: dict[str, object] = {"right": "logged_in"}
# With a session of one's own: nothing for machines.
IN_PERSON: dict[str, object] = {"right": "logged_in", "in_person": True}


def needs(right: Right, *, everywhere: bool = False, in_person: bool = False) -> dict[str, object]:
    """What a handler writes into its `opt` when a right is needed. `everywhere`: in every shop,
    for what belongs to none."""
    return {"right": right, "everywhere": everywhere, "in_person": in_person}


class Callers:
    """Finds out who asks: by the session's cookie, or by a bearer token or API key."""

    def __init__(self, house: House, clock: Clock) -> None:
        self._house = house
        self._clock = clock

    async def guard(self, connection: AnyConnection, handler: BaseRouteHandler) -> None:
        """Let nobody in who may not. Raises ReaderError `login.needed`, `right.missing`,
        `login.foreign_page`, and `directory.unknown` for a shop that is not the caller's."""
        if handler.opt.get("right") == ANYBODY["right"]:
            return
        caller = await self.caller(connection)
        if caller is None:
            raise ReaderError(Problem("login.needed"))
        connection.state.caller = caller
        if not _is_for(caller, handler.opt):
            raise ReaderError(Problem("right.missing"))
        shop = connection.path_params.get("shop")
        if shop is not None and not caller.account.shops.holds(shop):
            raise ReaderError(Problem("directory.unknown"))

    async def caller(self, connection: AnyConnection) -> Caller | None:
        """Who asks; None for nobody we know."""
        said = connection.headers.get("authorization", "")
        if said.lower().startswith(BEARER):
            return await asyncio.to_thread(self._by_token, said[len(BEARER) :].strip())
        token = connection.cookies.get(COOKIE)
        if token is None:
            return None
        refuse_foreign_pages(connection)
        return await asyncio.to_thread(who_is, self._house, self._clock(), Secret(token))

    def acting(self, connection: AnyConnection) -> Acting:
        """The caller of a guarded request, when and from where."""
        return Acting(caller_of(connection).account, self._clock(), address_of(connection))

    def _by_token(self, token: str) -> Caller | None:
        find = who_calls if token.startswith(f"{MARK}_") else who_is
        return find(self._house, self._clock(), Secret(token))


def caller_of(connection: AnyConnection) -> Caller:
    """Who sent a guarded request."""
    caller = connection.state.caller
    assert isinstance(caller, Caller)
    return caller


def by_of(connection: AnyConnection, new_id: NewId) -> By:
    """Who does something in a chat, and which deed it is: the same under the same key."""
    key = connection.headers.get(KEY_HEADER, "")[:LONGEST_KEY]
    return By(caller_of(connection).account, key or new_id())


def address_of(connection: AnyConnection) -> str:
    """Where a request comes from; uvicorn puts in what a trusted proxy says."""
    return connection.client.host if connection.client else ""


def allow(caller: Caller, right: Right, shop: str | None) -> None:
    """Raises ReaderError `right.missing` unless the caller may do it in a shop (None: in all)."""
    if not may(caller.account, right, shop):
        raise ReaderError(Problem("right.missing"))


def refuse_foreign_pages(connection: AnyConnection) -> None:
    """Raises ReaderError `login.foreign_page` for what another website makes a browser send."""
    if not _is_from_our_page(connection):
        raise ReaderError(Problem("login.foreign_page"))


def _is_for(caller: Caller, opt: Mapping[str, Any]) -> bool:
    if opt.get("in_person") and caller.session is None:
        return False
    wanted = opt.get("right")
    if wanted == LOGGED_IN["right"]:
        return True
    if not isinstance(wanted, Right) or not holds(caller.account, wanted):
        return False
    return not opt.get("everywhere") or may(caller.account, wanted)


def _is_from_our_page(connection: AnyConnection) -> bool:
    """A browser sends the cookie along from anywhere; only our own pages may change anything by
    it. Sockets are asked always, as no same-origin policy holds for them."""
    method = connection.scope.get("method", "")
    if connection.scope["type"] == "http" and method in SAFE:
        return True
    origin = connection.headers.get("origin")
    if origin is None:
        return connection.headers.get("sec-fetch-site") in (None, "same-origin", "none")
    return urlsplit(origin).netloc == connection.headers.get("host")


def session_lives_until(caller: Caller) -> datetime | None:
    """When the caller's session is over; None for an API key."""
    return caller.session.expires_at if caller.session else None
