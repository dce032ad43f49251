"""The buyers' process: they come in by the channel's own door and hear the answers at its other
end, as on any platform."""

import asyncio
import socket
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from random import Random
from typing import Any
from urllib.parse import urlsplit

import msgspec
import uvicorn
from msgspec.structs import replace
from typing_extensions import override

from miaohui.adapters.channels.webhook.handing_in import HandIn
from miaohui.adapters.channels.webhook.sender import Said
from miaohui.adapters.channels.webhook.signature import Headers, key_of, refusal
from miaohui.app.config import WebhookSettings
from miaohui.app.demo.traffic import SETTINGS, TRAFFIC
from miaohui.app.signals import stopped_by_signal
from miaohui.app.wiring import now
from miaohui.domain.traffic.crowd import Crowd
from miaohui.domain.traffic.names import Names
from miaohui.domain.traffic.rendering import event_of
from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.instants import EPOCH
from miaohui.domain.vocabulary.problems import Problem, ReaderError

LOOKED_EVERY = 0.2  # seconds
MOST_REMEMBERED = 2_000  # answers that may come twice
BY_HAND = ("human", "assisted")
MOST_BYTES = 1_000_000


class Clock:
    """The buyers' time: `pace` times as fast as ours, from the instant at which it began."""

    def __init__(self, pace: float) -> None:
        self._began = now()
        self._pace = pace

    def reads(self) -> int:
        """Milliseconds since 1970 on the buyers' clock."""
        return _milliseconds(self._began + (now() - self._began) * self._pace)

    def ours(self, instant: datetime) -> datetime:
        """When that is by our clock."""
        return self._began + (instant - self._began) / self._pace


class Buyers:
    """The buyers of the demo shop: what they do next, and what they hear."""

    def __init__(self, seed: int, visits_an_hour: float, pace: float) -> None:
        self._clock = Clock(pace)
        random = Random(f"demo:{seed}")  # noqa: S311  believable, not secret
        opens_at = self._clock.reads()
        self._crowd = Crowd(SETTINGS, TRAFFIC, random, opens_at, visits_an_hour)
        self._names = Names(SETTINGS, TRAFFIC, self._crowd.book, seed)
        self._heard: deque[str] = deque(maxlen=MOST_REMEMBERED)

    def next_events(self) -> Iterator[Event]:
        """What they did since the last time."""
        for row in self._crowd.until(self._clock.reads()):
            event = event_of(row, self._names)
            yield replace(event, at=self._clock.ours(event.at))

    def hear(self, said: Said) -> None:
        """An answer reaches them; the same one twice is one, a machine's is none."""
        chat = self._names.chat(said.conversation)
        if said.origin in BY_HAND and chat is not None and said.id not in self._heard:
            self._heard.append(said.id)
            self._crowd.answered(chat, self._clock.reads())


async def play_buyers(
    address: str, name: str, webhook: WebhookSettings, seed: int, visits: float, pace: float
) -> None:
    """Be the buyers of a shop until somebody stops it."""
    key = key_of(webhook.secrets[0]) or b""
    buyers = Buyers(seed, visits, pace)
    with stopped_by_signal() as stop, _listening(webhook.to or "") as ear:
        server = _Ear(_config(buyers.hear, key))
        listening = asyncio.create_task(server.serve([ear]))
        async with HandIn(address, name, key, now, _complain) as door:
            while not stop.is_set():
                for event in buyers.next_events():
                    await door.give(event)
                await asyncio.sleep(LOOKED_EVERY)
        server.should_exit = True
        await listening


class _Ear(uvicorn.Server):
    """Leaves the signals to the rest of the process."""

    @override
    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield


def _config(hear: Callable[[Said], None], key: bytes) -> uvicorn.Config:
    async def answers(scope: Any, receive: Any, send: Any) -> None:
        """Takes what is signed by the house, and nothing else."""
        if scope["type"] != "http":
            return
        body = await _body(receive)
        sent = {name.decode(): value.decode() for name, value in scope["headers"]}
        named = (sent.get(f"webhook-{part}", "") for part in Headers.__struct_fields__)
        status = 401 if refusal([key], Headers(*named), body, now()) else 200
        if status == 200:
            hear(msgspec.json.decode(body, type=Said))
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    return uvicorn.Config(answers, log_config=None, access_log=False, lifespan="off", ws="none")


async def _body(receive: Any) -> bytes:
    body, more = b"", True
    while more and len(body) <= MOST_BYTES:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body


@contextmanager
def _listening(address: str) -> Iterator[socket.socket]:
    """Raises ReaderError `serve.cannot_listen`."""
    parts = urlsplit(address)
    place = parts.hostname or "127.0.0.1", parts.port or 80
    try:
        ear = socket.create_server(place)
    except OSError as error:
        values = {"host": place[0], "port": place[1], "reason": error.strerror}
        raise ReaderError(Problem("serve.cannot_listen", values)) from None
    with ear:
        yield ear


def _complain(event: Event, sentence: str) -> None:
    sys.stderr.write(f"{event.source_id}: {sentence}\n")


def _milliseconds(instant: datetime) -> int:
    return (instant - EPOCH) // timedelta(milliseconds=1)
