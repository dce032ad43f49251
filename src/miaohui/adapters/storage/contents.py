"""What a backup holds of a log, as its manifest tells it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

import msgspec

Engine = Literal["sqlite", "postgres"]


class Contents(msgspec.Struct, frozen=True):
    """A log at one moment. `step` is the newest of its migrations, `key_mark` the mark by which it
    knows its master key (hex, it says nothing about the key), `rows` counts them by table."""

    engine: Engine
    engine_version: str
    step: int
    key_mark: str
    rows: Mapping[str, int]
    newest_seqs: Mapping[str, int]
    newest_received_at: datetime | None
