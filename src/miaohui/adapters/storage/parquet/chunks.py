"""A run of rows as numbers into its own words, and many such runs as one."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
import polars as pl
from numpy.typing import NDArray

from miaohui.adapters.storage.parquet.numbering import Numbered, numbered
from miaohui.domain.analytics.facts import NONE, What
from miaohui.domain.vocabulary.kinds import FAMILIES, IDLE_PURPOSES, MARKING_KINDS, Mark

HASH_SEED = 11
Word = TypeVar("Word", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Coded(Generic[Word]):
    """A column as numbers into its different words; -1 where it holds nothing."""

    numbers: NDArray[np.int32]
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some rows of a log. `conversation` and `source` are 64-bit hashes of the names, not yet
    told apart by store; `about` is None where no row is about another."""

    at: NDArray[np.int64]
    store: Coded[tuple[str, str]]
    what: Coded[What]
    account: Coded[str]
    brief: Coded[str] | None
    conversation: NDArray[np.uint64]
    source: NDArray[np.uint64]
    about: pl.Series | None


def read_chunk(log: pl.LazyFrame, with_brief: bool) -> Chunk:
    """Read some rows in one go: names are hashed as they stream by and never kept."""
    words = ["shop", "channel", "actor", "origin", "kind", "purpose", "mark", "account"]
    rows = log.select(
        *words,
        *(["brief"] if with_brief else []),
        pl.col("at").to_physical(),
        *(hashed(name) for name in ("conversation", "source_id", "about")),
    ).collect()
    parts = {name: numbered(rows[name]) for name in words}
    # Only words that a rule knows are told apart, so that a million purposes cost nothing.
    for name, known in (("kind", FAMILIES), ("purpose", IDLE_PURPOSES), ("mark", Mark)):
        parts[name] = _told_apart(parts[name], tuple(map(str, known)))
    about = rows["about"]
    return Chunk(
        at=rows["at"].to_numpy(),
        store=_stores(parts["shop"], parts["channel"]),
        what=_whats([parts[name] for name in ("actor", "origin", "kind", "purpose", "mark")]),
        account=_coded(parts["account"]),
        brief=_coded(numbered(rows["brief"])) if with_brief else None,
        conversation=rows["conversation"].to_numpy(),
        source=rows["source_id"].to_numpy(),
        about=None if about.null_count() == len(about) else about,
    )


def hashed(name: str) -> pl.Expr:
    """A 64-bit hash of each name, null where there is none.

    Two of n names share one with probability n²/2⁶⁴ (`dense` spends a bit): 5 in 10⁸ for a
    million of them.
    """
    text = pl.col(name).cast(pl.String)
    return pl.when(text.is_not_null()).then(text.hash(HASH_SEED)).alias(name)


def joined(columns: Sequence[Coded[Word]]) -> Coded[Word]:
    """Several runs as one, numbered anew."""
    known: dict[Word, int] = {}
    numbers: list[NDArray[np.int32]] = []
    for column in columns:
        codes = [known.setdefault(word, len(known)) for word in column.words]
        # The last place is where -1 looks.
        numbers.append(np.array([*codes, NONE], np.int32)[column.numbers])
    return Coded(np.concatenate(numbers or [np.zeros(0, np.int32)]), tuple(known))


def _told_apart(column: Numbered, known: tuple[str, ...]) -> Numbered:
    words = tuple(word for word in column.words if word in known)
    lookup = [words.index(word) if word in known else NONE for word in column.words]
    return Numbered(np.array([*lookup, NONE], np.int32)[column.numbers], words)


def _coded(column: Numbered) -> Coded[str]:
    return Coded(column.numbers, column.words)


def _stores(shop: Numbered, channel: Numbered) -> Coded[tuple[str, str]]:
    combined = shop.numbers * np.int32(max(len(channel.words), 1)) + channel.numbers
    numbers, present = _renumbered(combined)
    words = [divmod(int(code), len(channel.words)) for code in present]
    return Coded(numbers, tuple((shop.words[a], channel.words[b]) for a, b in words))


def _whats(parts: Sequence[Numbered]) -> Coded[What]:
    """The different (actor, origin, kind, detail) and which one every row is."""
    code = np.zeros(len(parts[0].numbers), np.int32)
    for part in parts:
        if part.words:
            code *= np.int32(len(part.words) + 1)
            code += part.numbers + np.int32(1)
    numbers, present = _renumbered(code)
    spoken = [part.words for part in parts]
    return Coded(numbers, tuple(_what(int(each), spoken) for each in present))


def _renumbered(code: NDArray[np.int32]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Codes numbered without gaps, and the code of each number."""
    if not len(code):
        return code, np.zeros(0, np.int64)
    present = np.flatnonzero(np.bincount(code))
    lookup = np.zeros(int(present[-1]) + 1, np.int32)
    lookup[present] = np.arange(len(present), dtype=np.int32)
    return lookup[code], present


def _what(code: int, spoken: Sequence[tuple[str, ...]]) -> What:
    said: list[str | None] = []
    for words in reversed(spoken):
        number = 0
        if words:
            code, number = divmod(code, len(words) + 1)
        said.append(words[number - 1] if number else None)
    mark, purpose, kind, origin, actor = said
    return What(str(actor), str(origin), str(kind), mark if kind in MARKING_KINDS else purpose)
