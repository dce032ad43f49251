"""Facts: a log as columns of numbers, in the order of its rows. What the batch engine reads."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

NONE = -1


@dataclass(frozen=True, slots=True)
class What:
    """Who did what how; `detail` is the purpose of a message or the mark of a buyer."""

    actor: str
    origin: str
    kind: str
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """n events of c conversations; repeats (shop, channel, source_id) are already left out.

    Row order is the order of the log (`seq`). Codes point into the tuples; `account` and
    `about` are -1 where there is none. `about` is the row that a delivery or recall is about;
    None where the log holds none. `brief` points into `briefs`; None where nobody asked for it.
    """

    at: NDArray[np.int64]  # [n] microseconds since 1970-01-01 UTC
    conversation: NDArray[np.uint32]  # [n]
    what: NDArray[np.uint16]  # [n]
    account: NDArray[np.int32]  # [n]
    whats: tuple[What, ...]
    accounts: tuple[str, ...]
    stores: tuple[tuple[str, str], ...]  # (shop, channel), sorted
    store_of: NDArray[np.int32]  # [c]
    names: Sequence[str]  # [c] conversations as the log names them
    about: NDArray[np.int64] | None = None  # [n]
    brief: NDArray[np.int32] | None = None  # [n]
    briefs: tuple[str, ...] = ()

    @property
    def newest_at(self) -> int | None:
        """The newest instant in microseconds; None for an empty log."""
        return int(self.at.max()) if len(self.at) else None
