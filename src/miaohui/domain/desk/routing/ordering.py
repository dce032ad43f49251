"""Which waiting round goes first: for the line, and for the list on an agent's desk."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

import msgspec

from miaohui.domain.desk.routing.policy import Ordering, Policy

USUAL_SECONDS_PER_REPLY = 40.0

# How a round stands: lost so long that it goes first, still to be saved, without a clock, lost.
OVERDUE, SAVABLE, UNTIMED, LOST = range(4)
Urgency = tuple[int, int, datetime, str]


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """A round that waits for an answer. `deadline`: when it is lost, None: no clock runs."""

    conversation: str
    since: datetime
    deadline: datetime | None = None
    band: int = 0


def order(
    policy: Policy,
    waiting: Iterable[Waiting],
    now: datetime,
    seconds_per_reply: float = USUAL_SECONDS_PER_REPLY,
) -> list[Waiting]:
    """Waiting rounds in the order in which they should be answered.

    `longest_waiting`: bands, then who waits longest. `deadline_aware`: first what is lost and
    comes within `lost_margin` of `lost_bound`, longest first; then by band what is lost soonest
    but can still be answered in time at this speed; then what has no clock; what is lost last.
    """
    return sorted(waiting, key=urgency(policy, now, seconds_per_reply))


def first(
    policy: Policy,
    waiting: Iterable[Waiting],
    now: datetime,
    seconds_per_reply: float = USUAL_SECONDS_PER_REPLY,
) -> Waiting | None:
    """The first of `order`, without ordering the rest; None where nothing waits."""
    return min(waiting, key=urgency(policy, now, seconds_per_reply), default=None)


def urgency(
    policy: Policy, now: datetime, seconds_per_reply: float
) -> Callable[[Waiting], Urgency]:
    """By what rounds are ordered for somebody of this speed: the smaller, the sooner."""
    answered_at = now + timedelta(seconds=seconds_per_reply)
    first_before = now - (policy.lost_bound - policy.lost_margin)

    def by_deadline(waiting: Waiting) -> Urgency:
        since, deadline = waiting.since, waiting.deadline
        if deadline is not None and answered_at <= deadline:
            return SAVABLE, -waiting.band, deadline, waiting.conversation
        if since <= first_before:
            return OVERDUE, 0, since, waiting.conversation
        standing = UNTIMED if deadline is None else LOST
        return standing, -waiting.band, since, waiting.conversation

    return by_deadline if policy.order is Ordering.DEADLINE_AWARE else _by_wait


def _by_wait(waiting: Waiting) -> Urgency:
    return UNTIMED, -waiting.band, waiting.since, waiting.conversation
