"""How a shop stands against the lines of its pack."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from miaohui.domain.analytics.figures import Figure
from miaohui.domain.analytics.groups import NOTHING, ShopGroups
from miaohui.domain.analytics.report import Verdict
from miaohui.domain.analytics.tallies import added, figure_of
from miaohui.domain.rules.calendar import in_range
from miaohui.domain.rules.lines import compares
from miaohui.domain.rules.pack import Metric, Pack, Threshold


def verdicts_of(pack: Pack, groups: ShopGroups) -> tuple[Verdict, ...]:
    """One verdict for each threshold that is in force on the shop's last day."""
    days = sorted(groups.days)
    metrics = {metric.id: metric for metric in pack.metrics}
    return tuple(
        _verdict(threshold, metrics, groups, days)
        for threshold in pack.thresholds
        if not days or in_range(days[-1], threshold.effective)
    )


def _verdict(
    threshold: Threshold,
    metrics: Mapping[str, Metric],
    groups: ShopGroups,
    days: Sequence[date],
) -> Verdict:
    looked_at = tuple(day for day in days if days[-1] - day < timedelta(days=threshold.days))
    if not looked_at:
        return Verdict(threshold.id, None, None, "no_days")
    metric = metrics[threshold.metric]
    tallies = [groups.days[day].get(metric.id, NOTHING) for day in looked_at]
    pooled = figure_of(metric, added(tallies))
    judged = [figure_of(metric, tally) for tally in tallies]
    if threshold.mode != "each_day":
        judged = [pooled]
    holds, because = _holds(threshold, judged, _people(threshold, metrics, groups, looked_at))
    return Verdict(threshold.id, holds, pooled.value, because, looked_at)


def _holds(
    threshold: Threshold, figures: Sequence[Figure], people: Sequence[int]
) -> tuple[bool | None, str | None]:
    minimum = threshold.minimum_sample
    if threshold.value is None:
        return None, "no_line"
    counts = people if minimum and minimum.of == "persons" else [f.denominator for f in figures]
    values = [
        figure.value
        for figure, count in zip(figures, counts, strict=True)
        if minimum is None or compares(count, minimum.op, minimum.count)
    ]
    known = [value for value in values if value is not None]
    if not known:
        return None, "insufficient_sample"
    return all(compares(value, threshold.op, threshold.value) for value in known), None


def _people(
    threshold: Threshold,
    metrics: Mapping[str, Metric],
    groups: ShopGroups,
    days: Sequence[date],
) -> Sequence[int]:
    """How many people consulted: person-days of the threshold's metric, or of the first that
    counts persons."""
    own = metrics[threshold.metric]
    persons = [own, *metrics.values()]
    metric = next((each for each in persons if each.unit == "person"), own)
    tallies = [groups.days[day].get(metric.id, NOTHING) for day in days]
    if threshold.mode != "each_day":
        tallies = [added(tallies)]
    return [figure_of(metric, tally).denominator for tally in tallies]
