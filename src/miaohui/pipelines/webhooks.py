"""The webhook of a channel: its door, up to two secrets, and where its messages go out.

Kept sealed among the settings of the shop; a secret is made here and shown once.
"""

from collections.abc import Callable, Collection
from datetime import datetime
from urllib.parse import urlsplit

import msgspec
from msgspec.structs import replace

from miaohui.adapters.storage.directory_ports import Obstacle
from miaohui.adapters.storage.settings_ports import Settings
from miaohui.domain.vocabulary.problems import Problem
from miaohui.pipelines.house import Acting, author_of
from miaohui.pipelines.refusals import NotAllowed, Unfit
from miaohui.pipelines.tokens import Chance, new_letters, random_bytes

DOOR_LETTERS, ID_LETTERS = 16, 8
SECRET_BYTES = 32
MOST_SECRETS = 2  # the old one and the new one, while the other side changes over
LONGEST_ADDRESS = 2_000
NotKept = NotAllowed | Unfit | Obstacle
NewSecret = Callable[[bytes], str]


class WebhookSecret(msgspec.Struct, frozen=True):
    """A secret under a name by which it can be told and dropped."""

    id: str
    secret: str
    made_at: datetime

    def __repr__(self) -> str:
        return f"WebhookSecret({self.id!r})"


class Webhook(msgspec.Struct, frozen=True):
    """`door` is the id in the path where events come in; `to` is where messages go out, `sends`
    the kinds that it takes, None: all."""

    door: str
    secrets: tuple[WebhookSecret, ...] = ()
    to: str | None = None
    sends: tuple[str, ...] | None = None


class Standing(msgspec.Struct, frozen=True):
    """A webhook and its version among the settings; 0 while nothing was kept."""

    webhook: Webhook
    version: int = 0


def webhook_of(settings: Settings, shop: str, channel: str) -> Standing | None:
    """The webhook of a channel; None if it has none yet."""
    stored = settings.read(shop, _name(channel))
    if stored is None:
        return None
    return Standing(msgspec.json.decode(stored.value, type=Webhook), stored.version)


class Webhooks:
    """Webhooks as they are changed by people. Calls block."""

    def __init__(
        self,
        settings: Settings,
        chance: Chance,
        new_secret: NewSecret,
        kinds: Collection[str],
    ) -> None:
        """`new_secret` writes a secret from random bytes; `kinds` are those that can be sent."""
        self._settings = settings
        self._chance = chance
        self._new_secret = new_secret
        self._kinds = kinds

    def standing(self, shop: str, channel: str) -> Standing:
        """The webhook of a channel, or a fresh one that is not kept yet."""
        found = webhook_of(self._settings, shop, channel)
        return found or Standing(Webhook(new_letters(self._chance, DOOR_LETTERS)))

    def change(
        self,
        acting: Acting,
        shop: str,
        channel: str,
        to: str | None,
        sends: tuple[str, ...] | None,
        expected_version: int | None,
    ) -> Standing | NotKept:
        """Say where messages go out, and which."""
        problems = [*_address_problems(to), *self._kind_problems(sends)]
        if problems:
            return Unfit(tuple(problems))
        known = self.standing(shop, channel)
        changed = replace(known.webhook, to=to, sends=sends)
        return self._keep(acting, shop, channel, changed, expected_version or 0)

    def make_secret(
        self, acting: Acting, shop: str, channel: str
    ) -> tuple[Standing, WebhookSecret] | NotKept:
        """Another secret beside the one in use."""
        known = self.standing(shop, channel)
        if len(known.webhook.secrets) >= MOST_SECRETS:
            return Unfit((Problem("webhook.two_secrets"),))
        written = self._new_secret(random_bytes(self._chance, SECRET_BYTES))
        made = WebhookSecret(new_letters(self._chance, ID_LETTERS), written, acting.at)
        changed = replace(known.webhook, secrets=(*known.webhook.secrets, made))
        kept = self._keep(acting, shop, channel, changed, known.version)
        return (kept, made) if isinstance(kept, Standing) else kept

    def drop_secret(
        self, acting: Acting, shop: str, channel: str, secret_id: str
    ) -> Standing | NotKept:
        """A secret is believed no longer."""
        known = self.standing(shop, channel)
        left = tuple(each for each in known.webhook.secrets if each.id != secret_id)
        if left == known.webhook.secrets:
            return Obstacle.UNKNOWN
        changed = replace(known.webhook, secrets=left)
        return self._keep(acting, shop, channel, changed, known.version)

    def _keep(
        self, acting: Acting, shop: str, channel: str, webhook: Webhook, version: int
    ) -> Standing | Obstacle:
        value = msgspec.json.encode(webhook)
        stored = self._settings.keep(
            shop, _name(channel), value, version or None, author_of(acting), sealed=True
        )
        return stored if isinstance(stored, Obstacle) else Standing(webhook, stored.version)

    def _kind_problems(self, sends: tuple[str, ...] | None) -> list[Problem]:
        unknown = [kind for kind in sends or () if kind not in self._kinds]
        return [Problem("channel.cannot_send", {"kind": kind}) for kind in unknown]


def _name(channel: str) -> str:
    return f"webhook/{channel}"


def _address_problems(to: str | None) -> list[Problem]:
    """What goes out holds what buyers and agents say: it is never sent in plain."""
    if to is None or (len(to) <= LONGEST_ADDRESS and _is_address(to)):
        return []
    return [Problem("webhook.address", {"path": "to"})]


def _is_address(to: str) -> bool:
    try:
        parts = urlsplit(to)
        named = bool(parts.hostname) and parts.username is None and (parts.port or 443) > 0
    except ValueError:
        return False
    plain = to.isascii() and to.isprintable() and " " not in to
    return named and plain and parts.scheme == "https"
