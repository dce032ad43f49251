"""The application: all routes of one house behind one door."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from litestar import Litestar, Router, get
from litestar.handlers import BaseRouteHandler
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.spec import Components, SecurityScheme

from miaohui import __version__
from miaohui.adapters.channels.port import Door
from miaohui.adapters.storage.answer_ports import Answers
from miaohui.adapters.storage.chat_ports import Chats
from miaohui.adapters.storage.desk_ports import DeskStore
from miaohui.adapters.storage.live_ports import LiveLog
from miaohui.adapters.storage.search_ports import Search
from miaohui.adapters.storage.settings_ports import Settings
from miaohui.api.accounts import AccountsDoor, account_routes
from miaohui.api.alarms import AlarmsDoor, alarm_routes
from miaohui.api.api_keys import ApiKeysDoor, api_key_routes
from miaohui.api.audit import audit_routes
from miaohui.api.built_files import BuiltFile
from miaohui.api.buyers import BuyersDoor
from miaohui.api.callers import ANYBODY, COOKIE, Callers
from miaohui.api.channels import channel_routes
from miaohui.api.chat_marks import chat_mark_routes
from miaohui.api.chats import ChatDoor, chat_routes
from miaohui.api.desk_page import desk_page_routes
from miaohui.api.desk_socket import DeskDoor, desk_socket
from miaohui.api.erasures import ErasuresDoor, erasure_routes
from miaohui.api.exports import ExportsDoor, export_routes
from miaohui.api.groups import GroupsDoor, group_routes
from miaohui.api.invitations import InvitationsDoor, invitation_routes
from miaohui.api.lists import list_routes
from miaohui.api.me import MyDoor, my_routes
from miaohui.api.media import media_routes
from miaohui.api.monitoring import MonitoringDoor, monitoring_route
from miaohui.api.openapi import Description, example
from miaohui.api.outgoing import OutgoingDoor, outgoing_routes
from miaohui.api.owner import OwnerDoor, owner_routes
from miaohui.api.packs import InForce, KnownPacks, pack_routes
from miaohui.api.problems import Clock, Say, handlers
from miaohui.api.reachable import ReachableDoor, reachable_routes, usual_trial_pace
from miaohui.api.repeats import Repeats
from miaohui.api.roles import RolesDoor, role_routes
from miaohui.api.schemas import StructSchemas
from miaohui.api.second_factor import second_factor_routes
from miaohui.api.session import SessionDoor, session_routes
from miaohui.api.settings import Followed, SettingsDoor, setting_routes
from miaohui.api.shop_channels import ChannelsDoor, shop_channel_routes
from miaohui.api.shops import ShopsDoor, shop_routes
from miaohui.api.shops_now import shop_now_routes
from miaohui.api.tasks import task_routes
from miaohui.api.webchat import webchat_routes
from miaohui.api.webchat_origins import Origins
from miaohui.api.webchat_page import webchat_page_routes
from miaohui.api.webchat_settings import WebchatSettingsDoor, webchat_setting_routes
from miaohui.api.webchat_stream import webchat_stream
from miaohui.api.webhooks import WebhooksDoor, webhook_routes
from miaohui.api.writing import writing_routes
from miaohui.pipelines.desk import Desk
from miaohui.pipelines.ephemera import Ephemera
from miaohui.pipelines.erasing import Erasing
from miaohui.pipelines.forgetting import Forgetting
from miaohui.pipelines.furnishing import Furnishing
from miaohui.pipelines.house import House
from miaohui.pipelines.intake import Intake
from miaohui.pipelines.known_settings import Known, Standing
from miaohui.pipelines.live import Live
from miaohui.pipelines.places import PackProblems
from miaohui.pipelines.pulse import Pulse
from miaohui.pipelines.reaching import Reaching
from miaohui.pipelines.sending import Postman
from miaohui.pipelines.set_up import SetUp
from miaohui.pipelines.shop_channels import ShopChannels
from miaohui.pipelines.syncing import Syncing
from miaohui.pipelines.tasks import Tasks
from miaohui.pipelines.tokens import NewId
from miaohui.pipelines.watching import Watching
from miaohui.pipelines.webhooks import Webhooks

MOST_BODY_BYTES = 5_000_000


class HouseDoor(msgspec.Struct, frozen=True, kw_only=True):
    """What the routes of a house stand on; `doors` of channels by the id in the path; `built` and
    `desk_built` are the files of the buyer's page and of the desk, as far as they were built."""

    intake: Intake
    log: LiveLog
    doors: Mapping[str, Door]
    people: House
    set_up: SetUp
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
    postman: Postman
    furnishing: Furnishing
    channels: ShopChannels
    webhooks: Webhooks
    wrong: PackProblems
    known: Sequence[Known[Any, Any, Any]]
    standing: Standing
    followed: Followed
    buyers: BuyersDoor
    erasing: Erasing
    forgetting: Forgetting
    alarms: AlarmsDoor
    reaching: Reaching
    settings: Settings
    built: Mapping[str, BuiltFile]
    desk_built: Mapping[str, BuiltFile]
    packs: InForce
    known_packs: KnownPacks
    clock: Clock
    new_id: NewId
    say: Say
    words: Say  # the same, of which no refusal is counted
    monitoring: MonitoringDoor


