"""Columns that are none of ours, kept beside as one JSON object a row."""

import polars as pl

from miaohui.adapters.channels.table_import.grids import column
from miaohui.adapters.channels.table_import.packed import REST
from miaohui.adapters.channels.table_import.plans import EXTRA, Plan


def extra_of(cells: pl.DataFrame, plan: Plan) -> pl.Series:
    """The filled cells of other columns and what JSON objects leave over (`packed.unpacked`), as
    a JSON object of texts, or null."""
    pieces = [piece(name, column(index)) for name, index in plan.extras]
    if REST in cells.columns:
        pieces.append(pl.col(REST))
    if not pieces:
        return pl.Series(EXTRA, [None] * cells.height, dtype=pl.String)
    joined = pl.concat_str(pieces, separator=",", ignore_nulls=True)
    whole = pl.when(joined.str.len_bytes() > 0).then(
        pl.concat_str(pl.lit("{"), joined, pl.lit("}"))
    )
    return cells.select(whole.alias(EXTRA)).to_series()


def piece(name: str, cell: str) -> pl.Expr:
    """`"name":"cell"`, or null where the cell is blank."""
    is_filled = pl.col(cell).str.contains(r"\S")
    return pl.when(is_filled).then(inside(pl.struct(pl.col(cell).alias(name)).struct.json_encode()))


def inside(json_object: pl.Expr) -> pl.Expr:
    """A JSON object without its braces; null if it is empty."""
    bare = json_object.str.strip_prefix("{").str.strip_suffix("}")
    return pl.when(bare.str.len_bytes() > 0).then(bare)
