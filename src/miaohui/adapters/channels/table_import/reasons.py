"""Why a row is none: the first rule it breaks, and the cell at fault."""

import polars as pl

from miaohui.adapters.channels.table_import.grids import LINE, column
from miaohui.adapters.channels.table_import.plans import Plan, plain
from miaohui.adapters.channels.table_import.rejects import Reject, shown
from miaohui.domain.vocabulary.kinds import MARKING_KINDS, Actor, Mark, Origin

NUL = "\0"
KIND = r"^[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*$"
SHOWN_WORDS = 8  # of the words that a layout knows for a sender
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


def reason(cells: pl.DataFrame) -> pl.Expr:
    """Why a row is none: the key of the first rule it breaks; null if it breaks none."""
    is_known_mark = pl.col("mark").is_in(list(Mark)).fill_null(False)
    wrong_mark = pl.col("kind").is_in(MARKING_KINDS) & ~is_known_mark
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
    if key == "reject.actor_unknown":
        values["allowed"] = allowed_actors(plan)
    return Reject(line, header, key, values, cells)


def allowed_actors(plan: Plan) -> str:
    """The words that a sender may be: ours, and some that the layout knows."""
    return ", ".join([*Actor, *list(plan.values.get("actor", {}))[:SHOWN_WORDS]])


def plain_header(plan: Plan, ours: str) -> str:
    """The header that stands over one of our columns in this file, else our own name."""
    index = plan.columns.get(ours)
    if index is None or index >= len(plan.headers):
        return ours
    return plan.headers[index] if plain(plan.headers[index]) != ours else ours


def without_totals(rejects: tuple[Reject, ...], plan: Plan) -> list[Reject]:
    """Rejects that are no totals and averages."""
    firsts = (next((c.strip() for c in reject.cells if c.strip()), "") for reject in rejects)
    return [r for r, first in zip(rejects, firsts, strict=True) if first not in plan.skip_rows]


def sorted_by_line(rejects: list[Reject]) -> list[Reject]:
    """Rejects as they stand in the file."""
    return sorted(rejects, key=lambda reject: reject.line)
