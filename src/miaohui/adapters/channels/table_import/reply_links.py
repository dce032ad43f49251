"""Tables of single posts that name the post they answer (Customer Support on Twitter).

Who talks with whom is not written in such a row: it follows from the replies. A brand is a shop,
a customer its buyer; a post belongs to the nearest brand and customer along the reply links, or,
where no link leads to one, to the first one it mentions. Memory holds the ids and links of the
whole file, never its texts.
"""

import re
from collections.abc import Callable, Iterator

import msgspec
import numpy as np
import polars as pl
from numpy.typing import NDArray

from miaohui.adapters.channels.table_import.grids import LINE, Grid, column
from miaohui.adapters.channels.table_import.plans import REPLY_LINKED, Plan, plain
from miaohui.adapters.channels.table_import.rejects import Reject
from miaohui.domain.vocabulary.problems import Problem, ReaderError

LAYOUT = REPLY_LINKED

POST, AUTHOR, INBOUND = "tweet_id", "author_id", "inbound"
AT, TEXT = "created_at", "text"
ANSWERS, ANSWERED_BY = "in_response_to_tweet_id", "response_tweet_id"
NEEDED = (POST, AUTHOR, INBOUND, AT, TEXT, ANSWERS)

HOPS = 64  # how far a link is followed
MENTION = r"@(\w+)"

Rows = NDArray[np.int64]


class Links(msgspec.Struct, frozen=True):
    """`posts`: columns `post`, `brand`, `customer`, each post once. `brands`: their names, by
    their names in small letters."""

    posts: pl.DataFrame
    brands: dict[str, str]


def linked(
    plan: Plan, again: Callable[[], Iterator[Grid]], grids: Iterator[Grid]
) -> tuple[Plan, Iterator[Grid]]:
    """The plan and the grids with brand, customer, actor and account in columns of their own.

    `again` reads the file once more, for its links. Raises ReaderError `table.columns_missing`.
    """
    places = {plain(header): index for index, header in enumerate(plan.headers)}
    missing = [name for name in NEEDED if name not in places]
    if missing:
        values = {"missing": ", ".join(missing), "found": ", ".join(plan.headers)}
        raise ReaderError(Problem("table.columns_missing", values, line=plan.line))
    links = links_of(again(), places)
    return linked_plan(plan, places), (with_links(grid, plan, places, links) for grid in grids)


def linked_plan(plan: Plan, places: dict[str, int]) -> Plan:
    """The plan that reads the columns that `with_links` adds."""
    width = len(plan.headers)
    added = ("shop", "conversation", "buyer", "actor", "account", "source_id")
    columns = {name: width + index for index, name in enumerate(added)}
    columns |= {"at": places[AT], "text": places[TEXT]}
    used = {places[name] for name in (POST, AUTHOR, INBOUND, AT, TEXT)}
    beside = tuple((name, i) for i, name in enumerate(plan.headers) if i not in used)
    constants = {name: text for name, text in plan.constants.items() if name not in columns}
    return msgspec.structs.replace(
        plan, columns=columns, extras=beside, constants=constants, values={}
    )


def cell(places: dict[str, int], name: str) -> pl.Expr:
    """One of the file's columns, blanks around it gone."""
    return pl.col(column(places[name])).str.strip_chars()


def number(written: pl.Expr) -> pl.Expr:
    """An id, also one that was once a decimal number (`12.0`)."""
    return written.str.strip_suffix(".0").cast(pl.Int64, strict=False)


def links_of(grids: Iterator[Grid], places: dict[str, int]) -> Links:
    """Brand and customer of every post, from the whole file."""
    replies = cell(places, ANSWERED_BY) if ANSWERED_BY in places else pl.lit(None, pl.String)
    wanted = (
        number(cell(places, POST)).alias("post"),
        cell(places, AUTHOR).alias("author"),
        (cell(places, INBOUND).str.to_lowercase() == "true").alias("inbound"),
        number(cell(places, ANSWERS)).alias("answers"),
        replies.alias("replies"),
    )
    posts = pl.concat([grid.frame.select(wanted) for grid in grids])
    known = posts.drop_nulls(["post", "author", "inbound"]).unique(
        "post", keep="first", maintain_order=True
    )
    return resolved(known.with_row_index("row"))


def resolved(posts: pl.DataFrame) -> Links:
    """Follow the links."""
    older, newer = edges_of(posts)
    names = posts.select(pl.col("author").unique(maintain_order=True)).with_row_index("code")
    codes = posts.join(names, on="author", maintain_order="left").get_column("code").to_numpy()
    inbound = posts.get_column("inbound").to_numpy()
    brand = spread(np.where(inbound, -1, codes.astype(np.int64)), older, newer)
    customer = spread(np.where(inbound, codes.astype(np.int64), -1), older, newer)
    authors = names.get_column("author")
    table = posts.select(
        "post", named(authors, brand, "brand"), named(authors, customer, "customer")
    )
    brands = posts.filter(~pl.col("inbound")).get_column("author").unique(maintain_order=True)
    return Links(table, {name.lower(): name for name in brands.to_list()})


