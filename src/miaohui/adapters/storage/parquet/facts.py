"""Facts from a log as columns."""

from collections.abc import Sequence
from functools import cached_property
from typing import overload

import numpy as np
import polars as pl
from numpy.typing import NDArray

from miaohui.adapters.storage.parquet.laying import laid
from miaohui.adapters.storage.parquet.telling import told_apart
from miaohui.domain.analytics.facts import Facts


def facts_of_frame(log: pl.LazyFrame, with_brief: bool = False) -> Facts:
    """The facts of a typed interchange table in log order; repeats (shop, channel, source_id)
    are left out. `with_brief`: also what voids perfunctory replies."""
    rows = laid(log, with_brief)
    told = told_apart(rows)
    facts = Facts(
        at=rows.rows.at,
        conversation=told.conversation,
        what=rows.rows.what,
        account=rows.rows.account,
        whats=rows.whats,
        accounts=rows.accounts,
        stores=rows.stores,
        rows=rows.starts,
        conversations=told.conversations,
        names=Names(log, rows.places, told.first),
        telling=told.telling,
        about=told.about,
        brief=rows.rows.brief if with_brief else None,
        briefs=rows.briefs,
    )
    return facts.without(told.repeated) if told.repeated.any() else facts


class Names(Sequence[str]):
    """Millions of conversation names, read only when somebody asks for one: the names of the
    rows that lie at `firsts`."""

    def __init__(
        self, log: pl.LazyFrame, places: NDArray[np.uint32], firsts: NDArray[np.int64]
    ) -> None:
        self._log = log
        self._places = places
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
        row_at = np.empty(len(self._places), np.uint32)
        row_at[self._places] = np.arange(len(self._places), dtype=np.uint32)
        firsts = pl.col("conversation").gather(row_at[self._firsts])
        return self._log.select(firsts).collect().to_series()
