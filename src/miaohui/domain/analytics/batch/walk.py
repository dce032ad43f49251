"""Conversations walked once each: words in, samples out.

The same reading as `conversation.transitions`, over numbers.
"""

from typing import NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray

from miaohui.domain.analytics.batch import bits as role
from miaohui.domain.analytics.batch import samples as sample
from miaohui.domain.analytics.batch.rulings import Reading
from miaohui.domain.analytics.batch.samples import DAY, NEVER, Samples
from miaohui.domain.analytics.batch.sheaf import sort_slice

ASKS, REPLIES, TOUCHES, BOT_ANSWER = role.ASKS, role.REPLIES, role.TOUCHES, role.BOT_ANSWER
ASSIGNS, UNASSIGNS, HUMAN_REQUESTED = role.ASSIGNS, role.UNASSIGNS, role.HUMAN_REQUESTED
SPAM_REPORTED, SPAM_CONFIRMED = role.SPAM_REPORTED, role.SPAM_CONFIRMED
SPAM_REJECTED, COMPLAINS = role.SPAM_REJECTED, role.COMPLAINS
CLOSES_COMPLAINTS, SPEAKS = role.CLOSES_COMPLAINTS, role.SPEAKS
MARKED_STAFF, UNMARKED_STAFF = role.MARKED_STAFF, role.UNMARKED_STAFF
MARKED_MALICIOUS, UNMARKED_MALICIOUS = role.MARKED_MALICIOUS, role.UNMARKED_MALICIOUS
MARKS = MARKED_STAFF | UNMARKED_STAFF | MARKED_MALICIOUS | UNMARKED_MALICIOUS
ROLE_BITS = role.ROLE_BITS
ROLE_MASK = (1 << ROLE_BITS) - 1
STAFF, MALICIOUS, SPAM = sample.STAFF, sample.MALICIOUS, sample.SPAM
BOT_ONLY, COMPLAINT = sample.BOT_ONLY, sample.COMPLAINT
OPENS_SESSION, OF_COMPLAINT = sample.OPENS_SESSION, sample.OF_COMPLAINT
MESSAGES, ROUNDS, ASSIGNMENTS, SESSIONS = range(4)


class Scratch(NamedTuple):
    """Working room for the longest conversation."""

    served: NDArray[np.bool_]  # by day: the bot answered every burst and nobody needed a human
    spam: NDArray[np.bool_]  # by day: a report of that day was confirmed
    report_slot: NDArray[np.int32]
    report_confirmed: NDArray[np.bool_]
    open_complaints: NDArray[np.int32]


def scratch_for(longest: int) -> Scratch:
    """Working room for conversations of up to `longest` words."""
    return Scratch(
        np.empty(longest, np.bool_),
        np.empty(longest, np.bool_),
        np.empty(longest, np.int32),
        np.empty(longest, np.bool_),
        np.empty(longest, np.int32),
    )


@numba.njit(cache=True, nogil=True)
def walk_all(
    words: NDArray[np.int64],
    bounds: NDArray[np.int64],
    reading: Reading,
    scratch: Scratch,
    into: Samples,
) -> None:
    """Walk the conversations words[bounds[k]:bounds[k+1]], filling `into` from its start."""
    into.counts[:] = 0
    for k in range(len(bounds) - 1):
        if bounds[k] < bounds[k + 1]:
            conversation = words[bounds[k] : bounds[k + 1]]
            sort_slice(conversation)
            _walk(conversation, k, reading, scratch, into)


