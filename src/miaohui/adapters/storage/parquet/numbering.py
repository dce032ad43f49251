"""Words to dense numbers, quickly: a column of words, or millions of conversation names."""

from dataclasses import dataclass

import numba
import numpy as np
import polars as pl
from numpy.typing import NDArray

from miaohui.domain.analytics.facts import NONE


@dataclass(frozen=True, slots=True)
class Numbered:
    """A column as numbers into its different words; -1 where it holds nothing."""

    numbers: NDArray[np.int32]
    words: tuple[str, ...]


def numbered(column: pl.Series) -> Numbered:
    """Number a column of few different words."""
    if column.null_count() == len(column):
        return Numbered(np.full(len(column), NONE, np.int32), ())
    categories = column.cast(pl.Categorical)
    codes = categories.to_physical()
    empty = int(codes.max()) + 1  # type: ignore[arg-type]
    filled = codes.fill_null(empty).to_numpy() if column.null_count() else codes.to_numpy()
    firsts = _first_rows(filled, empty + 1)
    present = np.flatnonzero(firsts[:empty] != NONE)
    lookup = np.full(empty + 1, NONE, np.int32)
    lookup[present] = np.arange(len(present), dtype=np.int32)
    words = tuple(categories.gather(firsts[present]).cast(pl.String))
    return Numbered(lookup[filled], words)


@numba.njit(cache=True, nogil=True)
def _first_rows(codes: NDArray[np.uint32], size: int) -> NDArray[np.int64]:
    """The first row of each code below `size`; -1 where a code does not occur."""
    firsts = np.full(size, NONE, np.int64)
    for row in range(len(codes)):
        if firsts[codes[row]] == NONE:
            firsts[codes[row]] = row
    return firsts


def salted(hashes: NDArray[np.uint64], store: NDArray[np.int32]) -> NDArray[np.uint64]:
    """Hashes that differ between stores."""
    stores = int(store.max(initial=0)) + 1
    salts = np.arange(1, stores + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    keys = salts[store]
    keys ^= hashes
    return keys


def places(wanted: NDArray[np.uint64], keys: NDArray[np.uint64]) -> NDArray[np.int64]:
    """The row of each wanted key among many different keys; -1 where it is not there."""
    asked, which = np.unique(wanted | np.uint64(1), return_inverse=True)
    return _places(asked, keys)[which]


@numba.njit(cache=True, nogil=True)
def _places(asked: NDArray[np.uint64], keys: NDArray[np.uint64]) -> NDArray[np.int64]:
    """A small open-addressing table of what is asked, probed once for every key."""
    bits = 4
    while 1 << bits < 4 * len(asked):
        bits += 1
    mask = np.uint64((1 << bits) - 1)
    table = np.zeros(1 << bits, np.uint64)
    number = np.zeros(1 << bits, np.int64)
    for index in range(len(asked)):
        place = (asked[index] >> np.uint64(20)) & mask
        while table[place] != 0:
            place = (place + np.uint64(1)) & mask
        table[place], number[place] = asked[index], index
    found = np.full(len(asked), NONE, np.int64)
    for row in range(len(keys)):
        key = keys[row] | np.uint64(1)
        place = (key >> np.uint64(20)) & mask
        while table[place] != 0:
            if table[place] == key:
                if found[number[place]] == NONE:
                    found[number[place]] = row
                break
            place = (place + np.uint64(1)) & mask
    return found


def dense(keys: NDArray[np.uint64]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Number keys in order of first sight: the number of each, and the row that first had it."""
    bits = 10
    while True:
        numbers, firsts = _dense(keys, bits)
        if len(firsts) or not len(keys):
            return numbers, firsts
        bits += 3


@numba.njit(cache=True, nogil=True)
def _dense(keys: NDArray[np.uint64], bits: int) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """An open-addressing table of 2**bits places; gives up, empty, once it is half full."""
    size = 1 << bits
    mask = np.uint64(size - 1)
    table = np.zeros(size, np.uint64)
    number = np.zeros(size, np.uint32)
    firsts = np.empty(size // 2, np.int64)
    numbers = np.empty(len(keys), np.uint32)
    known = 0
    for row in range(len(keys)):
        key = keys[row] | np.uint64(1)
        place = (key >> np.uint64(20)) & mask
        while table[place] != 0 and table[place] != key:
            place = (place + np.uint64(1)) & mask
        if table[place] == 0:
            if known == size // 2:
                return numbers, firsts[:0]
            table[place], number[place], firsts[known] = key, known, row
            known += 1
        numbers[row] = number[place]
    return numbers, firsts[:known].copy()
