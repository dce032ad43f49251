"""Rivers: what flows from when the house opens until it closes."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager

import structlog

RESTART_SECONDS = 1.0
Rivers = Mapping[str, Callable[[], Awaitable[None]]]
log_book = structlog.get_logger(room="house")


@asynccontextmanager
async def flowing(rivers: Rivers, broke: Callable[[str], None]) -> AsyncIterator[None]:
    """The rivers flow; one that breaks is told and flows again."""
    tasks = [asyncio.create_task(_flowing(name, run, broke)) for name, run in rivers.items()]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _flowing(
    name: str, run: Callable[[], Awaitable[None]], broke: Callable[[str], None]
) -> None:
    while True:
        try:
            await run()
        except Exception:
            log_book.exception("river broke", river=name)
            broke(name)
        await asyncio.sleep(RESTART_SECONDS)
