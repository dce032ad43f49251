"""Cells that hold a JSON object: what it says fills our columns where they are blank."""

from collections.abc import Collection, Iterator, Mapping

import msgspec
import polars as pl

from miaohui.adapters.channels.table_import.blanks import BLANKS, own_cell
from miaohui.adapters.channels.table_import.grids import MORE, column
from miaohui.adapters.channels.table_import.json_lines import cell_of
from miaohui.adapters.channels.table_import.plans import (
    EXTRA,
    PACKED,
    UNPACKED,
    Plan,
    plain,
    unprefixed,
)

REST = "packed"  # what fills no column of ours: a JSON object without its braces


def unpacked(cells: pl.DataFrame, plan: Plan) -> pl.DataFrame:
    """The cells, and where some hold JSON objects also what these say: `packed.X` for every X of
    UNPACKED, and REST."""
    packed = {name: column(plan.columns[name]) for name in (PACKED, EXTRA) if name in plan.columns}
    if MORE in cells.columns:
        packed[MORE] = MORE
    filled = {
        n: c for n, c in packed.items() if cells.select(pl.col(c).str.len_bytes().any()).item()
    }
    if not filled:
        return cells
    found = [opened(cells.get_column(c), n, fillable(n, plan)) for n, c in filled.items()]
    # One after the other: what an earlier one says goes before what a later one says.
    said = [pl.coalesce(pl.lit(one.struct.field(name)) for one in found) for name in UNPACKED]
    names = [packed_name(name) for name in UNPACKED]
    whole = cells.with_columns(one.alias(n) for one, n in zip(said, names, strict=True))
    return whole.with_columns(left_over(whole, found, plan).alias(REST))


def packed_name(name: str) -> str:
    """Where the cells of one of our columns that came out of JSON objects stand."""
    return f"{REST}.{name}"


def fillable(name: str, plan: Plan) -> frozenset[str]:
    """The columns that a packed column may fill."""
    # Our own export has all columns: what it wrote into `extra` belongs there.
    return frozenset(UNPACKED) - (plan.columns.keys() if name == EXTRA else frozenset())


def opened(cells: pl.Series, name: str, wanted: Collection[str]) -> pl.Series:
    """A struct of UNPACKED and REST for each cell; every different cell is read once."""
    different = cells.unique().to_list()
    fields = [(field, pl.String) for field in (*UNPACKED, REST)]
    rows = [dict(parts_of(cell, name, wanted)) if cell else {} for cell in different]
    struct = pl.Series(rows, dtype=pl.Struct(dict(fields)))
    table = pl.DataFrame({"cell": pl.Series(different, dtype=pl.String), "parts": struct})
    asked = cells.rename("cell").to_frame()
    joined = asked.join(table, on="cell", how="left", maintain_order="left", nulls_equal=True)
    return joined.get_column("parts")


def parts_of(cell: str, name: str, wanted: Collection[str]) -> Iterator[tuple[str, str]]:
    """What one cell says: of our columns, and the rest."""
    texts = {key: text for key, value in object_of(cell, name).items() if (text := cell_of(value))}
    ours = {ours_of(key): key for key in reversed(texts) if ours_of(key) in wanted}
    for ours_name, key in ours.items():
        bare = texts[key] if ours_name == "text" else texts[key].strip(BLANKS)
        if bare:
            yield ours_name, bare
    taken = set(ours.values())
    rest = {key: text for key, text in texts.items() if key not in taken and text.strip()}
    if rest:
        yield REST, msgspec.json.encode(rest).decode()[1:-1]


def object_of(cell: str, name: str) -> Mapping[str, object]:
    """The cell's JSON object, an `extra` inside it opened; an object that holds the cell if it is
    none."""
    try:
        found = msgspec.json.decode(cell, type=dict[str, object])
        "".join(found).encode()
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return {name: cell} if cell.strip() else {}
    inner = found.get(EXTRA)
    if name != PACKED or not isinstance(inner, dict):
        return found
    outer = {key: value for key, value in found.items() if key != EXTRA}
    return {str(key): value for key, value in inner.items()} | outer


def ours_of(key: str) -> str:
    """Our column that a key names."""
    return unprefixed(key) or plain(key)


def left_over(cells: pl.DataFrame, found: list[pl.Series], plan: Plan) -> pl.Series:
    """What fills no column: other keys, and what a filled column contradicts."""
    pieces = [pl.lit(one.struct.field(REST)) for one in found]
    for name in UNPACKED:
        chosen = pl.col(packed_name(name))
        if name in plan.columns:
            chosen = pl.coalesce(own_cell(name, pl.col(column(plan.columns[name]))), chosen)
        elif name in plan.constants:
            chosen = pl.lit(plan.constants[name])
        for one in found:
            said = one.struct.field(name)
            if said.null_count() < len(said):
                pieces.append(pl.when(pl.lit(said) != chosen).then(as_piece(name, said)))
    joined = pl.concat_str(pieces, separator=",", ignore_nulls=True)
    return cells.select(pl.when(joined.str.len_bytes() > 0).then(joined)).to_series()


def as_piece(name: str, said: pl.Series) -> pl.Expr:
    """`"name":"what was said"` of each row."""
    whole = pl.struct(pl.lit(said).alias(name)).struct.json_encode()
    return whole.str.strip_prefix("{").str.strip_suffix("}")
