"""Where somebody can be reached beside their screen: browsers and mailboxes of their own."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated, Any

import msgspec
from litestar import Request, delete, get, post
from litestar.handlers import BaseRouteHandler
from litestar.params import FromPath, JSONBody, PathParameter

from miaohui.adapters.notify.port import Outcome
from miaohui.adapters.storage.directory_ports import Obstacle
from miaohui.api.bodies import Confidential
from miaohui.api.callers import IN_PERSON, caller_of, needs
from miaohui.api.openapi import ALWAYS, ASKING, CHANGING, example, refusals
from miaohui.api.problems import Clock, language_of
from miaohui.api.refusals import done
from miaohui.domain.desk.alarms.settings import Way
from miaohui.domain.directory.rights import Right
from miaohui.pipelines.pacing import Pace
from miaohui.pipelines.reaching import Address, Known, Reaching

AnyRequest = Request[Any, Any, Any]
AddressId = Annotated[str, PathParameter(max_length=64, description="The id of an address.")]
Text = Annotated[str, msgspec.Meta(max_length=4_000)]
RobotName = Annotated[str, PathParameter(max_length=256, description="What a robot is called.")]
TRYING = refusals(
    **ALWAYS,
    _404="There is no such thing, or none of yours.",
    _422="The house's own settings for this way do not work.",
    _429="Too many tests: come back after `Retry-After` seconds.",
)
TRIALS_AT_ONCE, TRIAL_EVERY = 3, timedelta(seconds=20)


class PushKeys(msgspec.Struct, frozen=True):
    """The two keys of a PushSubscription."""

    p256dh: Annotated[str, msgspec.Meta(max_length=200)]
    auth: Annotated[str, msgspec.Meta(max_length=100)]


class Subscription(msgspec.Struct, frozen=True):
    """A browser's PushSubscription, as `toJSON()` gives it; what else is in it does not matter."""

    endpoint: Annotated[str, msgspec.Meta(max_length=2_000)]
    keys: PushKeys


class AddressWanted(Confidential, frozen=True):
    """One of both: a browser's `subscription`, or a `mailbox`. `label`: what you call it."""

    subscription: Subscription | None = None
    mailbox: Annotated[str, msgspec.Meta(max_length=320)] | None = None
    label: Annotated[str, msgspec.Meta(max_length=100)] = ""


class AddressTold(msgspec.Struct, frozen=True):
    """An address as it is shown: its own text, if it is a mailbox, mostly behind asterisks."""

    id: str
    way: Way
    label: str
    shown: str


class TrialTold(msgspec.Struct, frozen=True):
    """What came of a test: `taken`: on its way; `later`, `gone` and `refused` with the reason, in a
    word of docs/notifications.md."""

    outcome: Outcome
    reason: str | None = None


EXAMPLE_ADDRESS = AddressTold("9f86d081884c7d65", Way.EMAIL, "手机邮箱", "o***@example.com")


class ReachableDoor(msgspec.Struct, frozen=True):
    """What the routes of addresses stand on."""

    reaching: Reaching
    clock: Clock
    pace: Pace


def usual_trial_pace() -> Pace:
    """How often somebody may try: nobody's mailbox is to be filled."""
    return Pace(TRIALS_AT_ONCE, TRIAL_EVERY, timedelta(), "reachable.too_fast")


def reachable_routes(door: ReachableDoor) -> list[BaseRouteHandler]:
    """The routes of one's own addresses."""
    return [*_keeping(door), _trying(door), _trying_robots(door)]


