"""Facts from a log as columns, one column after the other: names are hashed as they stream by and
never lie in memory together."""

from collections.abc import Sequence
from functools import cached_property
from typing import overload

import numpy as np
import polars as pl
from numpy.typing import NDArray

from miaohui.adapters.storage.parquet.numbering import Numbered, dense, numbered, salted
from miaohui.domain.analytics.facts import NONE, Facts, What

MARKING = ("buyer.marked", "buyer.unmarked")
HASH_SEED = 11


def facts_of_frame(log: pl.LazyFrame, with_brief: bool = False) -> Facts:
    """The facts of a typed interchange table in log order; repeats (shop, channel, source_id)
    are left out. `with_brief`: also what voids perfunctory replies."""
    stores, store = _stores(_numbered(log, "shop"), _numbered(log, "channel"))
    first = _first_seen(log, store)
    if first is not None:
        log = log.with_row_index("row").filter(pl.Series(first)).drop("row")
        store = store[first]
    conversation, firsts = dense(_keys(log, "conversation", store))
    whats, what = _whats(log)
    account = _numbered(log, "account")
    brief = _numbered(log, "brief") if with_brief else None
    return Facts(
        at=_column(log, pl.col("at").to_physical()),
        conversation=conversation,
        what=what,
        account=account.numbers,
        whats=whats,
        accounts=account.words,
        stores=stores,
        store_of=store[firsts],
        names=Names(log, firsts),
        about=_about(log, store),
        brief=None if brief is None else brief.numbers,
        briefs=() if brief is None else brief.words,
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


def _series(log: pl.LazyFrame, column: pl.Expr) -> pl.Series:
    return log.select(column).collect(engine="streaming").to_series()


def _column(log: pl.LazyFrame, column: pl.Expr) -> NDArray[np.int64]:
    return _series(log, column).to_numpy()


def _numbered(log: pl.LazyFrame, name: str) -> Numbered:
    return numbered(_series(log, pl.col(name)))


def _keys(log: pl.LazyFrame, name: str, store: NDArray[np.int32]) -> NDArray[np.uint64]:
    """A 64-bit key of each (store, name).

    Two of n names share a key with probability n²/2⁶⁴ (`dense` spends a bit): 5 in 10⁸ for a
    million of them.
    """
    hashed = _series(log, pl.col(name).cast(pl.String).hash(HASH_SEED))
    return salted(hashed.to_numpy(), store)


def _stores(
    shop: Numbered, channel: Numbered
) -> tuple[tuple[tuple[str, str], ...], NDArray[np.int32]]:
    """Stores sorted by shop and channel, and the store of every row."""
    combined = shop.numbers * np.int32(max(len(channel.words), 1)) + channel.numbers
    present = np.flatnonzero(np.bincount(combined)) if len(combined) else np.zeros(0, np.int64)
    named = [
        (shop.words[code // len(channel.words)], channel.words[code % len(channel.words)])
        for code in present
    ]
    order = sorted(range(len(named)), key=named.__getitem__)
    lookup = np.zeros(int(present.max(initial=0)) + 1, np.int32)
    lookup[present[order]] = np.arange(len(order), dtype=np.int32)
    return tuple(named[number] for number in order), lookup[combined]


def _first_seen(log: pl.LazyFrame, store: NDArray[np.int32]) -> NDArray[np.bool_] | None:
    """Which rows are the first of their (store, source_id); None where all are."""
    keys = pl.Series(_keys(log, "source_id", store))
    return None if keys.n_unique() == len(keys) else keys.is_first_distinct().to_numpy()


def _whats(log: pl.LazyFrame) -> tuple[tuple[What, ...], NDArray[np.uint16]]:
    """The different (actor, origin, kind, detail) and which one every row is."""
    spoken: list[tuple[str, ...]] = []
    code: NDArray[np.int32] | None = None
    for name in ("actor", "origin", "kind", "purpose", "mark"):
        part = _numbered(log, name)
        spoken.append(part.words)
        if code is None:
            code = part.numbers + np.int32(1)
        elif part.words:
            code *= np.int32(len(part.words) + 1)
            code += part.numbers + np.int32(1)
    if code is None or not len(code):
        return (), np.zeros(0, np.uint16)
    present = np.flatnonzero(np.bincount(code))
    lookup = np.zeros(int(present.max()) + 1, np.uint16)
    lookup[present] = np.arange(len(present), dtype=np.uint16)
    return tuple(_what(int(each), spoken) for each in present), lookup[code]


def _what(code: int, spoken: Sequence[tuple[str, ...]]) -> What:
    said: list[str | None] = []
    for words in reversed(spoken):
        number = 0
        if words:
            code, number = divmod(code, len(words) + 1)
        said.append(words[number - 1] if number else None)
    mark, purpose, kind, origin, actor = said
    return What(str(actor), str(origin), str(kind), mark if kind in MARKING else purpose)


def _about(log: pl.LazyFrame, store: NDArray[np.int32]) -> NDArray[np.int64] | None:
    """The row that each delivery or recall is about; None where there is none."""
    about = _series(log, pl.col("about"))
    telling = np.flatnonzero(about.is_not_null().to_numpy())
    if not len(telling):
        return None
    keys = _keys(log, "source_id", store)
    known = pl.DataFrame({"key": keys, "target": np.arange(len(keys), dtype=np.int64)})
    hashed = about.gather(telling).cast(pl.String).hash(HASH_SEED).to_numpy()
    tells = pl.DataFrame({"key": salted(hashed, store[telling])})
    target = tells.join(known, on="key", how="left", maintain_order="left")["target"]
    rows = np.full(len(store), NONE, np.int64)
    rows[telling] = target.fill_null(NONE).to_numpy()
    return rows
