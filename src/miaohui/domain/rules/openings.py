"""When the hours open in which a metric is assessed."""

from datetime import datetime, timedelta

from miaohui.domain.rules.assessment import Assessment
from miaohui.domain.rules.local_times import first_instant
from miaohui.domain.vocabulary.instants import instant_of, local_day

DAY = timedelta(days=1)


def opens_at(assessment: Assessment, at: datetime) -> datetime:
    """The instant itself where the hours are open, exempt days or not; else when they open next,
    looking no further than the end of the next day."""
    zone = assessment.terms.zone
    today = local_day(at, zone)
    for day in (today, today + DAY):
        for opens, closes in sorted(assessment.hours(day).spans):
            if at < instant_of(first_instant(zone, day, closes)):
                return max(at, instant_of(first_instant(zone, day, opens)))
    return instant_of(first_instant(zone, today + 2 * DAY, 0))
