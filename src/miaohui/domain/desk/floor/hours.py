"""When a shop's clocks can begin: the assessed hours of all that it is steered by."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from miaohui.domain.desk.floor.rules import Steering
from miaohui.domain.rules.calendar import Span
from miaohui.domain.rules.local_times import first_instant
from miaohui.domain.rules.spans import joined
from miaohui.domain.vocabulary.instants import instant_of

DAY = timedelta(days=1)


def assessed_hours(
    steerings: Iterable[Steering], day: date
) -> tuple[tuple[datetime, datetime], ...]:
    """From opening to closing instant, in order, those of the day before and after included, so
    that nothing breaks off at midnight. Days that a festival exempts have none."""
    found = {id(each): each for each in steerings}
    spans = [
        span
        for steering in found.values()
        for near in (day - DAY, day, day + DAY)
        for span in _of_day(steering, near)
    ]
    return tuple((instant_of(opens), instant_of(closes)) for opens, closes in joined(spans))


def _of_day(steering: Steering, day: date) -> Iterable[Span]:
    for each in steering.clocked:
        hours, zone = each.hours(day), each.terms.zone
        if each.metric.id in steering.lines and not hours.exempt:
            for opens, closes in hours.spans:
                yield first_instant(zone, day, opens), first_instant(zone, day, closes)
