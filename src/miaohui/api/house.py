"""The application: all routes of one house behind one door."""

from collections.abc import Mapping

from litestar import Litestar, get
from litestar.handlers import BaseRouteHandler
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin

from miaohui import __version__
from miaohui.adapters.channels.port import Door
from miaohui.api.channels import Clock, channel_routes
from miaohui.api.problems import Say, handlers
from miaohui.pipelines.intake import Intake

MOST_BODY_BYTES = 5_000_000


def house_app(intake: Intake, doors: Mapping[str, Door], clock: Clock, say: Say) -> Litestar:
    """The HTTP and WebSocket application of one house."""
    routes: list[BaseRouteHandler] = [*channel_routes(intake, doors, clock, say), _health()]
    return Litestar(
        routes,
        exception_handlers=handlers(say),
        request_max_body_size=MOST_BODY_BYTES,
        openapi_config=OpenAPIConfig(
            title="Miaohui 秒回",
            version=__version__,
            path="/v1/schema",
            render_plugins=[JsonRenderPlugin(path="/openapi.json")],
        ),
        logging_config=None,
    )


def _health() -> BaseRouteHandler:
    @get("/health", operation_id="ReadHealth", summary="Is the house open?", tags=["house"])
    async def health() -> dict[str, str]:
        """Open as long as this answers."""
        return {"state": "open", "version": __version__}

    return health
