"""Cells as text become typed columns; a row that cannot becomes a reject with its reason."""

import msgspec
import polars as pl

from miaohui.adapters.channels.table_import.fingerprints import fingerprints, netstrings_of
from miaohui.adapters.channels.table_import.grids import LINE, PRINT, Grid, column
from miaohui.adapters.channels.table_import.headers import OURS, Plan, plain
from miaohui.adapters.channels.table_import.instants import instants
from miaohui.adapters.channels.table_import.kept_beside import extra_of
from miaohui.adapters.channels.table_import.rejects import Reject, shown
from miaohui.domain.text.brief import NEVER_BRIEF_FROM, brief_of
from miaohui.domain.vocabulary.interchange import (
    COLUMNS,
    DEFAULT_CHANNEL,
    DEFAULT_SHOP,
    PAYLOAD_COLUMNS,
)
from miaohui.domain.vocabulary.kinds import Actor, Mark, Origin

FRAME_COLUMNS = (*COLUMNS, *PAYLOAD_COLUMNS, "extra")

# Everything a person cannot see at the ends of a cell.
BLANKS = "".join(chr(code) for code in range(0x3001) if chr(code).isspace()) + "\u200b\ufeff"

NUL = "\0"
KIND = r"^[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*$"
MARKED = r"^'+[=+\-@\t\r\n＝＋－＠]"  # noqa: RUF001 - as domain/vocabulary/spreadsheets.py
MARKING = ("buyer.marked", "buyer.unmarked")
ORIGIN_WHEN_BLANK = {"agent": "human", "buyer": "human", "bot": "bot", "system": "system"}


class Terms(msgspec.Struct, frozen=True):
    """What the reader says about a file: the shop of rows that name none, the timezone of
    instants without one, and whether cells may carry the apostrophe of a spreadsheet export."""

    shop: str | None
    timezone: str
    is_spreadsheet: bool


class Typed(msgspec.Struct, frozen=True):
    """Rows in the columns of FRAME_COLUMNS (`at` Datetime us UTC, the others String), beside
    them `line` and, where `source_id` is null, `fingerprint`."""

    frame: pl.DataFrame
    rejects: tuple[Reject, ...]


def typed(grid: Grid, plan: Plan, terms: Terms) -> Typed:
    """The rows of a grid, and why the others are none."""
    cells = rows_only(grid.frame, plan)
    ours = ours_of(restored(cells) if terms.is_spreadsheet else cells, plan, terms)
    read = with_instants(ours, terms.timezone)
    why = read.select(reason(cells).alias("why")).get_column("why")
    rejects = [*without_totals(grid.rejects, plan), *rejected(cells, ours, why, plan)]
    is_good = why.is_null()
    good, its_cells = read.filter(is_good), cells.filter(is_good)
    prints = prints_of(good, its_cells, len(plan.headers))
    frame = with_brief(good).with_columns(extra_of(its_cells, good, plan), prints)
    return Typed(frame.select(LINE, *FRAME_COLUMNS, "fingerprint"), tuple(sorted_by_line(rejects)))


def rows_only(cells: pl.DataFrame, plan: Plan) -> pl.DataFrame:
    """Without blank rows, totals and averages."""
    at = plan.columns.get("at")
    if not plan.skip_rows and at is not None:
        blank = cells.select(stripped(pl.col(column(at))).is_null().any()).item()
        if not blank:
            return cells
    names = [column(index) for index in range(len(plan.headers))]
    first = pl.coalesce(stripped(pl.col(name)) for name in names)
    return cells.filter(first.is_not_null() & ~first.fill_null("").is_in(plan.skip_rows))


def without_totals(rejects: tuple[Reject, ...], plan: Plan) -> list[Reject]:
    """Rejects that are no totals and averages."""
    firsts = (next((c.strip() for c in reject.cells if c.strip()), "") for reject in rejects)
    return [r for r, first in zip(rejects, firsts, strict=True) if first not in plan.skip_rows]


