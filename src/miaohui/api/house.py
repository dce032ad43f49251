"""The application: all routes of one house behind one door."""

from collections.abc import Mapping

import msgspec
from litestar import Litestar, Router, get
from litestar.handlers import BaseRouteHandler
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme

from miaohui import __version__
from miaohui.adapters.channels.port import Door
from miaohui.adapters.storage.answer_ports import Answers
from miaohui.adapters.storage.chat_ports import Chats
from miaohui.adapters.storage.desk_ports import DeskStore
from miaohui.adapters.storage.search_ports import Search
from miaohui.api.callers import ANYBODY, COOKIE, Callers
from miaohui.api.channels import channel_routes
from miaohui.api.chats import ChatDoor, chat_routes
from miaohui.api.desk_socket import DeskDoor, desk_socket
from miaohui.api.lists import list_routes
from miaohui.api.me import my_routes
from miaohui.api.monitoring import MonitoringDoor, monitoring_route
from miaohui.api.problems import Clock, Say, handlers
from miaohui.api.repeats import Repeats
from miaohui.api.shops_now import shop_now_routes
from miaohui.api.tasks import task_routes
from miaohui.api.writing import writing_routes
from miaohui.pipelines.desk import Desk
from miaohui.pipelines.ephemera import Ephemera
from miaohui.pipelines.house import House
from miaohui.pipelines.intake import Intake
from miaohui.pipelines.live import Live
from miaohui.pipelines.pulse import Pulse
from miaohui.pipelines.syncing import Syncing
from miaohui.pipelines.tasks import Tasks
from miaohui.pipelines.tokens import NewId
from miaohui.pipelines.watching import Watching

MOST_BODY_BYTES = 5_000_000


class HouseDoor(msgspec.Struct, frozen=True, kw_only=True):
    """What the routes of a house stand on; `doors` of channels by the id in their path."""

    intake: Intake
    doors: Mapping[str, Door]
    people: House
    answers: Answers
    live: Live
    chats: Chats
    search: Search
    desk: Desk
    tasks: Tasks
    store: DeskStore
    watching: Watching
    syncing: Syncing
    ephemera: Ephemera
    pulse: Pulse
    clock: Clock
    new_id: NewId
    say: Say
    monitoring: MonitoringDoor


def house_app(door: HouseDoor) -> Litestar:
    """The HTTP and WebSocket application of one house."""
    callers = Callers(door.people, door.clock)
    return Litestar(
        [*_routes(door, callers), _health(), monitoring_route(door.monitoring)],
        guards=[callers.guard],
        middleware=[Repeats(door.answers, door.clock, door.say).wrap],
        exception_handlers=handlers(door.say),
        request_max_body_size=MOST_BODY_BYTES,
        openapi_config=_description(),
        logging_config=None,
    )


def _routes(door: HouseDoor, callers: Callers) -> list[BaseRouteHandler]:
    chats = ChatDoor(
        door.desk,
        door.live,
        door.chats,
        door.people.directory,
        callers,
        door.clock,
        door.new_id,
    )
    desk = DeskDoor(
        door.live,
        door.watching,
        door.syncing,
        door.pulse,
        door.desk,
        door.ephemera,
        callers,
        door.clock,
        door.say,
    )
    return [
        *channel_routes(door.intake, door.doors, door.clock, door.say),
        *chat_routes(chats),
        desk_socket(desk),
        *my_routes(door.desk, door.new_id),
        *list_routes(door.live, door.chats, door.search),
        *task_routes(door.tasks, door.new_id),
        *writing_routes(door.desk, door.store, callers, door.clock),
        *shop_now_routes(door.live, door.pulse),
    ]


def _description() -> OpenAPIConfig:
    by_cookie = SecurityScheme(type="apiKey", name=COOKIE, security_scheme_in="cookie")
    by_token = SecurityScheme(type="http", scheme="bearer")
    return OpenAPIConfig(
        title="Miaohui 秒回",
        version=__version__,
        openapi_router=Router(
            "/v1/schema", route_handlers=[], opt=ANYBODY, include_in_schema=False
        ),
        render_plugins=[JsonRenderPlugin(path="/openapi.json")],
        components=Components(security_schemes={"session": by_cookie, "token": by_token}),
        security=[{"session": []}, {"token": []}],
    )


def _health() -> BaseRouteHandler:
    @get(
        "/health",
        operation_id="ReadHealth",
        summary="Is the house open?",
        tags=["house"],
        opt=ANYBODY,
    )
    async def health() -> dict[str, str]:
        """Open as long as this answers."""
        return {"state": "open", "version": __version__}

    return health
