"""The webhook of a channel: its door, its secrets, where its messages go out."""

import asyncio
from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
from litestar import Request, delete, get, post, put
from litestar.handlers import BaseRouteHandler
from litestar.params import FromPath, JSONBody

from miaohui.api.bodies import Asked
from miaohui.api.callers import Callers, needs
from miaohui.api.openapi import ASKING, CHANGING, example
from miaohui.api.people_told import Names
from miaohui.api.refusals import done
from miaohui.api.sessions import NOON
from miaohui.api.shop_channels import known_channel, refuse_listed
from miaohui.domain.directory.accounts import Channel
from miaohui.domain.directory.rights import Right
from miaohui.domain.vocabulary.events import Instant
from miaohui.domain.vocabulary.problems import Problem, ReaderError
from miaohui.pipelines.house import House
from miaohui.pipelines.shop_channels import ShopChannels
from miaohui.pipelines.webhooks import Standing, Webhooks

AnyRequest = Request[Any, Any, Any]
MANAGING = needs(Right.WEBHOOKS_MANAGE)
PATH = "/v1/shops/{shop:str}/channels/{channel:str}/webhook"
KIND = "webhook"
Version = Annotated[int, msgspec.Meta(ge=0, le=1 << 53)]


class SecretTold(msgspec.Struct, frozen=True):
    """A secret that is believed, without itself."""

    id: str
    made_at: Instant


class WebhookTold(msgspec.Struct, frozen=True):
    """`path`: where events are handed in, `stream`: the same over a WebSocket. `to`: where
    messages go out, `sends`: the kinds that it takes, null: all."""

    path: str
    stream: str
    secrets: Sequence[SecretTold]
    to: str | None
    sends: Sequence[str] | None
    version: int


class WebhookWanted(Asked, frozen=True):
    """`to`: an https address in the open internet; `expected_version`: that one has seen."""

    to: Annotated[str, msgspec.Meta(max_length=2_000)] | None = None
    sends: Names | None = None
    expected_version: Version | None = None


class SecretMade(msgspec.Struct, frozen=True):
    """`secret` is shown this once."""

    id: str
    secret: str
    made_at: Instant

    def __repr__(self) -> str:
        return f"SecretMade({self.id!r})"


EXAMPLE = WebhookTold(
    "/v1/channels/k3vb7xqp2mno4rst/deliveries",
    "/v1/channels/k3vb7xqp2mno4rst/stream",
    [SecretTold("abcd2345", NOON)],
    "https://erp.example.com/miaohui",
    None,
    1,
)


class WebhooksDoor(msgspec.Struct, frozen=True):
    """What the routes of webhooks stand on."""

    people: House
    channels: ShopChannels
    webhooks: Webhooks
    callers: Callers


def webhook_routes(door: WebhooksDoor) -> list[BaseRouteHandler]:
    """The routes of webhooks."""
    return [*_keeping(door), *_secrets(door)]


def _keeping(door: WebhooksDoor) -> list[BaseRouteHandler]:
    @get(
        PATH,
        operation_id="ReadWebhook",
        summary="How a channel comes in and goes out",
        tags=["webhooks"],
        opt=MANAGING | example(EXAMPLE),
        responses=ASKING,
    )
    async def read_webhook(shop: FromPath[str], channel: FromPath[str]) -> WebhookTold:
        """Without its secrets. One that stands in the settings file is told there."""
        await _webhook_channel(door, shop, channel)
        return _told(await asyncio.to_thread(door.webhooks.standing, shop, channel))

    @put(
        PATH,
        operation_id="ChangeWebhook",
        summary="Say where messages go out",
        tags=["webhooks"],
        opt=MANAGING | example(EXAMPLE, WebhookWanted("https://erp.example.com/miaohui")),
        responses=CHANGING,
    )
    async def change_webhook(
        request: AnyRequest,
        shop: FromPath[str],
        channel: FromPath[str],
        data: JSONBody[WebhookWanted],
    ) -> WebhookTold:
        """Holds for the next message. Addresses inside the network stand in the settings file
        only."""
        await _webhook_channel(door, shop, channel)
        acting = door.callers.acting(request)
        sends = None if data.sends is None else tuple(data.sends)
        version = data.expected_version
        kept = await asyncio.to_thread(
            door.webhooks.change, acting, shop, channel, data.to, sends, version
        )
        await door.channels.reopen(shop)
        return _told(done(kept))

    return [read_webhook, change_webhook]


def _secrets(door: WebhooksDoor) -> list[BaseRouteHandler]:
    @post(
        PATH + "/secrets",
        operation_id="MakeWebhookSecret",
        summary="Make a secret",
        tags=["webhooks"],
        opt=MANAGING | example(SecretMade("abcd2345", "whsec_…", NOON)),
        responses=CHANGING,
    )
    async def make_secret(
        request: AnyRequest, shop: FromPath[str], channel: FromPath[str]
    ) -> SecretMade:
        """Beside the one in use: both are believed, and what goes out is signed with both, until
        the old one is dropped."""
        await _webhook_channel(door, shop, channel)
        acting = door.callers.acting(request)
        kept = done(await asyncio.to_thread(door.webhooks.make_secret, acting, shop, channel))
        await door.channels.reopen(shop)
        made = kept[1]
        return SecretMade(made.id, made.secret, made.made_at)

    @delete(
        PATH + "/secrets/{secret_id:str}",
        operation_id="DropWebhookSecret",
        summary="Drop a secret",
        tags=["webhooks"],
        opt=MANAGING,
        responses=CHANGING,
    )
    async def drop_secret(
        request: AnyRequest, shop: FromPath[str], channel: FromPath[str], secret_id: FromPath[str]
    ) -> None:
        """It is believed no longer."""
        await _webhook_channel(door, shop, channel)
        acting = door.callers.acting(request)
        done(await asyncio.to_thread(door.webhooks.drop_secret, acting, shop, channel, secret_id))
        await door.channels.reopen(shop)

    return [make_secret, drop_secret]


async def _webhook_channel(door: WebhooksDoor, shop: str, channel: str) -> Channel:
    known = await known_channel(door.people, shop, channel)
    refuse_listed(door.channels, known)
    if known.kind != KIND:
        raise ReaderError(Problem("webhook.none_here", {"kind": known.kind}))
    return known


def _told(standing: Standing) -> WebhookTold:
    webhook = standing.webhook
    kept = standing.version > 0
    return WebhookTold(
        f"/v1/channels/{webhook.door}/deliveries" if kept else "",
        f"/v1/channels/{webhook.door}/stream" if kept else "",
        [SecretTold(each.id, each.made_at) for each in webhook.secrets],
        webhook.to,
        webhook.sends,
        standing.version,
    )
