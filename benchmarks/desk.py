"""The live desk: durable messages a second through a real server, one message a frame."""

import asyncio
import json
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from benchmarks.houses import KEY, memory_of, played, served, stream_to
from benchmarks.lines import Line
from miaohui.adapters.channels.webhook.signature import new_secret

STREAMS = 4
WINDOW = 200  # frames of a stream under way when it sends as fast as it can
RATE, SECONDS = 3_000, 10
RUNS, BURST, PLAIN_BURST = 3, 5_000, 500
CONFIG = f"""
log = "{{folder}}/desk.db"
port = 0
[webhooks.main]
shop = "店"
channel = "main"
secrets = ["{new_secret(KEY)}"]
"""


def lines() -> list[Line]:
    """As fast as it goes against a commit a message, and the delay at a steady rate."""
    ours: list[float] = []
    plain: list[float] = []
    with tempfile.TemporaryDirectory() as ours_in, tempfile.TemporaryDirectory() as plain_in:
        Path(ours_in, "miaohui.toml").write_text(CONFIG.format(folder=ours_in), "utf-8")
        house = ["miaohui", "serve", "-c", str(Path(ours_in, "miaohui.toml"))]
        with (
            served(house, ours_in) as (port, process),
            served(["benchmarks.rivals.plain_desk", plain_in], plain_in) as (plain_port, _),
        ):
            for _ in range(RUNS + 1):
                ours.append(played(_burst(port, BURST)))
                plain.append(played(_burst(plain_port, PLAIN_BURST)))
            idle = memory_of(process.pid)
            delays = sorted(played(_steady(port)))
    best, rival = max(ours[1:]), max(plain[1:])
    p50, p99 = delays[len(delays) // 2], delays[len(delays) * 99 // 100]
    spread = f"{min(ours[1:]):.0f} – {median(ours[1:]):.0f} – {best:.0f}"
    return [
        Line(
            "desk.intake.rate",
            best,
            "messages/s",
            best / rival,
            "× a commit a message, at least 8; at least 3,000/s",
            spread,
        ),
        Line("desk.intake.plain", rival, "messages/s", 1.0, "a commit a message", ""),
        Line(
            f"desk.intake.delay_at_{RATE}",
            p99 * 1_000,
            "ms",
            None,
            "p99, at most 100",
            f"p50 {p50 * 1_000:.1f} ms of {len(delays)}",
        ),
        Line("desk.memory", idle / 1e6, "MB", None, "under 200 while idle", ""),
    ]


async def _burst(port: int, messages: int) -> float:
    """Messages a second when every stream sends as fast as it is answered."""
    started = time.perf_counter()
    await asyncio.gather(*(_hurry(port, stream, messages // STREAMS) for stream in range(STREAMS)))
    return messages / (time.perf_counter() - started)


async def _hurry(port: int, number: int, messages: int) -> None:
    room = asyncio.Semaphore(WINDOW)
    async with await stream_to(port, "main") as stream:

        async def receive() -> None:
            left = messages
            while left:
                receipts = json.loads(await stream.recv())
                left -= len(receipts)
                for receipt in receipts:
                    assert "seq" in receipt
                    room.release()

        receiving = asyncio.create_task(receive())
        for place in range(messages):
            await room.acquire()
            await stream.send(_frame(number, place))
        await receiving


async def _steady(port: int) -> list[float]:
    """The delay of every message at RATE a second, counted from when it was due."""
    delays = await asyncio.gather(*(_paced(port, stream) for stream in range(STREAMS)))
    return [delay for own in delays for delay in own]


async def _paced(port: int, number: int) -> list[float]:
    messages = RATE * SECONDS // STREAMS
    due: list[float] = []
    delays: list[float] = []
    async with await stream_to(port, "main") as stream:

        async def receive() -> None:
            while len(delays) < messages:
                receipts = json.loads(await stream.recv())
                now = time.perf_counter()
                delays.extend(now - due[receipt["ref"]] for receipt in receipts)

        receiving = asyncio.create_task(receive())
        started = time.perf_counter()
        for place in range(messages):
            due.append(started + place * STREAMS / RATE)
            wait = due[-1] - time.perf_counter()
            if wait > 0:
                await asyncio.sleep(wait)
            await stream.send(_frame(number, place))
        await receiving
    return delays


def _frame(stream: int, place: int) -> str:
    event = {
        "conversation": f"c{stream}-{place % 500}",
        "buyer": f"b{stream}-{place % 500}",
        "at": datetime.now(UTC).isoformat(),
        "actor": "buyer",
        "origin": "human",
        "kind": "text",
        "source_id": f"{time.perf_counter_ns()}-{stream}-{place}",
        "payload": {"text": "在吗，这款还有货吗？什么时候发货"},
    }
    return json.dumps({"ref": place, "event": event})
