# The stubs of pandas do not know what its columns hold.
# pyrefly: ignore-errors
"""A log as columns read by pandas, and what each event does as bits of one number.

Out goes every event that does something, conversation by conversation and each in order of time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

ASKS, REPLIES, BOT_ANSWER, TOUCHES = 1, 2, 4, 8
ASSIGNS, HUMAN_REQUESTED = 16, 32
SPAM_REPORTED, SPAM_CONFIRMED, SPAM_REJECTED = 64, 128, 256
COMPLAINS, CLOSES = 512, 1024
MARKED_STAFF, UNMARKED_STAFF, MARKED_MALICIOUS, UNMARKED_MALICIOUS = 2048, 4096, 8192, 16384
ALL = 32767

MESSAGE = ASKS | REPLIES | BOT_ANSWER | TOUCHES
CARD = REPLIES | BOT_ANSWER | TOUCHES
OPERATION = REPLIES | TOUCHES

BY_KIND = {
    **dict.fromkeys(("text", "emoji", "image", "video", "file"), MESSAGE),
    **dict.fromkeys(
        (
            "card.product",
            "card.buyer_show",
            "card.group",
            "card.small_payment",
            "card.order_reminder",
            "card.refund_agreed",
            "card.cashback",
            "coupon",
        ),
        CARD,
    ),
    **dict.fromkeys(
        (
            "op.address_review",
            "op.price_change",
            "op.return_tracking_change",
            "op.link",
            "op.proxy_order",
            "op.proxy_aftersale",
            "op.recommend",
        ),
        OPERATION,
    ),
    **dict.fromkeys(("assigned", "transferred", "unassigned"), ASSIGNS),
    "human_requested": HUMAN_REQUESTED,
    "spam.reported": SPAM_REPORTED,
    "spam.confirmed": SPAM_CONFIRMED,
    "spam.rejected": SPAM_REJECTED,
    "complaint.opened": COMPLAINS,
    "complaint.closed": CLOSES,
    "buyer.marked": MARKED_STAFF | MARKED_MALICIOUS,
    "buyer.unmarked": UNMARKED_STAFF | UNMARKED_MALICIOUS,
}
# What an event does is what its kind may do, less what its other words forbid.
BY_ACTOR = {
    "buyer": ALL - REPLIES - BOT_ANSWER,
    "agent": ALL - ASKS - BOT_ANSWER,
    "bot": ALL - ASKS - REPLIES,
    "system": ALL - ASKS - REPLIES - BOT_ANSWER,
}
BY_ORIGIN = {"human": ALL, "assisted": ALL}
BY_PURPOSE = dict.fromkeys(("greeting", "menu", "away"), ALL - BOT_ANSWER)
STAFF, MALICIOUS = MARKED_STAFF | UNMARKED_STAFF, MARKED_MALICIOUS | UNMARKED_MALICIOUS
BY_MARK = {"staff_or_test_account": ALL - MALICIOUS, "malicious_user": ALL - STAFF}

COLUMNS = (
    "shop",
    "channel",
    "conversation",
    "at",
    "actor",
    "origin",
    "account",
    "kind",
    "purpose",
    "mark",
    "about",
)
NOBODY = -1
UNASSIGNED = "unassigned"

Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Log:
    """n events, bound by conversation, in order of time. `account` is NOBODY or points into
    `accounts`, `store` is shop × channels + channel."""

    conversation: Numbers
    store: Numbers
    instant: Numbers
    account: Numbers
    does: NDArray[np.int16]
    shops: pd.Index
    channels: pd.Index
    accounts: pd.Index
    as_of: int


def read_log(folder: Path, as_of_micros: int | None, threads: int) -> Log:
    """Every event that does something, up to `as_of_micros`."""
    pa.set_cpu_count(threads)
    parts = sorted(folder.glob("part-*.parquet"))
    table = pd.read_parquet(parts, columns=list(COLUMNS), read_dictionary=["conversation", "about"])
    _refuse_repeats(parts)
    instant = table["at"].to_numpy("datetime64[us]").view(np.int64)
    as_of = int(instant.max()) if as_of_micros is None else as_of_micros
    does = _does(table)
    if (instant > as_of).any():
        does[instant > as_of] = 0
    _take_back(parts, table, instant <= as_of, does)
    shop, channel = table["shop"].cat, table["channel"].cat
    store = shop.codes.to_numpy(np.int64) * len(channel.categories) + channel.codes.to_numpy()
    conversation = table["conversation"].cat.codes.to_numpy(np.int64)
    rows = _in_order(store, conversation, instant, does)
    return Log(
        _numbered(store[rows], conversation[rows]),
        store[rows],
        instant[rows],
        _accounts(table)[rows],
        does[rows],
        shop.categories,
        channel.categories,
        table["account"].cat.categories,
        as_of,
    )


def _refuse_repeats(parts: Sequence[Path]) -> None:
    """An engine must find repeats; leaving them out is not written here. Ids that are all
    different need no further look."""
    names = pd.read_parquet(list(parts), columns=["source_id"])["source_id"]
    if names.is_unique:
        return
    ids = pd.read_parquet(list(parts), columns=["shop", "channel", "source_id"])
    if ids.duplicated().any():
        raise ValueError("the log holds repeats")


def _does(table: pd.DataFrame) -> NDArray[np.int16]:
    without_mark = ALL - STAFF - MALICIOUS
    does = _looked_up(table["kind"], BY_KIND, 0)
    does &= _looked_up(table["actor"], BY_ACTOR, 0)
    does &= _looked_up(table["origin"], BY_ORIGIN, ALL - REPLIES)
    does &= _looked_up(table["purpose"], BY_PURPOSE, ALL)
    does &= _looked_up(table["mark"], BY_MARK, without_mark)
    return does


def _looked_up(words: pd.Series, bits: dict[str, int], other: int) -> NDArray[np.int16]:
    """The bits of every row's word; what holds no word is the last entry, number -1."""
    by_code = np.array([bits.get(word, other) for word in words.cat.categories] + [other], np.int16)
    return by_code[words.cat.codes.to_numpy()]


