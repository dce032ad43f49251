"""Taking buyers out of the catalogue, in the transaction that erases them."""

from collections.abc import Sequence

import numpy as np

from miaohui.adapters.storage.catalogue.cabinets import (
    Cabinet,
    Damaged,
    columns_in,
    entries_in,
    filled,
    places_of,
)
from miaohui.adapters.storage.catalogue.entries import Column, without
from miaohui.adapters.storage.catalogue.leaving import leave
from miaohui.adapters.storage.postgres.connection import Connection
from miaohui.adapters.storage.postgres.shelves import (
    PostgresShelves,
    cabinets,
    clear,
    drawers,
    next_change,
    packed_columns,
    put,
)
from miaohui.adapters.storage.postgres.store import Store, reading

OF_BUYERS = """
SELECT event.position, event.at
FROM thread
CROSS JOIN LATERAL (SELECT position, at FROM event WHERE thread = thread.id OFFSET 0) AS event
WHERE thread.buyer = ANY($1::bigint[])
"""


def leave_ahead(store: Store, buyers: Sequence[int]) -> None:
    """Leave nothing of buyers in any cabinet, before the transaction that makes sure of it."""
    leave(PostgresShelves(store), store.loop.wait(_places_of(store, buyers)))


async def _places_of(store: Store, buyers: Sequence[int]) -> list[tuple[int, int]]:
    async with reading(store) as connection:
        return [(row[0], row[1]) for row in await connection.fetch(OF_BUYERS, list(buyers))]


async def take_out(store: Store, connection: Connection, buyers: Sequence[int]) -> None:
    """Leave nothing of buyers in any cabinet; a damaged catalogue is thrown away as a whole."""
    # Nobody else changes cabinets from here on, and whoever has just read what they wrote cannot
    # file it any more.
    await next_change(connection)
    theirs = [(row[0], row[1]) for row in await connection.fetch(OF_BUYERS, list(buyers))]
    try:
        for cabinet in await cabinets(connection):
            await _leave(store, connection, cabinet, _within(cabinet, theirs))
    except Damaged:
        await clear(connection)


def _within(cabinet: Cabinet, theirs: Sequence[tuple[int, int]]) -> Column:
    oldest, newest = cabinet.oldest_at, cabinet.newest_at
    return np.array([position for position, at in theirs if oldest <= at <= newest])


async def _leave(store: Store, connection: Connection, cabinet: Cabinet, positions: Column) -> None:
    number = cabinet.number
    if not positions.size:
        return
    columns = columns_in((await packed_columns(connection, [number]))[number])
    if not np.isin(columns.position, positions).any():
        return
    held = await drawers(connection, places_of(cabinet))
    rest = without(entries_in(store.keys, cabinet, columns, held), positions)
    new = filled(store.keys, await next_change(connection), rest)
    await put(connection, [number], new)
