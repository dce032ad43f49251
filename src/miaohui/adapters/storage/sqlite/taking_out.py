"""Taking buyers out of the catalogue, in the transaction that erases them."""

from collections.abc import Iterable, Sequence

import numpy as np

from miaohui.adapters.storage.catalogue.cabinets import (
    Cabinet,
    Damaged,
    entries_in,
    filled,
    places_of,
)
from miaohui.adapters.storage.catalogue.entries import Column, without
from miaohui.adapters.storage.catalogue.leaving import leave
from miaohui.adapters.storage.sqlite.shelves import (
    SqliteShelves,
    cabinets,
    clear,
    columns_of,
    drawers,
    next_change,
    put,
)
from miaohui.adapters.storage.sqlite.store import Store, reading

OF_BUYER = """
SELECT position, at FROM event WHERE thread IN (SELECT id FROM thread WHERE buyer = ?)
"""


def leave_ahead(store: Store, buyers: Iterable[int]) -> None:
    """Leave nothing of buyers in any cabinet, before the transaction that makes sure of it."""
    theirs: list[tuple[int, int]] = []
    for buyer in buyers:
        with reading(store) as connection:
            theirs += connection.execute(OF_BUYER, (buyer,))
    leave(SqliteShelves(store), theirs)


def take_out(store: Store, buyers: Iterable[int]) -> None:
    """Leave nothing of buyers in any cabinet; a damaged catalogue is thrown away as a whole."""
    connection = store.connection
    # Whoever has just read what they wrote cannot file it any more.
    next_change(connection)
    theirs = [row for buyer in buyers for row in connection.execute(OF_BUYER, (buyer,))]
    try:
        for cabinet in cabinets(connection):
            _leave(store, cabinet, _within(cabinet, theirs))
    except Damaged:
        clear(connection)


def _within(cabinet: Cabinet, theirs: Sequence[tuple[int, int]]) -> Column:
    oldest, newest = cabinet.oldest_at, cabinet.newest_at
    return np.array([position for position, at in theirs if oldest <= at <= newest])


def _leave(store: Store, cabinet: Cabinet, positions: Column) -> None:
    connection, number = store.connection, cabinet.number
    if not positions.size:
        return
    columns = columns_of(connection, [number])[number]
    if not np.isin(columns.position, positions).any():
        return
    held = drawers(connection, places_of(cabinet))
    rest = without(entries_in(store.keys, cabinet, columns, held), positions)
    put(connection, [number], filled(store.keys, next_change(connection), rest))
