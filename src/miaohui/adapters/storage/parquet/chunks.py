"""A log read some rows at a time."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from miaohui.adapters.storage.parquet.numbering import Codes, Combined, codes_of, combined
from miaohui.domain.analytics.facts import What
from miaohui.domain.vocabulary.kinds import FAMILIES, IDLE_PURPOSES, MARKING_KINDS, Mark

HASH_SEED = 11
CHUNK_ROWS = 300_000
WORDS = ("actor", "origin", "kind", "purpose", "mark", "account")


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some rows of a log. `what` combines actor, origin, kind, purpose and mark, of which only
    words that a rule knows are told apart, so that a million purposes cost nothing.
    `conversation`, `source` and `about` are 64-bit hashes of names; `about` is None where no
    row is about another."""

    at: NDArray[np.int64]
    what: Combined
    account: Codes
    brief: Codes | None
    conversation: NDArray[np.uint64]
    source: NDArray[np.uint64]
    about: pl.Series | None

    def whats(self) -> list[What]:
        """The different things that happen, in the order of `what`."""
        return [_what(*words) for words in self.what.words]


def read_stores(log: pl.LazyFrame) -> Combined:
    """The shop and channel of every row."""
    rows = log.select("shop", "channel").collect()
    return combined([codes_of(rows["shop"]), codes_of(rows["channel"])])


def read_chunks(log: pl.LazyFrame, with_brief: bool) -> Iterator[pl.DataFrame]:
    """Everything else of the rows, some at a time: names are hashed as they stream by."""
    return log.select(
        *WORDS,
        *(["brief"] if with_brief else []),
        pl.col("at").to_physical(),
        *(_hash(name) for name in ("conversation", "source_id")),
        pl.when(pl.col("about").is_not_null()).then(_hash("about")),
    ).collect_batches(chunk_size=CHUNK_ROWS)


def chunk_of(rows: pl.DataFrame) -> Chunk:
    """Rows as codes into their own words."""
    words = {name: codes_of(rows[name]) for name in WORDS}
    about = rows["about"]
    return Chunk(
        at=rows["at"].to_numpy(),
        what=combined(
            [
                words["actor"],
                words["origin"],
                words["kind"].knowing(FAMILIES),
                words["purpose"].knowing(IDLE_PURPOSES),
                words["mark"].knowing(tuple(Mark)),
            ]
        ),
        account=words["account"],
        brief=codes_of(rows["brief"]) if "brief" in rows.columns else None,
        conversation=rows["conversation"].to_numpy(),
        source=rows["source_id"].to_numpy(),
        about=None if about.null_count() == len(about) else about,
    )


def _hash(name: str) -> pl.Expr:
    """A 64-bit hash of each name.

    Two of the n names of a store share one with probability n²/2⁶⁴ (`telling` spends a bit):
    5 in 10⁸ for a million of them.
    """
    return pl.col(name).cast(pl.String).hash(HASH_SEED)


def _what(
    actor: str | None, origin: str | None, kind: str | None, purpose: str | None, mark: str | None
) -> What:
    return What(str(actor), str(origin), str(kind), mark if kind in MARKING_KINDS else purpose)
