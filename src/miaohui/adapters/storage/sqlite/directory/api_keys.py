"""Keys of machines, known by a prefix and the hash of the whole."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from msgspec.structs import replace

from miaohui.adapters.storage.directory_ports import ApiKey, Author, Deed
from miaohui.adapters.storage.sqlite.directory.cards import (
    card_of,
    known_rights,
    plain_in,
    plain_of,
)
from miaohui.adapters.storage.sqlite.directory.ledger import Ledger, reading, writing
from miaohui.adapters.storage.sqlite.directory.recording import write_deed
from miaohui.domain.vocabulary.instants import instant_of, micros_of

ADD = "INSERT INTO api_key (id, prefix, hash, account, card) VALUES (?, ?, ?, ?, ?)"
FIND = "SELECT last_used_at, card FROM api_key WHERE ended = 0"
FIND_BY_PREFIX = "SELECT last_used_at, card, hash FROM api_key WHERE ended = 0 AND prefix = ?"
TOUCH = "UPDATE api_key SET last_used_at = max(coalesce(last_used_at, 0), ?) WHERE id = ?"
END = "UPDATE api_key SET ended = 1 WHERE ended = 0 AND id = ?"


def keep_api_key(ledger: Ledger, key: ApiKey, key_hash: bytes, author: Author) -> None:
    """See directory_ports.ApiKeys."""
    plain = plain_of(key)
    with writing(ledger) as connection:
        connection.execute(ADD, (key.id, key.prefix, key_hash, key.account, card_of(plain)))
        write_deed(connection, author, Deed("api_key.made", key.id, None, plain))


def api_key(ledger: Ledger, prefix: str) -> tuple[ApiKey, bytes] | None:
    """See directory_ports.ApiKeys."""
    with reading(ledger) as connection:
        row = connection.execute(FIND_BY_PREFIX, (prefix,)).fetchone()
    return row and (_key(*row[:2]), row[2])


def api_keys(ledger: Ledger) -> Sequence[ApiKey]:
    """See directory_ports.ApiKeys."""
    with reading(ledger) as connection:
        return [_key(*row) for row in connection.execute(f"{FIND} ORDER BY id DESC")]


def touch_api_key(ledger: Ledger, key_id: str, now: datetime) -> None:
    """See directory_ports.ApiKeys."""
    with writing(ledger) as connection:
        connection.execute(TOUCH, (micros_of(now), key_id))


def end_api_key(ledger: Ledger, key_id: str, author: Author) -> bool:
    """See directory_ports.ApiKeys."""
    with writing(ledger) as connection:
        if not connection.execute(END, (key_id,)).rowcount:
            return False
        write_deed(connection, author, Deed("api_key.ended", key_id))
    return True


def _key(last_used_at: int | None, card: str) -> ApiKey:
    plain = plain_in(card)
    rights = known_rights(msgspec.convert(plain["rights"], list[str]))
    used = None if last_used_at is None else instant_of(last_used_at)
    return replace(
        msgspec.convert({**plain, "rights": []}, ApiKey), rights=rights, last_used_at=used
    )
