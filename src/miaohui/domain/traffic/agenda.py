"""What happens next: a heap of steps, each an instant, a function and whom it is about."""

from collections.abc import Callable
from heapq import heappop, heappush
from typing import Any

Step = Callable[[Any, int, Any], None]


class Agenda:
    """Steps in time order; of two at the same instant the one put first comes first."""

    __slots__ = ("heap", "put_so_far")

    def __init__(self) -> None:
        self.heap: list[tuple[int, int, Step, Any]] = []
        self.put_so_far = 0

    def put(self, at: int, step: Step, subject: Any) -> None:
        """Do `step(stage, at, subject)` when the clock comes to `at`."""
        self.put_so_far += 1
        heappush(self.heap, (at, self.put_so_far, step, subject))

    def run_until(self, end: int, stage: Any) -> None:
        """Take every step before an instant; steps may put further ones."""
        heap = self.heap
        while heap and heap[0][0] < end:
            at, _, step, subject = heappop(heap)
            step(stage, at, subject)
