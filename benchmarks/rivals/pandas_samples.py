# The stubs of pandas do not know what its columns hold.
# pyrefly: ignore-errors
"""Samples of a log by shifts, cumulative sums and joins: no loop over rows."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks.rivals.pandas_log import (
    ASKS,
    ASSIGNS,
    BOT_ANSWER,
    CLOSES,
    COMPLAINS,
    HUMAN_REQUESTED,
    MARKED_MALICIOUS,
    MARKED_STAFF,
    NOBODY,
    REPLIES,
    SPAM_CONFIRMED,
    SPAM_REJECTED,
    SPAM_REPORTED,
    TOUCHES,
    UNMARKED_MALICIOUS,
    UNMARKED_STAFF,
    Log,
    Numbers,
)

SECOND = 1_000_000
HOUR = 3600 * SECOND
DAY = 24 * HOUR
SHANGHAI = 8 * HOUR
OPENING, CLOSING = 8 * HOUR, 23 * HOUR
SESSION_GAP, BURST_GAP = 1800 * SECOND, 30 * SECOND
UNANSWERED = -2

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Samples:
    """Frames of samples, each row with conversation, store, day, start, replier (UNANSWERED if
    there is none) and measured: the wait of what is answered, the age of what is not.

    `messages` also has inside, opens_round and unserved.
    """

    messages: pd.DataFrame
    sessions: pd.DataFrame
    complaints: pd.DataFrame


def samples_of(log: Log) -> Samples:
    """Buyers' messages, the samples of sessions, and opened complaints."""
    day = (log.instant + SHANGHAI) // DAY
    asks, replies = log.does & ASKS != 0, log.does & REPLIES != 0
    asked = np.flatnonzero(asks)
    before = _preceding(log, asks | replies, asked)
    opens_round = (before < 0) | replies[before]
    reply = _following(log, replies, asked)
    messages = _samples(log, day, asked, reply)
    of_day = (log.instant[asked] + SHANGHAI) % DAY
    messages["inside"] = (of_day >= OPENING) & (of_day < CLOSING)
    messages["opens_round"] = opens_round
    messages["unserved"] = _unserved(log, day, asked, before, reply)
    first = _first_of_sessions(log, asked[opens_round])
    complained = np.flatnonzero(log.does & COMPLAINS)
    closing = _following(log, log.does & (REPLIES | CLOSES) != 0, complained)
    sessions = messages[opens_round][first]
    return Samples(messages, sessions, _samples(log, day, complained, closing))


def handed_over(log: Log, conversations: Numbers) -> pd.DataFrame:
    """Who was given these conversations when, in order of time."""
    given = np.flatnonzero(log.does & ASSIGNS)
    given = given[np.isin(log.conversation[given], conversations)]
    told = {
        "conversation": log.conversation[given],
        "passed": log.instant[given],
        "account": log.account[given],
    }
    return pd.DataFrame(told).sort_values("passed", kind="stable")


def assignees(log: Log, handed: pd.DataFrame, rounds: pd.DataFrame, limit: int | None) -> Numbers:
    """Who holds each round (conversation, start) when the limit passes, or at the end."""
    passed = log.as_of if limit is None else (rounds["start"] + limit).clip(upper=log.as_of)
    asked = rounds[["conversation"]].assign(passed=passed, row=np.arange(len(rounds)))
    held = pd.merge_asof(
        asked.sort_values("passed", kind="stable"), handed, on="passed", by="conversation"
    )
    return held.sort_values("row")["account"].fillna(NOBODY).to_numpy(np.int64)


def excluded(log: Log, conversation: Numbers, day: Numbers) -> Flags:
    """Whether the buyer is marked, or a report of that day was confirmed."""
    spam = _spam_days(log)
    days = np.asarray(conversation) * DAY + day
    return np.isin(conversation, _marked(log)) | np.isin(days, spam)


def human_days(log: Log) -> Numbers:
    """Days of conversations (conversation × DAY + day) on which somebody asked for a human."""
    asked = log.does & HUMAN_REQUESTED != 0
    return log.conversation[asked] * DAY + (log.instant[asked] + SHANGHAI) // DAY


