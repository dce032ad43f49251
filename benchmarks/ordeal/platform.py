"""The platform's side of the outgoing webhook: what came, how often, and in which order."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread

from typing_extensions import override

from benchmarks.ordeal.house import KEY
from miaohui.adapters.channels.webhook.signature import Headers, refusal


class Platform(ThreadingHTTPServer):
    """`texts` by id; `times` each came; `order` of first comings by conversation."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Taking)
        self.texts: dict[str, str] = {}
        self.times: Counter[str] = Counter()
        self.order: dict[str, list[str]] = {}
        self.changed: list[str] = []
        self.forged = 0
        self.lock = Lock()

    @override
    def handle_error(self, request: object, client_address: object) -> None:
        """The house was killed while it spoke."""

    @property
    def address(self) -> str:
        """Where the house sends to."""
        return f"http://127.0.0.1:{self.server_address[1]}/in"

    def take(self, said: dict[str, str]) -> None:
        """Note one coming."""
        with self.lock:
            self.times[said["id"]] += 1
            if self.texts.setdefault(said["id"], said["text"]) != said["text"]:
                self.changed.append(said["id"])
            if self.times[said["id"]] == 1:
                self.order.setdefault(said["conversation"], []).append(said["id"])


class _Taking(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        there = self.server
        assert isinstance(there, Platform)
        length = int(self.headers["content-length"])
        body = self.rfile.read(length)
        if len(body) < length:
            return  # the house was killed while it spoke
        named = (self.headers.get(f"webhook-{part}", "") for part in Headers.__struct_fields__)
        if refusal([KEY], Headers(*named), body, datetime.now(UTC)):
            there.forged += 1
        else:
            there.take(json.loads(body))
        self.send_response(200)
        self.send_header("content-length", "0")
        self.end_headers()

    @override
    def log_message(self, format: str, *values: object) -> None:
        """Say nothing."""


@contextmanager
def platform() -> Iterator[Platform]:
    """A platform that listens."""
    with Platform() as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
