"""What an answer over HTTP means for a notice, by its status alone."""

from collections.abc import Set

from miaohui.adapters.notify.port import TAKEN, Outcome, Told
from miaohui.adapters.outbound.posting import Replied, Unanswered


def by_status(reply: Replied | Unanswered, gone: Set[int] = frozenset()) -> Told:
    """The outcome; `gone` are the statuses of an address that is no more."""
    if isinstance(reply, Unanswered):
        return Told(Outcome.LATER if reply.passing else Outcome.REFUSED, reply.reason)
    if reply.taken:
        return TAKEN
    if reply.status in gone:
        return Told(Outcome.GONE, reply.reason)
    if reply.passing:
        return Told(Outcome.LATER, reply.reason, reply.after)
    return Told(Outcome.REFUSED, reply.reason)
