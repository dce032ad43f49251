"""The platform's side of a signed webhook: takes what the house sends out, and remembers it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread

from tests.journeys.serving import KEY

from miaohui.adapters.channels.webhook.signature import Headers, refusal


class Platform(ThreadingHTTPServer):
    """What came, in order; `status` is the answer, `forged` counts what the house did not sign."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Taking)
        self.came: list[dict[str, str]] = []
        self.forged = 0
        self.status = 200
        self.lock = Lock()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/in"


class _Taking(BaseHTTPRequestHandler):
    server: Platform

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        named = (self.headers.get(f"webhook-{part}", "") for part in Headers.__struct_fields__)
        with self.server.lock:
            if refusal([KEY], Headers(*named), body, datetime.now(UTC)):
                self.server.forged += 1
            elif self.server.status == 200:
                self.server.came.append(json.loads(body))
        self.send_response(self.server.status)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, format: str, *values: object) -> None:  # noqa: A002
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
