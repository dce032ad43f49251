"""Alarms that stand: those that somebody may know of, and taking one."""

from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
from litestar import Request, get, put
from litestar.handlers import BaseRouteHandler
from litestar.params import JSONBody, PathParameter, QueryParameter

from miaohui.adapters.storage.directory_ports import Obstacle
from miaohui.api.bodies import Asked
from miaohui.api.callers import caller_of, needs
from miaohui.api.openapi import ALWAYS, CHANGING, example, refusals
from miaohui.api.refusals import done
from miaohui.api.sessions import NOON
from miaohui.domain.desk.alarms.settings import Kind, Level
from miaohui.domain.desk.alarms.told import Urgency
from miaohui.domain.directory.rights import Right
from miaohui.domain.vocabulary.events import Instant
from miaohui.pipelines.alarm_bell import Bell
from miaohui.pipelines.alarm_frames import AlarmTold
from miaohui.pipelines.alarms import Alarms

AnyRequest = Request[Any, Any, Any]
AlarmId = Annotated[str, PathParameter(max_length=64, description="The id of an alarm.")]
Shop = Annotated[str | None, QueryParameter(max_length=256)]
EXAMPLE_ALARM = AlarmTold(
    id="5" * 32,
    shop="茶叶铺",
    kind=Kind.WAITING,
    level=Level.LEAD,
    key="alarm.waiting_many",
    said={
        "zh": "3 个买家快超时，最急的还剩 19 秒",
        "en": "3 buyers close to the line, 19 s left for the first",
    },
    urgency=Urgency.HIGH,
    at=NOON,
    line=NOON,
    chats=["0" * 32],
)


class Taking(Asked, frozen=True):
    """`until`: only what was told by then, as `at` of the alarm that one has seen; null: all of
    it."""

    until: Instant | None = None


class AlarmsDoor(msgspec.Struct, frozen=True):
    """What the routes of alarms stand on."""

    alarms: Alarms
    bell: Bell


def alarm_routes(door: AlarmsDoor) -> list[BaseRouteHandler]:
    """The routes of alarms."""

    @get(
        "/v1/alarms",
        operation_id="ListAlarms",
        summary="Alarms that stand",
        tags=["alarms"],
        opt=needs(Right.CHATS_READ) | example([EXAMPLE_ALARM]),
        responses=refusals(**ALWAYS),
    )
    async def list_alarms(request: AnyRequest, shop: Shop = None) -> Sequence[AlarmTold]:
        """Those told to you; whoever sees every chat of a shop sees all of its alarms. What is
        lost next comes first. Pages are told the same over their socket."""
        return door.bell.in_view(caller_of(request).account, shop)

    @put(
        "/v1/alarms/{alarm_id:str}/taker",
        operation_id="TakeAlarm",
        summary="Say that you see to it",
        tags=["alarms"],
        opt=needs(Right.CHATS_READ) | example(EXAMPLE_ALARM, Taking(NOON)),
        responses=CHANGING,
    )
    async def take_alarm(
        request: AnyRequest, alarm_id: AlarmId, data: JSONBody[Taking]
    ) -> AlarmTold:
        """It is not told again at its level, until something new comes. `taken_by` is who took it
        first, also when asked again. Leads may take what leads were told, owners everything,
        everybody what they were told themselves."""
        account = caller_of(request).account
        taken = done(await door.alarms.take(account, alarm_id, data.until))
        return done(Obstacle.UNKNOWN) if taken is None else taken

    return [list_alarms, take_alarm]
