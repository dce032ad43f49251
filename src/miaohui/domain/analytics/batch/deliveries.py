"""Where replies stand once we know what became of them, over columns."""

import numba
import numpy as np
from numpy.typing import NDArray

from miaohui.domain.analytics.batch.bits import CONFIRMS, DELIVERS, FAILS, MOVABLE, SPEAKS

UNKNOWN, VOID, MOVED = -1, -2, -3


@numba.njit(cache=True, nogil=True)
def settle(
    in_order: NDArray[np.int64],
    about: NDArray[np.int64],
    at: NDArray[np.int64],
    as_of: int,
    roles: NDArray[np.int32],
    conversation: NDArray[np.uint32],
    account: NDArray[np.int32],
) -> None:
    """Move each confirmed reply to its confirmation and void failed and recalled ones, in place.

    A delivery belongs to the conversation of the event that it is about.

    `in_order`: the rows of deliveries and recalls in order of `(at, row)`; `about`: what row
    each of them is about.
    """
    fate = np.full(len(roles), UNKNOWN, np.int64)
    recalled = np.zeros(len(roles), np.bool_)
    for index, row in enumerate(in_order):
        target = about[index]
        if at[target] > as_of or roles[target] & DELIVERS:
            continue
        conversation[row] = conversation[target]
        if roles[row] & CONFIRMS:
            if fate[target] < 0:
                fate[target] = row
        elif roles[row] & FAILS:
            fate[target] = VOID
        else:
            recalled[target] = True
    for index, row in enumerate(in_order):
        target = about[index]
        if recalled[target]:
            fate[target] = VOID
        if fate[target] == UNKNOWN or not roles[target] & MOVABLE:
            continue
        if fate[target] == row:
            roles[row] |= roles[target] & MOVABLE
            account[row] = account[target]
            fate[target] = MOVED
    for target in about:
        if fate[target] == VOID:
            roles[target] &= ~(MOVABLE | SPEAKS)
        elif fate[target] == MOVED:
            roles[target] &= ~MOVABLE
