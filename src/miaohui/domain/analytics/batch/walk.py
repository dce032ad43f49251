"""One conversation walked once: its messages, rounds, sessions, complaints and days.

The same reading as `conversation.transitions`, over numbers. Absent instants are NEVER, absent
accounts -1.
"""

from typing import NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray

from miaohui.domain.analytics.batch import roles as role

NEVER = np.iinfo(np.int64).max
DAY = 86_400_000_000

ASKS, REPLIES, TOUCHES, BOT_ANSWER = role.ASKS, role.REPLIES, role.TOUCHES, role.BOT_ANSWER
ASSIGNS, UNASSIGNS, HUMAN_REQUESTED = role.ASSIGNS, role.UNASSIGNS, role.HUMAN_REQUESTED
SPAM_REPORTED, SPAM_CONFIRMED = role.SPAM_REPORTED, role.SPAM_CONFIRMED
SPAM_REJECTED, COMPLAINS = role.SPAM_REJECTED, role.COMPLAINS
CLOSES_COMPLAINTS, SPEAKS = role.CLOSES_COMPLAINTS, role.SPEAKS
MARKS = role.MARKED_STAFF | role.UNMARKED_STAFF | role.MARKED_MALICIOUS | role.UNMARKED_MALICIOUS
MARKED_STAFF, UNMARKED_STAFF = role.MARKED_STAFF, role.UNMARKED_STAFF
MARKED_MALICIOUS, UNMARKED_MALICIOUS = role.MARKED_MALICIOUS, role.UNMARKED_MALICIOUS
ROLE_BITS = role.ROLE_BITS
ROLE_MASK = (1 << ROLE_BITS) - 1

STAFF, MALICIOUS = 1, 2  # bits of `marks`


class Walked(NamedTuple):
    """Room for the longest conversation; refilled by every walk."""

    message: NDArray[np.int64]  # [k, 4]: at, wall clock, session, day slot
    round_of: NDArray[np.int64]  # [k] round of the message
    round: NDArray[np.int64]  # [k, 6]: first message, reply at, replier, assigned at, opens, spare
    session: NDArray[np.int64]  # [k, 5]: first, wall clock of first, last, asks, person's messages
    assignment: NDArray[np.int64]  # [k, 2]: at, account
    complaint: NDArray[np.int64]  # [k, 6]: at, wall clock, reply at, replier, assigned at, day slot
    spam: NDArray[np.int64]  # [k, 2]: day slot, verdict (0 none, 1 confirmed, 2 rejected)
    day: NDArray[np.int64]  # [k, 3]: local day, bot served, spam confirmed


class Counts(NamedTuple):
    """How much of `Walked` is filled, and the buyer's marks."""

    messages: int
    rounds: int
    sessions: int
    assignments: int
    complaints: int
    days: int
    marks: int


def room_for(longest: int) -> Walked:
    """Room for conversations of up to `longest` events."""
    size = max(longest, 1)
    widths = (4, 0, 6, 5, 2, 6, 2, 3)
    return Walked(*(np.zeros((size, width) if width else size, np.int64) for width in widths))


@numba.njit(cache=True, nogil=True)
def local_of(at: int, starts: NDArray[np.int64], offsets: NDArray[np.int64]) -> int:
    """The wall clock of an instant, in microseconds."""
    if len(starts) == 1:
        return at + offsets[0]
    return at + offsets[max(0, np.searchsorted(starts, at, side="right") - 1)]


