"""Names told apart within each store: conversations numbered, repeats found, and the rows that
others are about."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numba
import numpy as np
from numpy.typing import NDArray

from miaohui.adapters.storage.parquet.laying import THREADS, Laid
from miaohui.domain.analytics.facts import NONE

TURN_ROWS = 250_000  # what one thread takes at once


@dataclass(frozen=True, slots=True)
class Told:
    """What the names of n laid rows say. Conversations are numbered store by store: store s has
    conversations[s] … conversations[s+1] - 1; `first` is the row of each that came first.
    `telling` are the rows about another row, rising, and `about` which."""

    conversation: NDArray[np.uint32]  # [n]
    conversations: NDArray[np.int64]  # [stores + 1]
    first: NDArray[np.int64]  # [conversations]
    repeated: NDArray[np.bool_]  # [n]
    telling: NDArray[np.int64]
    about: NDArray[np.int64]


def told_apart(log: Laid) -> Told:
    """Tell the names of every store apart, many stores by one thread at once."""
    rows, stores = len(log.rows.at), len(log.stores)
    conversation, first = np.empty(rows, np.uint32), np.empty(rows, np.int64)
    counts = np.zeros(stores, np.int64)
    repeated = np.zeros(rows, np.bool_)
    about = np.empty(len(log.telling), np.int64)

    def tell(turn: slice) -> None:
        starts = log.starts[turn.start : turn.stop + 1]
        _number(starts, log.rows.conversation, conversation, first, counts[turn])
        asking = slice(*np.searchsorted(log.telling, starts[[0, -1]]))
        _find(
            starts,
            log.rows.source,
            repeated,
            log.telling[asking],
            log.told[asking],
            about[asking],
        )

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(tell, _turns(log.starts)))
    conversations = np.concatenate([[0], np.cumsum(counts)])
    _number_on(log.starts, conversations, conversation)
    firsts = [first[low : low + own] for low, own in zip(log.starts[:-1], counts, strict=True)]
    found = about != NONE
    return Told(
        conversation,
        conversations,
        np.concatenate([np.zeros(0, np.int64), *firsts]),
        repeated,
        log.telling[found],
        about[found],
    )


def _turns(starts: NDArray[np.int64]) -> list[slice]:
    """Stores cut into runs of about as many rows."""
    turns: list[slice] = []
    first = 0
    for store in range(1, len(starts)):
        if starts[store] - starts[first] >= TURN_ROWS or store == len(starts) - 1:
            turns.append(slice(first, store))
            first = store
    return turns


@numba.njit(cache=True, nogil=True)
def _number(
    starts: NDArray[np.int64],
    keys: NDArray[np.uint64],
    numbers: NDArray[np.uint32],
    firsts: NDArray[np.int64],
    counts: NDArray[np.int64],
) -> None:
    """Number the keys of each store in order of first sight, from 0 in each; `firsts` holds the
    row of each from the store's first row on."""
    for store in range(len(starts) - 1):
        low, high = starts[store], starts[store + 1]
        bits = 6
        while 1 << bits < (high - low) // 4:
            bits += 1
        count = -1
        while count < 0:
            count = _number_store(keys, low, high, bits, numbers, firsts)
            bits += 2
        counts[store] = count


@numba.njit(cache=True, nogil=True)
def _number_store(
    keys: NDArray[np.uint64],
    low: int,
    high: int,
    bits: int,
    numbers: NDArray[np.uint32],
    firsts: NDArray[np.int64],
) -> int:
    """By an open-addressing table of 2**bits places; -1, giving up, once it is half full."""
    size = 1 << bits
    mask = np.uint64(size - 1)
    table = np.zeros(size, np.uint64)
    number = np.empty(size, np.uint32)
    known = 0
    for row in range(low, high):
        key = keys[row] | np.uint64(1)
        place = (key >> np.uint64(20)) & mask
        while table[place] != 0 and table[place] != key:
            place = (place + np.uint64(1)) & mask
        if table[place] == 0:
            if known == size // 2:
                return -1
            table[place], number[place], firsts[low + known] = key, known, row
            known += 1
        numbers[row] = number[place]
    return known


@numba.njit(cache=True, nogil=True)
def _find(
    starts: NDArray[np.int64],
    keys: NDArray[np.uint64],
    repeated: NDArray[np.bool_],
    telling: NDArray[np.int64],
    told: NDArray[np.uint64],
    about: NDArray[np.int64],
) -> None:
    """Mark keys that occurred in their store before, and find the row of each key told of."""
    asked = 0
    for store in range(len(starts) - 1):
        low, high = starts[store], starts[store + 1]
        bits = 4
        while 1 << bits < (high - low) * 3 // 2:
            bits += 1
        mask = np.uint64((1 << bits) - 1)
        table = np.zeros(1 << bits, np.uint64)
        first = np.empty(1 << bits, np.uint32)
        for row in range(low, high):
            key = keys[row] | np.uint64(1)
            place = (key >> np.uint64(20)) & mask
            while table[place] != 0 and table[place] != key:
                place = (place + np.uint64(1)) & mask
            if table[place] == key:
                repeated[row] = True
            else:
                table[place], first[place] = key, row - low
        while asked < len(telling) and telling[asked] < high:
            key = told[asked] | np.uint64(1)
            place = (key >> np.uint64(20)) & mask
            while table[place] != 0 and table[place] != key:
                place = (place + np.uint64(1)) & mask
            about[asked] = low + first[place] if table[place] == key else NONE
            asked += 1


@numba.njit(cache=True, nogil=True)
def _number_on(
    starts: NDArray[np.int64], firsts: NDArray[np.int64], numbers: NDArray[np.uint32]
) -> None:
    """Let the numbers of each store go on where those of the store before end."""
    for store in range(len(starts) - 1):
        for row in range(starts[store], starts[store + 1]):
            numbers[row] += firsts[store]
