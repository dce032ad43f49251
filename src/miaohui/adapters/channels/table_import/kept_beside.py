"""Columns that are none of ours, kept beside as one JSON object a row."""

import msgspec
import polars as pl

from miaohui.adapters.channels.table_import.grids import MORE, column
from miaohui.adapters.channels.table_import.json_lines import cell_of
from miaohui.adapters.channels.table_import.plans import EXTRA, Plan


def extra_of(cells: pl.DataFrame, rows: pl.DataFrame, plan: Plan) -> pl.Series:
    """The filled cells of other columns, as a JSON object of texts, or null."""
    pieces = [piece(name, column(index)) for name, index in plan.extras]
    if MORE in cells.columns:
        pieces.append(inside(pl.col(MORE)))
    if EXTRA in plan.columns:
        pieces.append(inside(pl.lit(objects(rows.get_column(EXTRA)))))
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


def objects(cells: pl.Series) -> pl.Series:
    """The cells of a column `extra`, each as a JSON object of texts."""
    known = {cell: as_object(cell) for cell in cells.drop_nulls().unique().to_list()}
    return cells.replace_strict(known, default=None, return_dtype=pl.String)


def as_object(cell: str) -> str:
    """The cell itself if it is a JSON object, else an object that holds it."""
    try:
        found = msgspec.json.decode(cell, type=dict[str, object])
    except (msgspec.DecodeError, RecursionError):
        found = {EXTRA: cell}
    texts = {name: text for name, value in found.items() if (text := cell_of(value)).strip()}
    return msgspec.json.encode(texts).decode()
