"""Where a monitoring system looks: from the same machine, or with the token of the settings."""

import hmac
from collections.abc import Awaitable, Callable
from ipaddress import ip_address
from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.handlers import BaseRouteHandler

from miaohui.api.callers import ANYBODY, BEARER
from miaohui.domain.directory.secret import Secret
from miaohui.domain.vocabulary.problems import Problem, ReaderError

AnyRequest = Request[Any, Any, Any]
# A proxy says so that it stands between; what comes through it does not come from here.
PASSED_ON = ("forwarded", "x-forwarded-for", "x-real-ip", "via")


class MonitoringDoor(msgspec.Struct, frozen=True):
    """What the page shows, of which content type, and the token that opens it from elsewhere."""

    page: Callable[[], Awaitable[bytes]]
    content_type: str
    token: Secret | None


def monitoring_route(door: MonitoringDoor) -> BaseRouteHandler:
    """The route of the page."""

    @get("/metrics", opt=ANYBODY, include_in_schema=False)
    async def metrics(request: AnyRequest) -> Response[bytes]:
        """Counts and sizes, in the text form of Prometheus."""
        if not (_has_token(request, door.token) or _is_here(request)):
            raise ReaderError(Problem("login.needed"))
        return Response(await door.page(), media_type=door.content_type)

    return metrics


def _has_token(request: AnyRequest, token: Secret | None) -> bool:
    said = request.headers.get("authorization", "")
    if token is None or not said.lower().startswith(BEARER):
        return False
    return hmac.compare_digest(said[len(BEARER) :].strip().encode(), token.reveal().encode())


def _is_here(request: AnyRequest) -> bool:
    if request.client is None or any(name in request.headers for name in PASSED_ON):
        return False
    try:
        return ip_address(request.client.host).is_loopback
    except ValueError:
        return False
