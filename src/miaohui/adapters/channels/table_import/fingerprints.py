"""Source ids for rows that have none: the row's fingerprint and its ordinal among equal rows."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from miaohui.domain.vocabulary.identifiers import fingerprint_of

Hashes = NDArray[np.uint64]
Counts = NDArray[np.uint32]


class Ordinals:
    """How often each row has been seen: 12 bytes for every different row, whatever its size.

    Sorted runs of hashes with their counts, merged like binary digits, so that taking n rows
    one batch after another costs n log n.
    """

    def __init__(self) -> None:
        self._runs: list[tuple[Hashes, Counts]] = []

    def take(self, hashes: Hashes) -> NDArray[np.int64]:
        """The ordinal of each row, from 0, in the order in which they are handed in."""
        kinds, inverse, counts = np.unique(hashes, return_inverse=True, return_counts=True)
        before = np.zeros(len(kinds), np.int64)
        for known, seen in self._runs:
            place = np.minimum(np.searchsorted(known, kinds), len(known) - 1)
            before += np.where(known[place] == kinds, seen[place], 0)
        self._add(kinds, counts.astype(np.uint32))
        return before[inverse] + rank_among_equals(inverse, counts)

    def _add(self, kinds: Hashes, counts: Counts) -> None:
        if len(kinds):
            self._runs.append((kinds, counts))
        while len(self._runs) > 1 and len(self._runs[-2][0]) < 2 * len(self._runs[-1][0]):
            last, previous = self._runs.pop(), self._runs.pop()
            self._runs.append(merged(previous, last))


def merged(one: tuple[Hashes, Counts], other: tuple[Hashes, Counts]) -> tuple[Hashes, Counts]:
    """Two runs as one, counts of equal rows added."""
    hashes = np.concatenate([one[0], other[0]])
    order = np.argsort(hashes, kind="stable")
    hashes = hashes[order]
    firsts = np.flatnonzero(np.concatenate([[True], hashes[1:] != hashes[:-1]]))
    counts = np.concatenate([one[1], other[1]])[order]
    return hashes[firsts], np.add.reduceat(counts, firsts, dtype=np.uint32)


def rank_among_equals(inverse: NDArray[np.intp], counts: NDArray[np.intp]) -> NDArray[np.int64]:
    """For each row how many equal rows come before it in this batch."""
    order = np.argsort(inverse, kind="stable")
    starts = np.repeat(np.cumsum(counts) - counts, counts)
    ranks = np.empty(len(inverse), np.int64)
    ranks[order] = np.arange(len(inverse)) - starts
    return ranks


def netstrings_of(cells: list[str]) -> pl.Expr:
    """The cells of a row joined as netstrings, blank ones empty."""
    filled = [pl.col(name).fill_null("") for name in cells]
    parts = [(cell.str.len_bytes().cast(pl.String), pl.lit(":"), cell) for cell in filled]
    return pl.concat_str([part for triple in parts for part in triple])


def fingerprints(netstrings: pl.Series) -> pl.Series:
    """The fingerprints of joined rows; null where there is none to make."""
    made = [None if row is None else fingerprint_of(row) for row in netstrings.to_list()]
    return pl.Series("fingerprint", made, dtype=pl.String)


def with_source_ids(frame: pl.DataFrame, ordinals: Ordinals) -> pl.DataFrame:
    """The rows with `source_id` filled from `fingerprint`, in the order they are handed in."""
    made = frame.get_column("fingerprint").drop_nulls()
    if made.is_empty():
        return frame.drop("fingerprint")
    hashes = made.str.slice(0, 16).str.to_integer(base=16, dtype=pl.UInt64).to_numpy()
    is_blank = frame.get_column("fingerprint").is_not_null()
    numbers = np.zeros(frame.height, np.int64)
    numbers[is_blank.to_numpy()] = ordinals.take(hashes)
    # As domain/vocabulary/identifiers.py, source_id_of, a column at once.
    ids = pl.format("row:{}:{}", "fingerprint", pl.lit(pl.Series(numbers)))
    filled = pl.when(is_blank).then(ids).otherwise("source_id")
    return frame.with_columns(filled.alias("source_id")).drop("fingerprint")
