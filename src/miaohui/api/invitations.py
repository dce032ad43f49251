"""Links by which people join: made, read, accepted, withdrawn.

A token stands in bodies only, never in an address: addresses are written down by whatever a
request passes.
"""

import asyncio
from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
from litestar import Request, Response, delete, get, post
from litestar.handlers import BaseRouteHandler
from litestar.params import FromPath, JSONBody

from miaohui.adapters.storage.directory_ports import Invitation
from miaohui.api.bodies import Asked, Confidential, Typed
from miaohui.api.callers import ANYBODY, Callers, needs, refuse_foreign_pages
from miaohui.api.openapi import ALWAYS, CHANGING, example, refusals
from miaohui.api.people_told import Name, Names, RoleName, WhichShops, shops_told
from miaohui.api.problems import Clock
from miaohui.api.refusals import done
from miaohui.api.sessions import EXAMPLE_WELCOME, NOON, Welcome, place_of_knock, welcomed
from miaohui.domain.directory.rights import Right
from miaohui.domain.directory.secret import Secret
from miaohui.domain.vocabulary.events import Instant
from miaohui.pipelines.furnishing import Furnishing
from miaohui.pipelines.house import House
from miaohui.pipelines.joining import (
    Joining,
    accept_invitation,
    invitations_in_view,
    invite,
    read_invitation,
    withdraw_invitation,
)

AnyRequest = Request[Any, Any, Any]
MANAGING = needs(Right.ACCOUNTS_MANAGE)
Token = Annotated[str, msgspec.Meta(max_length=200)]
GONE = refusals(
    **ALWAYS,
    _409="The name is taken.",
    _410="The link was used, withdrawn or has expired.",
    _422="It cannot be kept: every reason is told.",
)


class InvitationTold(msgspec.Struct, frozen=True):
    """An open invitation."""

    id: str
    role: RoleName
    shops: WhichShops
    groups: Sequence[str]
    invited_by: str
    created_at: Instant
    expires_at: Instant


class InvitationWanted(Asked, frozen=True):
    """What whoever comes by the link shall be; `role` and `groups` are ids."""

    role: Name
    shops: WhichShops = WhichShops()
    groups: Names = ()


class InvitationMade(msgspec.Struct, frozen=True):
    """`token` is shown this once: it makes the link, best behind its `#`."""

    invitation: InvitationTold
    token: str

    def __repr__(self) -> str:
        return f"InvitationMade({self.invitation.id!r})"


class Link(Confidential, frozen=True):
    """The token of a link."""

    token: Token


class OfferTold(msgspec.Struct, frozen=True):
    """What a link offers, to whoever holds it."""

    role: RoleName
    shops: WhichShops
    expires_at: Instant


class Acceptance(Confidential, frozen=True):
    """What somebody who joins says about themselves."""

    token: Token
    name: Name
    password: Typed
    display_name: Name = ""


AGENT = RoleName("agent", "客服")
HERE = WhichShops(only=("茶叶铺",))
EXAMPLE = InvitationTold("01930f2e-…", AGENT, HERE, [], "01930f2e-…", NOON, NOON)


class InvitationsDoor(msgspec.Struct, frozen=True):
    """What the routes of invitations stand on."""

    people: House
    furnishing: Furnishing
    callers: Callers
    clock: Clock


def invitation_routes(door: InvitationsDoor) -> list[BaseRouteHandler]:
    """The routes of invitations."""
    return [*_managing(door), *_joining(door)]


def _managing(door: InvitationsDoor) -> list[BaseRouteHandler]:
    @get(
        "/v1/invitations",
        operation_id="ListInvitations",
        summary="Open invitations",
        tags=["invitations"],
        opt=MANAGING | example([EXAMPLE]),
        responses=refusals(**ALWAYS),
    )
    async def list_invitations(request: AnyRequest) -> Sequence[InvitationTold]:
        """Newest first: those that you could have sent."""
        acting = door.callers.acting(request)
        found = await asyncio.to_thread(invitations_in_view, door.people, acting)
        return [_told(each) for each in found]

    @post(
        "/v1/invitations",
        operation_id="Invite",
        summary="Invite somebody",
        tags=["invitations"],
        opt=MANAGING | example(InvitationMade(EXAMPLE, "qG1…"), InvitationWanted("agent", HERE)),
        responses=CHANGING,
    )
    async def make_invitation(
        request: AnyRequest, data: JSONBody[InvitationWanted]
    ) -> InvitationMade:
        """Good for one person and seven days, and worth no more than you may still give."""
        acting, shops = door.callers.acting(request), data.shops.shops()
        groups = frozenset(data.groups)
        made = done(await asyncio.to_thread(invite, door.people, acting, data.role, shops, groups))
        return InvitationMade(_told(made.invitation), made.token.reveal())

    @delete(
        "/v1/invitations/{invitation_id:str}",
        operation_id="WithdrawInvitation",
        summary="Withdraw an invitation",
        tags=["invitations"],
        opt=MANAGING,
        responses=CHANGING,
    )
    async def withdraw(request: AnyRequest, invitation_id: FromPath[str]) -> None:
        """Its link is worth nothing from now on."""
        acting = door.callers.acting(request)
        done(await asyncio.to_thread(withdraw_invitation, door.people, acting, invitation_id))

    return [list_invitations, make_invitation, withdraw]


def _joining(door: InvitationsDoor) -> list[BaseRouteHandler]:
    @post(
        "/v1/invitations/offer",
        operation_id="ReadOffer",
        summary="What does a link offer?",
        status_code=200,
        tags=["invitations"],
        opt=ANYBODY | example(OfferTold(AGENT, HERE, NOON), Link("qG1…")),
        responses=GONE,
    )
    async def read_offer(data: JSONBody[Link]) -> OfferTold:
        """For whoever holds the link."""
        token = Secret(data.token)
        found = done(await asyncio.to_thread(read_invitation, door.people, door.clock(), token))
        role = RoleName(found.role.id, found.role.name)
        return OfferTold(role, shops_told(found.shops), found.expires_at)

    @post(
        "/v1/invitations/acceptance",
        operation_id="AcceptInvitation",
        summary="Join by a link",
        tags=["invitations"],
        opt=ANYBODY | example(EXAMPLE_WELCOME, Acceptance("qG1…", "小李", "几个词连起来的一句话")),
        responses=GONE,
    )
    async def accept(request: AnyRequest, data: JSONBody[Acceptance]) -> Response[Welcome]:
        """Makes the account that was promised, once, and logs it in."""
        refuse_foreign_pages(request)
        password = Secret(data.password)
        device, address = place_of_knock(request)
        joining = Joining(data.name, password, device, address, data.display_name)
        token, now = Secret(data.token), door.clock()
        joined = done(await asyncio.to_thread(accept_invitation, door.people, now, token, joining))
        await door.furnishing.accounts([joined.account.id])
        return welcomed(joined, request, 201)

    return [read_offer, accept]


def _told(invitation: Invitation) -> InvitationTold:
    return InvitationTold(
        invitation.id,
        RoleName(invitation.role.id, invitation.role.name),
        shops_told(invitation.shops),
        sorted(invitation.groups),
        invitation.invited_by,
        invitation.created_at,
        invitation.expires_at,
    )
