"""The samples of many conversations as columns: what every metric is judged on."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

NEVER = np.iinfo(np.int64).max  # an instant that has not come
DAY = 86_400_000_000

# Bits of a message's flags.
STAFF, MALICIOUS, SPAM, BOT_ONLY, COMPLAINT = 1, 2, 4, 8, 16
# Bits of a round's flags.
OPENS_SESSION, OF_COMPLAINT = 1, 2


class Messages(NamedTuple):
    """Buyers' messages in order of conversation and time; an opened complaint is one, too.

    `day` counts from the first day of the rulings, `of_day` is the wall clock since midnight in
    microseconds; the `clip_` pair is that of the session's first event.
    """

    start: NDArray[np.int64]
    day: NDArray[np.int32]
    of_day: NDArray[np.int64]
    clip_day: NDArray[np.int32]
    clip_of_day: NDArray[np.int64]
    flags: NDArray[np.uint8]
    slot: NDArray[np.int32]  # working room: which of its conversation's days
    round: NDArray[np.int32]
    conversation: NDArray[np.int32]


class Rounds(NamedTuple):
    """Rounds; a complaint has one of its own. `replier` and `assignee` are account pairs or -1.

    An unanswered round lies with whoever `assigned_at[assigned_from:assigned_until]` says.
    """

    first: NDArray[np.int32]  # its first message
    reply_at: NDArray[np.int64]
    replier: NDArray[np.int32]
    given_at: NDArray[np.int64]  # when the replier was last given the chat, -1 never
    flags: NDArray[np.uint8]
    assigned_from: NDArray[np.int32]
    assigned_until: NDArray[np.int32]
    assigned_at: NDArray[np.int64]
    assignee: NDArray[np.int32]


class Sessions(NamedTuple):
    """Sessions: first and last instant, buyers' messages and the first of them (NEVER for none),
    a person's messages, and the message that is its sample (-1 for none)."""

    first: NDArray[np.int64]
    last: NDArray[np.int64]
    asks: NDArray[np.int32]
    first_ask: NDArray[np.int64]
    says: NDArray[np.int32]
    sample: NDArray[np.int32]
    conversation: NDArray[np.int32]


class Samples(NamedTuple):
    """Room for the samples of as many events; `counts` says how much of it is filled:
    messages, rounds, assignments, sessions."""

    messages: Messages
    rounds: Rounds
    sessions: Sessions
    counts: NDArray[np.int64]


def room_for(events: int) -> Samples:
    """Room for the samples of so many events."""

    def columns(*kinds: type[np.generic]) -> Iterator[NDArray[Any]]:
        return (np.empty(events, kind) for kind in kinds)

    long, short, bits = np.int64, np.int32, np.uint8
    return Samples(
        Messages(*columns(long, short, long, short, long, bits, short, short, short)),
        Rounds(*columns(short, long, short, long, bits, short, short, long, short)),
        Sessions(*columns(long, long, short, long, short, short, short)),
        np.zeros(4, np.int64),
    )
