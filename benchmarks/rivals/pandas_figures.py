# The stubs of pandas do not know what its columns hold.
# pyrefly: ignore-errors
"""The Pinduoduo figures of a log as columns, by pandas: categories, sorting, shifts, groupings."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks.rivals.pandas_log import Log, Numbers, read_log
from benchmarks.rivals.pandas_pieces import (
    ANSWERED_ROUND,
    BOT_ONLY,
    COUNTED,
    COUNTED_ROUND,
    EXCLUDED,
    HAS_ROUND,
    LATE_1H,
    LATE_180S,
    LIMITS,
    MISS,
    PENDING,
    WAITS_1H,
    WAITS_180S,
    pieces_of,
)
from benchmarks.rivals.pandas_samples import (
    UNANSWERED,
    Samples,
    assignees,
    excluded,
    handed_over,
    samples_of,
)

SUMS = ["numerator", "denominator", "pending", "excluded"]
# The metrics of people, each with the limit at which an unanswered round finds its account.
PEOPLE = {
    "reply_3min": "180s",
    "reply_60min": "1h",
    "reply_60min_first": "1h",
    "unanswered_persons": "end",
}


def figures(
    folder: Path, as_of_micros: int | None = None, threads: int = 2
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The eleven figures of docs/metrics.md section 8 as known at `as_of_micros`.

    Returns (shop, channel, day, metric, numerator, denominator, pending, excluded) and
    (shop, account, day, metric, ...), the account missing for nobody, sums of waits in
    microseconds; rows that are all zero may stand among them. A recalled reply counts for
    none; other deliveries and repeated source ids are not looked for: the log must hold none.
    `threads` read the files; pandas itself has one.
    """
    log = read_log(folder, as_of_micros, threads)
    samples = samples_of(log)
    pieces = pieces_of(log, samples.messages)
    added = _added(log, samples, pieces)
    by_day = [*added, *_judged(pieces, dict.fromkeys(PEOPLE))]
    by_account = [*added, *_judged(pieces, PEOPLE)]
    return _days(log, by_day), _accounts(log, by_account)


def _added(log: Log, samples: Samples, pieces: pd.DataFrame) -> list[pd.DataFrame]:
    """Figures that add up."""
    counted = "rounds_counted"
    return [
        _rate(pieces, "reply_3min_round", "180s", ("rounds", counted, "rounds_within_180s")),
        _rate(pieces, "reply_30s", "30s", ("messages", "counted", "within_30s")),
        _rate(pieces, "reply_5min", "300s", ("rounds", counted, "rounds_within_300s")),
        _rate(pieces, "reply_48h", "48h", ("rounds", "rounds", "rounds_within_48h")),
        _rate(_of_complaints(log, samples), "reply_48h", "48h", ("units", "counted", "within")),
        _mean(pieces, "avg_response", ("rounds", counted, "rounds_measured")),
        _mean(pieces, "avg_response_message", ("messages", "counted", "measured")),
        _mean(_of_sessions(log, samples), "first_response", ("units", "counted", "waited")),
    ]


def _rate(
    table: pd.DataFrame, metric: str, holder: str, columns: tuple[str, str, str]
) -> pd.DataFrame:
    units, counted, within = (table[name].to_numpy() for name in columns)
    answered, out = table["answered"].to_numpy(), table["excluded"].to_numpy()
    decided = np.where(answered, counted, counted - within)
    return _tallied(
        table["store"].to_numpy(),
        table[holder].to_numpy(),
        table["day"].to_numpy(),
        metric,
        numerator=within * (answered & ~out),
        denominator=decided * ~out,
        pending=within * (~answered & ~out),
        excluded=np.where(out, units, units - counted),
    )


def _mean(table: pd.DataFrame, metric: str, columns: tuple[str, str, str]) -> pd.DataFrame:
    units, counted, waited = (table[name].to_numpy() for name in columns)
    answered, out = table["answered"].to_numpy(), table["excluded"].to_numpy()
    return _tallied(
        table["store"].to_numpy(),
        table["end"].to_numpy(),
        table["day"].to_numpy(),
        metric,
        numerator=waited * (answered & ~out),
        denominator=counted * (answered & ~out),
        pending=np.zeros(len(table), np.int64),
        excluded=np.where(out, units, units - counted),
    )


def _of_complaints(log: Log, samples: Samples) -> pd.DataFrame:
    table = _single(log, samples.complaints)
    table["within"] = (table["measured"] <= LIMITS["48h"]).astype(np.int64)
    return table


def _of_sessions(log: Log, samples: Samples) -> pd.DataFrame:
    table = _single(log, samples.sessions)
    table["counted"] = table["inside"].astype(np.int64)
    table["waited"] = table["measured"] * table["counted"]
    return table


