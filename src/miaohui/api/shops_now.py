"""Shops right now: figures, lines, who waits and who has how much in hand."""

from collections.abc import Sequence
from typing import Annotated, Any

from litestar import Request, get
from litestar.handlers import BaseRouteHandler
from litestar.params import PathParameter

from miaohui.api.callers import allow, caller_of, needs
from miaohui.api.openapi import ALWAYS, example, refusals
from miaohui.api.sessions import NOON
from miaohui.domain.analytics.figures import Figure
from miaohui.domain.analytics.hours import AssessedSpan, DayHours, HourFigure, RateHours
from miaohui.domain.directory.presence import Presence
from miaohui.domain.directory.rights import Right
from miaohui.domain.vocabulary.problems import Problem, ReaderError
from miaohui.pipelines.live import Live
from miaohui.pipelines.pulse import Pulse
from miaohui.pipelines.shop_now import AgentLoad, ShopHours, ShopNow, Waits

AnyRequest = Request[Any, Any, Any]
ShopId = Annotated[str, PathParameter(max_length=256, description="The id of a shop.")]


EXAMPLE_LOAD = AgentLoad("01930f2e-…", Presence.ONLINE, 3, 8, 1, 35.0, NOON)
EXAMPLE_WAITS = Waits("0" * 32, NOON, "01930f2e-…", NOON)
EXAMPLE_NOW = ShopNow(
    "茶叶铺", NOON, {}, {}, [EXAMPLE_LOAD], waiting=1, waiting_since=NOON, longest=EXAMPLE_WAITS
)
EXAMPLE_HOUR = HourFigure(12, Figure(0.5, 6, 12, 1, 6 / 13, 7 / 13, {}))
EXAMPLE_RATES = {"reply_3min": RateHours([EXAMPLE_HOUR], [AssessedSpan(480, 1380)])}
EXAMPLE_DAY = DayHours(NOON.date(), "Asia/Shanghai", EXAMPLE_RATES)
EXAMPLE_HOURS = ShopHours("茶叶铺", NOON, {"neutral": EXAMPLE_DAY})


def shop_now_routes(live: Live, pulse: Pulse) -> list[BaseRouteHandler]:
    """The routes of a shop's present."""

    @get(
        "/v1/shops/{shop:str}/now",
        operation_id="ReadShopNow",
        summary="A shop right now",
        tags=["shops"],
        opt=needs(Right.REPORTS_READ) | example(EXAMPLE_NOW),
        responses=refusals(**ALWAYS, _404="No such shop, or none of yours."),
    )
    async def read_shop_now(request: AnyRequest, shop: ShopId) -> ShopNow:
        """Today's figures beside their lines, who waits, and what everybody has in hand; the same
        that pages with the right are told every second in which it changes."""
        _look_up(live, request, shop)
        allow(caller_of(request), Right.REPORTS_READ, shop)
        return await pulse.shop_now(shop)

    @get(
        "/v1/shops/{shop:str}/hours",
        operation_id="ReadShopHours",
        summary="A shop's day hour by hour",
        tags=["shops"],
        opt=needs(Right.REPORTS_READ) | example(EXAMPLE_HOURS),
        responses=refusals(**ALWAYS, _404="No such shop, or none of yours."),
    )
    async def read_shop_hours(request: AnyRequest, shop: ShopId) -> ShopHours:
        """Today's rates by the hours in which buyers began to wait, on the clock of the platform;
        an hour with nobody in it is left out."""
        _look_up(live, request, shop)
        allow(caller_of(request), Right.REPORTS_READ, shop)
        return await pulse.hours(shop)

    @get(
        "/v1/shops/{shop:str}/colleagues",
        operation_id="ListColleagues",
        summary="Who answers in a shop",
        tags=["shops"],
        opt=needs(Right.CHATS_READ) | example([EXAMPLE_LOAD]),
        responses=refusals(**ALWAYS, _404="No such shop, or none of yours."),
    )
    async def list_colleagues(request: AnyRequest, shop: ShopId) -> Sequence[AgentLoad]:
        """Whether they are there and how much they have in hand: whom a chat can be given to."""
        _look_up(live, request, shop)
        return pulse.colleagues(shop)

    return [read_shop_now, read_shop_hours, list_colleagues]


def _look_up(live: Live, request: AnyRequest, shop: str) -> None:
    if not caller_of(request).account.shops.holds(shop) or shop not in live.floor.shops:
        raise ReaderError(Problem("directory.unknown"))
