"""The shops of a log, and who works in each."""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numba
import numpy as np
from numpy.typing import NDArray

from miaohui.domain.analytics.facts import Facts
from miaohui.domain.vocabulary.kinds import UNASSIGNED


@dataclass(frozen=True)
class Shops:
    """Shops in order of name. Shop k has the stores stores[k] … stores[k+1] - 1 and the pairs
    first_pairs[k] … first_pairs[k+1] - 1.

    `pairs` are (shop, account), `codes` the account of each in the facts; the last pair of each
    shop stands for nobody and has no code (-1).
    """

    names: tuple[str, ...]
    stores: NDArray[np.int64]  # [shops + 1]
    pairs: tuple[tuple[str, str | None], ...]
    first_pairs: NDArray[np.int64]  # [shops + 1]
    codes: NDArray[np.int64]  # [pairs]

    @cached_property
    def of_store(self) -> NDArray[np.int64]:
        """The shop of every store."""
        return np.repeat(np.arange(len(self.names)), np.diff(self.stores))


def shops_of(facts: Facts) -> Shops:
    """The shops of a log with the accounts that occur in each."""
    names = tuple(sorted({shop for shop, _ in facts.stores}))
    stores = np.searchsorted([shop for shop, _ in facts.stores], names) if names else []
    bounds = np.array([*stores, len(facts.stores)], np.int64)
    pairs: list[tuple[str, str | None]] = []
    codes: list[int] = []
    first_pairs = [0]
    for shop, (first, last) in zip(names, pairwise(bounds), strict=True):
        seen = np.zeros(len(facts.accounts), np.bool_)
        _see(facts.account[facts.rows[first] : facts.rows[last]], seen)
        for code in sorted(np.flatnonzero(seen).tolist(), key=facts.accounts.__getitem__):
            if facts.accounts[code] != UNASSIGNED:
                pairs.append((shop, facts.accounts[code]))
                codes.append(code)
        pairs.append((shop, None))
        codes.append(-1)
        first_pairs.append(len(pairs))
    return Shops(names, bounds, tuple(pairs), np.array(first_pairs), np.array(codes, np.int64))


@numba.njit(cache=True, nogil=True)
def _see(accounts: NDArray[np.int32], seen: NDArray[np.bool_]) -> None:
    for index in range(len(accounts)):
        if accounts[index] >= 0:
            seen[accounts[index]] = True
