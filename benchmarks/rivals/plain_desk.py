"""The same framework without group commit: every message is its own transaction."""

import asyncio
import json
import secrets
import socket
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import uvicorn
from litestar import Litestar, WebSocket, websocket
from litestar.exceptions import WebSocketDisconnect

from miaohui.adapters.channels.webhook.arrivals import read_event
from miaohui.adapters.storage.sqlite.log import open_log
from miaohui.domain.vocabulary.events import Event


def now() -> datetime:
    """The clock."""
    return datetime.now(UTC)


async def serve(folder: Path) -> None:
    """Serve until killed; print the port."""
    log = open_log(folder / "plain.db", folder / "key", now, secrets.randbits)

    @websocket("/v1/channels/main/stream")
    async def stream(socket: WebSocket[Any, Any, Any]) -> None:
        await socket.accept()
        try:
            while True:
                frame = json.loads(await socket.receive_text())
                event = read_event(json.dumps(frame["event"]).encode(), "店", "main", now())
                assert isinstance(event, Event)
                (recorded,) = log.record([event], now())
                await socket.send_text(json.dumps([{"ref": frame["ref"], "seq": recorded.seq}]))
        except WebSocketDisconnect:
            return

    door = socket.create_server(("127.0.0.1", 0))
    print(f"http://127.0.0.1:{door.getsockname()[1]};", flush=True)
    app = Litestar([stream], openapi_config=None, logging_config=None)
    config = uvicorn.Config(app, log_config=None, lifespan="off")
    await uvicorn.Server(config).serve([door])


if __name__ == "__main__":
    import uvloop

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve(Path(sys.argv[1])))
