"""What a person cannot see at the ends of a cell."""

import polars as pl

BLANKS = "".join(chr(code) for code in range(0x3001) if chr(code).isspace()) + "\u200b\ufeff"


def stripped(cell: pl.Expr) -> pl.Expr:
    """The cell without blanks around, null if nothing is left."""
    bare = cell.str.strip_chars(BLANKS)
    return pl.when(bare.str.len_bytes() > 0).then(bare)


def own_cell(name: str, cell: pl.Expr) -> pl.Expr:
    """A cell of one of our columns, null if it is blank; a text keeps the blanks around it."""
    return pl.when(cell.str.len_bytes() > 0).then(cell) if name == "text" else stripped(cell)