def house_app(door: HouseDoor) -> Litestar:
    """The HTTP and WebSocket application of one house."""
    callers, schemas = Callers(door.people, door.clock), StructSchemas()
    routes = [
        *_at_the_desk(door, callers),
        *_of_people(door, callers),
        *_of_the_house(door, callers),
        *_for_buyers(door),
        *desk_page_routes(door.desk_built),
        _health(),
        monitoring_route(door.monitoring),
    ]
    return Litestar(
        routes,
        guards=[callers.guard],
        middleware=[
            Origins(door.buyers.webchats, door.say).wrap,
            Repeats(door.answers, door.clock, door.say).wrap,
        ],
        exception_handlers=handlers(door.say),
        request_max_body_size=MOST_BODY_BYTES,
        openapi_config=_description(schemas),
        plugins=[schemas],
        logging_config=None,
    )


def _at_the_desk(door: HouseDoor, callers: Callers) -> list[BaseRouteHandler]:
    people, furnishing, clock, new_id = door.people, door.furnishing, door.clock, door.new_id
    chats = ChatDoor(door.desk, door.live, door.chats, people.directory, callers, clock, new_id)
    desk = DeskDoor(
        door.live,
        door.watching,
        door.syncing,
        door.pulse,
        door.desk,
        door.ephemera,
        callers,
        clock,
        door.say,
        door.buyers.marks,
    )
    mine = MyDoor(people, furnishing, door.desk, callers, clock, new_id)
    return [
        *channel_routes(door.intake, door.doors, clock, door.say),
        *chat_routes(chats),
        *chat_mark_routes(chats),
        desk_socket(desk),
        *session_routes(SessionDoor(people, furnishing, callers, clock)),
        *my_routes(mine),
        *alarm_routes(door.alarms),
        *reachable_routes(ReachableDoor(door.reaching, clock, usual_trial_pace())),
        *second_factor_routes(mine),
        *list_routes(door.live, door.chats, door.search, door.pulse.behind),
        *export_routes(_exports(door, callers)),
        *task_routes(door.tasks, new_id),
        *writing_routes(door.desk, door.store, callers, clock),
        *shop_now_routes(door.live, door.pulse),
        *pack_routes(lambda: list(door.live.floor.shops), door.packs, door.known_packs),
        *media_routes(door.buyers, door.desk),
    ]


def _exports(door: HouseDoor, callers: Callers) -> ExportsDoor:
    directory = door.people.directory

    def zones() -> dict[str, str]:
        return {shop.id: shop.timezone for shop in directory.listed_shops()}

    return ExportsDoor(
        door.live, door.chats, directory, callers, door.words, door.pulse.behind, zones
    )


def _of_people(door: HouseDoor, callers: Callers) -> list[BaseRouteHandler]:
    people, furnishing, clock, new_id = door.people, door.furnishing, door.clock, door.new_id
    accounts = AccountsDoor(people, furnishing, door.desk, callers, clock, new_id)
    return [
        *owner_routes(OwnerDoor(people, door.set_up, furnishing, clock)),
        *account_routes(accounts),
        *role_routes(RolesDoor(people, furnishing, callers, new_id)),
        *group_routes(GroupsDoor(people, callers, new_id)),
        *invitation_routes(InvitationsDoor(people, furnishing, callers, clock)),
        *api_key_routes(ApiKeysDoor(people, furnishing, callers)),
        *audit_routes(people.directory),
    ]


def _of_the_house(door: HouseDoor, callers: Callers) -> list[BaseRouteHandler]:
    people, directory, clock = door.people, door.people.directory, door.clock
    channels = ChannelsDoor(people, door.channels, callers, clock, door.new_id)
    outgoing = OutgoingDoor(door.log, door.live, door.postman, directory, callers, clock)
    settings = SettingsDoor(door.known, door.standing, people, callers, door.followed)
    webchat = WebchatSettingsDoor(door.buyers.webchats, door.settings, callers)
    return [
        *shop_routes(ShopsDoor(people, door.furnishing, door.channels, callers, door.wrong)),
        *shop_channel_routes(channels),
        *webhook_routes(WebhooksDoor(people, door.channels, door.webhooks, callers)),
        *outgoing_routes(outgoing),
        *setting_routes(settings),
        *webchat_setting_routes(webchat),
        *erasure_routes(ErasuresDoor(door.erasing, door.forgetting, callers)),
    ]


def _for_buyers(door: HouseDoor) -> list[BaseRouteHandler]:
    return [
        *webchat_routes(door.buyers),
        webchat_stream(door.buyers),
        *webchat_page_routes(door.buyers.webchats, door.built, door.say),
    ]


def _description(schemas: StructSchemas) -> OpenAPIConfig:
    by_cookie = SecurityScheme(type="apiKey", name=COOKIE, security_scheme_in="cookie")
    by_token = SecurityScheme(type="http", scheme="bearer")
    return OpenAPIConfig(
        title="Miaohui 秒回",
        use_handler_docstrings=True,
        version=__version__,
        openapi_router=Router(
            "/v1/schema", route_handlers=[], opt=ANYBODY, include_in_schema=False
        ),
        render_plugins=[Description(schemas, "/openapi.json")],
        components=Components(security_schemes={"session": by_cookie, "token": by_token}),
        security=[{"session": []}, {"token": []}],
    )


def _health() -> BaseRouteHandler:
    @get(
        "/health",
        operation_id="ReadHealth",
        summary="Is the house open?",
        tags=["house"],
        opt=ANYBODY | example({"state": "open", "version": __version__}),
    )
    async def health() -> dict[str, str]:
        """Open as long as this answers."""
        return {"state": "open", "version": __version__}

    return health
