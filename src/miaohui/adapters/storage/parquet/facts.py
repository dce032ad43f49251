"""Facts from a log as columns, column by column so that the words never lie in memory together."""

from collections.abc import Sequence
from typing import overload

import numpy as np
import polars as pl
from numpy.typing import NDArray

from miaohui.adapters.storage.parquet.numbering import Numbered, dense, hashes_within, numbered
from miaohui.domain.analytics.facts import NONE, Facts, What

class Names(Sequence[str]):
    """Millions of conversation names, told one at a time."""

    def __init__(self, names: pl.Series) -> None:
        self._names = names

    def __len__(self) -> int:
        return len(self._names)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[str]: ...
    def __getitem__(self, index: int | slice) -> str | Sequence[str]:
        named = self._names[index]
        return named.to_list() if isinstance(named, pl.Series) else named


MARKING = ("buyer.marked", "buyer.unmarked")


def read_facts(path: Path, shops: Sequence[str] = (), with_brief: bool = False) -> Facts:
XX

def facts_of_frame(log: pl.LazyFrame, with_brief: bool = False) -> Facts:
    """The facts of a typed interchange table in log order; repeats (shop, channel, source_id)
    are left out. `with_brief`: also what voids perfunctory replies."""
    words = {
        name: numbered(column)
        for name, column in _collected(
            log, "shop", "channel", "actor", "origin", "account", "kind", "purpose", "mark"
        ).items()
    }
    stores, store = _stores(words["shop"], words["channel"])
    first = _first_seen(log, store)
    if first is not None:
        log = log.with_row_index("row").filter(pl.Series(first)).drop("row")
        words = {name: _only(column, first) for name, column in words.items()}
        store = store[first]
    names = _collected(log, "conversation")["conversation"]
    conversation, firsts = dense(hashes_within(names, store))
    whats, what = _whats(words)
    at = _collected(log, "at")["at"].to_physical().to_numpy()
    brief = numbered(_collected(log, "brief")["brief"]) if with_brief else None
    return Facts(
        at=at,
        conversation=conversation,
        what=what,
        account=words["account"].numbers,
        whats=whats,
        accounts=words["account"].words,
        stores=stores,
        store_of=store[firsts],
        names=Names(names.gather(firsts)),
        about=_about(log, store),
        brief=None if brief is None else brief.numbers,
        briefs=() if brief is None else brief.words,
    )


def _collected(log: pl.LazyFrame, *names: str) -> dict[str, pl.Series]:
    frame = log.select(names).collect()
    return {name: frame[name] for name in names}


def _only(column: Numbered, rows: NDArray[np.bool_]) -> Numbered:
    return Numbered(column.numbers[rows], column.words)


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
    keys = pl.Series(hashes_within(_collected(log, "source_id")["source_id"], store))
    if keys.n_unique() == len(keys):
        return None
    return keys.is_first_distinct().to_numpy()


def _whats(words: dict[str, Numbered]) -> tuple[tuple[What, ...], NDArray[np.uint16]]:
    """The different (actor, origin, kind, detail) and which one every row is."""
    parts = [words[name] for name in ("actor", "origin", "kind", "purpose", "mark")]
    told = [part for part in parts if part.words]
    code = np.zeros(len(parts[0].numbers), np.int32)
    for part in told:
        code = code * np.int32(len(part.words) + 1) + part.numbers + np.int32(1)
    present = np.flatnonzero(np.bincount(code)) if len(code) else np.zeros(0, np.int64)
    lookup = np.zeros(int(present.max(initial=0)) + 1, np.uint16)
    lookup[present] = np.arange(len(present), dtype=np.uint16)
    return tuple(_what(int(each), parts) for each in present), lookup[code]


def _what(code: int, parts: list[Numbered]) -> What:
    said: list[str | None] = []
    for part in reversed(parts):
        if part.words:
            code, number = divmod(code, len(part.words) + 1)
            said.append(part.words[number - 1] if number else None)
        else:
            said.append(None)
    mark, purpose, kind, origin, actor = said
    return What(str(actor), str(origin), str(kind), mark if kind in MARKING else purpose)


def _about(log: pl.LazyFrame, store: NDArray[np.int32]) -> NDArray[np.int64] | None:
    """The row that each delivery or recall is about; None where there is none."""
    about = _collected(log, "about")["about"]
    telling = about.is_not_null().to_numpy().nonzero()[0]
    if not len(telling):
        return None
    source = _collected(log, "source_id")["source_id"]
    known = pl.DataFrame(
        {"key": hashes_within(source, store), "target": np.arange(len(source), dtype=np.int64)}
    )
    tells = pl.DataFrame({"key": hashes_within(about.gather(telling), store[telling])})
    target = tells.join(known, on="key", how="left", maintain_order="left")["target"]
    rows = np.full(len(source), NONE, np.int64)
    rows[telling] = target.fill_null(NONE).to_numpy()
    return rows
