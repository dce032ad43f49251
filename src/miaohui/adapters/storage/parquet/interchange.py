"""An interchange table in Parquet that is clean enough to be read without looking at each row."""

from pathlib import Path

import polars as pl

from miaohui.adapters.storage.parquet.parts import FACT_COLUMNS
from miaohui.domain.vocabulary.interchange import DEFAULT_CHANNEL
from miaohui.domain.vocabulary.kinds import FAMILIES, Actor, Mark, Origin

NEEDED = ("shop", "conversation", "at", "actor", "origin", "account", "kind", "source_id")
MARKING = ("buyer.marked", "buyer.unmarked")


def clean_interchange(path: Path) -> pl.LazyFrame | None:
    """The table as columns, or None where rows must be read one by one.

    Clean: `at` is an instant in UTC, nobody's id is blank, every word is known, and the rows do
    not mostly descend; then the rows mean just what they would mean read one by one.
    """
    try:
        table = pl.scan_parquet(path)
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
        and isinstance(at, pl.Datetime)
        and at.time_zone == "UTC"
        and at.time_unit in ("us", "ms")
        and all(schema[name] in texts for name in FACT_COLUMNS if name in schema and name != "at")
    )


def _all_known(table: pl.LazyFrame, schema: pl.Schema) -> bool:
    """One pass over the words, one over the instants."""
    marks = pl.col("mark") if "mark" in schema else pl.lit(None, pl.String)
    step = pl.col("at").diff()
    found = table.select(
        _within("actor", tuple(Actor)),
        _within("origin", tuple(Origin)),
        _within("kind", tuple(FAMILIES)),
        *(_filled(name) for name in ("shop", "conversation", "source_id")),
        (
            ~pl.col("kind").cast(pl.String).is_in(MARKING)
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


def _filled(name: str) -> pl.Expr:
    column = pl.col(name)
    blank = column.is_null() | (column.cast(pl.String).str.strip_chars() == "")
    return (~blank).all().alias(name)


def _completed(table: pl.LazyFrame, schema: pl.Schema) -> pl.LazyFrame:
    absent = [
        pl.lit(None, pl.String).alias(name)
        for name in FACT_COLUMNS
        if name not in schema and name != "channel"
    ]
    channel = pl.col("channel") if "channel" in schema else pl.lit(None, pl.String)
    named = pl.when(channel.cast(pl.String).str.len_bytes() > 0).then(channel.cast(pl.String))
    return table.with_columns(
        *absent,
        named.otherwise(pl.lit(DEFAULT_CHANNEL)).alias("channel"),
        pl.col("at").cast(pl.Datetime("us", "UTC")),
    )
