"""The door of one signed webhook."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from datetime import datetime

from miaohui.adapters.channels.port import Read
from miaohui.adapters.channels.webhook.arrivals import read_delivery, read_event
from miaohui.adapters.channels.webhook.signature import WINDOW, Headers, refusal
from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.problems import Problem, ReaderError


class WebhookDoor:
    """channels.port.Door for events signed with one of `keys`."""

    def __init__(self, shop: str, channel: str, keys: Sequence[bytes]) -> None:
        self._shop = shop
        self._channel = channel
        self._keys = keys
        # Within the window only: what is older is refused by its time. A restart forgets them,
        # and then the log knows each event by its source id.
        self._taken: OrderedDict[str, datetime] = OrderedDict()

    def __repr__(self) -> str:
        return f"WebhookDoor({self._shop!r}, {self._channel!r})"

    def admit(self, headers: Mapping[str, str], body: bytes, now: datetime) -> str:
        """See port.Door."""
        given = Headers(*(headers.get(f"webhook-{part}", "") for part in Headers.__struct_fields__))
        trouble = refusal(self._keys, given, body, now)
        if trouble is None and given.id in self._taken:
            trouble = "webhook.repeated"
        if trouble is not None:
            raise ReaderError(Problem(trouble))
        return given.id

    def taken(self, delivery: str, now: datetime) -> None:
        """See port.Door."""
        self._taken[delivery] = now
        while now - next(iter(self._taken.values())) > 2 * WINDOW:
            self._taken.popitem(last=False)

    def read(self, body: bytes, now: datetime) -> Read:
        """See port.Door."""
        return read_delivery(body, self._shop, self._channel, now)

    def read_one(self, told: bytes, now: datetime) -> Event | Problem:
        """See port.Door."""
        return read_event(told, self._shop, self._channel, now)
