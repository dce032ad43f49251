"""What the API's own description says beyond what the handlers' types do: refusals, examples, and
for whom each operation is.

In the document `x-right` is a right, `logged_in` or `anybody`; `x-everywhere`: it is needed in
every shop; `x-in-person`: with a session of one's own, no API key.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from litestar import Request
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.routes import HTTPRoute
from typing_extensions import override

from miaohui.api.callers import ANYBODY
from miaohui.api.problems import Trouble
from miaohui.api.schemas import Document, StructSchemas

AnyRequest = Request[Any, Any, Any]
Refusals = Mapping[int, ResponseSpec]
JSON = "application/json"
EXAMPLE = "example"
NOBODY_ASKED: list[Document] = []


class Example(msgspec.Struct, frozen=True):
    """A body sent, and the body of the answer."""

    asked: object = None
    told: object = None


def example(told: object = None, asked: object = None) -> dict[str, object]:
    """What a handler adds to its `opt` to show itself by an example."""
    return {EXAMPLE: Example(asked, told)}


def refusals(**reasons: str) -> dict[int, ResponseSpec]:
    """Refusals by status, as `_404="No such chat."`."""
    return {
        int(status.lstrip("_")): ResponseSpec(Trouble, description=reason, generate_examples=False)
        for status, reason in reasons.items()
    }


ALWAYS = {
    "_400": "The request is not well formed.",
    "_401": "Nobody is logged in.",
    "_403": "The right is missing.",
    "_503": "Too busy or closing: send the same again.",
}
CHAT_REFUSALS = refusals(
    **ALWAYS,
    _404="No such chat, or none that you may see.",
    _422="It cannot be done: every reason is told.",
)
# What a question can be refused for, and what a change can.
ASKING = refusals(**ALWAYS, _404="There is no such thing, or none that you may see.")
CHANGING = refusals(
    **ALWAYS,
    _404="There is no such thing, or none that you may see.",
    _409="It stands in the way of something else: a name taken, something still in use.",
    _422="It cannot be kept: every reason is told.",
)
PROVING = refusals(
    **{**ALWAYS, "_401": "Name, password or code is wrong, or a code is wanted as well."},
    _422="It cannot be kept: every reason is told.",
    _429="Too many failures: come back after `Retry-After` seconds.",
)


class Description(JsonRenderPlugin):
    """The document, completed from what the handlers say of themselves."""

    def __init__(self, schemas: StructSchemas, path: str) -> None:
        super().__init__(path=path)
        self._schemas = schemas

    @override
    def render(self, request: AnyRequest, openapi_schema: Document) -> bytes:
        """See OpenAPIRenderPlugin."""
        document = self._schemas.filled(openapi_schema)
        for path, method, handler in _operations(request):
            told = document["paths"].get(path, {}).get(method)
            if told is not None:
                _complete(told, handler)
        return self.render_json(request, document)


def _operations(request: AnyRequest) -> Iterator[tuple[str, str, HTTPRouteHandler]]:
    for route in request.app.routes:
        if not isinstance(route, HTTPRoute):
            continue
        for handler in route.route_handlers:
            for method in handler.http_methods:
                yield route.path_format or "/", method.lower(), handler


def _complete(operation: Document, handler: HTTPRouteHandler) -> None:
    right = handler.opt.get("right")
    operation["x-right"] = None if right is None else str(right)
    operation["x-everywhere"] = bool(handler.opt.get("everywhere"))
    operation["x-in-person"] = bool(handler.opt.get("in_person"))
    if right == ANYBODY["right"]:
        operation["security"] = NOBODY_ASKED
    shown = handler.opt.get(EXAMPLE)
    if isinstance(shown, Example):
        _show(operation, shown)


def _show(operation: Document, shown: Example) -> None:
    if shown.asked is not None:
        # A body that is read as it came, for its signature, is known to nobody else.
        raw = {"content": {JSON: {"schema": {"type": "object"}}}, "required": True}
        body = operation.setdefault("requestBody", raw)
        body["content"][JSON]["example"] = _plain(shown.asked)
    if shown.told is not None:
        done = next(each for each in operation["responses"] if each.startswith("2"))
        content = operation["responses"][done]["content"]
        content[JSON]["example"] = _plain(shown.told)


def _plain(shown: object) -> object:
    """As it is written: a struct may hold what is written already."""
    return msgspec.json.decode(msgspec.json.encode(shown))
