"""One's own second factor: offered, confirmed by its first code, given up with a proof."""

import asyncio
from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
from litestar import Request, Response, delete, get, post, put
from litestar.handlers import BaseRouteHandler
from litestar.params import JSONBody

from miaohui.api.bodies import Confidential
from miaohui.api.callers import IN_PERSON, caller_of
from miaohui.api.me import MyDoor
from miaohui.api.openapi import ALWAYS, PROVING, example, refusals
from miaohui.api.refusals import done
from miaohui.api.sessions import EXAMPLE_WELCOME, Welcome, place_of_knock, welcomed
from miaohui.domain.directory.secret import Secret
from miaohui.pipelines.logins import Knock
from miaohui.pipelines.second_factors import (
    confirm_second_factor,
    give_up_second_factor,
    offer_second_factor,
)

AnyRequest = Request[Any, Any, Any]
Code = Annotated[str, msgspec.Meta(max_length=100)]


class SecondFactor(msgspec.Struct, frozen=True):
    """Whether one is in use, and how many recovery codes are left."""

    in_use: bool
    recovery_codes_left: int


class Offer(msgspec.Struct, frozen=True):
    """Shown this once: the secret to type, and what a square code says (`otpauth://…`)."""

    secret: str
    address: str

    def __repr__(self) -> str:
        return "Offer(…)"


class FirstCode(Confidential, frozen=True):
    """What the app shows."""

    code: Code


class RecoveryCodes(msgspec.Struct, frozen=True):
    """Shown this once: each lets in once whoever lost the telephone."""

    recovery_codes: Sequence[str]

    def __repr__(self) -> str:
        return "RecoveryCodes(…)"


class Proof(Confidential, frozen=True):
    """Password and code, as for a log-in."""

    password: Annotated[str, msgspec.Meta(max_length=1_000)]
    code: Code


def second_factor_routes(door: MyDoor) -> list[BaseRouteHandler]:
    """The routes of one's own second factor."""
    return [*_reading(door), *_changing(door)]


def _reading(door: MyDoor) -> list[BaseRouteHandler]:
    @get(
        "/v1/me/second-factor",
        operation_id="ReadMySecondFactor",
        summary="Is a second factor in use?",
        tags=["me"],
        opt=IN_PERSON | example(SecondFactor(in_use=True, recovery_codes_left=10)),
        responses=refusals(**ALWAYS),
    )
    async def read_my_second_factor(request: AnyRequest) -> SecondFactor:
        """An offer that is not confirmed yet is not in use."""
        account, directory = caller_of(request).account.id, door.people.directory
        credential = await asyncio.to_thread(directory.credential, account)
        in_use = credential is not None and credential.one_time_secret is not None
        left = await asyncio.to_thread(directory.recovery_codes_left, account)
        return SecondFactor(in_use, left)

    @post(
        "/v1/me/second-factor",
        operation_id="OfferMySecondFactor",
        summary="Ask for a second factor",
        tags=["me"],
        opt=IN_PERSON | example(Offer("JBSWY3DP…", "otpauth://totp/Miaohui:…")),
        responses=refusals(**ALWAYS),
    )
    async def offer_my_second_factor(request: AnyRequest) -> Offer:
        """One in use stays so until this is confirmed by its first code."""
        acting = door.callers.acting(request)
        offered = await asyncio.to_thread(offer_second_factor, door.people, acting)
        return Offer(offered.secret.reveal(), offered.address.reveal())

    return [read_my_second_factor, offer_my_second_factor]


def _changing(door: MyDoor) -> list[BaseRouteHandler]:
    @put(
        "/v1/me/second-factor",
        operation_id="ConfirmMySecondFactor",
        summary="Put the offered second factor in use",
        tags=["me"],
        opt=IN_PERSON | example(RecoveryCodes(["k3vb-7xqp-2mno-4rst"]), FirstCode("123456")),
        responses=PROVING,
    )
    async def confirm_my_second_factor(
        request: AnyRequest, data: JSONBody[FirstCode]
    ) -> RecoveryCodes:
        """From now on every log-in needs a code."""
        acting = door.callers.acting(request)
        codes = done(await asyncio.to_thread(confirm_second_factor, door.people, acting, data.code))
        return RecoveryCodes([code.reveal() for code in codes])

    @delete(
        "/v1/me/second-factor",
        operation_id="GiveUpMySecondFactor",
        summary="Give the second factor up",
        status_code=200,
        tags=["me"],
        opt=IN_PERSON | example(EXAMPLE_WELCOME, Proof("几个词连起来的一句话", "123456")),
        responses=PROVING,
    )
    async def give_up_my_second_factor(
        request: AnyRequest, data: JSONBody[Proof]
    ) -> Response[Welcome]:
        """A session left open somewhere is not enough for that. All other sessions end."""
        name = caller_of(request).account.name
        knock = Knock(name, Secret(data.password), *place_of_knock(request), data.code)
        given_up = await asyncio.to_thread(give_up_second_factor, door.people, door.clock(), knock)
        logged_in = done(given_up)
        await door.furnishing.accounts([logged_in.account.id])
        return welcomed(logged_in, request, 200)

    return [confirm_my_second_factor, give_up_my_second_factor]