@numba.njit(cache=True, nogil=True)
def _walk(
    words: NDArray[np.int64], number: int, reading: Reading, scratch: Scratch, into: Samples
) -> None:
    messages, rounds, sessions = into.messages, into.rounds, into.sessions
    message = first_message = into.counts[MESSAGES]
    round_ = into.counts[ROUNDS]
    assignment = first_assignment = into.counts[ASSIGNMENTS]
    session = into.counts[SESSIONS]
    first_session = session
    open_round = -1
    slot = -1
    day, day_starts, day_ends = 0, 0, 0  # of the wall clock
    clip_day, clip_of_day = 0, 0
    served = answered = human = sampled = False
    asked_at = NEVER
    complaints = reports = marks = 0
    for index in range(len(words)):
        at, word = words[index, 0], words[index, 1]
        does = word & ROLE_MASK
        account = (word >> ROLE_BITS) - 1
        local = at + _offset(at, reading.starts, reading.offsets)
        if slot < 0 or not day_starts <= local < day_ends:
            if slot >= 0:
                scratch.served[slot] = served and answered and not human and asked_at != NEVER
            day = local // DAY
            day_starts, day_ends = day * DAY, day * DAY + DAY
            slot += 1
            scratch.spam[slot] = False
            served, answered, human, asked_at = True, True, False, NEVER
        if does & TOUCHES:
            if session == first_session or at - sessions.last[session - 1] >= reading.session_gap:
                sessions.first[session], sessions.conversation[session] = at, number
                sessions.asks[session] = sessions.says[session] = 0
                sessions.first_ask[session], sessions.sample[session] = NEVER, -1
                session += 1
                sampled = False
                clip_day, clip_of_day = day - reading.first_day, local - day_starts
            sessions.last[session - 1] = at
            sessions.asks[session - 1] += (does & ASKS) != 0
            sessions.says[session - 1] += (does & SPEAKS) != 0
        if does & (REPLIES | CLOSES_COMPLAINTS):
            given_at = _given_at(rounds, first_assignment, assignment, account)
            for row in range(complaints):
                _answer(rounds, scratch.open_complaints[row], at, account, given_at)
            complaints = 0
            if does & REPLIES:
                served = False
                if open_round >= 0:
                    _answer(rounds, open_round, at, account, given_at)
                    open_round = -1
        if does & (ASKS | COMPLAINS):
            messages.start[message], messages.slot[message] = at, slot
            messages.day[message], messages.of_day[message] = (
                day - reading.first_day,
                local - day_starts,
            )
            messages.clip_day[message], messages.clip_of_day[message] = clip_day, clip_of_day
            messages.conversation[message] = number
            messages.flags[message] = 0
            if does & ASKS:
                sessions.first_ask[session - 1] = min(sessions.first_ask[session - 1], at)
                if asked_at == NEVER or at - asked_at >= reading.burst_gap:
                    served = served and answered
                asked_at, answered = at, False
                if open_round < 0:
                    open_round = round_
                    _open(rounds, round_, message, 0 if sampled else OPENS_SESSION)
                    if not sampled:
                        sessions.sample[session - 1], sampled = message, True
                    round_ += 1
                messages.round[message] = open_round
            else:
                messages.clip_day[message] = messages.day[message]
                messages.clip_of_day[message] = messages.of_day[message]
                messages.flags[message] = COMPLAINT
                messages.round[message] = round_
                _open(rounds, round_, message, OF_COMPLAINT)
                scratch.open_complaints[complaints] = round_
                complaints += 1
                round_ += 1
            message += 1
        elif does & BOT_ANSWER:
            answered = True
        elif does & (ASSIGNS | UNASSIGNS):
            rounds.assigned_at[assignment] = at
            rounds.assignee[assignment] = account if does & ASSIGNS else -1
            assignment += 1
        elif does & HUMAN_REQUESTED:
            human = True
        elif does & SPAM_REPORTED:
            scratch.report_slot[reports], scratch.report_confirmed[reports] = slot, False
            reports += 1
        elif does & (SPAM_CONFIRMED | SPAM_REJECTED):
            if reports:
                scratch.report_confirmed[reports - 1] = (does & SPAM_CONFIRMED) != 0
        elif does & MARKS:
            marks = _marked(marks, does)
    scratch.served[slot] = served and answered and not human and asked_at != NEVER
    for report in range(reports):
        if scratch.report_confirmed[report]:
            scratch.spam[scratch.report_slot[report]] = True
    for row in range(first_message, message):
        messages.flags[row] |= (
            marks
            | SPAM * scratch.spam[messages.slot[row]]
            | BOT_ONLY * scratch.served[messages.slot[row]]
        )
    for row in range(into.counts[ROUNDS], round_):
        rounds.assigned_from[row], rounds.assigned_until[row] = first_assignment, assignment
    into.counts[MESSAGES], into.counts[ROUNDS] = message, round_
    into.counts[ASSIGNMENTS], into.counts[SESSIONS] = assignment, session


@numba.njit(cache=True, nogil=True)
def _offset(at: int, starts: NDArray[np.int64], offsets: NDArray[np.int64]) -> int:
    if len(starts) == 1:
        return offsets[0]
    return offsets[max(0, np.searchsorted(starts, at, side="right") - 1)]


@numba.njit(cache=True, nogil=True)
def _given_at(rounds: sample.Rounds, first: int, end: int, account: int) -> int:
    """When the account was last given the chat; -1 if never."""
    if account >= 0:
        for row in range(end - 1, first - 1, -1):
            if rounds.assignee[row] == account:
                return rounds.assigned_at[row]
    return -1


@numba.njit(cache=True, nogil=True)
def _open(rounds: sample.Rounds, row: int, message: int, flags: int) -> None:
    rounds.first[row], rounds.flags[row] = message, flags
    rounds.reply_at[row], rounds.replier[row], rounds.given_at[row] = NEVER, -1, -1


@numba.njit(cache=True, nogil=True)
def _answer(rounds: sample.Rounds, row: int, at: int, account: int, given_at: int) -> None:
    rounds.reply_at[row], rounds.replier[row], rounds.given_at[row] = at, account, given_at


@numba.njit(cache=True, nogil=True)
def _marked(marks: int, does: int) -> int:
    if does & MARKED_STAFF:
        return marks | STAFF
    if does & UNMARKED_STAFF:
        return marks & ~STAFF
    if does & MARKED_MALICIOUS:
        return marks | MALICIOUS
    return marks & ~MALICIOUS
