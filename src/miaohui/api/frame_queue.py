"""Frames that wait to be sent to one page, all together in one message."""

import asyncio
from collections import deque

MOST_QUEUED_BYTES = 2_000_000


class FrameQueue:
    """Belongs to the event loop that made it. `overflowed`: the page fell too far behind."""

    def __init__(self) -> None:
        self._frames: deque[bytes] = deque()
        self._bytes = 0
        self._something = asyncio.Event()
        self.overflowed = False

    def put(self, frame: bytes) -> None:
        """Queue a frame; never waits."""
        self._frames.append(frame)
        self._bytes += len(frame)
        self.overflowed = self.overflowed or self._bytes > MOST_QUEUED_BYTES
        self._something.set()

    async def wait(self) -> None:
        """Until there is something."""
        await self._something.wait()

    def taken(self) -> bytes:
        """Everything that waits, as a JSON array; it waits no more."""
        told = b"[" + b",".join(self._frames) + b"]"
        self._frames.clear()
        self._bytes = 0
        self._something.clear()
        return told