def restored(cells: pl.DataFrame) -> pl.DataFrame:
    """Cells that one of our spreadsheet exports neutralised, as they were."""
    texts = [name for name, kind in cells.schema.items() if kind == pl.String]
    starts = cells.select(pl.col(texts).str.starts_with("'").any())
    marked = [name for name in texts if starts.get_column(name).item()]
    is_marked = pl.col(marked).str.contains(MARKED)
    return (
        cells.with_columns(
            pl.when(is_marked)
            .then(pl.col(marked).str.slice(1))
            .otherwise(pl.col(marked))
            .name.keep()
        )
        if marked
        else cells
    )


def stripped(cell: pl.Expr) -> pl.Expr:
    """The cell without blanks around, null if nothing is left."""
    bare = cell.str.strip_chars(BLANKS)
    return pl.when(bare.str.len_bytes() > 0).then(bare)


def ours_of(cells: pl.DataFrame, plan: Plan, terms: Terms) -> pl.DataFrame:
    """Our columns as text, blanks filled by the rules of the interchange table."""
    found = cells.select(LINE, *(ours_column(name, plan).alias(name) for name in OURS))
    actor = pl.col("actor").str.to_lowercase()
    return found.with_columns(
        shop_of(plan, terms).alias("shop"),
        pl.col("channel").fill_null(DEFAULT_CHANNEL),
        pl.coalesce("conversation", "buyer").alias("conversation"),
        pl.coalesce("buyer", "conversation").alias("buyer"),
        actor.alias("actor"),
        pl.coalesce(
            pl.col("origin").str.to_lowercase(),
            actor.replace_strict(ORIGIN_WHEN_BLANK, default=None, return_dtype=pl.String),
        ).alias("origin"),
        pl.col("kind").fill_null("text"),
        mark_of().alias("mark"),
    )


def ours_column(name: str, plan: Plan) -> pl.Expr:
    """One of our columns: a cell of the file or a constant, in our words."""
    if name in plan.columns:
        cell = pl.col(column(plan.columns[name]))
    else:
        cell = pl.lit(plan.constants.get(name), pl.String)
    if name == "text":
        return pl.when(cell.str.len_bytes() > 0).then(cell)
    words = {word.strip(): ours for word, ours in plan.values.get(name, {}).items()}
    return stripped(cell).replace(words) if words else stripped(cell)


def shop_of(plan: Plan, terms: Terms) -> pl.Expr:
    """The row's shop, else the reader's, else, in a file without shops, the default one."""
    if "shop" in plan.columns or "shop" in plan.constants:
        return pl.col("shop").fill_null(pl.lit(terms.shop, pl.String))
    return pl.lit(terms.shop or DEFAULT_SHOP)


def mark_of() -> pl.Expr:
    """What a buyer is marked as; such a row may say it in its text."""
    text = stripped(pl.col("text"))
    is_marking = pl.col("kind").is_in(MARKING)
    return pl.when(is_marking).then(pl.coalesce("mark", text)).otherwise(pl.col("mark"))


def with_instants(ours: pl.DataFrame, timezone: str) -> pl.DataFrame:
    """`at` read, and `trouble` where it cannot be."""
    read = instants(ours.get_column("at"), timezone)
    return ours.with_columns(read.get_column("at"), read.get_column("trouble"))


def reason(cells: pl.DataFrame) -> pl.Expr:
    """Why a row is none: the key of the first rule it breaks; null if it breaks none."""
    wrong_mark = pl.col("kind").is_in(MARKING) & ~pl.col("mark").is_in(list(Mark)).fill_null(False)
    rules = (
        ("reject.nul", pl.lit(has_nul(cells))),
        ("reject.at_missing", pl.col("at").is_null() & pl.col("trouble").is_null()),
        ("reject.actor_missing", pl.col("actor").is_null()),
        ("reject.actor_unknown", ~pl.col("actor").is_in(list(Actor))),
        ("reject.origin_unknown", ~pl.col("origin").is_in(list(Origin))),
        ("reject.kind_unknown", ~pl.col("kind").str.contains(KIND)),
        ("reject.mark_unknown", wrong_mark),
        ("reject.buyer_missing", pl.col("buyer").is_null()),
        ("reject.shop_missing", pl.col("shop").is_null()),
    )
    broken = [pl.when(holds).then(pl.lit(key)) for key, holds in rules]
    return pl.coalesce(*broken[:2], "trouble", *broken[2:])


