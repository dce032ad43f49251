"""A real house: `miaohui serve` as a process of its own, and a channel that talks to it."""

import asyncio
import json
import os
import random
import signal
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import httpx
import websockets

from miaohui.adapters.channels.webhook.signature import new_secret, signed
from miaohui.adapters.storage.postgres.address import is_address
from miaohui.adapters.storage.postgres.log import PostgresLog, open_postgres_log
from miaohui.adapters.storage.sqlite.log import SqliteLog, open_log

KEY = bytes(range(32))
SHOP, CHANNEL = "茶叶铺", "自家店"
CONFIG = """
log = "{log}"
port = {port}
{more}
"""
LISTED = f"""
[webhooks.main]
shop = "{SHOP}"
channel = "{CHANNEL}"
secrets = ["{new_secret(KEY)}"]
"""
_deliveries = count()


def settings_in(
    folder: Path,
    port: int = 0,
    to: str | None = None,
    log: str | None = None,
    more: str = "",
    empty: bool = False,
) -> Path:
    """A settings file; port 0 lets the system choose. `to`: where messages go out; `log`: the
    address of a database; `more`: lines of other settings; `empty`: no shop stands in it."""
    path = folder / "miaohui.toml"
    outwards = f'to = "{to}"\nto_inside = true\n' if to else ""
    listed = "" if empty else LISTED + outwards
    place = log or (folder / "shop.db").as_posix()
    path.write_text(CONFIG.format(log=place, port=port, more=more) + listed, "utf-8")
    return path


class House:
    """A running house; `address` is host:port."""

    def __init__(
        self,
        folder: Path,
        port: int = 0,
        to: str | None = None,
        log: str | None = None,
        more: str = "",
        empty: bool = False,
    ) -> None:
        config = settings_in(folder, port, to, log, more, empty)
        # A file, for nobody reads while the house is open, and a pipe would be full some day.
        self.written = folder / "house.log"
        self._begins = self.written.stat().st_size if self.written.exists() else 0
        with self.written.open("ab") as written:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "miaohui", "serve", "-c", str(config)],
                env={
                    **os.environ,
                    "MIAOHUI_MASTER_KEY_FILE": str(folder / "key"),
                    "MIAOHUI_LANGUAGE": "en",
                    "PYTHONUNBUFFERED": "1",
                },
                stdout=subprocess.PIPE,
                stderr=written,
                text=True,
            )
        assert self.process.stdout is not None
        said = self.process.stdout.readline()
        if "http://" not in said:
            self.process.wait(timeout=20)
            raise AssertionError(said + self.complaints())
        self.address = said.split("http://")[1].split(";")[0].strip()
        self.port = int(self.address.rpartition(":")[2])

    def kill(self) -> None:
        """As a power cut does."""
        self.process.kill()
        self.process.communicate()

    def close(self, by: signal.Signals = signal.SIGINT) -> tuple[int, str]:
        """As Ctrl-C does; its status and what it complained about."""
        self.process.send_signal(by)
        self.process.communicate(timeout=30)
        return self.process.returncode, self.complaints()

    def complaints(self) -> str:
        """What it has written into its log book."""
        return self.written.read_bytes()[self._begins :].decode()


@contextmanager
def opened_house(folder: Path) -> Iterator[House]:
    """A house that is closed in the end, whatever happens."""
    house = House(folder)
    try:
        yield house
    finally:
        if house.process.poll() is None:
            house.kill()


@contextmanager
def log_in(folder: Path) -> Iterator[SqliteLog | PostgresLog]:
    """The log of a house in this folder."""
    with log_at(log_of(folder), folder / "key") as log:
        yield log


def log_at(place: str, key: Path, create: bool = False) -> SqliteLog | PostgresLog:
    """The log in a file or a database."""
    opening = (key, lambda: datetime.now(UTC), random.SystemRandom().getrandbits)
    if is_address(place):
        return open_postgres_log(place, *opening, create=create)
    return open_log(Path(place), *opening, create=create)


def log_of(folder: Path) -> str:
    """Where the log of a house in this folder lies, as its settings say."""
    return str(tomllib.loads((folder / "miaohui.toml").read_text("utf-8"))["log"])


def headers_for(body: bytes, delivery: str | None = None, key: bytes = KEY) -> dict[str, str]:
    """The three headers of a delivery signed now."""
    named = delivery or f"d{next(_deliveries)}-{random.random()}"
    return signed(key, named, datetime.now(UTC), body).named()


def told(source_id: str, conversation: str = "c1", **changes: object) -> dict[str, object]:
    """A buyer's text of now, as a channel tells it."""
    return {
        "conversation": conversation,
        "buyer": conversation,
        "at": datetime.now(UTC).isoformat(),
        "actor": "buyer",
        "origin": "human",
        "kind": "text",
        "source_id": source_id,
        "payload": {"text": f"在吗 {source_id}"},
        **changes,
    }


def delivered(house: House, *events: dict[str, object], **changes: object) -> httpx.Response:
    """The answer to one delivery."""
    body = json.dumps({"events": events}).encode()
    headers = headers_for(body) | dict(changes.pop("headers", {}))  # type: ignore[call-overload]
    path = f"http://{house.address}/v1/channels/{changes.pop('channel', 'main')}/deliveries"
    return httpx.post(path, content=changes.pop("body", body), headers=headers)  # type: ignore[arg-type]


async def connected(port: int) -> websockets.ClientConnection:
    """A stream to the house, which may take a while to open."""
    for _ in range(200):
        try:
            return await websockets.connect(
                f"ws://127.0.0.1:{port}/v1/channels/main/stream",
                additional_headers=headers_for(b""),
                max_queue=None,
            )
        except (OSError, websockets.WebSocketException):
            await asyncio.sleep(0.05)
    raise AssertionError("the house does not open")


async def streamed(port: int, events: Sequence[dict[str, object]], pause: float) -> dict[str, int]:
    """Hand in events one a frame, again and again until each is answered: source id → seq."""
    seqs: dict[str, int] = {}
    while len(seqs) < len(events):
        left = [event for event in events if event["source_id"] not in seqs]
        try:
            async with await connected(port) as stream:
                await asyncio.gather(_send(stream, left, pause), _receive(stream, left, seqs))
        except websockets.ConnectionClosed:
            continue
    return seqs


async def _send(
    stream: websockets.ClientConnection, events: Sequence[dict[str, object]], pause: float
) -> None:
    for ref, event in enumerate(events):
        await stream.send(json.dumps({"ref": ref, "event": event}))
        await asyncio.sleep(pause)


async def _receive(
    stream: websockets.ClientConnection, events: Sequence[dict[str, object]], seqs: dict[str, int]
) -> None:
    left = len(events)
    while left:
        receipts = json.loads(await stream.recv())
        left -= len(receipts)
        for receipt in receipts:
            assert "problem" not in receipt, receipt
            seqs[str(events[receipt["ref"]]["source_id"])] = receipt["seq"]
