"""Messages out by signed webhook: one POST each."""

from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import httpcore
import msgspec

from miaohui.adapters.channels.port import Answer, Outcome
from miaohui.adapters.channels.webhook.guarded import PublicOnly, ReachesInside, plain_backend
from miaohui.adapters.channels.webhook.signature import signed
from miaohui.adapters.storage.live_ports import Outgoing

TIMEOUT_SECONDS = 10.0
# What a receiver says that passes by itself; every other 4xx is for good.
PASSING = frozenset({408, 425, 429})
ALREADY_TAKEN = 409
LONGEST_ASKED = timedelta(hours=1)


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
    """channels.port.Sender to one address, signed with `key`.

    Follows no redirect. Unless `inside`, reaches public addresses only.
    """

    def __init__(
        self, address: str, key: bytes, clock: Callable[[], datetime], *, inside: bool = False
    ) -> None:
        self._address = address
        self._key = key
        self._clock = clock
        backend = plain_backend() if inside else PublicOnly()
        self._pool = httpcore.AsyncConnectionPool(max_connections=16, network_backend=backend)

    def __repr__(self) -> str:
        return f"WebhookSender({urlsplit(self._address).hostname!r})"

    async def send(self, outgoing: Outgoing) -> Answer:
        """See port.Sender."""
        said = _said(outgoing)
        body = msgspec.json.encode(said)
        headers = signed(self._key, said.id, self._clock(), body)
        try:
            response = await self._pool.request(
                "POST",
                self._address,
                headers={"content-type": "application/json", **headers.named()},
                content=body,
                extensions={"timeout": dict.fromkeys(TIMEOUTS, TIMEOUT_SECONDS)},
            )
        except ReachesInside:
            return Answer(Outcome.REFUSED, "reaches_inside")
        except (httpcore.TimeoutException, httpcore.PoolTimeout):
            return Answer(Outcome.LATER, "timeout")
        except (httpcore.NetworkError, httpcore.ProtocolError):
            return Answer(Outcome.LATER, "unreachable")
        except (httpcore.UnsupportedProtocol, UnicodeError, ValueError):
            return Answer(Outcome.REFUSED, "bad_address")
        return answered(response.status, dict(response.headers).get(b"retry-after"))

    async def close(self) -> None:
        """Let the connections go."""
        await self._pool.aclose()


TIMEOUTS = ("connect", "read", "write", "pool")


def answered(status: int, retry_after: bytes | None) -> Answer:
    """What a status means for a message."""
    if 200 <= status < 300 or status == ALREADY_TAKEN:
        return Answer(Outcome.TAKEN)
    reason = f"http_{status}"
    if status >= 500 or status in PASSING:
        return Answer(Outcome.LATER, reason, _asked(retry_after))
    return Answer(Outcome.REFUSED, reason)


def _asked(retry_after: bytes | None) -> timedelta | None:
    """The pause asked for in seconds, at most an hour."""
    if retry_after is None or not retry_after.isdigit():
        return None
    return min(timedelta(seconds=min(int(retry_after[:9]), 10**6)), LONGEST_ASKED)


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
