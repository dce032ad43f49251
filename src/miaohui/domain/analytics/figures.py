"""A figure: a number that never stands without what it was made of (docs/metrics.md section 7)."""

from collections.abc import Mapping

import msgspec


class Figure(msgspec.Struct, frozen=True, omit_defaults=True):
    """One metric over one group of samples.

    `value` is 0–1 for rates, seconds for waits, a count for `unanswered_persons`; None only
    when `denominator` is 0. `numerator` is hits, summed seconds, or the count. `worst` and
    `best` bound the value once the `pending` samples are decided. `excluded` counts by reason,
    in the metric's unit. `value_bot_only_as_misses` only where the metric needs a human;
    `unanswered` only on waits: the counted samples without a reply, which a mean leaves out.
    """

    value: float | None
    numerator: float
    denominator: int
    pending: int
    worst: float | None
    best: float | None
    excluded: Mapping[str, int]
    value_bot_only_as_misses: float | msgspec.UnsetType | None = msgspec.UNSET
    unanswered: int | msgspec.UnsetType = msgspec.UNSET
