"""A day's rates by the hours of the clock in which their samples began."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from miaohui.domain.analytics.figures import Figure
from miaohui.domain.analytics.live import Conversation, tally_of
from miaohui.domain.analytics.samples import Judged
from miaohui.domain.analytics.tallies import WIDTH, figure_of
from miaohui.domain.rules.assessment import Assessment
from miaohui.domain.rules.calendar import MINUTE_MICROS

# The tally of each rate, by the number of its assessment, in each hour 0-23.
HourTallies = Mapping[int, Mapping[int, Sequence[int]]]


class HourFigure(msgspec.Struct, frozen=True):
    """A rate over what began in one hour 0-23 of the pack's clock."""

    hour: int
    figure: Figure


class AssessedSpan(msgspec.Struct, frozen=True):
    """From a minute of the day on until another."""

    opens: int
    closes: int


class RateHours(msgspec.Struct, frozen=True, omit_defaults=True):
    """A rate hour by hour, those left out in which nothing was asked. `assessed`: when it counts;
    never on a day that is `exempt`."""

    hours: Sequence[HourFigure]
    assessed: Sequence[AssessedSpan]
    exempt: bool = False


class DayHours(msgspec.Struct, frozen=True):
    """A day of a pack by the clock of its zone."""

    day: date
    zone: str
    rates: Mapping[str, RateHours]


def by_hours(
    conversation: Conversation, judged: Sequence[Judged], assessment: Assessment
) -> dict[int, Sequence[int]]:
    """The tallies of some samples of one conversation; a person counts once in every hour."""
    samples: defaultdict[int, list[Judged]] = defaultdict(list)
    for each in judged:
        samples[each.sample.start.astimezone(assessment.terms.zone).hour].append(each)
    return {hour: tally_of(conversation, some, assessment)[0] for hour, some in samples.items()}


class HourTotals:
    """What the conversations of each shop add up to, hour by hour."""

    def __init__(self, assessments: Sequence[Assessment]) -> None:
        self._assessments = assessments
        self._totals: defaultdict[tuple[str, int, int], list[int]]
        self._totals = defaultdict(lambda: [0] * WIDTH)

    def move(self, shop: str, tallies: HourTallies, sign: int) -> None:
        """Add what a conversation adds, or with a `sign` of -1 take it away again."""
        for number, hours in tallies.items():
            for hour, tally in hours.items():
                total = self._totals[shop, number, hour]
                for column, value in enumerate(tally):
                    total[column] += sign * value

    def figures(self, shop: str) -> dict[str, dict[int, Figure]]:
        """Every rate of a shop's day by its hours; those in which nothing was asked left out."""
        found: dict[str, dict[int, Figure]] = defaultdict(dict)
        for (each, number, hour), total in sorted(self._totals.items()):
            if each == shop and any(total):
                metric = self._assessments[number].metric
                found[metric.id][hour] = figure_of(metric, total)
        return dict(found)


def day_hours(
    assessments: Sequence[Assessment], day: date, figures: Mapping[str, Mapping[int, Figure]]
) -> DayHours:
    """The rates of a pack hour by hour, with the times of day in which they count."""
    rates = [each for each in assessments if each.metric.measure == "rate"]
    told = {each.metric.id: _rate_hours(each, day, figures) for each in rates}
    return DayHours(day, str(assessments[0].terms.zone), told)


def _rate_hours(
    assessment: Assessment, day: date, figures: Mapping[str, Mapping[int, Figure]]
) -> RateHours:
    assessed = assessment.hours(day)
    spans = () if assessed.exempt else assessed.spans
    return RateHours(
        [HourFigure(*each) for each in figures.get(assessment.metric.id, {}).items()],
        [AssessedSpan(opens // MINUTE_MICROS, closes // MINUTE_MICROS) for opens, closes in spans],
        assessed.exempt,
    )
