"""Facts from a log as columns, read in runs of rows by two threads."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, partial
from typing import overload

import numpy as np
import polars as pl
from numpy.typing import NDArray

from miaohui.adapters.storage.parquet.chunks import Chunk, joined, read_chunk
from miaohui.adapters.storage.parquet.numbering import dense, places, salted
from miaohui.domain.analytics.facts import NONE, Facts

CHUNK_ROWS = 500_000
THREADS = 2


def facts_of_frame(log: pl.LazyFrame, with_brief: bool = False) -> Facts:
    """The facts of a typed interchange table in log order; repeats (shop, channel, source_id)
    are left out. `with_brief`: also what voids perfunctory replies."""
    chunks = _chunks(log, with_brief)
    store = joined([chunk.store for chunk in chunks])
    source = salted(np.concatenate([chunk.source for chunk in chunks]), store.numbers)
    names = salted(np.concatenate([chunk.conversation for chunk in chunks]), store.numbers)
    with ThreadPoolExecutor(THREADS) as pool:
        seen = pool.submit(_first_seen, source)
        numbering = pool.submit(dense, names)
        about = pool.submit(_about, chunks, source, store.numbers)
        first = seen.result()
        conversation, firsts = numbering.result()
    if first is not None:
        return facts_of_frame(log.with_row_index("row").filter(pl.Series(first)), with_brief)
    what = joined([chunk.what for chunk in chunks])
    account = joined([chunk.account for chunk in chunks])
    brief = joined([chunk.brief for chunk in chunks if chunk.brief is not None])
    stores = tuple(sorted(store.words))
    place = {word: number for number, word in enumerate(stores)}
    in_order = np.array([place[word] for word in store.words], np.int32)
    return Facts(
        at=np.concatenate([chunk.at for chunk in chunks]),
        conversation=conversation,
        what=what.numbers.astype(np.uint16),
        account=account.numbers,
        whats=what.words,
        accounts=account.words,
        stores=stores,
        store_of=in_order[store.numbers[firsts]],
        names=Names(log, firsts),
        about=about.result(),
        brief=brief.numbers if with_brief else None,
        briefs=brief.words,
    )


class Names(Sequence[str]):
    """Millions of conversation names, read only when somebody asks for one."""

    def __init__(self, log: pl.LazyFrame, firsts: NDArray[np.int64]) -> None:
        self._log = log
        self._firsts = firsts

    def __len__(self) -> int:
        return len(self._firsts)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[str]: ...
    def __getitem__(self, index: int | slice) -> str | Sequence[str]:
        named = self._names[index]
        return named.to_list() if isinstance(named, pl.Series) else named

    @cached_property
    def _names(self) -> pl.Series:
        return self._log.select(pl.col("conversation").gather(self._firsts)).collect().to_series()


def _chunks(log: pl.LazyFrame, with_brief: bool) -> list[Chunk]:
    rows = log.select(pl.len()).collect().item()
    slices = [log.slice(first, CHUNK_ROWS) for first in range(0, max(rows, 1), CHUNK_ROWS)]
    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(partial(read_chunk, with_brief=with_brief), slices))


def _first_seen(keys: NDArray[np.uint64]) -> NDArray[np.bool_] | None:
    """Which keys are the first of their kind; None where all are."""
    column = pl.Series(keys)
    return None if column.n_unique() == len(column) else column.is_first_distinct().to_numpy()


def _about(
    chunks: Sequence[Chunk], source: NDArray[np.uint64], store: NDArray[np.int32]
) -> NDArray[np.int64] | None:
    """The row that each delivery or recall is about; None where there is none."""
    if all(chunk.about is None for chunk in chunks):
        return None
    about = pl.concat([_told(chunk) for chunk in chunks])
    telling = np.flatnonzero(about.is_not_null().to_numpy())
    rows = np.full(len(store), NONE, np.int64)
    rows[telling] = places(salted(about.gather(telling).to_numpy(), store[telling]), source)
    return rows


def _told(chunk: Chunk) -> pl.Series:
    if chunk.about is not None:
        return chunk.about
    return pl.repeat(None, len(chunk.at), dtype=pl.UInt64, eager=True)
