"""The page of everybody who works here, and its files; what it may load and run is told anew with
every load."""

import secrets
from collections.abc import Mapping
from typing import Any

from litestar import Request, Response, get
from litestar.handlers import BaseRouteHandler
from litestar.params import FromPath

from miaohui.api.built_files import FOR_EVER, BuiltFile, sent
from miaohui.api.callers import ANYBODY
from miaohui.domain.vocabulary.problems import Problem, ReaderError

AnyRequest = Request[Any, Any, Any]
PAGE, MARK = "index.html", b"{{nonce}}"
# The screens' own addresses (web/src/app/routes.tsx); what stands behind them is theirs.
SCREENS = ("login", "join", "start", "wall", "history", "tasks", "settings")
# Only our own files. Styles that the components write at run time carry the nonce of the page.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}';"
    " img-src 'self' blob: data:; font-src 'self'; connect-src 'self'; manifest-src 'self';"
    " worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-cache",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cross-origin-opener-policy": "same-origin",
}
# Files whose names stay the same.
KEPT_NAMES = ("manifest.webmanifest", "worker.js", "icon.svg", "icon-192.png", "icon-512.png")


def desk_page_routes(files: Mapping[str, BuiltFile]) -> list[BaseRouteHandler]:
    """The routes of what browsers load; `files` as the build left them, none where it did not."""
    if not files:
        return []
    page = files[PAGE]

    async def show_page() -> Response[bytes]:
        """The same page for every screen."""
        nonce = secrets.token_urlsafe(18)
        headers = HEADERS | {"content-security-policy": POLICY.format(nonce=nonce)}
        content = page.content.replace(MARK, nonce.encode())
        return Response(content, media_type=page.type, headers=headers)

    async def load_file(request: AnyRequest, name: FromPath[str]) -> Response[bytes]:
        """A script or a style under the hash of its content."""
        return sent(request, _built(files, f"assets/{name}"), {"cache-control": FOR_EVER})

    async def load_kept(request: AnyRequest) -> Response[bytes]:
        """A file that other programs know by its name."""
        name = request.url.path.removeprefix("/")
        return sent(request, _built(files, name), {"cache-control": "no-cache"})

    screens = [f"/{each}" for each in SCREENS]
    paths = ["/", *screens, *(f"{each}/{{rest:path}}" for each in screens)]
    return [
        get(paths, opt=ANYBODY, include_in_schema=False)(show_page),
        get("/assets/{name:str}", opt=ANYBODY, include_in_schema=False)(load_file),
        get([f"/{each}" for each in KEPT_NAMES], opt=ANYBODY, include_in_schema=False)(load_kept),
    ]


def _built(files: Mapping[str, BuiltFile], name: str) -> BuiltFile:
    if name not in files:
        raise ReaderError(Problem("http.404"))
    return files[name]
