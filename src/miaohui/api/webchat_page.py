"""The buyer's page itself, its files, and the script that puts a button on the merchant's site."""

from collections.abc import Mapping
from html import escape
from typing import Annotated, Any

import msgspec
from litestar import Request, Response, get
from litestar.handlers import BaseRouteHandler
from litestar.params import FromPath, QueryParameter

from miaohui.api.built_files import FOR_EVER, BuiltFile, sent
from miaohui.api.callers import ANYBODY
from miaohui.api.problems import Language, Say, language_of, status_of
from miaohui.api.webchat import WebchatId
from miaohui.domain.directory.webchat import Face
from miaohui.domain.vocabulary.problems import Problem, ReaderError
from miaohui.pipelines.webchats import Webchat, Webchats

AnyRequest = Request[Any, Any, Any]
PAGE, WIDGET = "page.html", "widget.js"
# Nothing but our own files: no foreign script, style, picture or frame, and no address to send to.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:;"
    " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self' {origins}"
)
# Whatever could end the element or be read as markup is written as an escape of the same string.
ESCAPES = {ord(one): f"\\u{ord(one):04x}" for one in "<>&\u2028\u2029"}
Chosen = Annotated[str, QueryParameter(name="lang", max_length=35, description="`zh` or `en`.")]


def webchat_page_routes(
    webchats: Webchats, files: Mapping[str, BuiltFile], say: Say
) -> list[BaseRouteHandler]:
    """The routes of what browsers load; `files` as the build left them."""

    @get("/webchat/{webchat_id:str}", opt=ANYBODY, include_in_schema=False)
    async def show_page(
        request: AnyRequest, webchat_id: WebchatId, chosen: Chosen = ""
    ) -> Response[bytes]:
        """The page of one chat, also as a frame on the sites that the merchant allows."""
        language = language_of(chosen or request.headers.get("accept-language"))
        try:
            webchat = webchats.find(webchat_id)
        except ReaderError as error:
            return _nothing_here(say, error, language)
        file = _built(files, PAGE)
        filled = _filled(file.content.decode(), webchat, language).encode()
        return Response(filled, media_type=file.type, headers=_page_headers(webchat))

    @get("/webchat/assets/{name:str}", opt=ANYBODY, include_in_schema=False)
    async def load_file(request: AnyRequest, name: FromPath[str]) -> Response[bytes]:
        """A script or a style under the hash of its content."""
        return sent(request, _built(files, f"assets/{name}"), {"cache-control": FOR_EVER})

    @get(f"/webchat/{WIDGET}", opt=ANYBODY, include_in_schema=False)
    async def load_widget(request: AnyRequest) -> Response[bytes]:
        """The script for other sites, always under this name."""
        headers = {
            "cache-control": "public, max-age=3600",
            "cross-origin-resource-policy": "cross-origin",
        }
        return sent(request, _built(files, WIDGET), headers)

    return [show_page, load_file, load_widget]


def _nothing_here(say: Say, error: ReaderError, language: Language) -> Response[bytes]:
    """A sentence for a buyer who follows an old link."""
    problem = error.problems[0]
    told = escape(say(problem.key, problem.values, language))
    page = f"<!doctype html><html lang={language}><meta charset=utf-8><title>404</title><p>{told}"
    headers = {"content-security-policy": "default-src 'none'", "cache-control": "no-cache"}
    return Response(
        page.encode(), media_type="text/html", status_code=status_of(error), headers=headers
    )


def _built(files: Mapping[str, BuiltFile], name: str) -> BuiltFile:
    if not files:
        raise ReaderError(Problem("webchat.not_built"))
    if name not in files:
        raise ReaderError(Problem("http.404"))
    return files[name]


def _filled(page: str, webchat: Webchat, language: Language) -> str:
    """The page with what it needs to know from the start."""
    face: Face = webchat.face
    told = msgspec.json.encode({"id": webchat.id, "language": language, "face": face})
    marks = {
        "{{language}}": language,
        "{{name}}": escape(face.name),
        "{{chat}}": told.decode().translate(ESCAPES),
    }
    for mark, value in marks.items():
        page = page.replace(mark, value)
    return page


def _page_headers(webchat: Webchat) -> dict[str, str]:
    origins = " ".join(webchat.settings.allowed_origins)
    return {
        "content-security-policy": POLICY.format(origins=origins).strip(),
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cache-control": "no-cache",
        "permissions-policy": "camera=(), microphone=(), geolocation=()",
    }
