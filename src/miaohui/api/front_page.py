"""What is at `/` as long as no desk was built: that the house is open, and where to go on.

Once the build leaves a page under `built/desk/`, nothing of this is there, and the routes of the
desk take its place.
"""

from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from litestar import Request, Response, get
from litestar.handlers import BaseRouteHandler

from miaohui import __version__
from miaohui.api.built_files import BuiltFile
from miaohui.api.callers import ANYBODY
from miaohui.api.problems import Say, language_of

AnyRequest = Request[Any, Any, Any]
DESK_PAGE = "index.html"
STYLE = (
    ":root{color-scheme:light dark}"
    "body{font:16px/1.7 system-ui,sans-serif;max-width:34rem;margin:15vh auto;padding:0 1rem}"
    "h1{font-size:1.5rem}code{overflow-wrap:anywhere}"
)
POLICY = (
    f"default-src 'none'; style-src 'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}';"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
PAGE = """<!doctype html><html lang="{language}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>秒回 Miaohui</title>
<style>{style}</style>
<h1>{open}</h1>
<p>{no_desk}
<ul>
<li><a href="/v1/schema/openapi.json">{description}</a>
<li>{log_in} <code>POST /v1/session</code>
<li>{figures} <code>GET /v1/shops/&hellip;/now</code>
</ul>
"""
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-cache",
    "vary": "accept-language",
}


def front_page_routes(desk: Mapping[str, BuiltFile], say: Say) -> list[BaseRouteHandler]:
    """The route of the page; none where there is a desk."""
    if DESK_PAGE in desk:
        return []

    @get("/", opt=ANYBODY, include_in_schema=False)
    async def front_page(request: AnyRequest) -> Response[str]:
        """In the reader's language."""
        language = language_of(request.headers.get("accept-language"))
        told = {
            name: say(f"front.{name}", {"version": __version__}, language)
            for name in ("open", "no_desk", "description", "log_in", "figures")
        }
        page = PAGE.format(language=language, style=STYLE, **told)
        return Response(page, media_type="text/html", headers=HEADERS)

    return [front_page]
