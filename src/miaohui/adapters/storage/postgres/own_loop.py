"""An event loop in a thread of its own, so that whoever calls may simply wait."""

import asyncio
from collections.abc import Coroutine, Iterator
from concurrent.futures import Future
from contextlib import AbstractAsyncContextManager, contextmanager
from threading import Thread
from typing import Any, TypeVar

Result = TypeVar("Result")


class OwnLoop:
    """Runs coroutines for any number of threads."""

    def __init__(self, name: str) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, name=name, daemon=True)
        self._thread.start()

    def wait(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Run to the end and give the result; whoever stops waiting stops the work."""
        running: Future[Result] = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return running.result()
        except BaseException:
            running.cancel()
            raise

    @contextmanager
    def within(self, entered: AbstractAsyncContextManager[Result]) -> Iterator[Result]:
        """`async with`, for whoever simply waits."""
        result = self.wait(entered.__aenter__())
        try:
            yield result
        except BaseException as error:
            if not self.wait(entered.__aexit__(type(error), error, error.__traceback__)):
                raise
        else:
            self.wait(entered.__aexit__(None, None, None))

    def close(self) -> None:
        """Stop; nothing can be run any more."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
