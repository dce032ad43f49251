"""One line a request, under an id that the answer bears, too; what was asked is not in it."""

import re
from time import perf_counter
from typing import Any

import structlog
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from miaohui.pipelines.house import Caller
from miaohui.pipelines.tokens import NewId

HEADER = b"x-request-id"
SOUND_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")
NO_ROUTE = "-"
log_book = structlog.get_logger(room="api")


class RequestLog:
    """Goes before everything else, so that refused and lost requests are written down as well."""

    def __init__(self, app: ASGIApp, new_id: NewId) -> None:
        self._app = app
        self._new_id = new_id

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and write it down when it is over."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        name = _given_id(scope) or self._new_id()
        answer = _Answer(send, name.encode())
        begun = perf_counter()
        with structlog.contextvars.bound_contextvars(request=name):
            try:
                await self._app(scope, receive, answer.send)
            finally:
                _write_down(scope, answer.status, perf_counter() - begun)


class _Answer:
    """An answer as it goes by: its status, or the code with which a socket was closed."""

    def __init__(self, send: Send, name: bytes) -> None:
        self._send = send
        self._name = name
        self.status: int | None = None

    async def send(self, message: Message) -> None:
        """Pass a part of the answer on, the first one with the id."""
        match message:
            case {"type": "http.response.start", "status": int(status)}:
                self.status = status
                message = _named(message, self._name)
            case {"type": "websocket.accept"}:
                message = _named(message, self._name)
            case {"type": "websocket.close"}:
                self.status = message.get("code")
            case _:
                pass
        await self._send(message)


def _named(message: Any, name: bytes) -> Any:
    return {**message, "headers": [*message.get("headers", ()), (HEADER, name)]}


def _given_id(scope: Scope) -> str | None:
    given = dict(scope["headers"]).get(HEADER, b"")
    return given.decode() if SOUND_ID.fullmatch(given) else None


def _write_down(scope: Any, status: int | None, seconds: float) -> None:
    caller = scope.get("state", {}).get("caller")
    log_book.info(
        "request",
        method=scope.get("method", "SOCKET"),
        route=scope.get("path_template") or NO_ROUTE,
        status=status,
        milliseconds=round(seconds * 1000, 1),
        account=caller.account.id if isinstance(caller, Caller) else None,
    )
