"""Cells as text become typed columns; a row that cannot becomes a reject with its reason."""

from collections.abc import Sequence

import msgspec
import polars as pl

from miaohui.adapters.channels.table_import.blanks import own_cell, stripped
from miaohui.adapters.channels.table_import.fingerprints import fingerprints, netstrings_of
from miaohui.adapters.channels.table_import.grids import LINE, PRINT, Grid, column
from miaohui.adapters.channels.table_import.instants import instants
from miaohui.adapters.channels.table_import.kept_beside import extra_of
from miaohui.adapters.channels.table_import.packed import packed_name, unpacked
from miaohui.adapters.channels.table_import.plans import OURS, UNPACKED, Plan
from miaohui.adapters.channels.table_import.reasons import (
    reason,
    rejected,
    sorted_by_line,
    without_totals,
)
from miaohui.adapters.channels.table_import.rejects import Reject
from miaohui.domain.text.brief import NEVER_BRIEF_FROM, brief_of
from miaohui.domain.vocabulary.interchange import (
    COLUMNS,
    DEFAULT_CHANNEL,
    DEFAULT_SHOP,
    PAYLOAD_COLUMNS,
)
from miaohui.domain.vocabulary.kinds import MARKING_KINDS, Actor

FRAME_COLUMNS = (*COLUMNS, *PAYLOAD_COLUMNS, "extra")
MARKED = r"^'+[=+\-@\t\r\n＝＋－＠]"  # as domain/vocabulary/spreadsheets.py
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
    plain_cells = unpacked(restored(cells) if terms.is_spreadsheet else cells, plan)
    ours = ours_of(plain_cells, plan, terms)
    read = with_instants(ours, terms.timezone)
    why = read.select(reason(plain_cells).alias("why")).get_column("why")
    rejects = [*without_totals(grid.rejects, plan), *rejected(cells, ours, why, plan)]
    is_good = why.is_null()
    good = read.filter(is_good)
    prints = prints_of(good, cells.filter(is_good), len(plan.headers))
    extra = extra_of(plain_cells.filter(is_good), plan)
    frame = with_brief(good).with_columns(extra, prints)
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


def ours_of(cells: pl.DataFrame, plan: Plan, terms: Terms) -> pl.DataFrame:
    """Our columns as text, blanks filled by the rules of the interchange table."""
    found = cells.select(
        LINE,
        *(ours_column(name, plan, cells.columns).alias(name) for name in OURS),
        origin_told_by_actor(plan).alias("told"),
    )
    actor = actor_of()
    return found.with_columns(
        shop_of(plan, terms).alias("shop"),
        pl.col("channel").fill_null(DEFAULT_CHANNEL),
        pl.coalesce("conversation", "buyer").alias("conversation"),
        pl.coalesce("buyer", "conversation").alias("buyer"),
        actor.alias("actor"),
        pl.coalesce(
            pl.col("origin").str.to_lowercase(),
            pl.col("told"),
            actor.replace_strict(ORIGIN_WHEN_BLANK, default=None, return_dtype=pl.String),
        ).alias("origin"),
        pl.col("kind").fill_null("text"),
        mark_of().alias("mark"),
    )


def ours_column(name: str, plan: Plan, names: Sequence[str]) -> pl.Expr:
    """One of our columns: a cell of the file, a constant or what a JSON object says, in our
    words. `names`: of the cells' columns."""
    if name in plan.columns:
        cell = pl.col(column(plan.columns[name]))
    else:
        cell = pl.lit(plan.constants.get(name), pl.String)
    own = own_cell(name, cell)
    if name in UNPACKED and packed_name(name) in names:
        own = pl.coalesce(own, packed_name(name))
    words = {word.strip(): ours for word, ours in plan.values.get(name, {}).items()}
    return own.replace(words) if words and name != "text" else own


def actor_of() -> pl.Expr:
    """Who acted; some exports name the sender: the row's buyer, or its account."""
    cell = pl.col("actor")
    word = cell.str.to_lowercase()
    return (
        pl.when(word.is_in(list(Actor)))
        .then(word)
        .when(cell == pl.col("buyer"))
        .then(pl.lit(Actor.BUYER.value))
        .when(cell == pl.col("account"))
        .then(pl.lit(Actor.AGENT.value))
        .otherwise(word)
    )


def origin_told_by_actor(plan: Plan) -> pl.Expr:
    """An origin that the sender's own word tells: 自动回复 is the shop's, but no person's."""
    words = {word.strip(): ours for word, ours in plan.values.get("origin", {}).items()}
    if "actor" not in plan.columns or not words:
        return pl.lit(None, pl.String)
    cell = stripped(pl.col(column(plan.columns["actor"])))
    return cell.replace_strict(words, default=None, return_dtype=pl.String)


def shop_of(plan: Plan, terms: Terms) -> pl.Expr:
    """The row's shop, else the reader's, else, in a file without shops, the default one."""
    if "shop" in plan.columns or "shop" in plan.constants:
        return pl.col("shop").fill_null(pl.lit(terms.shop, pl.String))
    return pl.lit(terms.shop or DEFAULT_SHOP)


def mark_of() -> pl.Expr:
    """What a buyer is marked as; such a row may say it in its text."""
    text = stripped(pl.col("text"))
    is_marking = pl.col("kind").is_in(MARKING_KINDS)
    return pl.when(is_marking).then(pl.coalesce("mark", text)).otherwise(pl.col("mark"))


def with_instants(ours: pl.DataFrame, timezone: str) -> pl.DataFrame:
    """`at` read, and `trouble` where it cannot be."""
    read = instants(ours.get_column("at"), timezone)
    return ours.with_columns(read.get_column("at"), read.get_column("trouble"))


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
