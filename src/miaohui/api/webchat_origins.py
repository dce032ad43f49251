"""From which sites buyers' requests may come: our own page, and those that the merchant allows.

Looked at for every request and every socket; only those sites are told that they may read answers.
"""

from urllib.parse import urlsplit

from litestar.types import ASGIApp, Message, Receive, Scope
from litestar.types import Send as SendMessage

from miaohui.api.problems import Say, language_of, trouble_body
from miaohui.domain.vocabulary.problems import Problem, ReaderError
from miaohui.pipelines.webchats import Webchats

PREFIX = "/v1/webchat/"
FOREIGN = 403
ALLOWED_METHODS = b"GET, POST"
ALLOWED_HEADERS = b"authorization, content-type, accept-language, idempotency-key, if-none-match"
KEPT_SECONDS = b"600"
OURS = ("", "same-origin", "none")
Headers = list[tuple[bytes, bytes]]


class Origins:
    """Middleware before the routes of buyers."""

    def __init__(self, webchats: Webchats, say: Say) -> None:
        self._webchats = webchats
        self._say = say

    def wrap(self, app: ASGIApp) -> ASGIApp:
        """The application with this before it."""

        async def wrapped(scope: Scope, receive: Receive, send: SendMessage) -> None:
            if not str(scope.get("path", "")).startswith(PREFIX):
                await app(scope, receive, send)
                return
            origin = _header(scope, b"origin")
            if not self._is_allowed(scope, origin):
                await self._refuse(scope, receive, send, origin)
            elif scope["type"] == "http" and scope["method"] == "OPTIONS":
                await _answer(send, 204, b"", _preflight(origin))
            else:
                await app(scope, receive, _shared(send, origin))

        return wrapped

    def _is_allowed(self, scope: Scope, origin: str) -> bool:
        if not origin:
            # Browsers tell the origin of whatever may be read from elsewhere; programs need not.
            return _header(scope, b"sec-fetch-site") in OURS
        if urlsplit(origin).netloc == _header(scope, b"host"):
            return True
        try:
            webchat = self._webchats.find(str(scope["path"]).removeprefix(PREFIX).split("/")[0])
        except ReaderError:
            return False
        return origin in webchat.settings.allowed_origins

    async def _refuse(self, scope: Scope, receive: Receive, send: SendMessage, origin: str) -> None:
        if scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": FOREIGN, "reason": ""})  # type: ignore[misc]
            return
        language = language_of(_header(scope, b"accept-language"))
        problem = Problem("webchat.foreign_site", {"origin": origin or "?"})
        body = trouble_body([problem], self._say, language)
        await _answer(send, FOREIGN, body, [(b"content-type", b"application/json")])


def _preflight(origin: str) -> Headers:
    return [
        *_told(origin),
        (b"access-control-allow-methods", ALLOWED_METHODS),
        (b"access-control-allow-headers", ALLOWED_HEADERS),
        (b"access-control-max-age", KEPT_SECONDS),
    ]


def _told(origin: str) -> Headers:
    allowed = [(b"access-control-allow-origin", origin.encode())] if origin else []
    return [*allowed, (b"vary", b"origin")]


def _shared(send: SendMessage, origin: str) -> SendMessage:
    async def told(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", ()), *_told(origin)]
        await send(message)

    return told


def _header(scope: Scope, name: bytes) -> str:
    found = [value for key, value in scope["headers"] if key == name]
    return found[0].decode("latin-1") if found else ""


async def _answer(send: SendMessage, status: int, body: bytes, headers: Headers) -> None:
    headers = [*headers, (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})
