"""The columns that figures need, in bulk: nothing unsealed, no key touched."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from miaohui.adapters.storage.ports import FactColumns
from miaohui.adapters.storage.sqlite.store import SEQ_MASK, Store, position_of, reading
from miaohui.domain.vocabulary.instants import instant_of, micros_of

# Rows per batch: large enough to spread the cost of a query, small enough for the caches.
BATCH = 8_192
FOR_EVER = (1 << 63) - 1

FACTS = f"""
SELECT position & {SEQ_MASK}, channel, thread, manner, at, source_id, about, purpose, mark, brief
FROM event
WHERE position > ? AND position <= ? AND at <= ?
ORDER BY position LIMIT ?
"""  # noqa: S608

Rows = list[tuple[Any, ...]]


def read_facts(
    store: Store, shops: Collection[str] | None, until: datetime | None
) -> Iterator[FactColumns]:
    """See ports.FactSource.read_facts."""
    with reading(store) as connection:
        known = connection.execute("SELECT id, newest_seq, name FROM shop ORDER BY id").fetchall()
        pseudonyms = dict(connection.execute("SELECT id, lower(hex(pseudonym)) FROM thread"))
    spans = [(shop, seq) for shop, seq, name in known if shops is None or name in shops]
    latest = FOR_EVER if until is None else micros_of(until)
    for rows in _batches(store, spans, latest):
        yield _columns(store, rows, pseudonyms)


def count(store: Store) -> int:
    """See ports.FactSource.count."""
    with reading(store) as connection:
        return connection.execute("SELECT coalesce(sum(newest_seq), 0) FROM shop").fetchone()[0]


def newest_at(store: Store) -> datetime | None:
    """See ports.FactSource.newest_at."""
    with reading(store) as connection:
        newest = connection.execute("SELECT max(newest_at) FROM shop").fetchone()[0]
    return None if newest is None else instant_of(newest)


def _batches(store: Store, spans: list[tuple[int, int]], latest: int) -> Iterator[Rows]:
    """Full batches over many small shops, or many batches of one large shop."""
    rows: Rows = []
    for shop, newest_seq in spans:
        last, more = 0, True
        while more:
            wanted = BATCH - len(rows)
            span = (position_of(shop, last), position_of(shop, newest_seq), latest, wanted)
            with reading(store) as connection:
                found = connection.execute(FACTS, span).fetchall()
            rows += found
            more = len(found) == wanted
            if more:
                last = rows[-1][0]
                yield rows
                rows = []
    if rows:
        yield rows


def _columns(store: Store, rows: Rows, pseudonyms: dict[int, str]) -> FactColumns:
    seq, channel, thread, manner, at, source_id, about, purpose, mark, brief = zip(
        *rows, strict=True
    )
    shops = {code: store.shops.keys[shop][0] for code, (shop, _) in store.channels.keys.items()}
    channels = {code: name for code, (_, name) in store.channels.keys.items()}
    actors, origins, kinds, accounts = _manners(store)
    return FactColumns(
        shop=list(map(shops.__getitem__, channel)),
        channel=list(map(channels.__getitem__, channel)),
        conversation=list(map(pseudonyms.__getitem__, thread)),
        at=list(at),
        actor=list(map(actors.__getitem__, manner)),
        origin=list(map(origins.__getitem__, manner)),
        account=list(map(accounts.__getitem__, manner)),
        kind=list(map(kinds.__getitem__, manner)),
        purpose=list(purpose),
        mark=list(mark),
        about=list(about),
        brief=list(brief),
        source_id=list(source_id),
        seq=list(seq),
    )


def _manners(
    store: Store,
) -> tuple[dict[int, str], dict[int, str], dict[int, str], dict[int, str | None]]:
    known = store.manners.keys.items()
    return (
        {code: actor for code, (actor, _, _, _) in known},
        {code: origin for code, (_, origin, _, _) in known},
        {code: kind for code, (_, _, kind, _) in known},
        {code: account for code, (_, _, _, account) in known},
    )
