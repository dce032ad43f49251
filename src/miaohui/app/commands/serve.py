"""`miaohui serve`: the house open on one port, until somebody stops it."""

import asyncio
import os
import signal
import socket
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from typing_extensions import override

from miaohui.app.config import Settings, read_settings
from miaohui.app.house import opened_house
from miaohui.app.language import say
from miaohui.app.log_book import keep_log_book, tell_loose_ends
from miaohui.app.signals import SIGNALS
from miaohui.domain.vocabulary.problems import Problem, ReaderError

BACKLOG = 2_048
MOST_MESSAGE_BYTES = 1_000_000  # over a socket: whoever sends more is cut off
FINISH_SECONDS = 5  # what requests on their way may take when the house closes


def serve(config: Path | None, tell: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM, then finish what was handed in."""
    settings = read_settings(config, os.environ)
    keep_log_book(settings.log_level, settings.log_format)
    with asyncio.Runner(loop_factory=_new_loop()) as runner:
        runner.run(_serve(settings, tell))


def _new_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """uvloop's where there is one: it does not run on Windows."""
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop


async def _serve(settings: Settings, tell: Callable[[str], None]) -> None:
    tell_loose_ends(asyncio.get_running_loop())
    with _listening(settings.host, settings.port) as door, _unmoved():
        async with opened_house(settings) as house:
            host, port = door.getsockname()[:2]
            tell(say("serve.open", {"host": host, "port": port}))
            if house.set_up.token is not None:
                tell(say("serve.no_owner", {"token": house.set_up.token.reveal()}))
            config = uvicorn.Config(
                house.app,
                log_config=None,
                access_log=False,
                lifespan="off",
                ws_per_message_deflate=False,
                ws_max_size=MOST_MESSAGE_BYTES,
                timeout_graceful_shutdown=FINISH_SECONDS,
                proxy_headers=bool(settings.trusted_proxies),
                forwarded_allow_ips=settings.trusted_proxies,
            )
            await _Server(config, house.say_goodbye).serve([door])


class _Server(uvicorn.Server):
    """Lets nobody in any more, says goodbye to those who stay, and only then cuts connections."""

    def __init__(self, config: uvicorn.Config, say_goodbye: Callable[[], Awaitable[None]]) -> None:
        super().__init__(config)
        self._say_goodbye = say_goodbye

    @override
    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """See uvicorn.Server."""
        for server in self.servers:
            server.close()
        await self._say_goodbye()
        await super().shutdown(sockets)


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    """Raises ReaderError `serve.cannot_listen`."""
    try:
        door = socket.create_server((host, port), backlog=BACKLOG)
    except OSError as error:
        values = {"host": host, "port": port, "reason": error.strerror}
        raise ReaderError(Problem("serve.cannot_listen", values)) from None
    with door:
        yield door


@contextmanager
def _unmoved() -> Iterator[None]:
    """uvicorn finishes on a signal and then raises it once more; nobody must fall over that, for
    the log is still to be closed."""
    before = {each: signal.signal(each, lambda *_: None) for each in SIGNALS}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
