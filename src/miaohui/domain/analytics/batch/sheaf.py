"""Events counted into their conversations, shop by shop, each conversation in order of time.

A counting sort needs no comparison: count, sum, place. Only the tiny slice of one conversation
is ever compared, and it mostly lies in order already.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numba
import numpy as np
from numpy.typing import NDArray

from miaohui.domain.analytics.batch.bits import ROLE_BITS
from miaohui.domain.analytics.batch.roles import Roles
from miaohui.domain.analytics.facts import NONE, Facts
from miaohui.domain.vocabulary.kinds import UNASSIGNED

SHORT = 64


@dataclass(frozen=True, slots=True)
class Sheaf:
    """m events that do something, bound by conversation; conversations lie shop by shop.

    `words[i]` is (instant in microseconds, account pair + 1 shifted left by ROLE_BITS | role).
    Conversation k (in this order) holds words[starts[k]:starts[k+1]]. `order[k]` is its number
    in the facts. `pairs` are (shop, account) in order of shop; the last pair of each shop is
    `unassigned`.
    """

    words: NDArray[np.int64]  # [m, 2]
    starts: NDArray[np.int64]  # [c + 1]
    order: NDArray[np.int64]  # [c]
    store_of: NDArray[np.int32]  # [c] store of conversation k
    shop_of_store: NDArray[np.int32]  # [stores]
    shops: tuple[str, ...]
    pairs: tuple[tuple[str, str | None], ...]
    unassigned_of: NDArray[np.int32]  # [shops] the pair that stands for nobody


def bind(facts: Facts, roles: Roles, as_of: int) -> Sheaf:
    """Bind the rows with a role and an instant up to `as_of`."""
    shops = tuple(sorted({shop for shop, _ in facts.stores}))
    number = {shop: index for index, shop in enumerate(shops)}
    shop_of_store = np.array([number[shop] for shop, _ in facts.stores], np.int32)
    order = np.argsort(facts.store_of, kind="stable").astype(np.int64)
    shop_of = shop_of_store[facts.store_of] if len(order) else np.zeros(0, np.int32)
    pair_of, pairs, unassigned_of = _pairs(facts, roles, shop_of, shops)
    starts, words = _bound(facts.at, roles, as_of, order, pair_of, shop_of)
    return Sheaf(
        words, starts, order, facts.store_of[order], shop_of_store, shops, pairs, unassigned_of
    )


def _bound(
    at: NDArray[np.int64],
    roles: Roles,
    as_of: int,
    order: NDArray[np.int64],
    pair_of: NDArray[np.int32],
    shop_of: NDArray[np.int32],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Two threads place half of the rows each; the second half of a conversation goes behind
    the first, so that equal instants keep the order of the log."""
    halves = (slice(0, len(at) // 2), slice(len(at) // 2, len(at)))
    with ThreadPoolExecutor(len(halves)) as pool:
        counting = [
            pool.submit(
                _count, roles.conversation[rows], at[rows], roles.bits[rows], as_of, len(order)
            )
            for rows in halves
        ]
        counts = [each.result() for each in counting]
        starts = np.zeros(len(order) + 1, np.int64)
        np.cumsum((counts[0] + counts[1])[order], out=starts[1:])
        first = np.empty(len(order), np.int64)
        first[order] = starts[:-1]
        places = (first, first + counts[0])
        words = np.empty((int(starts[-1]), 2), np.int64)
        placing = [
            pool.submit(
                _place,
                roles.conversation[rows],
                at[rows],
                roles.bits[rows],
                roles.account[rows],
                as_of,
                pair_of,
                shop_of,
                place,
                words,
            )
            for rows, place in zip(halves, places, strict=True)
        ]
        for each in placing:
            each.result()
    return starts, words


def _pairs(
    facts: Facts, roles: Roles, shop_of: NDArray[np.int32], shops: tuple[str, ...]
) -> tuple[NDArray[np.int32], tuple[tuple[str, str | None], ...], NDArray[np.int32]]:
    """The pair of every (shop, account) that occurs, as a dense [shops, accounts] table."""
    occurs = np.zeros((len(shops), max(len(facts.accounts), 1)), np.bool_)
    _mark(roles.conversation, roles.account, shop_of, occurs)
    pair_of = np.full(occurs.shape, NONE, np.int32)
    pairs: list[tuple[str, str | None]] = []
    unassigned_of = np.empty(len(shops), np.int32)
    for shop, name in enumerate(shops):
        for code in np.flatnonzero(occurs[shop]):
            if facts.accounts[code] != UNASSIGNED:
                pair_of[shop, code] = len(pairs)
                pairs.append((name, facts.accounts[code]))
        unassigned_of[shop] = len(pairs)
        pairs.append((name, None))
    return pair_of, tuple(pairs), unassigned_of


@numba.njit(cache=True, nogil=True)
def _mark(
    conversation: NDArray[np.uint32],
    account: NDArray[np.int32],
    shop_of: NDArray[np.int32],
    occurs: NDArray[np.bool_],
) -> None:
    for row in range(len(conversation)):
        if account[row] >= 0:
            occurs[shop_of[conversation[row]], account[row]] = True


@numba.njit(cache=True, nogil=True)
def _count(
    conversation: NDArray[np.uint32],
    at: NDArray[np.int64],
    roles: NDArray[np.int32],
    as_of: int,
    conversations: int,
) -> NDArray[np.int64]:
    counts = np.zeros(conversations, np.int64)
    for row in range(len(conversation)):
        if roles[row] and at[row] <= as_of:
            counts[conversation[row]] += 1
    return counts


@numba.njit(cache=True, nogil=True)
def _place(
    conversation: NDArray[np.uint32],
    at: NDArray[np.int64],
    roles: NDArray[np.int32],
    account: NDArray[np.int32],
    as_of: int,
    pair_of: NDArray[np.int32],
    shop_of: NDArray[np.int32],
    places: NDArray[np.int64],
    words: NDArray[np.int64],
) -> None:
    for row in range(len(conversation)):
        if not roles[row] or at[row] > as_of:
            continue
        number = conversation[row]
        pair = -1
        if account[row] >= 0:
            pair = pair_of[shop_of[number], account[row]]
        place = places[number]
        words[place, 0] = at[row]
        words[place, 1] = np.int64(pair + 1) << ROLE_BITS | roles[row]
        places[number] = place + 1


@numba.njit(cache=True, nogil=True)
def sort_slice(words: NDArray[np.int64]) -> None:
    """Sort the words of one conversation by instant, equal instants as they lie."""
    for index in range(1, len(words)):
        if words[index, 0] < words[index - 1, 0]:
            if len(words) > SHORT:
                words[:] = words[np.argsort(words[:, 0], kind="mergesort")]
            else:
                _insert_all(words)
            return


@numba.njit(cache=True, nogil=True)
def _insert_all(words: NDArray[np.int64]) -> None:
    for index in range(1, len(words)):
        at, word = words[index, 0], words[index, 1]
        hole = index
        while hole > 0 and words[hole - 1, 0] > at:
            words[hole, 0], words[hole, 1] = words[hole - 1, 0], words[hole - 1, 1]
            hole -= 1
        words[hole, 0], words[hole, 1] = at, word
