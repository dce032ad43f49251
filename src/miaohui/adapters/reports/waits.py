"""How long buyers waited, in words."""

import msgspec

from miaohui.adapters.reports.catalogue import Words
from miaohui.adapters.reports.plots import equal_bins
from miaohui.adapters.reports.quantities import duration_shown, wait_shown, whole
from miaohui.domain.analytics.report import Waits


class WaitsView(msgspec.Struct, frozen=True):
    """The few numbers above the plot and the honest remark below it."""

    note: str
    median: str
    p90: str
    mean: str
    never: str
    never_count: str
    remark: str


def waits_view(waits: Waits | None, line: int | None, words: Words) -> WaitsView | None:
    """None where nobody waited."""
    rounds = waits.unanswered + sum(one.rounds for one in waits.bins) if waits else 0
    if waits is None or not rounds:
        return None
    equal = equal_bins(waits)
    pattern = words["waits_note" if equal else "waits_note_bare"]
    remark = words["waits_honest" if line else "waits_honest_bare"]
    return WaitsView(
        note=pattern.format(rounds=whole(rounds), step=equal[0].until_seconds if equal else 0),
        median=_clock(waits.median_seconds, words),
        p90=_clock(waits.p90_seconds, words),
        mean=_clock(waits.mean_seconds, words),
        never=f"{waits.unanswered / rounds * 100:.1f}%",
        never_count=whole(waits.unanswered),
        remark=remark.format(line=duration_shown(line or 0, words)),
    )


def _clock(seconds: float | None, words: Words) -> str:
    if seconds is None:
        return words["nothing"]
    return wait_shown(seconds) if seconds >= 100 else duration_shown(int(seconds), words)
