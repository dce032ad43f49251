"""Keys of machines, known by a prefix and the hash of the whole."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from msgspec.structs import replace

from miaohui.adapters.storage.directory_ports import ApiKey, Author, Deed
from miaohui.adapters.storage.table_ports import Tables
from miaohui.adapters.storage.tables.cards import card_of, known_rights, plain_in, plain_of
from miaohui.adapters.storage.tables.recording import write_deed
from miaohui.domain.vocabulary.instants import instant_of, micros_of

ADD = "INSERT INTO api_key (id, prefix, hash, account, card) VALUES (?, ?, ?, ?, ?)"
FIND = "SELECT last_used_at, card FROM api_key WHERE ended = 0"
FIND_BY_PREFIX = "SELECT last_used_at, card, hash FROM api_key WHERE ended = 0 AND prefix = ?"
TOUCH = "UPDATE api_key SET last_used_at = ? WHERE id = ? AND coalesce(last_used_at, 0) < ?"
END = "UPDATE api_key SET ended = 1 WHERE ended = 0 AND id = ?"


def keep_api_key(tables: Tables, key: ApiKey, key_hash: bytes, author: Author) -> None:
    """See directory_ports.ApiKeys."""
    plain = plain_of(key)
    with tables.writing() as turn:
        turn.run(ADD, key.id, key.prefix, key_hash, key.account, card_of(plain))
        write_deed(turn, author, Deed("api_key.made", key.id, None, plain))


def api_key(tables: Tables, prefix: str) -> tuple[ApiKey, bytes] | None:
    """See directory_ports.ApiKeys."""
    with tables.reading() as turn:
        row = turn.row(FIND_BY_PREFIX, prefix)
    return (_key(*row[:2]), row[2]) if row else None


def api_keys(tables: Tables) -> Sequence[ApiKey]:
    """See directory_ports.ApiKeys."""
    with tables.reading() as turn:
        return [_key(*row) for row in turn.rows(f"{FIND} ORDER BY id DESC")]


def touch_api_key(tables: Tables, key_id: str, now: datetime) -> None:
    """See directory_ports.ApiKeys."""
    with tables.writing() as turn:
        turn.run(TOUCH, micros_of(now), key_id, micros_of(now))


def end_api_key(tables: Tables, key_id: str, author: Author) -> bool:
    """See directory_ports.ApiKeys."""
    with tables.writing() as turn:
        if not turn.run(END, key_id):
            return False
        write_deed(turn, author, Deed("api_key.ended", key_id))
    return True


def _key(last_used_at: int | None, card: str) -> ApiKey:
    plain = plain_in(card)
    rights = known_rights(msgspec.convert(plain["rights"], list[str]))
    used = None if last_used_at is None else instant_of(last_used_at)
    return replace(
        msgspec.convert({**plain, "rights": []}, ApiKey), rights=rights, last_used_at=used
    )
