"""Buyers and their parts in conversations: made when first met, under pseudonyms and own keys."""

from collections.abc import Collection, Mapping, Sequence

from miaohui.adapters.storage.postgres.connection import columns
from miaohui.adapters.storage.postgres.failures import trouble
from miaohui.adapters.storage.postgres.store import Part, Store, Thread, Turn
from miaohui.adapters.storage.rows import DESTROYED, buyer_bound, key_bound, thread_bound
from miaohui.adapters.storage.sealing import Cipher, new_data_key, pseudonym, seal, unwrap

# The key of a buyer's newest row. LATERAL with a LIMIT: an index look-up for each, never a scan.
FIND_BUYERS = """
SELECT offered.place, found.id, key.wrapped
FROM unnest($1::bigint[], $2::bytea[]) WITH ORDINALITY AS offered (channel, pseudonym, place)
CROSS JOIN LATERAL (
    SELECT id FROM buyer
    WHERE channel = offered.channel AND pseudonym = offered.pseudonym
    ORDER BY id DESC LIMIT 1) AS found
CROSS JOIN LATERAL (SELECT wrapped FROM buyer_key WHERE buyer = found.id LIMIT 1) AS key
"""
FIND_THREADS = """
SELECT offered.place, found.id
FROM unnest($1::bigint[], $2::bytea[], $3::bigint[]) WITH ORDINALITY
    AS offered (channel, pseudonym, buyer, place)
CROSS JOIN LATERAL (
    SELECT id FROM thread
    WHERE channel = offered.channel AND pseudonym = offered.pseudonym AND buyer = offered.buyer
    LIMIT 1) AS found
"""
NEW_IDS = """
SELECT nextval(pg_get_serial_sequence($1, 'id')) FROM generate_series(1, $2)
"""
SAVE_BUYERS = """
INSERT INTO buyer SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bytea[], $4::bytea[])
"""
SAVE_KEYS = "INSERT INTO buyer_key SELECT * FROM unnest($1::bigint[], $2::bytea[])"
SAVE_THREADS = """
INSERT INTO thread
SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bytea[], $4::bigint[], $5::bytea[])
"""

# A buyer's number and key.
Living = tuple[int, Cipher]


async def threads_of(
    store: Store, turn: Turn, parts: Collection[Part], names: Mapping[int, tuple[str, str]]
) -> Mapping[Part, Thread]:
    """The threads of parts, made where there are none; their shops are locked.

    `names` gives the shop and the channel of every channel's number.
    """
    found = {part: store.threads[part] for part in parts if part in store.threads}
    missing = [part for part in parts if part not in found]
    if missing:
        turn.threads |= await _find_or_make(store, turn, missing, names)
        found |= turn.threads
    return found


async def buyers_of(
    store: Store, turn: Turn, wanted: set[tuple[int, str]], names: Mapping[int, tuple[str, str]]
) -> dict[tuple[int, str], Living]:
    """Buyers by channel and name, made where the log has not met them; their shops are locked."""
    buyers = list(wanted)
    rows = [
        (channel, pseudonym_of(store, "buyer", *names[channel], buyer)) for channel, buyer in buyers
    ]
    found: dict[int, Living] = {}
    for place, number, wrapped in await turn.connection.fetch(FIND_BUYERS, *columns(rows)):
        cipher = unwrapped(store, number, wrapped)
        if cipher:
            found[place - 1] = (number, cipher)
    missing = [place for place in range(len(buyers)) if place not in found]
    if missing:
        made = [(*rows[place], buyers[place][1]) for place in missing]
        found |= zip(missing, await _make_buyers(store, turn, made), strict=True)
    return {buyers[place]: living for place, living in found.items()}


def pseudonym_of(store: Store, role: str, shop: str, channel: str, name: str) -> bytes:
    """What stands for a name in the tables; `role` is `buyer` or `conversation`."""
    return pseudonym(store.keys, role, shop, channel, name)


def unwrapped(store: Store, buyer: int, wrapped: bytes | None) -> Cipher | None:
    """A buyer's key; None for an erased one. Raises ReaderError `log.key_damaged`."""
    if wrapped == DESTROYED:
        return None
    cipher = unwrap(store.keys, wrapped, key_bound(buyer)) if wrapped else None
    if cipher is None:
        raise trouble("log.key_damaged", store.place, buyer=buyer)
    return cipher


async def _find_or_make(
    store: Store, turn: Turn, parts: Sequence[Part], names: Mapping[int, tuple[str, str]]
) -> dict[Part, Thread]:
    buyers = await buyers_of(store, turn, {(channel, buyer) for channel, _, buyer in parts}, names)
    living = [buyers[channel, buyer] for channel, _, buyer in parts]
    rows = [
        (part[0], pseudonym_of(store, "conversation", *names[part[0]], part[1]), buyer)
        for part, (buyer, _) in zip(parts, living, strict=True)
    ]
    known = await turn.connection.fetch(FIND_THREADS, *columns(rows))
    numbers = {place - 1: number for place, number in known}
    missing = [place for place in range(len(parts)) if place not in numbers]
    if missing:
        numbers |= zip(missing, await _new_ids(turn, "thread", len(missing)), strict=True)
        made = [
            (number, *rows[at], _sealed(living[at][1], parts[at][1], thread_bound(number)))
            for at in missing
            for number in (numbers[at],)
        ]
        await turn.connection.execute(SAVE_THREADS, *columns(made))
    return {part: Thread(numbers[at], living[at][1]) for at, part in enumerate(parts)}


async def _make_buyers(
    store: Store, turn: Turn, buyers: Sequence[tuple[int, bytes, str]]
) -> list[Living]:
    numbers = await _new_ids(turn, "buyer", len(buyers))
    living: list[Living] = []
    rows: list[tuple[int, int, bytes, bytes]] = []
    keys: list[tuple[int, bytes]] = []
    for number, (channel, stand_in, name) in zip(numbers, buyers, strict=True):
        wrapped, cipher = new_data_key(store.keys, key_bound(number))
        living.append((number, cipher))
        keys.append((number, wrapped))
        rows.append((number, channel, stand_in, _sealed(cipher, name, buyer_bound(number))))
    await turn.connection.execute(SAVE_BUYERS, *columns(rows))
    await turn.connection.execute(SAVE_KEYS, *columns(keys))
    return living


async def _new_ids(turn: Turn, table: str, count: int) -> list[int]:
    return [number for (number,) in await turn.connection.fetch(NEW_IDS, table, count)]


def _sealed(cipher: Cipher, name: str, bound_to: bytes) -> bytes:
    return seal(cipher, name.encode(), bound_to)
