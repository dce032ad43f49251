"""Rows laid store by store: what belongs to one store then fits the caches."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import NamedTuple

import numba
import numpy as np
import polars as pl
from numpy.typing import NDArray

from miaohui.adapters.storage.parquet.chunks import Chunk, chunk_of, read_chunks, read_stores
from miaohui.adapters.storage.parquet.numbering import Codes, Combined, Lexicon, number_at
from miaohui.domain.analytics.facts import What

THREADS = 2
# The rows of a chunk about another row, and the hash of whom they are about.
Telling = tuple[NDArray[np.int64], NDArray[np.uint64]]


class Rows(NamedTuple):
    """n rows; `conversation` and `source` are hashes of names."""

    at: NDArray[np.int64]
    conversation: NDArray[np.uint64]
    source: NDArray[np.uint64]
    what: NDArray[np.uint16]
    account: NDArray[np.int32]
    brief: NDArray[np.int32]  # [0] where nobody asked for it


@dataclass(frozen=True, slots=True)
class Laid:
    """A log's rows, store by store, each store's in the order of the log: store s holds the rows
    starts[s] … starts[s+1] - 1. Row i of the log lies at places[i].

    `telling` are the rows about another row, rising, `told` the hashes of that one's source id.
    """

    rows: Rows
    places: NDArray[np.uint32]
    stores: tuple[tuple[str, str], ...]
    starts: NDArray[np.int64]
    whats: tuple[What, ...]
    accounts: tuple[str, ...]
    briefs: tuple[str, ...]
    telling: NDArray[np.int64]
    told: NDArray[np.uint64]


def laid(log: pl.LazyFrame, with_brief: bool) -> Laid:
    """Read a log and lay its rows.

    Which row belongs to which store is read first, so that everything else is read once and
    goes straight to its place.
    """
    stores, starts, places = _places(read_stores(log))
    rows = _room(len(places), with_brief)
    whats, accounts, briefs = Lexicon[What](), Lexicon[str](), Lexicon[str]()

    def lay(frame: pl.DataFrame, first: int) -> Telling:
        chunk = chunk_of(frame)
        at = places[first : first + len(frame)]
        _lay_columns(at, chunk.at, chunk.conversation, chunk.source, rows)
        what = chunk.what
        table = what.table(whats.numbers(chunk.whats()))
        _lay_numbers(at, what.columns, what.tables, table, rows.what)
        _lay_words(at, chunk.account, accounts, rows.account)
        if chunk.brief is not None:
            _lay_words(at, chunk.brief, briefs, rows.brief)
        return _telling(chunk, at)

    telling, told = zip(*_side_by_side(lay, read_chunks(log, with_brief)), strict=True)
    in_order = np.argsort(np.concatenate(telling))
    return Laid(
        rows,
        places,
        stores,
        starts,
        whats.words,
        accounts.words,
        briefs.words,
        np.concatenate(telling)[in_order],
        np.concatenate(told)[in_order],
    )


def _side_by_side(
    lay: Callable[[pl.DataFrame, int], Telling], frames: Iterable[pl.DataFrame]
) -> Iterator[Telling]:
    """Lay frames in threads of their own, each from the row that it starts at, while the next
    ones are being read; few at once, so that they do not pile up."""
    yield np.zeros(0, np.int64), np.zeros(0, np.uint64)
    first = 0
    with ThreadPoolExecutor(THREADS) as pool:
        laying: deque[Future[Telling]] = deque()
        for frame in frames:
            laying.append(pool.submit(lay, frame, first))
            first += len(frame)
            if len(laying) > 2 * THREADS:
                yield laying.popleft().result()
        for each in laying:
            yield each.result()


def _places(
    store: Combined,
) -> tuple[tuple[tuple[str, str], ...], NDArray[np.int64], NDArray[np.uint32]]:
    """The stores in order, where each starts [stores + 1], and the place of every row."""
    named = [(str(shop), str(channel)) for shop, channel in store.words]
    stores = tuple(sorted(named))
    number = {word: place for place, word in enumerate(stores)}
    table = store.table([number[word] for word in named])
    starts = np.zeros(len(stores) + 1, np.int64)
    _count(store.columns, store.tables, table, starts)
    np.cumsum(starts, out=starts)
    return stores, starts, _placed(store.columns, store.tables, table, starts[:-1].copy())


def _room(rows: int, with_brief: bool) -> Rows:
    return Rows(
        at=np.empty(rows, np.int64),
        conversation=np.empty(rows, np.uint64),
        source=np.empty(rows, np.uint64),
        what=np.empty(rows, np.uint16),
        account=np.empty(rows, np.int32),
        brief=np.empty(rows * with_brief, np.int32),
    )


def _telling(chunk: Chunk, places: NDArray[np.uint32]) -> Telling:
    if chunk.about is None:
        return np.zeros(0, np.int64), np.zeros(0, np.uint64)
    telling = chunk.about.is_not_null().arg_true().to_numpy()
    return places[telling].astype(np.int64), chunk.about.gather(telling).to_numpy()


def _lay_words(
    places: NDArray[np.uint32], column: Codes, known: Lexicon[str], into: NDArray[np.int32]
) -> None:
    table = column.table(known.numbers(column.words))
    every = np.arange(len(table), dtype=np.int32)
    _lay_numbers(places, (column.codes,), (every,), table, into)


@numba.njit(cache=True, nogil=True)
def _count(
    columns: tuple[NDArray[np.uint32], ...],
    tables: tuple[NDArray[np.int32], ...],
    table: NDArray[np.int32],
    counts: NDArray[np.int64],
) -> None:
    """Count every number one place too far, so that sums become starts."""
    for row in range(len(columns[0])):
        counts[table[number_at(columns, tables, row)] + 1] += 1


@numba.njit(cache=True, nogil=True)
def _placed(
    columns: tuple[NDArray[np.uint32], ...],
    tables: tuple[NDArray[np.int32], ...],
    table: NDArray[np.int32],
    nexts: NDArray[np.int64],
) -> NDArray[np.uint32]:
    """The place of every row; `nexts` goes on behind them."""
    places = np.empty(len(columns[0]), np.uint32)
    for row in range(len(places)):
        number = table[number_at(columns, tables, row)]
        places[row] = nexts[number]
        nexts[number] += 1
    return places


@numba.njit(cache=True, nogil=True)
def _lay_columns(
    places: NDArray[np.uint32],
    at: NDArray[np.int64],
    conversation: NDArray[np.uint64],
    source: NDArray[np.uint64],
    into: Rows,
) -> None:
    ats, conversations, sources = into.at, into.conversation, into.source
    for row in range(len(places)):
        place = places[row]
        ats[place] = at[row]
        conversations[place] = conversation[row]
        sources[place] = source[row]


@numba.njit(cache=True, nogil=True)
def _lay_numbers(
    places: NDArray[np.uint32],
    columns: tuple[NDArray[np.uint32], ...],
    tables: tuple[NDArray[np.int32], ...],
    table: NDArray[np.int32],
    into: NDArray[np.int32] | NDArray[np.uint16],
) -> None:
    for row in range(len(places)):
        into[places[row]] = table[number_at(columns, tables, row)]
