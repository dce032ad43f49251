"""Messages in order of time with the marks they are noted under, as columns."""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.int64]
Pairs = NDArray[np.uint64]

# A message's place among the others takes PLACE_BITS of a pair.
PLACE_BITS = np.uint64(16)
PLACE_MASK = np.uint64(0xFFFF)
MOST = 1 << 16


class Entry(NamedTuple):
    """One message: its instant in microseconds, where it lies, and the numbers of its marks."""

    at: int
    position: int
    thread: int
    marks: Collection[int]


class Entries(NamedTuple):
    """Up to MOST messages, ascending by (at, position), one number of each in every column.

    `pairs`, ascending: the number of a mark << PLACE_BITS | the place of a message that has it.
    """

    at: Column
    position: Column
    thread: Column
    pairs: Pairs


def entries_of(messages: Sequence[Entry]) -> Entries:
    """Messages in any order."""
    marks = [mark for message in messages for mark in message.marks]
    places = np.repeat(np.arange(len(messages)), _column(len(each.marks) for each in messages))
    return _in_order(
        _column(message.at for message in messages),
        _column(message.position for message in messages),
        _column(message.thread for message in messages),
        pairs_of(np.array(marks, dtype=np.uint64), places),
    )


def joined(parts: Sequence[Entries]) -> Entries:
    """All messages of the parts, MOST at most."""
    firsts = np.cumsum([0, *(len(part.at) for part in parts)])
    moved = [part.pairs + np.uint64(first) for part, first in zip(parts, firsts[:-1], strict=True)]
    return _in_order(
        np.concatenate([part.at for part in parts]),
        np.concatenate([part.position for part in parts]),
        np.concatenate([part.thread for part in parts]),
        np.concatenate(moved),
    )


def without(entries: Entries, positions: Column) -> Entries:
    """All messages but those that lie at these positions."""
    stays = ~np.isin(entries.position, positions)
    places = np.cumsum(stays) - 1
    kept = entries.pairs[stays[places_in(entries.pairs)]]
    return Entries(
        entries.at[stays],
        entries.position[stays],
        entries.thread[stays],
        pairs_of(marks_in(kept), places[places_in(kept)]),
    )


def pairs_of(marks: NDArray[np.uint64], places: Column) -> Pairs:
    """Marks and the places of the messages that have them, as pairs."""
    return (marks << PLACE_BITS) | places.astype(np.uint64)


def marks_in(pairs: Pairs) -> NDArray[np.uint64]:
    """The numbers of the marks of pairs."""
    return pairs >> PLACE_BITS


def places_in(pairs: Pairs) -> Column:
    """The places of the messages of pairs."""
    return (pairs & PLACE_MASK).astype(np.int64)


def _in_order(at: Column, position: Column, thread: Column, pairs: Pairs) -> Entries:
    order = np.lexsort((position, at))
    places = np.empty(len(order), dtype=np.int64)
    places[order] = np.arange(len(order))
    moved = pairs_of(marks_in(pairs), places[places_in(pairs)])
    moved.sort()
    return Entries(at[order], position[order], thread[order], moved)


def _column(numbers: Iterable[int]) -> Column:
    return np.fromiter(numbers, dtype=np.int64)