def _single(log: Log, table: pd.DataFrame) -> pd.DataFrame:
    """Samples that are each a unit of their own, with whom they belong to."""
    table = table.reset_index(drop=True).assign(units=1, counted=1)
    replier = table["replier"].to_numpy()
    table["answered"] = replier != UNANSWERED
    table["excluded"] = excluded(log, table["conversation"].to_numpy(), table["day"].to_numpy())
    waiting = np.flatnonzero(replier == UNANSWERED)
    handed = handed_over(log, table["conversation"].to_numpy()[waiting])
    for name in ("48h", "end"):
        holder = replier.copy()
        holder[waiting] = assignees(log, handed, table.iloc[waiting], LIMITS[name])
        table[name] = holder
    return table


def _judged(pieces: pd.DataFrame, holders: Mapping[str, str | None]) -> list[pd.DataFrame]:
    """Figures of people, each judged on the pieces that one account holds."""
    people = {holder: _people(pieces, holder) for holder in set(holders.values())}
    return [_of_people(people[holder], metric) for metric, holder in holders.items()]


def _people(pieces: pd.DataFrame, holder: str | None) -> pd.DataFrame:
    """Pieces of one person and one holder together: most have one piece only."""
    account = pieces["person"] * 0 if holder is None else pieces[holder]
    table = pieces[["store", "day", "flags", "first_round"]].assign(
        account=account, key=pieces["person"] * (int(account.max()) + 2) + account
    )
    several = table["key"].duplicated(keep=False)
    shared = table[several].sort_values("key", kind="stable")
    starts = np.flatnonzero(np.diff(shared["key"], prepend=-2))
    joined = shared.iloc[starts].assign(
        flags=np.bitwise_or.reduceat(shared["flags"].to_numpy(), starts),
        first_round=np.minimum.reduceat(shared["first_round"].to_numpy(), starts),
    )
    return pd.concat([table[~several], joined])


def _of_people(people: pd.DataFrame, metric: str) -> pd.DataFrame:
    flags = people["flags"].to_numpy()
    if metric in ("reply_60min_first", "unanswered_persons"):
        people = people[flags & HAS_ROUND != 0]
        flags = people["flags"].to_numpy()
    first = people["first_round"].to_numpy() & 3
    late, waits, counts = flags & LATE_1H != 0, flags & WAITS_1H != 0, flags & COUNTED != 0
    match metric:
        case "reply_3min":
            late, waits = flags & LATE_180S != 0, flags & WAITS_180S != 0
            counts &= flags & BOT_ONLY == 0
        case "reply_60min_first":
            late, waits, counts = first == MISS, first == PENDING, flags & COUNTED_ROUND != 0
        case "unanswered_persons":
            late, waits = flags & ANSWERED_ROUND != 0, np.zeros(len(flags), np.bool_)
            counts = flags & COUNTED_ROUND != 0
    counts &= flags & EXCLUDED == 0
    return _tallied(
        people["store"].to_numpy(),
        people["account"].to_numpy(),
        people["day"].to_numpy(),
        metric,
        numerator=counts & ~late & ~waits,
        denominator=counts & (late | ~waits),
        pending=counts & waits & ~late,
        excluded=~counts,
    )


def _tallied(
    store: Numbers, account: Numbers, day: Numbers, metric: str, **sums: NDArray[Any]
) -> pd.DataFrame:
    """Sums by store, account and day."""
    first, days = int(day.min(initial=0)), int(day.max(initial=0)) - int(day.min(initial=0)) + 1
    accounts = int(account.max(initial=0)) + 2
    cell, cells = pd.factorize((store * accounts + account + 1) * days + day - first)
    tallied = pd.DataFrame(sums).groupby(cell).sum()
    pair = cells // days
    return tallied.assign(
        store=pair // accounts,
        account=pair % accounts - 1,
        day=cells % days + first,
        metric=metric,
    )


def _days(log: Log, tallies: Sequence[pd.DataFrame]) -> pd.DataFrame:
    table = pd.concat(tallies).groupby(["store", "day", "metric"], as_index=False)[SUMS].sum()
    shop, channel = np.divmod(table["store"].to_numpy(), len(log.channels))
    return table.assign(
        shop=log.shops[shop], channel=log.channels[channel], day=_dates(table["day"])
    ).drop(columns="store")


def _accounts(log: Log, tallies: Sequence[pd.DataFrame]) -> pd.DataFrame:
    table = pd.concat(tallies)
    table["shop"] = table["store"] // len(log.channels)
    table = table.groupby(["shop", "account", "day", "metric"], as_index=False)[SUMS].sum()
    names = np.append(log.accounts.to_numpy(object), None)
    return table.assign(
        shop=log.shops[table["shop"]], account=names[table["account"]], day=_dates(table["day"])
    )


def _dates(day: pd.Series) -> pd.Series:
    return pd.Series(day.to_numpy().astype("datetime64[D]").astype(object), day.index)
