"""Events counted into their conversations, each conversation in order of time.

A counting sort needs no comparison: count, sum, place. Only the tiny slice of one conversation
is ever compared, and it mostly lies in order already.
"""

from dataclasses import dataclass

import numba
import numpy as np
from numpy.typing import NDArray

from miaohui.domain.analytics.batch.bits import ROLE_BITS
from miaohui.domain.analytics.batch.roles import Roles
from miaohui.domain.analytics.batch.shops import Shops
from miaohui.domain.analytics.facts import Facts

SHORT = 64


@dataclass(frozen=True, slots=True)
class Sheaf:
    """m events of some shops that do something, bound by conversation.

    `words[i]` is (instant in microseconds, account pair + 1 shifted left by ROLE_BITS | role),
    pairs counted from the first of these shops. Conversation k holds
    words[starts[k]:starts[k+1]].
    """

    words: NDArray[np.int64]  # [m, 2]
    starts: NDArray[np.int64]  # [conversations + 1]


def bind(facts: Facts, roles: Roles, shops: Shops, first: int, last: int, as_of: int) -> Sheaf:
    """Bind the events with a role and an instant up to `as_of` of shops first … last - 1, which
    `facts` and `roles` hold alone."""
    starts = _starts(roles.conversation, facts.at, roles.bits, as_of, int(facts.conversations[-1]))
    words = np.empty((int(starts[-1]), 2), np.int64)
    _place(
        roles.conversation,
        facts.at,
        roles.bits,
        roles.account,
        as_of,
        facts.rows[shops.stores[first : last + 1] - shops.stores[first]],
        shops.first_pairs[first : last + 1],
        shops.codes,
        np.full(len(facts.accounts), -1, np.int32),
        starts[:-1].copy(),
        words,
    )
    return Sheaf(words, starts)


@numba.njit(cache=True, nogil=True)
def _starts(
    conversation: NDArray[np.uint32],
    at: NDArray[np.int64],
    roles: NDArray[np.int32],
    as_of: int,
    conversations: int,
) -> NDArray[np.int64]:
    starts = np.zeros(conversations + 1, np.int64)
    for row in range(len(conversation)):
        if roles[row] and at[row] <= as_of:
            starts[conversation[row] + 1] += 1
    for number in range(conversations):
        starts[number + 1] += starts[number]
    return starts


@numba.njit(cache=True, nogil=True)
def _place(
    conversation: NDArray[np.uint32],
    at: NDArray[np.int64],
    roles: NDArray[np.int32],
    account: NDArray[np.int32],
    as_of: int,
    shop_rows: NDArray[np.int64],
    first_pairs: NDArray[np.int64],
    codes: NDArray[np.int64],
    pair_of: NDArray[np.int32],
    nexts: NDArray[np.int64],
    words: NDArray[np.int64],
) -> None:
    """`pair_of`: room for the pair of every account of one shop, -1 for none."""
    for shop in range(len(shop_rows) - 1):
        # Without its last pair, which stands for nobody.
        staff = range(first_pairs[shop], first_pairs[shop + 1] - 1)
        for pair in staff:
            pair_of[codes[pair]] = pair - first_pairs[0]
        for row in range(shop_rows[shop], shop_rows[shop + 1]):
            if not roles[row] or at[row] > as_of:
                continue
            pair = pair_of[account[row]] if account[row] >= 0 else -1
            place = nexts[conversation[row]]
            words[place, 0] = at[row]
            words[place, 1] = np.int64(pair + 1) << ROLE_BITS | roles[row]
            nexts[conversation[row]] = place + 1
        for pair in staff:
            pair_of[codes[pair]] = -1


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
