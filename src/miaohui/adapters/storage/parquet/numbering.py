"""Columns of few different words as numbers, without a copy of any column."""

from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from math import prod
from threading import Lock
from typing import Generic, TypeVar

import numba
import numpy as np
import polars as pl
from numpy.typing import NDArray

from miaohui.domain.analytics.facts import NONE

Word = TypeVar("Word", bound=Hashable)


class Lexicon(Generic[Word]):
    """Words numbered in order of first sight, by several threads at once."""

    def __init__(self, words: Iterable[Word] = ()) -> None:
        self._numbers = {word: number for number, word in enumerate(words)}
        self._lock = Lock()

    def numbers(self, words: Iterable[Word | None]) -> list[int]:
        """The number of each word, -1 for none."""
        with self._lock:
            known = self._numbers
            return [NONE if word is None else known.setdefault(word, len(known)) for word in words]

    @property
    def words(self) -> tuple[Word, ...]:
        """Every word in order of number."""
        return tuple(self._numbers)


@dataclass(frozen=True, slots=True)
class Codes:
    """A column as codes below `size`, as Polars keeps them: `words[i]` has the code `present[i]`,
    and is None where the column holds nothing."""

    codes: NDArray[np.uint32]
    size: int
    present: NDArray[np.uint32]
    words: tuple[str | None, ...]

    def table(self, numbers: Sequence[int]) -> NDArray[np.int32]:
        """What each code stands for, given the number of each word."""
        table = np.full(self.size, NONE, np.int32)
        table[self.present] = numbers
        return table

    def knowing(self, known: Collection[str]) -> "Codes":
        """The same with only known words; every other is none."""
        words = tuple(word if word in known else None for word in self.words)
        return Codes(self.codes, self.size, self.present, words)


def codes_of(column: pl.Series) -> Codes:
    """The codes of a column of words."""
    categories = column.cast(pl.Categorical)
    codes = categories.to_physical()
    size = int(codes.max() or 0) + 2  # type: ignore[arg-type]
    filled = (codes.fill_null(size - 1) if column.null_count() else codes).to_numpy()
    filled.flags.writeable = False  # as one kind of array, whether Polars lends it or not
    firsts = _firsts((filled,), (np.arange(size, dtype=np.int32),), size)
    words = tuple(categories.gather(firsts).cast(pl.String))
    return Codes(filled, size, filled[firsts], words)


@dataclass(frozen=True, slots=True)
class Combined:
    """Several columns side by side. Row i is the combination whose number is the sum of what
    `tables` say to its codes; `words` are those of the combinations that occur."""

    columns: tuple[NDArray[np.uint32], ...]
    tables: tuple[NDArray[np.int32], ...]
    size: int
    present: NDArray[np.int64]
    words: list[tuple[str | None, ...]]

    def table(self, numbers: Sequence[int]) -> NDArray[np.int32]:
        """What each combination stands for, given the number of each that occurs."""
        table = np.full(self.size, NONE, np.int32)
        table[self.present] = numbers
        return table


def combined(columns: Sequence[Codes]) -> Combined:
    """Every combination of words that occurs in a row."""
    spoken = [
        [None, *dict.fromkeys(word for word in each.words if word is not None)] for each in columns
    ]
    strides = [prod(len(words) for words in spoken[:place]) for place in range(len(spoken))]
    size = prod(len(words) for words in spoken)
    codes = tuple(each.codes for each in columns)
    tables = tuple(
        each.table([stride * words.index(word) for word in each.words]).clip(0)
        for each, words, stride in zip(columns, spoken, strides, strict=True)
    )
    firsts = _firsts(codes, tables, size)
    parts = [table[code[firsts]] for table, code in zip(tables, codes, strict=True)]
    said = [
        [words[number // stride] for number in part.tolist()]
        for part, words, stride in zip(parts, spoken, strides, strict=True)
    ]
    return Combined(codes, tables, size, np.sum(parts, axis=0), list(zip(*said, strict=True)))


@numba.njit(cache=True, nogil=True)
def _firsts(
    columns: tuple[NDArray[np.uint32], ...], tables: tuple[NDArray[np.int32], ...], size: int
) -> NDArray[np.int64]:
    """The first row of each number below `size`, as they occur."""
    seen = np.zeros(size, np.bool_)
    firsts = np.empty(size, np.int64)
    known = 0
    for row in range(len(columns[0])):
        number = number_at(columns, tables, row)
        if not seen[number]:
            seen[number] = True
            firsts[known] = row
            known += 1
    return firsts[:known].copy()


@numba.njit(inline="always")
def number_at(
    columns: tuple[NDArray[np.uint32], ...], tables: tuple[NDArray[np.int32], ...], row: int
) -> int:
    """The number of the combination in one row."""
    number = 0
    for column in range(len(columns)):
        number += tables[column][columns[column][row]]
    return number
