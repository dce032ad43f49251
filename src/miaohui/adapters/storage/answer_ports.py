"""What the house remembers of requests, so that a repeated one is done once and answered alike.

A caller names each request by a key of its own choice. Every implementation runs
tests/adapters/storage/answers_contract.py. All calls block, and raise ReaderError as the log does.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Protocol

import msgspec

# Whoever began and has said nothing for so long is taken for dead.
GIVEN_UP_AFTER = timedelta(seconds=60)


class Begun(msgspec.Struct, frozen=True):
    """The request is to be carried out, by whoever holds this and by nobody else."""

    caller: str
    key: str
    at: datetime


class Remembered(msgspec.Struct, frozen=True):
    """The request was carried out: its answer, which may hold a secret that was shown once."""

    status: int
    body: bytes
    headers: Mapping[str, str] = {}

    def __repr__(self) -> str:
        return f"Remembered(status={self.status})"


class Different(msgspec.Struct, frozen=True):
    """The key was used for another request."""


class UnderWay(msgspec.Struct, frozen=True):
    """Somebody is carrying the request out, since `began_at`."""

    began_at: datetime


Beginning = Begun | Remembered | Different | UnderWay


class Answers(Protocol):
    """Answers by caller and key. Nobody is told what another caller was."""

    def begin(self, caller: str, key: str, fingerprint: bytes, now: datetime) -> Beginning:
        """Begin a request, unless it was begun before. `fingerprint` tells requests apart.

        One that never finished counts as never begun after GIVEN_UP_AFTER. Raises ReaderError
        `answer.damaged` for an answer that does not open.
        """
        ...

    def finish(
        self, begun: Begun, status: int, body: bytes, headers: Mapping[str, str] | None = None
    ) -> bool:
        """Remember the answer; False if the request was given up and begun again meanwhile."""
        ...

    def abandon(self, begun: Begun) -> None:
        """Nothing was done: the request counts as never begun."""
        ...

    def forget(self, before: datetime) -> int:
        """Forget the requests that were begun before an instant; how many."""
        ...
