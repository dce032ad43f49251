# The stubs of pandas do not know what its columns hold.
# pyrefly: ignore-errors
"""Messages and rounds of a conversation's day, added up by who replied."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks.rivals.pandas_log import Log, Numbers
from benchmarks.rivals.pandas_samples import (
    DAY,
    HOUR,
    SECOND,
    UNANSWERED,
    assignees,
    excluded,
    handed_over,
    human_days,
)

LIMITS = {
    "30s": 30 * SECOND,
    "180s": 180 * SECOND,
    "300s": 300 * SECOND,
    "1h": HOUR,
    "48h": 48 * HOUR,
    "end": None,
}
NEVER = 1 << 61  # above every instant, with room for the bits of `first_round`
# What a person is judged on.
COUNTED, LATE_180S, WAITS_180S, LATE_1H, WAITS_1H = 1, 2, 4, 8, 16
HAS_ROUND, COUNTED_ROUND, ANSWERED_ROUND, EXCLUDED, BOT_ONLY = 32, 64, 128, 256, 512
HIT, MISS, PENDING = 0, 1, 2


def pieces_of(log: Log, messages: pd.DataFrame) -> pd.DataFrame:
    """Messages and rounds of a conversation's day, added up by who replied; each with whom it
    belongs to at each limit. `within` counts hits if it is answered, else what is pending."""
    opens = np.diff(messages["conversation"], prepend=-1) != 0
    opens |= np.diff(messages["day"], prepend=-1) != 0
    width = len(log.accounts) + 2
    key = (np.cumsum(opens) - 1) * width + messages["replier"].to_numpy() - UNANSWERED
    codes, keys = pd.factorize(key)
    days = messages.loc[opens, ["conversation", "store", "day"]]
    days["excluded"] = excluded(log, days["conversation"].to_numpy(), days["day"].to_numpy())
    days["bot_only"] = _bot_only(log, messages, days, np.flatnonzero(opens))
    person = keys // width
    pieces = days.iloc[person].reset_index(drop=True)
    pieces = pieces.assign(person=person, replier=keys % width + UNANSWERED)
    pieces = pieces.join(_summed(messages, codes))
    pieces["answered"] = pieces["replier"] != UNANSWERED
    pieces["flags"], pieces["first_round"] = _flags(pieces), _first_round(pieces)
    return _held(log, messages, pieces)


def _bot_only(
    log: Log, messages: pd.DataFrame, days: pd.DataFrame, starts: Numbers
) -> NDArray[np.bool_]:
    served = ~np.logical_or.reduceat(messages["unserved"].to_numpy(), starts)
    return served & ~np.isin(days["conversation"] * DAY + days["day"], human_days(log))


def _summed(messages: pd.DataFrame, codes: Numbers) -> pd.DataFrame:
    measured = messages["measured"].to_numpy()
    inside, rounds = messages["inside"].to_numpy(), messages["opens_round"].to_numpy()
    counted = inside & rounds
    sums = {
        "messages": np.ones(len(messages), np.bool_),
        "counted": inside,
        "within_30s": inside & (measured <= LIMITS["30s"]),
        "within_180s": inside & (measured <= LIMITS["180s"]),
        "within_1h": inside & (measured <= LIMITS["1h"]),
        "rounds": rounds,
        "rounds_counted": counted,
        "rounds_within_180s": counted & (measured <= LIMITS["180s"]),
        "rounds_within_300s": counted & (measured <= LIMITS["300s"]),
        "rounds_within_48h": rounds & (measured <= LIMITS["48h"]),
        "measured": measured * inside,
        "rounds_measured": measured * counted,
    }
    summed = pd.DataFrame(sums).groupby(codes).sum()
    # the first counted round, and in the last bit whether it is not within the hour
    first = messages["start"].to_numpy() * 2 + (measured > HOUR)
    summed["first"] = pd.Series(np.where(counted, first, NEVER)).groupby(codes).min()
    return summed


def _flags(pieces: pd.DataFrame) -> NDArray[np.int16]:
    answered = pieces["answered"]
    told = {
        COUNTED: pieces["counted"] > 0,
        LATE_180S: pieces["within_180s"] < pieces["counted"],
        WAITS_180S: ~answered & (pieces["within_180s"] > 0),
        LATE_1H: pieces["within_1h"] < pieces["counted"],
        WAITS_1H: ~answered & (pieces["within_1h"] > 0),
        HAS_ROUND: pieces["rounds"] > 0,
        COUNTED_ROUND: pieces["rounds_counted"] > 0,
        ANSWERED_ROUND: answered & (pieces["rounds_counted"] > 0),
        EXCLUDED: pieces["excluded"],
        BOT_ONLY: pieces["bot_only"],
    }
    flags = np.zeros(len(pieces), np.int16)
    for flag, holds in told.items():
        flags += holds.to_numpy() * np.int16(flag)
    return flags


def _first_round(pieces: pd.DataFrame) -> Numbers:
    """The first counted round, and in its last bits what it is."""
    first = pieces["first"].to_numpy()
    waits = ~pieces["answered"].to_numpy() & (first & 1 == 0)
    return (first >> 1 << 2) + np.where(waits, PENDING, first & 1)


def _held(log: Log, messages: pd.DataFrame, pieces: pd.DataFrame) -> pd.DataFrame:
    """A conversation has at most one unanswered round, its last."""
    replier = pieces["replier"].to_numpy()
    opened = messages[messages["replier"] == UNANSWERED].drop_duplicates("conversation")
    waiting = np.flatnonzero(replier == UNANSWERED)
    round_ = np.searchsorted(opened["conversation"], pieces["conversation"].to_numpy()[waiting])
    handed = handed_over(log, opened["conversation"].to_numpy())
    for name, limit in LIMITS.items():
        holder = replier.copy()
        holder[waiting] = assignees(log, handed, opened, limit)[round_]
        pieces[name] = holder
    return pieces