@numba.njit(cache=True, nogil=True)
def walk(
    words: NDArray[np.int64],
    starts: NDArray[np.int64],
    offsets: NDArray[np.int64],
    session_gap: int,
    burst_gap: int,
    into: Walked,
) -> Counts:
    """Walk one conversation's words, in order of time."""
    messages = rounds = sessions = assignments = complaints = reports = days = marks = 0
    open_round = served = answered = human = unsampled = False
    open_complaints = 0
    asked_at = NEVER
    for index in range(len(words)):
        at, does = words[index, 0], words[index, 1] & ROLE_MASK
        account = (words[index, 1] >> ROLE_BITS) - 1
        local = local_of(at, starts, offsets)
        if days == 0 or local // DAY != into.day[days - 1, 0]:
            if days:
                into.day[days - 1, 1] = served and answered and not human and asked_at != NEVER
            into.day[days, 0], into.day[days, 2] = local // DAY, 0
            days += 1
            served, answered, human, asked_at = True, True, False, NEVER
        if does & TOUCHES:
            if sessions == 0 or at - into.session[sessions - 1, 2] >= session_gap:
                into.session[sessions, 0], into.session[sessions, 1] = at, local
                into.session[sessions, 3] = into.session[sessions, 4] = 0
                sessions += 1
                unsampled = True
            into.session[sessions - 1, 2] = at
            into.session[sessions - 1, 3] += (does & ASKS) != 0
            into.session[sessions - 1, 4] += (does & SPEAKS) != 0
        if does & (REPLIES | CLOSES_COMPLAINTS):
            assigned_at = _assigned_at(into.assignment, assignments, account)
            for row in range(open_complaints, complaints):
                into.complaint[row, 2], into.complaint[row, 3] = at, account
                into.complaint[row, 4] = assigned_at
            open_complaints = complaints
            if does & REPLIES:
                served = False
                if open_round:
                    into.round[rounds - 1, 1], into.round[rounds - 1, 2] = at, account
                    into.round[rounds - 1, 3] = assigned_at
                    open_round = False
        if does & ASKS:
            if asked_at == NEVER or at - asked_at >= burst_gap:
                served = served and answered
            asked_at, answered = at, False
            if not open_round:
                into.round[rounds, 0], into.round[rounds, 1] = messages, NEVER
                into.round[rounds, 2] = into.round[rounds, 3] = -1
                into.round[rounds, 4] = unsampled
                unsampled, open_round = False, True
                rounds += 1
            into.message[messages, 0], into.message[messages, 1] = at, local
            into.message[messages, 2], into.message[messages, 3] = sessions - 1, days - 1
            into.round_of[messages] = rounds - 1
            messages += 1
        elif does & BOT_ANSWER:
            answered = True
        elif does & (ASSIGNS | UNASSIGNS):
            into.assignment[assignments, 0] = at
            into.assignment[assignments, 1] = account if does & ASSIGNS else -1
            assignments += 1
        elif does & HUMAN_REQUESTED:
            human = True
        elif does & COMPLAINS:
            into.complaint[complaints, 0], into.complaint[complaints, 1] = at, local
            into.complaint[complaints, 2] = NEVER
            into.complaint[complaints, 3] = into.complaint[complaints, 4] = -1
            into.complaint[complaints, 5] = days - 1
            complaints += 1
        elif does & SPAM_REPORTED:
            into.spam[reports, 0], into.spam[reports, 1] = days - 1, 0
            reports += 1
        elif does & (SPAM_CONFIRMED | SPAM_REJECTED):
            if reports:
                into.spam[reports - 1, 1] = 1 if does & SPAM_CONFIRMED else 2
        elif does & MARKS:
            marks = _marked(marks, does)
    if days:
        into.day[days - 1, 1] = served and answered and not human and asked_at != NEVER
    for report in range(reports):
        if into.spam[report, 1] == 1:
            into.day[into.spam[report, 0], 2] = 1
    return Counts(messages, rounds, sessions, assignments, complaints, days, marks)


@numba.njit(cache=True, nogil=True)
def _assigned_at(assignment: NDArray[np.int64], assignments: int, account: int) -> int:
    """When the account was last given the chat; -1 if never."""
    if account >= 0:
        for row in range(assignments - 1, -1, -1):
            if assignment[row, 1] == account:
                return assignment[row, 0]
    return -1


@numba.njit(cache=True, nogil=True)
def _marked(marks: int, does: int) -> int:
    if does & MARKED_STAFF:
        return marks | STAFF
    if does & UNMARKED_STAFF:
        return marks & ~STAFF
    if does & MARKED_MALICIOUS:
        return marks | MALICIOUS
    return marks & ~MALICIOUS