def _take_back(
    parts: Sequence[Path], table: pd.DataFrame, known: NDArray[np.bool_], does: NDArray[np.int16]
) -> None:
    """Recalled replies still keep a session alive, but answer nobody."""
    places = ["shop", "channel"]
    recalls = table.loc[known & (table["kind"] == "message.recalled").to_numpy()]
    recalls = recalls[recalls["about"].notna()]
    if recalls.empty:
        return
    source = pd.read_parquet(parts, columns=["source_id"])["source_id"]
    rows = np.flatnonzero(source.isin(recalls["about"].astype(str)))
    found = table.loc[rows, places].assign(source_id=source.iloc[rows].to_numpy(), row=rows)
    wanted = recalls[places].assign(source_id=recalls["about"].astype(str)).drop_duplicates()
    does[found.merge(wanted)["row"].to_numpy()] &= ~np.int16(REPLIES | BOT_ANSWER)


def _accounts(table: pd.DataFrame) -> Numbers:
    """Whose doing each event is; an account named `unassigned` is nobody."""
    words = table["account"].cat
    numbers = np.append(np.arange(len(words.categories)), NOBODY)
    numbers[:-1][words.categories == UNASSIGNED] = NOBODY
    gives_up = (table["kind"] == "unassigned").to_numpy()
    return np.where(gives_up, NOBODY, numbers[words.codes.to_numpy()])


def _in_order(
    store: Numbers, conversation: Numbers, instant: Numbers, does: NDArray[np.int16]
) -> Numbers:
    """The rows that do something, by conversation and time; equal instants as they lie."""
    rows = np.flatnonzero(does)
    if (instant[rows[1:]] < instant[rows[:-1]]).any():
        rows = rows[np.argsort(instant[rows], kind="stable")]
    key = conversation[rows] * (int(store.max(initial=0)) + 1) + store[rows]
    return rows[np.argsort(key, kind="stable")]


def _numbered(store: Numbers, conversation: Numbers) -> Numbers:
    """Conversations numbered from 0 as they lie."""
    changes = np.diff(conversation, prepend=-1) != 0
    changes |= np.diff(store, prepend=-1) != 0
    return np.cumsum(changes) - 1
