"""A figure per day as one line of blocks."""

from miaohui.adapters.reports.catalogue import Words
from miaohui.adapters.reports.headlines import NOTHING, label
from miaohui.adapters.reports.quantities import day_shown, shown
from miaohui.domain.analytics.report import Report, ShopReport

_BLOCKS = "▁▂▃▄▅▆▇█"
_LONGEST = 60


def spark_line(report: Report, shop: ShopReport, words: Words) -> str:
    """`10月21日 ▇▆▅ ▂ 11月19日  53.1% – 71.0%`: the headline per day; a blank is no sample."""
    if not report.metrics:
        return ""
    days = shop.days[-_LONGEST:]
    values = [day.metrics.get(report.metrics[0].id, NOTHING).value for day in days]
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return ""
    metric, low, high = report.metrics[0], min(known), max(known)
    ends = [day_shown(day.date, words) for day in (days[0], days[-1])]
    span = words["range"].format(
        worst=shown(low, metric.display, words), best=shown(high, metric.display, words)
    )
    return f"{label(metric, words)}  {ends[0]} {sparks(values)} {ends[1]}  {span}"


def sparks(values: list[float | None]) -> str:
    """One block per value between the smallest and the largest; a blank for none."""
    known = [value for value in values if value is not None]
    low, reach = min(known, default=0.0), (max(known, default=0.0) - min(known, default=0.0)) or 1
    return "".join(
        " " if value is None else _BLOCKS[round((value - low) / reach * (len(_BLOCKS) - 1))]
        for value in values
    )
