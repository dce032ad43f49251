"""Connections that do not reach inside: an address that somebody typed may name a public host
only.

What is checked is the address connected to, after the name was resolved, so that a name which
changes its mind between looking and connecting gains nothing.
"""

import asyncio
import ipaddress
import socket
from collections.abc import Iterable
from typing import Any

import httpcore
from typing_extensions import override


class ReachesInside(httpcore.ConnectError):
    """The host is no public one."""


class PublicOnly(httpcore.AsyncNetworkBackend):
    """Connects to public addresses only."""

    def __init__(self) -> None:
        self._within = plain_backend()

    @override
    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Raises ReachesInside."""
        address = await public_address(host, port)
        return await self._within.connect_tcp(address, port, timeout, local_address, socket_options)

    @override
    async def sleep(self, seconds: float) -> None:
        """As the plain backend does."""
        await self._within.sleep(seconds)


def plain_backend() -> httpcore.AsyncNetworkBackend:
    """Connects to anything."""
    backend: Any = httpcore.AnyIOBackend()  # its type hangs on whether anyio is installed
    return backend


async def public_address(host: str, port: int) -> str:
    """An address of the host; ReachesInside if any of them is not public, ConnectError if it has
    none."""
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise httpcore.ConnectError(str(error)) from None
    addresses = [str(each[4][0]) for each in found]
    if not addresses or not all(map(is_public, addresses)):
        raise ReachesInside(host)
    return addresses[0]


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the open internet."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner = ip.ipv4_mapped or ip.sixtofour if isinstance(ip, ipaddress.IPv6Address) else None
    return ip.is_global and not ip.is_multicast and (inner is None or inner.is_global)
