"""Filing: events of the log into new cabinets, small cabinets into larger ones."""

from contextlib import suppress

from miaohui.adapters.storage.catalogue.cabinets import (
    Cabinet,
    entries_in,
    filled,
    places_of,
    told_to_the_reader,
)
from miaohui.adapters.storage.catalogue.entries import Entries, Entry, entries_of, joined
from miaohui.adapters.storage.catalogue.marks import MarkNumbers, is_noted, marks_of
from miaohui.adapters.storage.catalogue.shelves import FilingLog, Living, Moved, Shelves
from miaohui.adapters.storage.catalogue.tiers import to_join
from miaohui.domain.vocabulary.instants import micros_of

# Fewer than a cabinet holds.
MOST_AT_ONCE = 8_000
TRIES = 20


def index(shelves: Shelves, log: FilingLog, numbers: MarkNumbers, limit: int) -> int:
    """See search_ports.Search.index. Raises ReaderError `search.damaged`."""
    with told_to_the_reader():
        return _index(shelves, log, numbers, min(limit, MOST_AT_ONCE))


def _index(shelves: Shelves, log: FilingLog, numbers: MarkNumbers, limit: int) -> int:
    for _ in range(TRIES):
        unfiled = log.unfiled(limit)
        if not unfiled.read:
            return 0
        noted = [_entry(numbers, each) for each in unfiled.living if is_noted(each.event)]
        cabinet = filled(shelves.keys, unfiled.changes + 1, entries_of(noted))
        # An erasure meanwhile may have been of a buyer who is in it: read again then.
        if shelves.exchange(unfiled.changes, (), cabinet, unfiled.ends):
            _join(shelves)
            return unfiled.read
    return 0


def _entry(numbers: MarkNumbers, living: Living) -> Entry:
    event = living.event
    marks = numbers.of(marks_of(event))
    return Entry(micros_of(event.at), living.position, living.thread, marks)


def _join(shelves: Shelves) -> None:
    """Join cabinets until no four are of one size; who comes between is left to the next call."""
    with suppress(Moved):
        while True:
            with shelves.moment():
                listed = shelves.listed()
                lot = to_join(listed.cabinets)
                parts = [_contents(shelves, cabinet) for cabinet in lot]
            if not lot:
                return
            larger = filled(shelves.keys, listed.changes + 1, joined(parts))
            gone = [cabinet.number for cabinet in lot]
            if not shelves.exchange(listed.changes, gone, larger, {}):
                return


def _contents(shelves: Shelves, cabinet: Cabinet) -> Entries:
    columns = shelves.columns([cabinet.number])[cabinet.number]
    return entries_in(shelves.keys, cabinet, columns, shelves.drawers(places_of(cabinet)))
