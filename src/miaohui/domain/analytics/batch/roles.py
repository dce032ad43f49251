"""What each event does to a conversation, as bits: the batch engine's reading of `apply`."""

from dataclasses import dataclass
from datetime import date, tzinfo

import numpy as np
from numpy.typing import NDArray

from miaohui.domain.analytics.batch.bits import (
    ASKS,
    ASSIGNS,
    BOT_ANSWER,
    CLOSES_COMPLAINTS,
    COMPLAINS,
    CONFIRMS,
    DELIVERS,
    FAILS,
    HUMAN_REQUESTED,
    MARKED_MALICIOUS,
    MARKED_STAFF,
    RECALLS,
    REPLIES,
    SPAM_CONFIRMED,
    SPAM_REJECTED,
    SPAM_REPORTED,
    SPEAKS,
    TOUCHES,
    UNASSIGNS,
    UNMARKED_MALICIOUS,
    UNMARKED_STAFF,
)
from miaohui.domain.analytics.batch.deliveries import settle
from miaohui.domain.analytics.facts import Facts, What
from miaohui.domain.conversation.replies import ReplyClass, origin_counts
from miaohui.domain.rules.calendar import offsets_of
from miaohui.domain.vocabulary.instants import DAY_MICROS, EPOCH_DAY
from miaohui.domain.vocabulary.kinds import (
    BOT_ANSWERS,
    IDLE_PURPOSES,
    TALK,
    Actor,
    Family,
    Mark,
    Origin,
    family_of,
)

BY_KIND = {
    "assigned": ASSIGNS,
    "transferred": ASSIGNS,
    "unassigned": UNASSIGNS,
    "human_requested": HUMAN_REQUESTED,
    "spam.reported": SPAM_REPORTED,
    "spam.confirmed": SPAM_CONFIRMED,
    "spam.rejected": SPAM_REJECTED,
    "complaint.opened": COMPLAINS,
    "complaint.closed": CLOSES_COMPLAINTS,
    "delivery.confirmed": CONFIRMS,
    "delivery.failed": FAILS,
    "message.recalled": RECALLS,
}
BY_MARK: dict[tuple[str, str | None], int] = {
    ("buyer.marked", Mark.STAFF_OR_TEST_ACCOUNT): MARKED_STAFF,
    ("buyer.unmarked", Mark.STAFF_OR_TEST_ACCOUNT): UNMARKED_STAFF,
    ("buyer.marked", Mark.MALICIOUS_USER): MARKED_MALICIOUS,
    ("buyer.unmarked", Mark.MALICIOUS_USER): UNMARKED_MALICIOUS,
}


def role_of(what: What, replies: ReplyClass) -> int:
    """The bits of one kind of event under a reply class."""
    family = family_of(what.kind)
    role = BY_KIND.get(what.kind, 0) | BY_MARK.get((what.kind, what.detail), 0)
    if family in TALK:
        role |= TOUCHES
        if origin_counts(replies, Actor(what.actor), Origin(what.origin)):
            role |= REPLIES | (SPEAKS if family is Family.MESSAGE else 0)
    if what.actor == Actor.BUYER and family is Family.MESSAGE:
        role |= ASKS
    if what.actor == Actor.BOT and family in BOT_ANSWERS and what.detail not in IDLE_PURPOSES:
        role |= BOT_ANSWER
    return role


@dataclass(frozen=True, slots=True)
class Replying:
    """What counts as a reply in one log: the bits of each of `facts.whats`, and the briefs that
    void a reply from an instant on."""

    bits: NDArray[np.int32]
    void: NDArray[np.int32]
    void_from: int


def replying(facts: Facts, replies: ReplyClass, zone: tzinfo) -> Replying:
    """How a reply class reads a log."""
    bits = np.array([role_of(what, replies) for what in facts.whats] or [0], np.int32)
    rule = replies.perfunctory
    if rule is None or facts.brief is None or not len(facts.at):
        return Replying(bits, np.zeros(0, np.int32), 0)
    void = [code for code, brief in enumerate(facts.briefs) if brief in rule.texts]
    since = _midnight(rule.void_from, zone, int(facts.at.min()), int(facts.at.max()))
    return Replying(bits, np.array(void, np.int32), since)


@dataclass(frozen=True, slots=True)
class Roles:
    """What every event does, in which conversation, and whose doing it is: [n] each."""

    bits: NDArray[np.int32]
    conversation: NDArray[np.uint32]
    account: NDArray[np.int32]


def roles_of(facts: Facts, how: Replying, as_of: int) -> Roles:
    """The roles of every event of some stores; deliveries settled as known at `as_of`."""
    bits = how.bits[facts.what]
    if facts.brief is not None and len(how.void):
        void = np.isin(facts.brief, how.void) & (facts.at >= how.void_from)
        bits[void] &= ~(REPLIES | SPEAKS)
    if not len(facts.telling):
        return Roles(bits, facts.conversation, facts.account)
    roles = Roles(bits, facts.conversation.copy(), facts.account.copy())
    known = (bits[facts.telling] & DELIVERS != 0) & (facts.at[facts.telling] <= as_of)
    rows, about = facts.telling[known], facts.about[known]
    order = np.argsort(facts.at[rows], kind="stable")
    settle(
        rows[order], about[order], facts.at, as_of, roles.bits, roles.conversation, roles.account
    )
    return roles


def _midnight(day: date, zone: tzinfo, first: int, last: int) -> int:
    """The first instant of a local day in microseconds, for comparing instants of the log."""
    local = (day - EPOCH_DAY).days * DAY_MICROS
    offsets = offsets_of(
        zone, min(first, local) - 2 * DAY_MICROS, max(last, local) + 2 * DAY_MICROS
    )
    candidates = [local - offset for offset in offsets.offsets]
    return min(each for each in candidates if offsets.local(each) >= local)
