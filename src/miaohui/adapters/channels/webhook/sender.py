"""Messages out by signed webhook: one POST each."""

from collections.abc import Callable, Sequence
from datetime import datetime
from urllib.parse import urlsplit

import msgspec

from miaohui.adapters.channels.port import Answer, Outcome
from miaohui.adapters.channels.webhook.signature import signed_by
from miaohui.adapters.outbound.posting import Outbound, Replied, Unanswered
from miaohui.adapters.storage.live_ports import Outgoing

ALREADY_TAKEN = 409


class Said(msgspec.Struct, frozen=True, omit_defaults=True):
    """The body: `id` is the same however often a message is sent."""

    id: str
    shop: str
    channel: str
    conversation: str
    buyer: str
    at: datetime
    actor: str
    origin: str
    kind: str
    account: str | None = None
    text: str | None = None
    media: str | None = None
    order: str | None = None
    extra: dict[str, str] = {}


class WebhookSender:
    """channels.port.Sender to one address, signed with each of `keys`.

    Follows no redirect. Unless `inside`, reaches public addresses only.
    """

    def __init__(
        self,
        address: str,
        keys: Sequence[bytes],
        clock: Callable[[], datetime],
        *,
        inside: bool = False,
    ) -> None:
        self._address = address
        self._keys = keys
        self._clock = clock
        self._outbound = Outbound(inside=inside)

    def __repr__(self) -> str:
        return f"WebhookSender({urlsplit(self._address).hostname!r})"

    async def send(self, outgoing: Outgoing) -> Answer:
        """See port.Sender."""
        said = _said(outgoing)
        body = msgspec.json.encode(said)
        headers = signed_by(self._keys, said.id, self._clock(), body).named()
        headers["content-type"] = "application/json"
        return answered(await self._outbound.post(self._address, headers, body))

    async def close(self) -> None:
        """Let the connections go."""
        await self._outbound.close()


def answered(reply: Replied | Unanswered) -> Answer:
    """What a reply means for a message."""
    if isinstance(reply, Unanswered):
        return Answer(Outcome.LATER if reply.passing else Outcome.REFUSED, reply.reason)
    if reply.taken or reply.status == ALREADY_TAKEN:
        return Answer(Outcome.TAKEN)
    if reply.passing:
        return Answer(Outcome.LATER, reply.reason, reply.after)
    return Answer(Outcome.REFUSED, reply.reason)


def _said(outgoing: Outgoing) -> Said:
    event, payload = outgoing.event, outgoing.event.payload
    return Said(
        id=event.id,
        shop=event.shop,
        channel=event.channel,
        conversation=event.conversation,
        buyer=event.buyer,
        at=event.at,
        actor=event.actor,
        origin=event.origin,
        kind=event.kind,
        account=event.account,
        text=payload.text,
        media=payload.media,
        order=payload.order,
        extra=payload.extra,
    )
