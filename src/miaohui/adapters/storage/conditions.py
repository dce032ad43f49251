"""How the place of a log is, as somebody finds it who changes nothing there."""

from collections.abc import Sequence

import msgspec


class Condition(msgspec.Struct, frozen=True, kw_only=True):
    """What a log lies in, and how it is set.

    `taken` and `missing`: steps of its tables that were taken and that this program would take;
    `newer`: one that this program does not know. `durable`: what was acknowledged outlives a power
    cut. `unsound`: what the engine says of a file that is damaged; None: nobody looked.
    """

    engine: str
    version: str
    taken: Sequence[int]
    missing: Sequence[int]
    newer: int | None
    key_mark: bytes | None
    durable: bool
    settings: dict[str, str]
    unsound: Sequence[str] | None = None
    bytes: int = 0
    waiting_bytes: int = 0
