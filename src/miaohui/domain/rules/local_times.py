"""Clock times of a local day, and the instants at which a zone's clocks show them."""

import re
from datetime import date, datetime, time, timedelta, tzinfo
from functools import lru_cache

from miaohui.domain.rules.calendar import MINUTE_MICROS, offsets_of
from miaohui.domain.vocabulary.instants import (
    DAY_MICROS,
    EPOCH_DAY,
    MICROSECOND,
    SECOND_MICROS,
    instant_of,
)

CLOCK = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?|24:00(?::00)?")
MIDNIGHT = time()
DAYS_KEPT = 256


def clock_micros(text: str) -> int | None:
    """Microseconds since midnight of `08:00`, `08:00:30` or `24:00`; None: no such time."""
    if not CLOCK.fullmatch(text):
        return None
    hours, minutes, *seconds = (int(part) for part in text.split(":"))
    return (hours * 60 + minutes) * MINUTE_MICROS + sum(seconds) * SECOND_MICROS


def first_instant(zone: tzinfo, day: date, micros: int) -> int:
    """The first instant at which a zone's clocks show a local time, or one after it.

    So a local time that is skipped is the instant of the change, one that comes twice is its
    first coming, and a later local time is never an earlier instant. `micros` counts clock time
    from the day's midnight and may reach into other days. Gives UTC microseconds since 1970.
    """
    local = datetime.combine(day, MIDNIGHT, zone) + timedelta(microseconds=micros)
    shown = (day - EPOCH_DAY).days * DAY_MICROS + micros
    before, after = _offset(local), _offset(local.replace(fold=1))
    if before < after:  # PEP 495: so it is with local times that are skipped, and only with them
        return offsets_of(zone, shown - after, shown - before).starts[-1]
    return shown - before


@lru_cache(maxsize=DAYS_KEPT)
def day_span(zone: tzinfo, day: date) -> tuple[datetime, datetime]:
    """The UTC instants at which a local day begins and the next one does."""
    return (
        instant_of(first_instant(zone, day, 0)),
        instant_of(first_instant(zone, day, DAY_MICROS)),
    )


def _offset(local: datetime) -> int:
    return (local.utcoffset() or timedelta()) // MICROSECOND
