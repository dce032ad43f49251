"""Pictures in a folder beside the log (media_ports.Media), each sealed under its buyer's key."""

from collections.abc import Sequence
from datetime import datetime
from sqlite3 import Connection

from miaohui.adapters.storage.media_ports import Owner, Picture, Sketch
from miaohui.adapters.storage.rows import media_bound, preview_bound
from miaohui.adapters.storage.sealing import Cipher, seal, unseal
from miaohui.adapters.storage.sqlite import media_files
from miaohui.adapters.storage.sqlite.appending import taking
from miaohui.adapters.storage.sqlite.failures import trouble
from miaohui.adapters.storage.sqlite.naming import channel_number
from miaohui.adapters.storage.sqlite.people import ciphers_of, living_buyer, pseudonym_of
from miaohui.adapters.storage.sqlite.store import Store, reading, writing
from miaohui.domain.vocabulary.instants import micros_of

ID_BITS = 128
# Only as long as the key that it was sealed under is still there.
KEEP = "INSERT INTO media SELECT ?, id, ?, ?, ?, ? FROM buyer WHERE id = ?"
FIND = """
SELECT media.buyer, type, width, height FROM media JOIN buyer ON buyer.id = media.buyer
WHERE media.id = ? AND buyer.channel = ? AND buyer.pseudonym = ?
"""
FORGET = """
DELETE FROM media WHERE buyer IN (SELECT id FROM buyer WHERE channel = ? AND pseudonym = ?)
RETURNING lower(hex(id))
"""


class SqliteMedia:
    """media_ports.Media beside the file of a log; its rows in turns with the log."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._folder = media_files.folder_of(store.path)

    def put(self, owner: Owner, picture: Picture, now: datetime) -> str:
        """See media_ports.Media."""
        with taking(self._store):
            buyer, cipher = living_buyer(self._store, *owner)
        media_id = self._store.chance(ID_BITS).to_bytes(ID_BITS // 8, "big")
        name = media_id.hex()
        self._write(name, seal(cipher, picture.body, media_bound(media_id)))
        self._write(
            name + media_files.SMALL, seal(cipher, picture.preview, preview_bound(media_id))
        )
        with writing(self._store) as connection:
            if ciphers_of(self._store, [buyer])[buyer] is None:
                # Erased meanwhile: what was written cannot be read, and is not kept.
                media_files.remove(self._folder, name)
                return name
            at = micros_of(now)
            cells = (media_id, picture.type, picture.width, picture.height, at, buyer)
            connection.execute(KEEP, cells)
        return name

    def find(self, owner: Owner, media_id: str) -> Sketch | None:
        """See media_ports.Media."""
        found = self._found(owner, media_id)
        return found[0] if found else None

    def get(self, owner: Owner, media_id: str, preview: bool = False) -> bytes | None:
        """See media_ports.Media."""
        found = self._found(owner, media_id)
        if found is None:
            return None
        known, bound_to = bytes.fromhex(media_id), preview_bound if preview else media_bound
        name = known.hex() + media_files.SMALL if preview else known.hex()
        sealed = media_files.read(self._folder, name)
        plain = None if sealed is None else unseal(found[1], sealed, bound_to(known))
        if plain is None:
            raise trouble("media.damaged", self._store.path, id=media_id)
        return plain

    def forget(self, owner: Owner) -> int:
        """See media_ports.Media."""
        with writing(self._store) as connection:
            number = channel_number(self._store, owner.shop, owner.channel)
            if number is None:
                return 0
            stand_in = pseudonym_of(self._store, "buyer", number, owner.buyer)
            names = [name for (name,) in connection.execute(FORGET, (number, stand_in))]
        remove_files(self._store, names)
        return len(names)

    def _found(self, owner: Owner, media_id: str) -> tuple[Sketch, Cipher] | None:
        with reading(self._store) as connection:
            number = channel_number(self._store, owner.shop, owner.channel)
            known = _packed(media_id)
            if number is None or known is None:
                return None
            stand_in = pseudonym_of(self._store, "buyer", number, owner.buyer)
            row = connection.execute(FIND, (known, number, stand_in)).fetchone()
            cipher = ciphers_of(self._store, [row[0]])[row[0]] if row else None
        return (Sketch(*row[1:]), cipher) if row and cipher else None

    def _write(self, name: str, sealed: bytes) -> None:
        try:
            media_files.write(self._folder, name, sealed)
        except OSError as error:
            reason = error.strerror or str(error)
            raise trouble("media.cannot_write", self._folder, reason=reason) from None


def forgotten(connection: Connection, buyer: int) -> list[str]:
    """Strike the pictures of a buyer's row, inside a write: the names of their files."""
    rows = connection.execute(
        "DELETE FROM media WHERE buyer = ? RETURNING lower(hex(id))", (buyer,)
    )
    return [name for (name,) in rows]


def remove_files(store: Store, names: Sequence[str]) -> None:
    """Remove what was struck."""
    for name in names:
        media_files.remove(media_files.folder_of(store.path), name)


def _packed(media_id: str) -> bytes | None:
    if len(media_id) != ID_BITS // 4 or media_id.strip("0123456789abcdef"):
        return None
    return bytes.fromhex(media_id)
