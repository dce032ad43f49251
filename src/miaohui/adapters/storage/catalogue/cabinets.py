"""Cabinets: drawers sealed under a key of the cabinet's own. A cabinet never changes; what takes
a message out of it fills a new one, and destroys the old one with its key."""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from miaohui.adapters.storage.catalogue.drawers import (
    drawers_for,
    packed,
    packed_columns,
    unpacked,
    unpacked_columns,
)
from miaohui.adapters.storage.catalogue.entries import Column, Entries
from miaohui.adapters.storage.rows import cabinet_bound, drawer_bound
from miaohui.adapters.storage.sealing import (
    Cipher,
    Keys,
    fresh_nonces,
    new_data_key,
    seal_with,
    unseal,
    unwrap,
)
from miaohui.domain.vocabulary.problems import Problem, ReaderError

DRAWER_BITS = 16


class Cabinet(NamedTuple):
    """A cabinet as it is listed: how many messages, of which time (microseconds), in how many
    drawers, and its wrapped key. No number is ever given twice."""

    number: int
    messages: int
    oldest_at: int
    newest_at: int
    drawers: int
    wrapped: bytes


class Columns(NamedTuple):
    """When, where and in which threads the messages of a cabinet are, by their places in it."""

    at: Column
    position: Column
    thread: Column


class Filled(NamedTuple):
    """A cabinet and all that is in it: columns packed, drawers by their places and sealed."""

    cabinet: Cabinet
    columns: bytes
    drawers: Sequence[tuple[int, bytes]]


class Damaged(Exception):  # noqa: N818
    """What a cabinet holds is not what was put into it."""


@contextmanager
def told_to_the_reader() -> Iterator[None]:
    """Turn Damaged into a ReaderError `search.damaged`."""
    try:
        yield
    except Damaged:
        raise ReaderError(Problem("search.damaged")) from None


def place_of(cabinet: int, drawer: int) -> int:
    """Where a drawer lies among all drawers."""
    return cabinet << DRAWER_BITS | drawer


def places_of(cabinet: Cabinet) -> range:
    """Where all drawers of a cabinet lie."""
    first = place_of(cabinet.number, 0)
    return range(first, first + cabinet.drawers)


def filled(keys: Keys, number: int, entries: Entries) -> Filled | None:
    """A new cabinet of messages; None if there are none."""
    messages = len(entries.at)
    if not messages:
        return None
    wrapped, cipher = new_data_key(keys, cabinet_bound(number))
    span = int(entries.at[0]), int(entries.at[-1])
    cabinet = Cabinet(number, messages, *span, drawers_for(messages), wrapped)
    bodies = packed(entries, cabinet.drawers)
    lying = zip(bodies, places_of(cabinet), fresh_nonces(cabinet.drawers), strict=True)
    sealed = [
        (place, seal_with(cipher, nonce, body, drawer_bound(place))) for body, place, nonce in lying
    ]
    return Filled(cabinet, packed_columns(entries), sealed)


def entries_in(
    keys: Keys, cabinet: Cabinet, columns: Columns, drawers: Mapping[int, bytes]
) -> Entries:
    """All messages of a cabinet; `drawers` by their places. Raises Damaged."""
    cipher = cipher_of(keys, cabinet)
    bodies = [opened(cipher, place, drawers.get(place, b"")) for place in places_of(cabinet)]
    return Entries(*columns, unpacked(bodies))


def columns_in(columns: bytes) -> Columns:
    """Read what `filled` packed. Raises Damaged."""
    try:
        return Columns(*unpacked_columns(columns))
    except (zlib.error, ValueError):
        raise Damaged from None


def cipher_of(keys: Keys, cabinet: Cabinet) -> Cipher:
    """The key of a cabinet, ready to use. Raises Damaged."""
    cipher = unwrap(keys, cabinet.wrapped, cabinet_bound(cabinet.number))
    if cipher is None:
        raise Damaged
    return cipher


def opened(cipher: Cipher, place: int, sealed: bytes) -> bytes:
    """The body of a drawer. Raises Damaged."""
    body = unseal(cipher, sealed, drawer_bound(place))
    if body is None:
        raise Damaged
    return body