def _samples(log: Log, day: Numbers, rows: Numbers, reply: Numbers) -> pd.DataFrame:
    answered = reply >= 0
    start = log.instant[rows]
    return pd.DataFrame(
        {
            "conversation": log.conversation[rows],
            "store": log.store[rows],
            "day": day[rows],
            "start": start,
            "replier": np.where(answered, log.account[reply], UNANSWERED),
            "measured": np.where(answered, log.instant[reply], log.as_of) - start,
        }
    )


def _following(log: Log, wanted: Flags, rows: Numbers) -> Numbers:
    """The next wanted event after each row in its conversation; -1 if there is none."""
    places = np.append(np.flatnonzero(wanted), -1)
    found = places[np.cumsum(wanted)[rows]]
    return np.where(log.conversation[found] == log.conversation[rows], found, -1)


def _preceding(log: Log, wanted: Flags, rows: Numbers) -> Numbers:
    """The last wanted event before each row in its conversation; -1 if there is none."""
    places = np.append(np.flatnonzero(wanted), -1)
    found = places[np.cumsum(wanted)[rows] - wanted[rows] - 1]
    same = (found < rows) & (log.conversation[found] == log.conversation[rows])
    return np.where(same, found, -1)


def _unserved(log: Log, day: Numbers, asked: Numbers, before: Numbers, reply: Numbers) -> Flags:
    """Messages that tell that the bot did not serve the buyer alone on that day."""
    wanted = log.does & (ASKS | BOT_ANSWER) != 0
    after = _following(log, wanted, asked)
    soon = log.instant[after] - log.instant[asked] < BURST_GAP
    by_bot = log.does[after] & BOT_ANSWER != 0
    served = (after >= 0) & (day[after] == day[asked]) & (by_bot | soon)
    replied = (reply >= 0) & (day[reply] == day[asked])
    was_reply = (before >= 0) & (log.does[before] & REPLIES != 0)
    return ~served | replied | (was_reply & (day[before] == day[asked]))


def _first_of_sessions(log: Log, starts: Numbers) -> Flags:
    """Which rounds are the first to start in their session."""
    talk = np.flatnonzero(log.does & TOUCHES)
    opens = np.diff(log.instant[talk], prepend=0) >= SESSION_GAP
    opens |= np.diff(log.conversation[talk], prepend=-1) != 0
    session = np.cumsum(opens)[np.searchsorted(talk, starts)]
    return np.diff(session, prepend=-1) != 0


def _marked(log: Log) -> Numbers:
    """Conversations whose buyer is marked at the end."""
    found = [
        _last_is(log, MARKED_STAFF, UNMARKED_STAFF),
        _last_is(log, MARKED_MALICIOUS, UNMARKED_MALICIOUS),
    ]
    return np.concatenate(found)


def _last_is(log: Log, mark: int, unmark: int) -> Numbers:
    rows = np.flatnonzero(log.does & (mark | unmark))
    last = np.diff(log.conversation[rows], append=-1) != 0
    return log.conversation[rows[last & (log.does[rows] == mark)]]


def _spam_days(log: Log) -> Numbers:
    """Days (conversation × DAY + day) with a report whose last verdict confirms it."""
    rows = np.flatnonzero(log.does & (SPAM_REPORTED | SPAM_CONFIRMED | SPAM_REJECTED))
    told = pd.DataFrame(
        {
            "conversation": log.conversation[rows],
            "day": (log.instant[rows] + SHANGHAI) // DAY,
            "does": log.does[rows],
        }
    )
    reports = told["does"] == SPAM_REPORTED
    told["report"] = reports.groupby(told["conversation"]).cumsum()
    by_report = told[told["report"] > 0].groupby(["conversation", "report"])
    day, verdict = by_report["day"].first(), by_report["does"].last()
    confirmed = day[verdict == SPAM_CONFIRMED]
    return confirmed.index.get_level_values(0).to_numpy() * DAY + confirmed.to_numpy()