def named(authors: pl.Series, codes: Rows, name: str) -> pl.Series:
    """Author names by code, null for -1."""
    index = pl.Series(codes).cast(pl.Int64)
    return authors.gather(index.zip_with(index >= 0, pl.Series([None], dtype=pl.Int64))).alias(name)


def edges_of(posts: pl.DataFrame) -> tuple[Rows, Rows]:
    """Rows of posts and of their answers, in the order of the file."""
    rows = posts.select("post", "row")
    up = posts.select("row", pl.col("answers").alias("post")).drop_nulls()
    told = posts.select("row", pl.col("replies").str.split(",")).explode("replies")
    told = told.select(
        "row", number(pl.col("replies").str.strip_chars()).alias("post")
    ).drop_nulls()
    by_answer = up.join(rows, on="post", maintain_order="left")
    by_post = told.join(rows, on="post", maintain_order="left")
    older = pl.concat([by_answer.get_column("row_right"), by_post.get_column("row")])
    newer = pl.concat([by_answer.get_column("row"), by_post.get_column("row_right")])
    return older.to_numpy().astype(np.int64), newer.to_numpy().astype(np.int64)


def spread(labels: Rows, older: Rows, newer: Rows) -> Rows:
    """Labels handed along the links: from what a post answers first, then from its answers."""
    for _ in range(HOPS):
        if not (hand_on(labels, older, newer) or hand_on(labels, newer, older)):
            break
    return labels


def hand_on(labels: Rows, givers: Rows, takers: Rows) -> bool:
    """Every unlabelled taker takes the label of its first labelled giver; whether any did."""
    may = (labels[takers] < 0) & (labels[givers] >= 0)
    takes, first = np.unique(takers[may], return_index=True)
    labels[takes] = labels[givers[may][first]]
    return len(takes) > 0


def with_links(grid: Grid, plan: Plan, places: dict[str, int], links: Links) -> Grid:
    """A grid with six more columns; posts that lead to nobody become rejects."""
    told = told_of(grid.frame, places, links)
    lost = (told.get_column("brand").is_null() | told.get_column("customer").is_null()) & (
        told.get_column("actor").is_in(["buyer", "agent"])
    )
    names = [column(index) for index in range(len(plan.headers))]
    rows = grid.frame.filter(lost).select(LINE, pl.col(names).fill_null("")).rows()
    rejects = [Reject(row[0], None, "reject.unlinked", {}, row[1:]) for row in rows]
    added = [
        told.get_column(name).alias(column(len(plan.headers) + index))
        for index, name in enumerate(("brand", "customer", "customer", "actor", "account", "id"))
    ]
    return Grid(grid.frame.with_columns(added).filter(~lost), (*grid.rejects, *rejects))


def told_of(frame: pl.DataFrame, places: dict[str, int], links: Links) -> pl.DataFrame:
    """Brand, customer, actor, account and id of each row of a grid."""
    word = cell(places, INBOUND)
    actors = {"true": "buyer", "false": "agent"}
    rows = frame.select(
        number(cell(places, POST)).alias("post"),
        pl.coalesce(word.str.to_lowercase().replace_strict(actors, default=None), word).alias(
            "actor"
        ),
        cell(places, AUTHOR).alias("author"),
        cell(places, TEXT).alias("text"),
    ).join(links.posts, on="post", how="left", maintain_order="left")
    is_open = pl.col("brand").is_null() | pl.col("customer").is_null()
    mentions = rows.select(pl.when(is_open).then("text").alias("text")).get_column("text")
    found = [mentioned(text, links.brands) for text in mentions.to_list()]
    brands = pl.Series([brand for brand, _ in found], dtype=pl.String)
    others = pl.Series([other for _, other in found], dtype=pl.String)
    is_agent = pl.col("actor") == "agent"
    return rows.select(
        pl.coalesce("brand", pl.when(pl.col("post").is_not_null()).then(brands)).alias("brand"),
        pl.coalesce("customer", pl.when(is_agent).then(others)).alias("customer"),
        "actor",
        pl.when(is_agent).then("author").alias("account"),
        pl.col("post").cast(pl.String).alias("id"),
    )


def mentioned(text: str | None, brands: dict[str, str]) -> tuple[str | None, str | None]:
    """The first brand and the first other author that a text mentions."""
    found = re.findall(MENTION, text or "", re.ASCII)
    brand = next((brands[name.lower()] for name in found if name.lower() in brands), None)
    return brand, next((name for name in found if name.lower() not in brands), None)
