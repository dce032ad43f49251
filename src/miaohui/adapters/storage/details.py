"""What people read of an event: its id, the open rest of its payload, and what is sealed."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec.structs import replace

from miaohui.adapters.storage.rows import SEQ_MASK, event_bound
from miaohui.adapters.storage.sealing import Cipher, seal_with, unseal
from miaohui.domain.vocabulary.events import Event, Payload
from miaohui.domain.vocabulary.instants import instant_of, micros_of
from miaohui.domain.vocabulary.kinds import Actor, Origin

UUID7_RANDOM_BITS = 74
UUID7_RANDOM_MASK = (1 << UUID7_RANDOM_BITS) - 1
CHANCE_BYTES = 10  # the first whole bytes that hold UUID7_RANDOM_BITS
LOW_BITS = 62
LOW_MASK = (1 << LOW_BITS) - 1

ACTORS = {actor.value: actor for actor in Actor}
ORIGINS = {origin.value: origin for origin in Origin}


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
NOTHING_SAID = Payload()

_encode = msgspec.json.Encoder().encode
_decode_personal = msgspec.json.Decoder(Personal).decode
_decode_open = msgspec.json.Decoder(Open).decode
_decode_aside = msgspec.json.Decoder(Payload).decode  # its fields are called alike


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
    if isinstance(packed, str):
        return packed
    digits = packed.hex()
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def open_part(payload: Payload) -> str | None:
    """JSON of what stays open; None if there is nothing."""
    rest = Open(
        payload.order, payload.by, payload.rating, payload.group, payload.until, payload.tag
    )
    return None if rest == NOTHING_OPEN else _encode(rest).decode()


def read_open(rest: str | None) -> Open:
    """Read `open_part` back."""
    return _decode_open(rest) if rest else NOTHING_OPEN


def open_payload(
    rest: str | None, about: str | None, purpose: str | None, mark: str | None, brief: str | None
) -> Payload:
    """All of a payload that is not sealed."""
    aside = _decode_aside(rest) if rest else NOTHING_SAID
    if about is purpose is mark is brief is None:
        return aside
    return replace(aside, about=about, purpose=purpose, mark=mark, brief=brief)


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


def open_event(
    key: tuple[str, str, str],
    manner: tuple[str, str, str, str | None],
    named: tuple[str, str],
    cells: Sequence[Any],
) -> Event:
    """An event with nothing unsealed.

    `key`: shop, channel, and what stands for conversation and buyer; `named`: id and source id;
    `cells`: position, at, received_at, and what `open_payload` takes.
    """
    shop, channel, chat = key
    actor, origin, kind, account = manner
    position, at, received_at, *payload = cells
    return Event(
        shop=shop,
        channel=channel,
        conversation=chat,
        buyer=chat,
        at=instant_of(at),
        actor=ACTORS[actor],
        origin=ORIGINS[origin],
        kind=kind,
        source_id=named[1],
        account=account,
        payload=open_payload(*payload),
        seq=position & SEQ_MASK,
        id=named[0],
        received_at=instant_of(received_at),
    )