COLUMN_AT_FAULT = {
    "reject.at_missing": "at",
    "reject.at_unreadable": "at",
    "reject.at_skipped": "at",
    "reject.at_out_of_range": "at",
    "reject.actor_missing": "actor",
    "reject.actor_unknown": "actor",
    "reject.origin_unknown": "origin",
    "reject.kind_unknown": "kind",
    "reject.mark_unknown": "mark",
    "reject.buyer_missing": "buyer",
    "reject.shop_missing": "shop",
}


def has_nul(cells: pl.DataFrame) -> pl.Series:
    """Which rows hold a NUL, which neither databases nor people can keep."""
    texts = [name for name, kind in cells.schema.items() if kind == pl.String]
    holds = pl.col(texts).str.contains(NUL, literal=True).fill_null(False)
    return cells.select(pl.any_horizontal(holds).alias("nul")).get_column("nul")


def rejected(cells: pl.DataFrame, ours: pl.DataFrame, why: pl.Series, plan: Plan) -> list[Reject]:
    """A reject for every row with a reason."""
    is_bad = why.is_not_null()
    if not is_bad.any():
        return []
    names = [column(index) for index in range(len(plan.headers))]
    rows = cells.filter(is_bad).select(LINE, pl.col(names).fill_null("")).rows()
    words = ours.filter(is_bad)
    return [
        reject_of(row[0], key, words.row(index, named=True), row[1:], plan)
        for index, (row, key) in enumerate(zip(rows, why.filter(is_bad).to_list(), strict=True))
    ]


def reject_of(
    line: int, key: str, words: dict[str, str | None], cells: tuple[str, ...], plan: Plan
) -> Reject:
    """One reject, with the header of the column at fault."""
    ours = COLUMN_AT_FAULT.get(key)
    if ours is None:
        return Reject(line, None, key, {}, cells)
    header = plain_header(plan, ours)
    values = {"cell": shown(words[ours])} if words[ours] is not None else {}
    return Reject(line, header, key, values, cells)


def plain_header(plan: Plan, ours: str) -> str:
    """The header that stands over one of our columns in this file, else our own name."""
    index = plan.columns.get(ours)
    if index is None or index >= len(plan.headers):
        return ours
    return plan.headers[index] if plain(plan.headers[index]) != ours else ours


def with_brief(rows: pl.DataFrame) -> pl.DataFrame:
    """`brief` of agents' texts where the file does not bring its own."""
    is_open = (pl.col("actor") == Actor.AGENT.value) & pl.col("brief").is_null()
    texts = rows.filter(is_open).get_column("text").drop_nulls().unique()
    is_long = texts.str.len_chars() >= NEVER_BRIEF_FROM
    letters = texts.filter(is_long).str.count_matches(r"[\p{L}\p{N}]")
    few = texts.filter(is_long).filter(letters < NEVER_BRIEF_FROM).to_list()
    candidates = [*texts.filter(~is_long).to_list(), *few]
    briefs = {text: brief for text in candidates if (brief := brief_of(text)) is not None}
    made = pl.col("text").replace_strict(briefs, default=None, return_dtype=pl.String)
    return rows.with_columns(pl.when(is_open).then(made).otherwise(pl.col("brief")).alias("brief"))


def prints_of(rows: pl.DataFrame, cells: pl.DataFrame, width: int) -> pl.Series:
    """The fingerprints of rows without a source id."""
    names = [column(index) for index in range(width)]
    joined = pl.col(PRINT) if PRINT in cells.columns else netstrings_of(names)
    blank = rows.get_column("source_id").is_null()
    return fingerprints(cells.select(pl.when(pl.lit(blank)).then(joined).alias("p")).to_series())


def sorted_by_line(rejects: list[Reject]) -> list[Reject]:
    """Rejects as they stand in the file."""
    return sorted(rejects, key=lambda reject: reject.line)
