"""An interchange table in Parquet that is clean enough to be read without looking at each row."""

import unicodedata
from pathlib import Path

import polars as pl

from miaohui.adapters.storage.parquet.parts import FACT_COLUMNS
from miaohui.domain.vocabulary.interchange import DEFAULT_CHANNEL
from miaohui.domain.vocabulary.kinds import FAMILIES, MARKING_KINDS, Actor, Mark, Origin

NEEDED = ("shop", "conversation", "at", "actor", "origin", "account", "kind", "source_id")
FILLED = ("shop", "conversation", "source_id")
PACKED = ("payload", "extra")
# Names of persons and messages, most of them different; the other words are few.
WITHIN = ("actor", "origin", "kind")
MANY = ("conversation", "source_id", "account", "about")
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"
BLANK = r"[\s\x1c-\x1f\u200b-\u200d\u2060\ufeff]"
UNCLEAN = rf"^$|^{BLANK}|{BLANK}$|\x00"


def clean_interchange(path: Path) -> pl.LazyFrame | None:
    """The table as columns, or None where rows must be read one by one.

    Clean: `at` is an instant in UTC, nobody's id is blank, every word is known and has nothing
    invisible around or inside it, nothing is packed into a `payload` or an `extra`, and the rows
    do not mostly descend; then the rows mean just what they would mean read one by one.
    """
    try:
        table = pl.scan_parquet(path, glob=False)
        schema = table.collect_schema()
        if not _fits(schema):
            return None
        return _completed(table, schema) if _all_known(table, schema) else None
    except (pl.exceptions.PolarsError, OSError):
        return None


def _fits(schema: pl.Schema) -> bool:
    at = schema.get("at")
    texts = (pl.String, pl.Categorical, pl.Enum)
    return (
        all(name in schema for name in NEEDED)
        and not any(map(_says_otherwise, schema))
        and isinstance(at, pl.Datetime)
        and at.time_zone == "UTC"
        and at.time_unit in ("us", "ms")
        and all(schema[name] in texts for name in FACT_COLUMNS if name in schema and name != "at")
    )


def _says_otherwise(header: str) -> bool:
    """Whether a column is one of ours under another spelling, or holds others packed."""
    visible = header.translate(dict.fromkeys(map(ord, INVISIBLE)))
    plain = unicodedata.normalize("NFKC", visible).strip().casefold()
    is_packed = plain in PACKED or plain.startswith(("payload.", "payload_"))
    return is_packed or (plain in FACT_COLUMNS and plain != header)


def _all_known(table: pl.LazyFrame, schema: pl.Schema) -> bool:
    """One pass over the words, one over the instants."""
    marks = pl.col("mark") if "mark" in schema else pl.lit(None, pl.String)
    step = pl.col("at").diff()
    found = table.select(
        _within("actor", tuple(Actor)),
        _within("origin", tuple(Origin)),
        _within("kind", tuple(FAMILIES)),
        *(pl.col(name).is_not_null().all() for name in FILLED),
        *(_bare(name).alias(f"{name} bare") for name in FACT_COLUMNS if _is_word(name, schema)),
        (
            ~pl.col("kind").cast(pl.String).is_in(MARKING_KINDS)
            | marks.cast(pl.String).is_in(tuple(Mark)).fill_null(value=False)
        )
        .all()
        .alias("mark"),
        pl.col("at").is_not_null().all().alias("instants"),
        (pl.col("at").dt.year().is_between(1990, 2099)).all().alias("years"),
        ((step < pl.duration()).sum() <= (step > pl.duration()).sum()).alias("ascends"),
    )
    return all(found.collect().row(0))


def _within(name: str, words: tuple[str, ...]) -> pl.Expr:
    return pl.col(name).unique().cast(pl.String).is_in(words).fill_null(value=False).all()


def _is_word(name: str, schema: pl.Schema) -> bool:
    return name in schema and name not in ("at", *WITHIN)


def _bare(name: str) -> pl.Expr:
    """Whether no word is blank without being null, has blanks around it or a NUL inside."""
    cells = pl.col(name) if name in MANY else pl.col(name).unique()
    return ~cells.cast(pl.String).str.contains(UNCLEAN).any()


def _completed(table: pl.LazyFrame, schema: pl.Schema) -> pl.LazyFrame:
    absent = [
        pl.lit(None, pl.String).alias(name)
        for name in FACT_COLUMNS
        if name not in schema and name != "channel"
    ]
    channel = pl.col("channel") if "channel" in schema else pl.lit(None, pl.String)
    return table.with_columns(
        *absent,
        channel.cast(pl.String).fill_null(DEFAULT_CHANNEL).alias("channel"),
        pl.col("at").cast(pl.Datetime("us", "UTC")),
    )
