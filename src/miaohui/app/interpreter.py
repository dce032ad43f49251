"""How Python itself is set for a house, in which many wait for little.

It looks for garbage in everything that a process holds whenever enough of it is new; with a
full floor that stops the house for half a second and longer. Here only what is young is looked
through by itself, which takes a few milliseconds; the rest seldom, and what was there from the
start never.
"""

import asyncio
import gc
from collections.abc import Iterator
from contextlib import contextmanager

YOUNG = (2_000, 10)  # new objects until the young are looked through; times until the middle-aged
NEVER = 1_000_000
ALL_EVERY = 1_800.0  # seconds


@contextmanager
def set_for_a_house() -> Iterator[None]:
    """Until this ends; in all that is there now nobody looks for garbage."""
    ages = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*YOUNG, NEVER)
    try:
        yield
    finally:
        gc.set_threshold(*ages)
        gc.unfreeze()


async def collect_seldom() -> None:
    """Until cancelled: pages that left, and whatever else refers to itself, is let go of."""
    while True:
        await asyncio.sleep(ALL_EVERY)
        gc.collect()
