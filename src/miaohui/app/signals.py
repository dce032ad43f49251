"""How a process is told to stop."""

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager

# Windows has its own: Ctrl-Break, which is also what a parent process can send.
NAMES = ("SIGINT", "SIGTERM", "SIGBREAK")
SIGNALS = tuple(getattr(signal, name) for name in NAMES if hasattr(signal, name))


@contextmanager
def stopped_by_signal() -> Iterator[asyncio.Event]:
    """An event of the running loop that is set when somebody wants this process to stop."""
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    before = {
        each: signal.signal(each, lambda *_: loop.call_soon_threadsafe(stop.set))
        for each in SIGNALS
    }
    try:
        yield stop
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
