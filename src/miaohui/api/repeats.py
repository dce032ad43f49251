"""Repeated requests: one with an `Idempotency-Key` is carried out once, and answered alike."""

import asyncio
from hashlib import sha256
from typing import Any

from litestar.types import ASGIApp, Message, Receive, Scope
from litestar.types import Send as SendMessage

from miaohui.adapters.storage.answer_ports import Answers, Begun, Different, Remembered, UnderWay
from miaohui.api.callers import COOKIE, SAFE
from miaohui.api.problems import Clock, Say, language_of, trouble_body
from miaohui.domain.vocabulary.problems import Problem

KEY, LONGEST_KEY = b"idempotency-key", 200
KEPT_HEADERS = (b"content-type", b"set-cookie")
MOST_REMEMBERED_BYTES = 1_000_000
Headers = list[tuple[bytes, bytes]]


class Repeats:
    """Middleware that knows requests by their caller and key.

    Messages in chats and what buyers say are left to the log, which knows each by its source id.
    """

    def __init__(self, answers: Answers, clock: Clock, say: Say) -> None:
        self._answers = answers
        self._clock = clock
        self._say = say

    def wrap(self, app: ASGIApp) -> ASGIApp:
        """The application with this before it."""

        async def wrapped(scope: Scope, receive: Receive, send: SendMessage) -> None:
            key = _key_of(scope)
            if key is None:
                await app(scope, receive, send)
            else:
                await self._once(app, key, scope, receive, send)

        return wrapped

    async def _once(
        self, app: ASGIApp, key: str, scope: Scope, receive: Receive, send: SendMessage
    ) -> None:
        body = await _whole_body(receive)
        caller, print_ = _caller_of(scope), _fingerprint_of(scope, body)
        begun = await asyncio.to_thread(self._answers.begin, caller, key, print_, self._clock())
        match begun:
            case Begun():
                await self._carry_out(app, begun, scope, body, receive, send)
            case Remembered(status, known, headers):
                await _answer(send, status, known, headers)
            case Different():
                await self._refuse(scope, send, "answer.different", 422)
            case UnderWay():
                await self._refuse(scope, send, "answer.under_way", 409)

    async def _carry_out(
        self,
        app: ASGIApp,
        begun: Begun,
        scope: Scope,
        body: bytes,
        receive: Receive,
        send: SendMessage,
    ) -> None:
        heard = _Heard(send)
        try:
            await app(scope, _given(body, receive), heard.send)
        except BaseException:
            await asyncio.shield(asyncio.to_thread(self._answers.abandon, begun))
            raise
        if heard.is_final:
            await asyncio.to_thread(
                self._answers.finish, begun, heard.status, heard.body, heard.headers
            )
        else:
            await asyncio.to_thread(self._answers.abandon, begun)

    async def _refuse(self, scope: Scope, send: SendMessage, key: str, status: int) -> None:
        language = language_of(_header(scope, b"accept-language"))
        body = trouble_body([Problem(key)], self._say, language)
        await _answer(send, status, body, {"content-type": "application/json"})


class _Heard:
    """An answer as it goes by."""

    def __init__(self, send: SendMessage) -> None:
        self._send = send
        self.status = 0
        self.body = b""
        self.headers: dict[str, str] = {}

    async def send(self, message: Message) -> None:
        """Pass a part of the answer on."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            for name, value in message.get("headers", ()):
                if name.lower() in KEPT_HEADERS:
                    self.headers[name.lower().decode()] = value.decode("latin-1")
        elif message["type"] == "http.response.body":
            self.body += message.get("body", b"")
        await self._send(message)

    @property
    def is_final(self) -> bool:
        """Whether the same request must not be tried again: it worked, or never will."""
        passing = self.status >= 500 or self.status in (401, 408, 409, 429)
        return self.status > 0 and not passing and len(self.body) <= MOST_REMEMBERED_BYTES


def _key_of(scope: Scope) -> str | None:
    if scope["type"] != "http" or scope["method"] in SAFE:
        return None
    key = _header(scope, KEY)
    return key if key and len(key) <= LONGEST_KEY and not _is_message(scope) else None


def _is_message(scope: Scope) -> bool:
    return scope["path"].startswith(("/v1/chats/", "/v1/webchat/"))


def _header(scope: Scope, name: bytes) -> str | None:
    found = [value for key, value in scope["headers"] if key == name]
    return found[0].decode("latin-1") if found else None


def _caller_of(scope: Scope) -> str:
    """A name for whoever proves themselves alike; what they prove it with is not kept."""
    shown = _header(scope, b"authorization") or ""
    cookies = _header(scope, b"cookie") or ""
    session = [each for each in cookies.split("; ") if each.startswith(f"{COOKIE}=")]
    return sha256(repr((shown, session)).encode()).hexdigest()


def _fingerprint_of(scope: Scope, body: bytes) -> bytes:
    path = repr((scope.get("method"), scope["path"], scope["query_string"])).encode()
    return sha256(sha256(path).digest() + body).digest()


async def _whole_body(receive: Receive) -> bytes:
    body, more = b"", True
    while more:
        message: Any = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body


def _given(body: bytes, receive: Receive) -> Receive:
    """The body once more, and then whatever else comes."""
    parts = [body]

    async def again() -> Any:
        if parts:
            return {"type": "http.request", "body": parts.pop(), "more_body": False}
        return await receive()

    return again


async def _answer(send: SendMessage, status: int, body: bytes, headers: Any) -> None:
    told: Headers = [(name.encode(), value.encode()) for name, value in headers.items()]
    told.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": told})
    await send({"type": "http.response.body", "body": body, "more_body": False})
