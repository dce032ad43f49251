"""Messages that have all the marks asked for, newest first: nothing of them is unsealed yet."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from miaohui.adapters.storage.catalogue.cabinets import (
    Cabinet,
    Columns,
    cipher_of,
    opened,
    place_of,
)
from miaohui.adapters.storage.catalogue.drawers import NOBODY, drawer_of, holders
from miaohui.adapters.storage.catalogue.entries import Column
from miaohui.adapters.storage.catalogue.shelves import Shelves
from miaohui.adapters.storage.rows import SHOP_SHIFT

# Cabinets are looked through in lots of so many messages, each lot twice as large as the last.
FIRST_LOT = 1 << 15


@dataclass(frozen=True, slots=True)
class Aim:
    """Of each of `groups` one mark or more; `oldest` ≤ at ≤ `newest`; of these shops and threads,
    if any are named."""

    groups: Sequence[Sequence[int]]
    oldest: int
    newest: int
    shops: Column | None = None
    threads: Column | None = None


def candidates(shelves: Shelves, cabinets: Sequence[Cabinet], aim: Aim) -> Iterator[Columns]:
    """Runs of messages, descending by (at, position) within and from one to the next."""
    within = [each for each in cabinets if _overlaps(each, aim)]
    within.sort(key=lambda each: each.newest_at, reverse=True)
    waiting = NOBODY_AT_ALL
    for lot, rest in _lots(within):
        waiting = _joined([waiting, *_in_lot(shelves, lot, aim)])
        # Whatever is as old as the next cabinet's newest may have to stand behind it.
        ready = waiting.at > rest[0].newest_at if rest else np.ones(len(waiting.at), dtype=bool)
        yield _newest_first(_picked(waiting, ready))
        waiting = _picked(waiting, ~ready)


NOBODY_AT_ALL = Columns(NOBODY, NOBODY, NOBODY)


def _overlaps(cabinet: Cabinet, aim: Aim) -> bool:
    return cabinet.newest_at >= aim.oldest and cabinet.oldest_at <= aim.newest


def _lots(cabinets: Sequence[Cabinet]) -> Iterator[tuple[Sequence[Cabinet], Sequence[Cabinet]]]:
    """Each lot, and what comes after it."""
    start, size = 0, FIRST_LOT
    while start < len(cabinets):
        end, messages = start, 0
        while end < len(cabinets) and messages < size:
            messages += cabinets[end].messages
            end += 1
        yield cabinets[start:end], cabinets[end:]
        start, size = end, size * 2


def _in_lot(shelves: Shelves, lot: Sequence[Cabinet], aim: Aim) -> Iterator[Columns]:
    wanted = {_place(cabinet, mark) for cabinet in lot for group in aim.groups for mark in group}
    drawers = shelves.drawers(sorted(wanted))
    held = {each.number: _holding(shelves, each, drawers, aim) for each in lot}
    some = {number: places for number, places in held.items() if places.size}
    for number, columns in shelves.columns(list(some)).items():
        yield _within(_picked(columns, some[number]), aim)


def _holding(shelves: Shelves, cabinet: Cabinet, drawers: Mapping[int, bytes], aim: Aim) -> Column:
    """The places of the messages that have a mark of every group."""
    cipher = cipher_of(shelves.keys, cabinet)
    held: Column | None = None
    for group in aim.groups:
        has = np.zeros(cabinet.messages, dtype=bool)
        for mark in group:
            place = _place(cabinet, mark)
            has[holders(opened(cipher, place, drawers[place]), mark)] = True
        held = np.flatnonzero(has) if held is None else held[has[held]]
        if not held.size:
            return NOBODY
    return np.arange(cabinet.messages) if held is None else held


def _place(cabinet: Cabinet, mark: int) -> int:
    return place_of(cabinet.number, drawer_of(mark, cabinet.drawers))


def _within(messages: Columns, aim: Aim) -> Columns:
    fits = (messages.at >= aim.oldest) & (messages.at <= aim.newest)
    if aim.shops is not None:
        fits &= np.isin(messages.position >> SHOP_SHIFT, aim.shops)
    if aim.threads is not None:
        fits &= np.isin(messages.thread, aim.threads)
    return _picked(messages, fits)


def _picked(messages: Columns, which: np.ndarray) -> Columns:
    return Columns(messages.at[which], messages.position[which], messages.thread[which])


def _joined(runs: Sequence[Columns]) -> Columns:
    return Columns(*(np.concatenate(column) for column in zip(*runs, strict=True)))


def _newest_first(messages: Columns) -> Columns:
    return _picked(messages, np.lexsort((messages.position, messages.at))[::-1])
