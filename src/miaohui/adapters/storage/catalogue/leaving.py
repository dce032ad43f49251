"""Taking messages out of the catalogue ahead of the transaction that erases their buyers, so that
it is short: all work is done on copies, and a cabinet is exchanged as when it is filed."""

from collections.abc import Sequence

import numpy as np

from miaohui.adapters.storage.catalogue.cabinets import (
    Cabinet,
    Damaged,
    entries_in,
    filled,
    places_of,
)
from miaohui.adapters.storage.catalogue.entries import Column, Entries, without
from miaohui.adapters.storage.catalogue.shelves import Moved, Shelves

# Somebody else changes cabinets a few times a second at the most.
TRIES = 200


def leave(shelves: Shelves, places: Sequence[tuple[int, int]]) -> None:
    """Leave nothing of messages, told by (position, instant), in any cabinet.

    What is damaged, or moves on for too long, is left to the transaction that erases.
    """
    at = np.array([at for _, at in places], dtype=np.int64)
    positions = np.array([position for position, _ in places], dtype=np.int64)
    for _ in range(TRIES):
        try:
            if not _leave_one(shelves, positions, at):
                return
        except Moved:
            continue
        except Damaged:
            return


def _leave_one(shelves: Shelves, positions: Column, at: Column) -> bool:
    """Exchange the first cabinet that holds any of them; False if none does."""
    with shelves.moment():
        listed = shelves.listed()
        found = next(
            (each for each in listed.cabinets if _holds(shelves, each, positions, at)), None
        )
        if found is None:
            return False
        entries = _contents(shelves, found)
    rest = filled(shelves.keys, listed.changes + 1, without(entries, positions))
    shelves.exchange(listed.changes, [found.number], rest, {})
    return True


def _holds(shelves: Shelves, cabinet: Cabinet, positions: Column, at: Column) -> bool:
    within = positions[(at >= cabinet.oldest_at) & (at <= cabinet.newest_at)]
    if not within.size:
        return False
    columns = shelves.columns([cabinet.number])[cabinet.number]
    return bool(np.isin(columns.position, within).any())


def _contents(shelves: Shelves, cabinet: Cabinet) -> Entries:
    columns = shelves.columns([cabinet.number])[cabinet.number]
    return entries_in(shelves.keys, cabinet, columns, shelves.drawers(places_of(cabinet)))
