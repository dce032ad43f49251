"""Ids: a UUIDv7 made from time and chance handed in, and the source id of a row that has none."""

from collections.abc import Iterable
from hashlib import blake2b
from uuid import UUID


def uuid7(unix_milliseconds: int, random_bits: int) -> str:
    """A UUIDv7 (RFC 9562) from a time and 74 random bits."""
    value = (unix_milliseconds & (1 << 48) - 1) << 80
    value |= 0x7 << 76 | (random_bits >> 62 & 0xFFF) << 64
    value |= 0b10 << 62 | random_bits & (1 << 62) - 1
    return str(UUID(int=value))


def row_fingerprint(cells: Iterable[str]) -> str:
    """A hash of a row's cells, in their order; blanks count as empty.

    96 bits of BLAKE2b over the cells as netstrings (`5:hello`, lengths in UTF-8 bytes), the same
    on every machine and in every version.
    """
    return fingerprint_of("".join(f"{len(cell.encode())}:{cell}" for cell in cells))


def fingerprint_of(netstrings: str) -> str:
    """The fingerprint of a row whose cells were already joined as netstrings."""
    return blake2b(netstrings.encode(), digest_size=12).hexdigest()


def source_id_of(fingerprint: str, ordinal: int) -> str:
    """The source id of a row without one: its hash and its ordinal among identical rows."""
    return f"row:{fingerprint}:{ordinal}"
