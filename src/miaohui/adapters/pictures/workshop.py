"""The other side of `drawing`: a process for each picture, some at once, ended when it is slow."""

import asyncio
import sys

import msgspec

from miaohui.adapters.storage.media_ports import MOST_PICTURE_BYTES, Picture
from miaohui.domain.vocabulary.problems import Problem

PROGRAM = (sys.executable, "-m", "miaohui.adapters.pictures.drawing")
AT_ONCE = 2
WHOLE_SECONDS = 20.0

_told = msgspec.msgpack.Decoder(Picture | str)


class Workshop:
    """pictures.port.Pictures, each in a process of its own."""

    def __init__(self, whole_seconds: float = WHOLE_SECONDS) -> None:
        self._whole_seconds = whole_seconds
        self._places = asyncio.Semaphore(AT_ONCE)

    async def redraw(self, body: bytes) -> Picture | Problem:
        """See port.Pictures."""
        if len(body) > MOST_PICTURE_BYTES:
            return Problem("picture.too_large", {"most": MOST_PICTURE_BYTES // 1_000_000})
        async with self._places:
            told = await self._drawn(body)
        return Problem(told) if isinstance(told, str) else told

    async def _drawn(self, body: bytes) -> Picture | str:
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            *PROGRAM, stdin=pipe, stdout=pipe, stderr=asyncio.subprocess.DEVNULL
        )
        try:
            async with asyncio.timeout(self._whole_seconds):
                written, _ = await process.communicate(body)
        except TimeoutError:
            return "picture.too_slow"
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        # A process that was ended by its limits says nothing.
        return _told.decode(written) if written else "picture.damaged"
