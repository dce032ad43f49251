"""The channels of an open house: where each comes in and goes out, and what it can do."""

from collections.abc import Callable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from miaohui.adapters.channels.port import Door, Sender
from miaohui.adapters.channels.webhook.capabilities import webhook_capabilities
from miaohui.adapters.channels.webhook.door import WebhookDoor
from miaohui.adapters.channels.webhook.sender import WebhookSender
from miaohui.adapters.channels.webhook.signature import key_of
from miaohui.app.config import WebhookSettings
from miaohui.domain.directory.accounts import Channel, Shop
from miaohui.domain.directory.capabilities import NOTHING, Capabilities, Since, capabilities_on
from miaohui.domain.vocabulary.instants import local_day

WEBHOOK = "webhook"
DAYS = ZoneInfo("Asia/Shanghai")  # platforms date what they give and take by their own days


class OpenChannels:
    """Doors by the id in their path, senders and capabilities by (shop, channel)."""

    def __init__(self, webhooks: Mapping[str, WebhookSettings], clock: Callable[[], datetime]):
        self.doors: dict[str, Door] = {}
        self.senders: dict[tuple[str, str], Sender] = {}
        self._matrices: dict[tuple[str, str], list[Since]] = {}
        self._closed: list[WebhookSender] = []
        self._clock = clock
        self._webhooks = webhooks
        for name, each in webhooks.items():
            self._open_webhook(name, each)

    def listed(self) -> list[tuple[Shop, Channel]]:
        """The channels of the settings file as the directory lists them."""
        return [
            (
                Shop(each.shop, each.shop, pack=each.pack),
                Channel(each.shop, each.channel, WEBHOOK, each.channel, left_alone=each.left_alone),
            )
            for each in self._webhooks.values()
        ]

    def capabilities(self, shop: str, channel: str, at: datetime) -> Capabilities:
        """What a channel can do at an instant; nothing where there is none."""
        matrix = self._matrices.get((shop, channel))
        return capabilities_on(matrix, local_day(at, DAYS)) if matrix else NOTHING

    async def close(self) -> None:
        """Let the connections go."""
        for sender in self._closed:
            await sender.close()

    def _open_webhook(self, name: str, settings: WebhookSettings) -> None:
        place = settings.shop, settings.channel
        keys = [key_of(secret) or b"" for secret in settings.secrets]
        self.doors[name] = WebhookDoor(*place, keys)
        self._matrices[place] = webhook_capabilities(
            sends=settings.to is not None, routes=not settings.left_alone
        )
        if settings.to is not None:
            sender = WebhookSender(settings.to, keys[0], self._clock, inside=settings.to_inside)
            self.senders[place] = sender
            self._closed.append(sender)
