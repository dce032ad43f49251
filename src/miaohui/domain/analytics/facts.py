"""Facts: a log as columns of numbers, in the order of its rows. What the batch engine reads."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

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

    Events lie store by store, each store's in the order of the log (`seq`): store s holds events
    rows[s] … rows[s+1] - 1 of conversations conversations[s] … conversations[s+1] - 1. Codes
    point into the tuples; `account` is -1 where there is none. `telling` are the few events, in
    rising order, that are about another one of their store, and `about` which. `brief` points
    into `briefs`; None where nobody asked for it.
    """

    at: NDArray[np.int64]  # [n] microseconds since 1970-01-01 UTC
    conversation: NDArray[np.uint32]  # [n]
    what: NDArray[np.uint16]  # [n]
    account: NDArray[np.int32]  # [n]
    whats: tuple[What, ...]
    accounts: tuple[str, ...]
    stores: tuple[tuple[str, str], ...]  # (shop, channel), sorted
    rows: NDArray[np.int64]  # [stores + 1]
    conversations: NDArray[np.int64]  # [stores + 1]
    names: Sequence[str]  # [c] conversations as the log names them
    telling: NDArray[np.int64]  # [t]
    about: NDArray[np.int64]  # [t]
    brief: NDArray[np.int32] | None = None  # [n]
    briefs: tuple[str, ...] = ()

    @property
    def newest_at(self) -> int | None:
        """The newest instant in microseconds; None for an empty log."""
        return int(self.at.max()) if len(self.at) else None

    def without(self, left_out: NDArray[np.bool_]) -> "Facts":
        """The same without some events, which nothing may be about."""
        kept = np.flatnonzero(~left_out)
        place = np.cumsum(~left_out) - 1
        telling = ~left_out[self.telling]
        return replace(
            self,
            at=self.at[kept],
            conversation=self.conversation[kept],
            what=self.what[kept],
            account=self.account[kept],
            rows=np.searchsorted(kept, self.rows),
            telling=place[self.telling[telling]],
            about=place[self.about[telling]],
            brief=None if self.brief is None else self.brief[kept],
        )

    def of_stores(self, first: int, last: int) -> "Facts":
        """Stores first … last - 1 alone, without names, numbered from their own first event and
        conversation."""
        rows = slice(self.rows[first], self.rows[last])
        conversations = slice(self.conversations[first], self.conversations[last])
        telling = slice(*np.searchsorted(self.telling, (rows.start, rows.stop)))
        return replace(
            self,
            at=self.at[rows],
            conversation=self.conversation[rows] - np.uint32(conversations.start),
            what=self.what[rows],
            account=self.account[rows],
            stores=self.stores[first:last],
            rows=self.rows[first : last + 1] - rows.start,
            conversations=self.conversations[first : last + 1] - conversations.start,
            names=(),
            telling=self.telling[telling] - rows.start,
            about=self.about[telling] - rows.start,
            brief=None if self.brief is None else self.brief[rows],
        )
