"""Events taken in together with the messages that have to go out (live_ports.LiveLog)."""

from collections.abc import Collection, Sequence
from datetime import datetime

from miaohui.adapters.storage.live_ports import (
    Attempt,
    OutboxState,
    Outgoing,
    Recorded,
    Sending,
    Unsent,
)
from miaohui.adapters.storage.postgres.appending import take_in
from miaohui.adapters.storage.postgres.fetching import events_at
from miaohui.adapters.storage.postgres.store import Store, Turn, reading, writing
from miaohui.adapters.storage.postgres.texts import kept_text, told_text
from miaohui.adapters.storage.rows import SEQ_MASK, position_of
from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.instants import instant_of, micros_of

FIND_SHOPS = "SELECT name, id FROM shop WHERE name = ANY($1::text[])"
QUEUE = """
INSERT INTO outgoing (position, thread, state, due_at)
SELECT position, thread, 'queued', $2 FROM event WHERE position = ANY($1::bigint[])
"""
# One that has arrived, or was given up, stays so whatever is told of it later.
NOTE_ATTEMPT = """
UPDATE outgoing
SET state = $2, attempts = attempts + 1, due_at = coalesce($3, due_at), reason = $4
WHERE position = $1 AND state IN ('queued', 'sent')
"""
COLUMNS = "SELECT position, state, attempts, due_at, reason FROM outgoing "
DUE = """
WHERE state = 'queued' AND due_at <= $1 AND NOT EXISTS (
    SELECT 1 FROM outgoing AS earlier
    WHERE earlier.thread = outgoing.thread AND earlier.state = 'queued'
        AND earlier.position < outgoing.position
)
ORDER BY due_at, position LIMIT $2
"""
FIND = "WHERE position = ANY($1::bigint[]) ORDER BY position"
FAILED = "WHERE state = 'failed' AND position > $1 AND position <= $2 ORDER BY position LIMIT $3"
UNSENT = """
SELECT channel.name, count(*) FILTER (WHERE outgoing.state = 'queued') AS queued,
    count(*) FILTER (WHERE outgoing.state = 'failed') AS failed
FROM outgoing JOIN thread ON thread.id = outgoing.thread JOIN channel ON channel.id = thread.channel
WHERE outgoing.state IN ('queued', 'failed') AND channel.shop = $1 GROUP BY channel.name
"""
NEXT_DUE = "SELECT min(due_at) FROM outgoing WHERE state = 'queued'"
STATE = """
SELECT (SELECT count(*) FROM outgoing WHERE state = 'queued'),
    (SELECT count(*) FROM outgoing WHERE state = 'failed'),
    (SELECT min(received_at) FROM outgoing JOIN detail USING (position) WHERE state = 'queued')
"""
SEND_AGAIN = """
UPDATE outgoing SET state = 'queued', due_at = $2, reason = NULL
WHERE position = $1 AND state = 'failed' AND coalesce(reason, '') <> 'erased'
RETURNING position
"""


async def record(
    store: Store,
    events: Sequence[Event],
    received_at: datetime,
    going_out: Collection[int],
    attempts: Sequence[Attempt],
) -> list[Recorded]:
    """See live_ports.LiveLog.record."""
    async with writing(store) as turn:
        shops = await _shops_of(turn, {attempt.shop for attempt in attempts})
        places = await take_in(store, turn, events, received_at, shops.values())
        queued = [places.positions[place] for place in sorted(going_out) if places.new[place]]
        if queued:
            await turn.connection.execute(QUEUE, queued, micros_of(received_at))
        for attempt in attempts:
            if attempt.shop in shops:
                await turn.connection.execute(NOTE_ATTEMPT, *_cells(shops[attempt.shop], attempt))
    return [
        Recorded(position & SEQ_MASK, is_new)
        for position, is_new in zip(places.positions, places.new, strict=True)
    ]


async def due(store: Store, now: datetime, limit: int) -> list[Outgoing]:
    """See live_ports.LiveLog.due."""
    return await _outgoing(store, DUE, micros_of(now), limit)


async def next_due(store: Store) -> datetime | None:
    """See live_ports.LiveLog.next_due."""
    async with reading(store) as connection:
        found = await connection.fetchval(NEXT_DUE)
    return None if found is None else instant_of(found)


async def sending(store: Store, shop: str, seqs: Collection[int]) -> list[Outgoing]:
    """See live_ports.LiveLog.sending."""
    number = await _shop(store, shop)
    if number is None:
        return []
    return await _outgoing(store, FIND, [position_of(number, seq) for seq in seqs])


async def unsent(store: Store, shop: str) -> dict[str, Unsent]:
    """See live_ports.LiveLog.unsent."""
    number = await _shop(store, shop)
    async with reading(store) as connection:
        rows = await connection.fetch(UNSENT, number)
    return {told_text(row["name"]): Unsent(row["queued"], row["failed"]) for row in rows}


async def failed(store: Store, shop: str, after_seq: int, limit: int) -> list[Outgoing]:
    """See live_ports.LiveLog.failed."""
    number = await _shop(store, shop)
    if number is None:
        return []
    span = position_of(number, max(after_seq, 0)), position_of(number, SEQ_MASK)
    return await _outgoing(store, FAILED, *span, limit)


async def outbox_state(store: Store) -> OutboxState:
    """See live_ports.LiveLog.outbox_state."""
    async with reading(store) as connection:
        queued, failed, oldest = await connection.fetchrow(STATE)
    return OutboxState(queued, failed, None if oldest is None else instant_of(oldest))


async def send_again(store: Store, shop: str, seq: int, due_at: datetime) -> bool:
    """See live_ports.LiveLog.send_again."""
    async with writing(store) as turn:
        shops = await _shops_of(turn, {shop})
        if not shops:
            return False
        await take_in(store, turn, (), due_at, shops.values())
        cells = (position_of(shops[shop], seq), micros_of(due_at))
        return await turn.connection.fetchval(SEND_AGAIN, *cells) is not None


async def _shops_of(turn: Turn, named: Collection[str]) -> dict[str, int]:
    if not named:
        return {}
    rows = await turn.connection.fetch(FIND_SHOPS, [kept_text(shop) for shop in named])
    return {told_text(name): number for name, number in rows}


async def _shop(store: Store, shop: str) -> int | None:
    async with reading(store) as connection:
        return await connection.fetchval("SELECT id FROM shop WHERE name = $1", kept_text(shop))


def _cells(shop: int, attempt: Attempt) -> tuple[object, ...]:
    due_at = None if attempt.due_at is None else micros_of(attempt.due_at)
    position = position_of(shop, attempt.seq)
    return position, attempt.state, due_at, kept_text(attempt.reason)


async def _outgoing(store: Store, which: str, *values: object) -> list[Outgoing]:
    async with reading(store) as connection:
        rows = await connection.fetch(COLUMNS + which, *values)
        events = await events_at(store, connection, [row["position"] for row in rows])
    return [
        Outgoing(
            events[row["position"]],
            Sending(row["state"]),
            row["attempts"],
            instant_of(row["due_at"]),
            told_text(row["reason"]),
        )
        for row in rows
    ]
