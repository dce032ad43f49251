"""Events taken in together with the messages that have to go out (live_ports.LiveLog)."""

from collections.abc import Collection, Sequence
from datetime import datetime

from msgspec.json import encode

from miaohui.adapters.storage.live_ports import (
    Attempt,
    OutboxState,
    Outgoing,
    Recorded,
    Sending,
    Unsent,
)
from miaohui.adapters.storage.rows import SEQ_MASK, position_of
from miaohui.adapters.storage.sqlite.appending import take_in, taking
from miaohui.adapters.storage.sqlite.fetching import events_at
from miaohui.adapters.storage.sqlite.store import Store, reading
from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.instants import instant_of, micros_of

QUEUE = """
INSERT INTO outgoing (position, thread, state, due_at)
SELECT position, thread, 'queued', ? FROM event WHERE position = ?
"""
# One that has arrived, or was given up, stays so whatever is told of it later.
NOTE_ATTEMPT = """
UPDATE outgoing SET state = ?, attempts = attempts + 1, due_at = coalesce(?, due_at), reason = ?
WHERE position = ? AND state IN ('queued', 'sent')
"""
COLUMNS = "SELECT position, state, attempts, due_at, reason FROM outgoing "
DUE = """
WHERE state = 'queued' AND due_at <= ? AND NOT EXISTS (
    SELECT 1 FROM outgoing AS earlier
    WHERE earlier.thread = outgoing.thread AND earlier.state = 'queued'
        AND earlier.position < outgoing.position
)
ORDER BY due_at, position LIMIT ?
"""
FIND = "WHERE position IN (SELECT value FROM json_each(?)) ORDER BY position"
FAILED = "WHERE state = 'failed' AND position > ? AND position <= ? ORDER BY position LIMIT ?"
UNSENT = """
SELECT channel.name, sum(outgoing.state = 'queued'), sum(outgoing.state = 'failed')
FROM outgoing JOIN thread ON thread.id = outgoing.thread JOIN channel ON channel.id = thread.channel
WHERE outgoing.state IN ('queued', 'failed') AND channel.shop = ? GROUP BY channel.name
"""
NEXT_DUE = "SELECT min(due_at) FROM outgoing WHERE state = 'queued'"
STATE = """
SELECT (SELECT count(*) FROM outgoing WHERE state = 'queued'),
    (SELECT count(*) FROM outgoing WHERE state = 'failed'),
    (SELECT min(received_at) FROM outgoing CROSS JOIN detail USING (position)
        WHERE state = 'queued')
"""
SEND_AGAIN = """
UPDATE outgoing SET state = 'queued', due_at = ?, reason = NULL
WHERE position = ? AND state = 'failed' AND coalesce(reason, '') <> 'erased'
"""


def record(
    store: Store,
    events: Sequence[Event],
    received_at: datetime,
    going_out: Collection[int],
    attempts: Sequence[Attempt],
) -> list[Recorded]:
    """See live_ports.LiveLog.record."""
    with taking(store) as connection:
        places = take_in(store, events, received_at)
        due = micros_of(received_at)
        queued = [places.positions[place] for place in sorted(going_out) if places.new[place]]
        connection.executemany(QUEUE, [(due, position) for position in queued])
        connection.executemany(NOTE_ATTEMPT, [_attempt_cells(store, each) for each in attempts])
    return [
        Recorded(position & SEQ_MASK, is_new)
        for position, is_new in zip(places.positions, places.new, strict=True)
    ]


def due(store: Store, now: datetime, limit: int) -> list[Outgoing]:
    """See live_ports.LiveLog.due."""
    return _outgoing(store, DUE, (micros_of(now), limit))


def next_due(store: Store) -> datetime | None:
    """See live_ports.LiveLog.next_due."""
    with reading(store) as connection:
        found = connection.execute(NEXT_DUE).fetchone()[0]
    return None if found is None else instant_of(found)


def sending(store: Store, shop: str, seqs: Collection[int]) -> list[Outgoing]:
    """See live_ports.LiveLog.sending."""
    number = _shop(store, shop)
    if number is None:
        return []
    positions = encode([position_of(number, seq) for seq in seqs]).decode()
    return _outgoing(store, FIND, (positions,))


def unsent(store: Store, shop: str) -> dict[str, Unsent]:
    """See live_ports.LiveLog.unsent."""
    number = _shop(store, shop)
    with reading(store) as connection:
        rows = connection.execute(UNSENT, (number,)).fetchall()
    return {channel: Unsent(queued, failed) for channel, queued, failed in rows}


def failed(store: Store, shop: str, after_seq: int, limit: int) -> list[Outgoing]:
    """See live_ports.LiveLog.failed."""
    number = _shop(store, shop)
    if number is None:
        return []
    span = (position_of(number, max(after_seq, 0)), position_of(number, SEQ_MASK))
    return _outgoing(store, FAILED, (*span, limit))


def outbox_state(store: Store) -> OutboxState:
    """See live_ports.LiveLog.outbox_state."""
    with reading(store) as connection:
        queued, failed, oldest = connection.execute(STATE).fetchone()
    return OutboxState(queued, failed, None if oldest is None else instant_of(oldest))


def send_again(store: Store, shop: str, seq: int, due_at: datetime) -> bool:
    """See live_ports.LiveLog.send_again."""
    with taking(store) as connection:
        number = store.shops.find((shop,))
        if number is None:
            return False
        cells = (micros_of(due_at), position_of(number, seq))
        return connection.execute(SEND_AGAIN, cells).rowcount == 1


def _shop(store: Store, shop: str) -> int | None:
    with reading(store):
        return store.shops.find((shop,))


def _attempt_cells(store: Store, attempt: Attempt) -> tuple[object, ...]:
    number = store.shops.find((attempt.shop,))
    position = -1 if number is None else position_of(number, attempt.seq)
    due_at = None if attempt.due_at is None else micros_of(attempt.due_at)
    return attempt.state, due_at, attempt.reason, position


def _outgoing(store: Store, which: str, values: tuple[object, ...]) -> list[Outgoing]:
    with reading(store) as connection:
        rows = connection.execute(COLUMNS + which, values).fetchall()
        events = events_at(store, [row[0] for row in rows])
    return [
        Outgoing(events[position], Sending(state), attempts, instant_of(due_at), reason)
        for position, state, attempts, due_at, reason in rows
    ]
