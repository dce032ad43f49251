"""Receivers on real sockets that answer as told, and remember what they heard."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import NamedTuple


class Heard(NamedTuple):
    path: str
    headers: dict[str, str]
    body: bytes


Answering = Callable[[Heard], bytes]


def answer(status: int, *headers: str, body: bytes = b"") -> bytes:
    lines = [f"HTTP/1.1 {status} X", f"content-length: {len(body)}", "connection: close", *headers]
    return "\r\n".join([*lines, "", ""]).encode() + body


@asynccontextmanager
async def receiver(
    answering: Answering | None, tls: ssl.SSLContext | None = None
) -> AsyncIterator[tuple[int, list[Heard]]]:
    """Its port and what it was told; without an answer it hears and keeps silent."""
    heard: list[Heard] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            heard.append(await _heard(reader))
            if answering is None:
                await reader.read()
            else:
                writer.write(answering(heard[-1]))
                await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls)
    async with server:
        yield server.sockets[0].getsockname()[1], heard
    await emptied(server)


async def emptied(server: asyncio.Server) -> None:
    """Wait until every connection of a server is gone, as Python 3.12 does by itself."""
    await server.wait_closed()
    while getattr(server, "_active_count", 0):
        await asyncio.sleep(0.01)


async def _heard(reader: asyncio.StreamReader) -> Heard:
    first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().splitlines()[:-1]
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    body = await reader.readexactly(int(headers["content-length"]))
    return Heard(first.split()[1], headers, body)
