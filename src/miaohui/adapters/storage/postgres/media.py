"""Pictures as rows (media_ports.Media), each sealed under its buyer's key."""

from datetime import datetime

from miaohui.adapters.storage.media_ports import Owner, Picture, Sketch
from miaohui.adapters.storage.postgres.appending import known_places, lock_shops
from miaohui.adapters.storage.postgres.connection import Connection
from miaohui.adapters.storage.postgres.failures import trouble
from miaohui.adapters.storage.postgres.naming import channel_number
from miaohui.adapters.storage.postgres.people import buyers_of, pseudonym_of, unwrapped
from miaohui.adapters.storage.postgres.store import Store, reading, writing
from miaohui.adapters.storage.rows import media_bound, preview_bound
from miaohui.adapters.storage.sealing import Cipher, seal, unseal
from miaohui.domain.vocabulary.instants import micros_of

ID_BITS = 128
KEEP = "INSERT INTO media VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
FIND = """
SELECT media.buyer, wrapped, type, width, height FROM media
JOIN buyer ON buyer.id = media.buyer JOIN buyer_key ON buyer_key.buyer = media.buyer
WHERE media.id = $1 AND buyer.channel = $2 AND buyer.pseudonym = $3
"""
BODY, PREVIEW = "SELECT body FROM media WHERE id = $1", "SELECT preview FROM media WHERE id = $1"
FORGET = """
DELETE FROM media WHERE buyer IN (SELECT id FROM buyer WHERE channel = $1 AND pseudonym = $2)
"""


class PostgresMedia:
    """media_ports.Media in the database of a log, by its connections."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._wait = store.loop.wait

    def put(self, owner: Owner, picture: Picture, now: datetime) -> str:
        """See media_ports.Media."""
        return self._wait(_put(self._store, owner, picture, now))

    def find(self, owner: Owner, media_id: str) -> Sketch | None:
        """See media_ports.Media."""
        return self._wait(_find(self._store, owner, media_id))

    def get(self, owner: Owner, media_id: str, preview: bool = False) -> bytes | None:
        """See media_ports.Media."""
        return self._wait(_get(self._store, owner, media_id, preview))

    def forget(self, owner: Owner) -> int:
        """See media_ports.Media."""
        return self._wait(_forget(self._store, owner))


async def _put(store: Store, owner: Owner, picture: Picture, now: datetime) -> str:
    media_id = store.chance(ID_BITS).to_bytes(ID_BITS // 8, "big")
    place = owner.shop, owner.channel
    async with writing(store) as turn:
        known = await known_places(store, turn, [place])
        # Locked as for an event: nobody erases the buyer while something is sealed for them.
        await lock_shops(store, turn, known.shops.values())
        key = known.channels[place], owner.buyer
        buyer, cipher = (await buyers_of(store, turn, {key}, {key[0]: place}))[key]
        await turn.connection.execute(
            KEEP,
            media_id,
            buyer,
            picture.type,
            picture.width,
            picture.height,
            micros_of(now),
            seal(cipher, picture.body, media_bound(media_id)),
            seal(cipher, picture.preview, preview_bound(media_id)),
        )
    return media_id.hex()


async def _find(store: Store, owner: Owner, media_id: str) -> Sketch | None:
    async with reading(store) as connection:
        found = await _found(store, connection, owner, media_id)
    return found[0] if found else None


async def _get(store: Store, owner: Owner, media_id: str, preview: bool) -> bytes | None:
    async with reading(store) as connection:
        found = await _found(store, connection, owner, media_id)
        if found is None:
            return None
        known = bytes.fromhex(media_id)
        sealed = await connection.fetchval(PREVIEW if preview else BODY, known)
    bound_to = preview_bound(known) if preview else media_bound(known)
    plain = None if sealed is None else unseal(found[1], sealed, bound_to)
    if plain is None:
        raise trouble("media.damaged", store.place, id=media_id)
    return plain


async def _forget(store: Store, owner: Owner) -> int:
    async with writing(store) as turn:
        number = await channel_number(turn.connection, owner.shop, owner.channel)
        stand_in = pseudonym_of(store, "buyer", *owner)
        done = await turn.connection.execute(FORGET, number, stand_in)
    return int(done.rpartition(" ")[2])


async def _found(
    store: Store, connection: Connection, owner: Owner, media_id: str
) -> tuple[Sketch, Cipher] | None:
    if len(media_id) != ID_BITS // 4 or media_id.strip("0123456789abcdef"):
        return None
    number = await channel_number(connection, owner.shop, owner.channel)
    stand_in = pseudonym_of(store, "buyer", *owner)
    row = await connection.fetchrow(FIND, bytes.fromhex(media_id), number, stand_in)
    cipher = unwrapped(store, row[0], row[1]) if row else None
    return (Sketch(*row[2:]), cipher) if cipher else None
