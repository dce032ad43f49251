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
    distinct = categories.unique().drop_nulls()
    words = tuple(distinct.cast(pl.String))
    lookup = np.full(int(distinct.to_physical().max()) + 2, NONE, np.int32)  # type: ignore[arg-type]
    lookup[distinct.to_physical().to_numpy()] = np.arange(len(words), dtype=np.int32)
    return Numbered(lookup[codes.fill_null(len(lookup) - 1).to_numpy()], words)


def salted(hashes: NDArray[np.uint64], store: NDArray[np.int32]) -> NDArray[np.uint64]:
    """Hashes that differ between stores."""
    keys = (store.astype(np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    keys ^= hashes
    return keys


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
