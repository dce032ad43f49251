"""What people read of an event: its id, the open rest of its payload, and what is sealed."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import msgspec

from miaohui.adapters.storage.rows import event_bound
from miaohui.adapters.storage.sealing import Cipher, seal_with, unseal
from miaohui.domain.vocabulary.events import Payload
from miaohui.domain.vocabulary.instants import micros_of

UUID7_RANDOM_BITS = 74
UUID7_RANDOM_MASK = (1 << UUID7_RANDOM_BITS) - 1
CHANCE_BYTES = 10  # the first whole bytes that hold UUID7_RANDOM_BITS
LOW_BITS = 62
LOW_MASK = (1 << LOW_BITS) - 1


class Personal(msgspec.Struct, frozen=True, array_like=True):
    """What is sealed of a payload."""

    text: str | None = None
    media: str | None = None
    extra: dict[str, str] = {}


class Open(msgspec.Struct, frozen=True, omit_defaults=True):
    """What stays open of a payload and no figure reads."""

    order: str | None = None
    by: str | None = None
    rating: str | None = None
    group: str | None = None
    until: str | None = None
    tag: str | None = None


NOTHING_PERSONAL = Personal()
NOTHING_OPEN = Open()

_encode = msgspec.json.Encoder().encode
_decode_personal = msgspec.json.Decoder(Personal).decode
_decode_open = msgspec.json.Decoder(Open).decode


def new_ids(count: int, clock: Callable[[], datetime], chance: Callable[[int], int]) -> list[bytes]:
    """As many ids as wanted, by one call on the clock and one on chance."""
    now = micros_of(clock()) // 1000
    bits = chance(8 * CHANCE_BYTES * count).to_bytes(CHANCE_BYTES * count, "big")
    starts = range(0, len(bits), CHANCE_BYTES)
    parts = (int.from_bytes(bits[start : start + CHANCE_BYTES], "big") for start in starts)
    return [new_id(now, part & UUID7_RANDOM_MASK) for part in parts]


def new_id(milliseconds: int, random_bits: int) -> bytes:
    """The 16 bytes of vocabulary.identifiers.uuid7, without its text."""
    high = milliseconds << 16 | 0x7 << 12 | random_bits >> LOW_BITS
    return (high << 64 | 0b10 << LOW_BITS | random_bits & LOW_MASK).to_bytes(16, "big")


def packed_id(written: str) -> bytes | str:
    """An id as it is kept: 16 bytes where they say the same, else the text itself."""
    try:
        return UUID(written).bytes if str(UUID(written)) == written else written
    except ValueError:
        return written


def written_id(packed: bytes | str) -> str:
    """An id as it was given."""
    return str(UUID(bytes=packed)) if isinstance(packed, bytes) else packed


def open_part(payload: Payload) -> str | None:
    """JSON of what stays open; None if there is nothing."""
    rest = Open(
        payload.order, payload.by, payload.rating, payload.group, payload.until, payload.tag
    )
    return None if rest == NOTHING_OPEN else _encode(rest).decode()


def read_open(rest: str | None) -> Open:
    """Read `open_part` back."""
    return _decode_open(rest) if rest else NOTHING_OPEN


def sealed_part(payload: Payload, cipher: Cipher, nonce: bytes, position: int) -> bytes | None:
    """What is personal, sealed for this row; None if there is nothing."""
    if payload.text is None and payload.media is None and not payload.extra:
        return None
    personal = _encode(Personal(payload.text, payload.media, payload.extra))
    return seal_with(cipher, nonce, personal, event_bound(position))


def read_sealed(sealed: bytes | None, cipher: Cipher | None, position: int) -> Personal | None:
    """Read `sealed_part` back; nothing without a key, None if it was not sealed for this row."""
    if cipher is None or sealed is None:
        return NOTHING_PERSONAL
    plain = unseal(cipher, sealed, event_bound(position))
    return None if plain is None else _decode_personal(plain)
