"""The drawers of a cabinet: each holds the marks of one stretch of numbers, and which messages
have them, packed into bytes.

A drawer: how many marks, their numbers (uint32), how many messages each has (uint16), and those
messages' places, each told by its distance from the one before (uint16); deflated.
"""

import zlib
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from miaohui.adapters.storage.catalogue.entries import (
    PLACE_BITS,
    Column,
    Entries,
    Pairs,
    marks_in,
    pairs_of,
    places_in,
)
from miaohui.adapters.storage.catalogue.marks import MARK_BITS

MESSAGES_PER_DRAWER = 32
FASTEST = 1  # of zlib's levels
HEAD_BYTES = 4
NOBODY = np.empty(0, dtype=np.int64)


def drawers_for(messages: int) -> int:
    """How many drawers so many messages need: a power of two."""
    return 1 << max((messages // MESSAGES_PER_DRAWER).bit_length() - 1, 0)


def drawer_of(mark: int, drawers: int) -> int:
    """In which of so many drawers a mark lies."""
    return mark * drawers >> MARK_BITS


def packed(entries: Entries, drawers: int) -> Iterator[bytes]:
    """All drawers, in order."""
    firsts = np.arange(drawers + 1, dtype=np.uint64) * np.uint64((1 << MARK_BITS) // drawers)
    ends = np.searchsorted(entries.pairs, firsts << PLACE_BITS)
    for start, end in pairwise(ends):
        yield _packed(entries.pairs[start:end])


def unpacked(drawers: Sequence[bytes]) -> Pairs:
    """The pairs of drawers that are given in order."""
    return np.concatenate([_unpacked(drawer) for drawer in drawers])


def holders(drawer: bytes, mark: int) -> Column:
    """The places of the messages that have a mark, ascending."""
    marks, counts, distances = _parts(drawer)
    place = int(np.searchsorted(marks, mark))
    if place == len(marks) or marks[place] != mark:
        return NOBODY
    first = int(counts[:place].sum(dtype=np.int64))
    return np.cumsum(distances[first : first + int(counts[place])], dtype=np.int64)


def packed_columns(entries: Entries) -> bytes:
    """When, where and in which threads the messages are, without their marks."""
    columns = (np.diff(entries.at, prepend=0), entries.position, entries.thread)
    # Byte by byte of all numbers: the high ones are all alike.
    planes = [column.view(np.uint8).reshape(-1, 8).T.tobytes() for column in columns]
    return zlib.compress(b"".join(planes), FASTEST)


def unpacked_columns(columns: bytes) -> tuple[Column, Column, Column]:
    """Instants, positions and threads."""
    planes = np.frombuffer(zlib.decompress(columns), np.uint8).reshape(3, 8, -1)
    numbers = np.ascontiguousarray(planes.transpose(0, 2, 1)).view(np.int64)[:, :, 0]
    return np.cumsum(numbers[0]), numbers[1], numbers[2]


def _packed(pairs: Pairs) -> bytes:
    marks, places = marks_in(pairs), places_in(pairs)
    starts = np.flatnonzero(np.diff(marks, prepend=np.uint64(1 << MARK_BITS)))
    counts = np.diff(starts, append=len(pairs))
    distances = np.diff(places, prepend=0)
    distances[starts] = places[starts]
    head = len(starts).to_bytes(HEAD_BYTES, "little")
    body = marks[starts].astype("<u4").tobytes() + counts.astype("<u2").tobytes()
    return zlib.compress(head + body + distances.astype("<u2").tobytes(), FASTEST)


def _unpacked(drawer: bytes) -> Pairs:
    marks, counts, distances = _parts(drawer)
    run = np.cumsum(distances, dtype=np.int64)
    starts = np.cumsum(counts, dtype=np.int64) - counts
    before = run[starts] - distances[starts]  # what all marks before came to
    return pairs_of(np.repeat(marks.astype(np.uint64), counts), run - np.repeat(before, counts))


def _parts(
    drawer: bytes,
) -> tuple[NDArray[np.uint32], NDArray[np.uint16], NDArray[np.uint16]]:
    body = zlib.decompress(drawer)
    count = int.from_bytes(body[:HEAD_BYTES], "little")
    marks = np.frombuffer(body, "<u4", count, HEAD_BYTES)
    counts = np.frombuffer(body, "<u2", count, HEAD_BYTES + 4 * count)
    return marks, counts, np.frombuffer(body, "<u2", offset=HEAD_BYTES + 6 * count)
