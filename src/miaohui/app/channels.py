"""The channels of an open house: where each comes in and goes out, and what it can do."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from miaohui.adapters.channels.port import Door, Sender
from miaohui.adapters.channels.webhook.capabilities import SENDABLE, webhook_capabilities
from miaohui.adapters.channels.webhook.door import WebhookDoor
from miaohui.adapters.channels.webhook.sender import WebhookSender
from miaohui.adapters.channels.webhook.signature import key_of
from miaohui.app.config import WebhookSettings
from miaohui.domain.directory.accounts import Channel, Shop
from miaohui.domain.directory.capabilities import NOTHING, Capabilities, Since, capabilities_on
from miaohui.domain.vocabulary.instants import local_day
from miaohui.pipelines.channel_health import ChannelHealth, HeardDoor, NotedSender, Place
from miaohui.pipelines.webhooks import Webhook

WEBHOOK = "webhook"
DAYS = ZoneInfo("Asia/Shanghai")  # platforms date what they give and take by their own days


class OpenChannels:
    """Doors by the id in their path, senders and capabilities by (shop, channel).

    Those of the settings file stand; all others open, change and close while the house is open.
    """

    kinds = frozenset({WEBHOOK})  # that can be added while the house is open

    def __init__(
        self,
        webhooks: Mapping[str, WebhookSettings],
        clock: Callable[[], datetime],
        health: ChannelHealth,
    ):
        self.doors: dict[str, Door] = {}
        self.senders: dict[Place, Sender] = {}
        self._matrices: dict[Place, list[Since]] = {}
        self._doors_of: dict[Place, str] = {}
        self._to_close: list[WebhookSender] = []
        self._clock = clock
        self._health = health
        self._webhooks = webhooks
        for name, each in webhooks.items():
            self._open_listed(name, each)

    def listed(self) -> list[tuple[Shop, Channel]]:
        """The channels of the settings file as the directory lists them."""
        return [
            (
                Shop(each.shop, each.shop, pack=each.pack),
                Channel(each.shop, each.channel, WEBHOOK, each.channel, left_alone=each.left_alone),
            )
            for each in self._webhooks.values()
        ]

    def is_listed(self, shop: str, channel: str) -> bool:
        """Whether a channel stands in the settings file, and so is changed there only."""
        places = {(each.shop, each.channel) for each in self._webhooks.values()}
        return (shop, channel) in places

    def capabilities(self, shop: str, channel: str, at: datetime) -> Capabilities:
        """What a channel can do at an instant; nothing where there is none."""
        matrix = self._matrices.get((shop, channel))
        return capabilities_on(matrix, local_day(at, DAYS)) if matrix else NOTHING

    def open(self, channel: Channel, webhook: Webhook | None) -> None:
        """Open a channel as it now stands, or close it if it is none of ours, or not active."""
        place = channel.shop, channel.id
        if self.is_listed(*place):
            return
        self._shut(place)
        if channel.kind == WEBHOOK and channel.active and webhook is not None:
            keys = [key for each in webhook.secrets if (key := key_of(each.secret))]
            kinds = SENDABLE if webhook.sends is None else frozenset(webhook.sends)
            self._let_in(webhook.door, place, keys)
            self._matrices[place] = webhook_capabilities(
                sends=webhook.to is not None, routes=not channel.left_alone, kinds=kinds
            )
            if webhook.to is not None and keys:
                self._send_to(place, WebhookSender(webhook.to, keys, self._clock))

    async def close(self) -> None:
        """Let the connections go."""
        for sender in self._to_close:
            await sender.close()

    def _open_listed(self, name: str, settings: WebhookSettings) -> None:
        place = settings.shop, settings.channel
        keys = [key_of(secret) or b"" for secret in settings.secrets]
        self._let_in(name, place, keys)
        self._matrices[place] = webhook_capabilities(
            sends=settings.to is not None, routes=not settings.left_alone
        )
        if settings.to is not None:
            inside = settings.to_inside
            self._send_to(place, WebhookSender(settings.to, keys[:1], self._clock, inside=inside))

    def _let_in(self, door: str, place: Place, keys: Sequence[bytes]) -> None:
        self._doors_of[place] = door
        self.doors[door] = HeardDoor(WebhookDoor(*place, keys), place, self._health)

    def _send_to(self, place: Place, sender: WebhookSender) -> None:
        self.senders[place] = NotedSender(sender, place, self._health)
        # One that is replaced may have messages under way: it goes with the house.
        self._to_close.append(sender)

    def _shut(self, place: Place) -> None:
        self.doors.pop(self._doors_of.pop(place, ""), None)
        self.senders.pop(place, None)
        self._matrices.pop(place, None)
