"""One POST to an address that somebody typed, with everything bounded that a stranger decides."""

import asyncio
import ssl
from collections.abc import Mapping
from datetime import timedelta
from functools import cache

import httpcore
import msgspec

from miaohui.adapters.outbound.guarded import PublicOnly, ReachesInside, plain_backend

STEPS = ("connect", "read", "write", "pool")
STEP_SECONDS = 10.0  # for each of them, and between two pieces of an answer
WHOLE_SECONDS = 20.0  # for all of it, however it drips
MOST_BYTES = 64 * 1024  # of an answer; the rest is not read
MOST_CONNECTIONS = 16
# A router forgets a quiet connection and tells nobody; then the next alarm would wait in vain.
KEPT_SECONDS = 30.0
LONGEST_ASKED = timedelta(hours=1)
# What a receiver says that passes by itself; every other 4xx is for good.
PASSING = frozenset({408, 425, 429})


class Replied(msgspec.Struct, frozen=True):
    """What the other side answered; `after` is the pause it asks for, at most an hour."""

    status: int
    body: bytes = b""
    after: timedelta | None = None

    @property
    def taken(self) -> bool:
        """Whether the status says yes."""
        return 200 <= self.status < 300

    @property
    def passing(self) -> bool:
        """Whether the status says that it may work another time."""
        return self.status >= 500 or self.status in PASSING

    @property
    def reason(self) -> str:
        """The status as a machine reason, `http_503`."""
        return f"http_{self.status}"


class Unanswered(msgspec.Struct, frozen=True):
    """Why there is no answer: `timeout`, `unreachable`, `reaches_inside` or `bad_address`."""

    reason: str
    passing: bool


class Outbound:
    """POSTs over connections that are kept; follows no redirect.

    Unless `inside`, reaches public addresses only. `trusted` replaces the public authorities that
    certificates are held against.
    """

    def __init__(
        self,
        *,
        inside: bool = False,
        trusted: ssl.SSLContext | None = None,
        whole_seconds: float = WHOLE_SECONDS,
    ) -> None:
        self._whole_seconds = whole_seconds
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=trusted or _public_authorities(),
            max_connections=MOST_CONNECTIONS,
            keepalive_expiry=KEPT_SECONDS,
            network_backend=plain_backend() if inside else PublicOnly(),
        )

    async def post(
        self, address: str, headers: Mapping[str, str], body: bytes
    ) -> Replied | Unanswered:
        """Raises nothing: what goes wrong is a value."""
        if not address.isascii():
            return Unanswered("bad_address", passing=False)
        try:
            async with asyncio.timeout(self._whole_seconds):
                return await self._post(address, headers, body)
        except ReachesInside:
            return Unanswered("reaches_inside", passing=False)
        except (TimeoutError, httpcore.TimeoutException):
            return Unanswered("timeout", passing=True)
        except (httpcore.UnsupportedProtocol, httpcore.LocalProtocolError, ValueError):
            return Unanswered("bad_address", passing=False)
        except (httpcore.NetworkError, httpcore.ProtocolError):
            return Unanswered("unreachable", passing=True)

    async def close(self) -> None:
        """Let the connections go."""
        await self._pool.aclose()

    async def _post(self, address: str, headers: Mapping[str, str], body: bytes) -> Replied:
        asked = self._pool.stream(
            "POST",
            address,
            headers=list(headers.items()),
            content=body,
            extensions={"timeout": dict.fromkeys(STEPS, STEP_SECONDS)},
        )
        async with asked as response:
            return Replied(response.status, await _beginning(response), _asked(response))


@cache
def _public_authorities() -> ssl.SSLContext:
    """Read once; a pool without it reads them again for every connection."""
    return httpcore.default_ssl_context()


async def _beginning(response: httpcore.Response) -> bytes:
    read = bytearray()
    async for piece in response.aiter_stream():
        read += piece
        if len(read) >= MOST_BYTES:
            break
    return bytes(read[:MOST_BYTES])


def _asked(response: httpcore.Response) -> timedelta | None:
    """The pause asked for in seconds."""
    named = {name.lower(): value for name, value in response.headers}
    seconds = named.get(b"retry-after", b"")
    if not seconds.isdigit():
        return None
    return min(timedelta(seconds=min(int(seconds[:9]), 10**6)), LONGEST_ASKED)
