"""Webhooks of an open house: those of the settings file, and those that people add."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from miaohui.adapters.channels.webhook.capabilities import SENDABLE, webhook_capabilities
from miaohui.adapters.channels.webhook.door import WebhookDoor
from miaohui.adapters.channels.webhook.sender import WebhookSender
from miaohui.adapters.channels.webhook.signature import key_of
from miaohui.adapters.storage.settings_ports import Settings
from miaohui.api.problems import Clock
from miaohui.app.channels import OpenChannels
from miaohui.app.config import WebhookSettings
from miaohui.domain.directory.accounts import Channel, Shop
from miaohui.pipelines.channel_health import ChannelHealth, HeardDoor, NotedSender, Place
from miaohui.pipelines.webhooks import Webhook, webhook_of

WEBHOOK = "webhook"


class OpenWebhooks:
    """Opens and closes webhooks; a channels.Kind."""

    def __init__(
        self,
        listed: Mapping[str, WebhookSettings],
        channels: OpenChannels,
        settings: Settings,
        health: ChannelHealth,
        clock: Clock,
    ) -> None:
        self._channels = channels
        self._settings = settings
        self._health = health
        self._clock = clock
        self._to_close: list[WebhookSender] = []
        self._listed = listed
        channels.lend(WEBHOOK, self, [(each.shop, each.channel) for each in listed.values()])
        for name, each in listed.items():
            self._open_listed(name, each)

    def listed(self) -> list[tuple[Shop, Channel]]:
        """The channels of the settings file as the directory lists them."""
        return [
            (
                Shop(each.shop, each.shop, pack=each.pack),
                Channel(each.shop, each.channel, WEBHOOK, each.channel, left_alone=each.left_alone),
            )
            for each in self._listed.values()
        ]

    def opening(self, shop: Shop, channel: Channel) -> Callable[[], None]:
        """See channels.Kind."""
        kept = webhook_of(self._settings, shop.id, channel.id)
        return partial(self._open, channel, None if kept is None else kept.webhook)

    def closing(self, place: Place) -> None:
        """See channels.Kind: nothing of it is left."""

    async def close(self) -> None:
        """Let the connections go."""
        for sender in self._to_close:
            await sender.close()

    def _open(self, channel: Channel, webhook: Webhook | None) -> None:
        place = channel.shop, channel.id
        self._channels.shut(place)
        if webhook is None:
            return
        keys = [key for each in webhook.secrets if (key := key_of(each.secret))]
        kinds = SENDABLE if webhook.sends is None else frozenset(webhook.sends)
        sends, routes = webhook.to is not None, not channel.left_alone
        self._let_in(place, webhook.door, keys)
        self._channels.let_do(place, webhook_capabilities(sends=sends, routes=routes, kinds=kinds))
        if webhook.to is not None and keys:
            self._let_out(place, WebhookSender(webhook.to, keys, self._clock))

    def _open_listed(self, name: str, settings: WebhookSettings) -> None:
        place = settings.shop, settings.channel
        keys = [key_of(secret) or b"" for secret in settings.secrets]
        sends, routes = settings.to is not None, not settings.left_alone
        self._let_in(place, name, keys)
        self._channels.let_do(place, webhook_capabilities(sends=sends, routes=routes))
        if settings.to is not None:
            inside = settings.to_inside
            self._let_out(place, WebhookSender(settings.to, keys[:1], self._clock, inside=inside))

    def _let_in(self, place: Place, door_id: str, keys: Sequence[bytes]) -> None:
        door = HeardDoor(WebhookDoor(*place, keys), place, self._health)
        self._channels.let_in(place, door_id, door)

    def _let_out(self, place: Place, sender: WebhookSender) -> None:
        self._channels.let_out(place, NotedSender(sender, place, self._health))
        # One that is replaced may have messages under way: it goes with the house.
        self._to_close.append(sender)