def _keeping(door: ReachableDoor) -> list[BaseRouteHandler]:
    @get(
        "/v1/me/addresses",
        operation_id="ListMyAddresses",
        summary="Where alarms reach you",
        tags=["me"],
        opt=IN_PERSON | example([EXAMPLE_ADDRESS]),
        responses=refusals(**ALWAYS),
    )
    async def list_my_addresses(request: AnyRequest) -> Sequence[AddressTold]:
        """Browsers and mailboxes, in the order in which you added them."""
        account = caller_of(request).account.id
        found = await asyncio.to_thread(door.reaching.addresses, account)
        return [_told(each) for each in found]

    @post(
        "/v1/me/addresses",
        operation_id="AddMyAddress",
        summary="Let alarms reach you",
        tags=["me"],
        opt=IN_PERSON | example(EXAMPLE_ADDRESS, AddressWanted(mailbox="owner@example.com")),
        responses=CHANGING,
    )
    async def add_my_address(request: AnyRequest, data: JSONBody[AddressWanted]) -> AddressTold:
        """A browser subscribes with the `public_key` of the setting `push`. Notices come in the
        language of this request. The same address once more changes its label."""
        way, address = _wanted(data)
        language = language_of(request.headers.get("accept-language"))
        kept = Address(address, language, data.label.strip())
        account = caller_of(request).account.id
        return _told(done(await asyncio.to_thread(door.reaching.add, account, way, kept)))

    @delete(
        "/v1/me/addresses/{address_id:str}",
        operation_id="RemoveMyAddress",
        summary="Be reached there no longer",
        tags=["me"],
        opt=IN_PERSON,
        responses=ASKING,
    )
    async def remove_my_address(request: AnyRequest, address_id: AddressId) -> None:
        """At once."""
        account = caller_of(request).account.id
        done(await asyncio.to_thread(door.reaching.remove, account, address_id))

    return [list_my_addresses, add_my_address, remove_my_address]


def _trying(door: ReachableDoor) -> BaseRouteHandler:
    @post(
        "/v1/me/addresses/{address_id:str}/trials",
        operation_id="TryMyAddress",
        summary="Send yourself a test notice",
        tags=["me"],
        opt=IN_PERSON | example(TrialTold(Outcome.TAKEN)),
        responses=TRYING,
    )
    async def try_my_address(request: AnyRequest, address_id: AddressId) -> TrialTold:
        """Says what the other side answered, within half a minute."""
        account = caller_of(request).account.id
        found = await asyncio.to_thread(door.reaching.addresses, account)
        known = next((each for each in found if each.id == address_id), None)
        if known is None:
            return done(Obstacle.UNKNOWN)
        door.pace.wait(account, door.clock())
        told = await door.reaching.try_out(known)
        return TrialTold(told.outcome, told.reason)

    return try_my_address


def _trying_robots(door: ReachableDoor) -> BaseRouteHandler:
    @post(
        "/v1/shops/{shop:str}/robots/{robot:str}/trials",
        operation_id="TryRobot",
        summary="Let a team robot say something",
        tags=["settings"],
        opt=needs(Right.ALARMS_MANAGE) | example(TrialTold(Outcome.TAKEN)),
        responses=TRYING,
    )
    async def try_robot(request: AnyRequest, shop: FromPath[str], robot: RobotName) -> TrialTold:
        """One of the setting `robots`, by its name. Says what the team's chat answered."""
        language = language_of(request.headers.get("accept-language"))
        door.pace.wait(caller_of(request).account.id, door.clock())
        told = await door.reaching.try_robot(shop, robot, language)
        return done(Obstacle.UNKNOWN) if told is None else TrialTold(told.outcome, told.reason)

    return try_robot


def _wanted(data: AddressWanted) -> tuple[Way, str]:
    """The way and what its notifier takes; what is neither is no mailbox."""
    if data.subscription is not None:
        return Way.WEB_PUSH, msgspec.json.encode(data.subscription).decode()
    return Way.EMAIL, (data.mailbox or "").strip()


def _told(known: Known) -> AddressTold:
    return AddressTold(known.id, known.way, known.address.label, shown(known))


def shown(known: Known) -> str:
    """Enough of an address for its owner to know it again."""
    address = known.address.address
    if known.way is Way.EMAIL:
        name, _, host = address.rpartition("@")
        return f"{name[:1]}***@{host}"
    return address.partition("://")[2].partition("/")[0]
