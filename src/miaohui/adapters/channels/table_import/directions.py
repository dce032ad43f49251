"""Whether a file runs forward or backward in time."""

import polars as pl


class Direction:
    """Counts neighbours that ascend and descend, over the rows of a file as they come."""

    def __init__(self) -> None:
        self.ascending = 0
        self.descending = 0
        self._last: pl.Series | None = None

    def take(self, at: pl.Series) -> None:
        """The instants of the next rows."""
        if at.is_empty():
            return
        all_at = at if self._last is None else pl.concat([self._last, at])
        steps = all_at.to_physical().diff().drop_nulls()
        self.ascending += int((steps > 0).sum())
        self.descending += int((steps < 0).sum())
        self._last = at.tail(1)

    @property
    def is_reversed(self) -> bool:
        """Whether the file must be read bottom-up."""
        return self.descending > self.ascending
