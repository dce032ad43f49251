"""When waits are assessed: windows of local days, festivals laid over them, zone offsets."""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache

import msgspec

from miaohui.domain.rules.pack import Calendar, DateRange, Metric, Overlay, Pack, Window
from miaohui.domain.vocabulary.instants import DAY_MICROS, MICROSECOND, instant_of

MINUTE_MICROS = 60_000_000
DAYS_KEPT = 64
Span = tuple[int, int]
EVERY_DAY = DateRange()
WHOLE_DAY: tuple[Span, ...] = ((0, DAY_MICROS),)


class Hours(msgspec.Struct, frozen=True):
    """The assessed hours of one local day: spans of microseconds since its midnight, opening
    instant in, closing instant out. `exempt`: a festival lifts the assessment."""

    spans: tuple[Span, ...]
    exempt: bool = False

    def holds(self, micros_of_day: int) -> bool:
        """Whether a local time is inside."""
        return any(opens <= micros_of_day < closes for opens, closes in self.spans)


def hours_of(pack: Pack, metric: Metric) -> Callable[[date], Hours]:
    """The assessed hours of any local day for one metric, festivals included."""
    calendar = calendar_of(pack, metric)
    overlays = [each for each in pack.overlays if metric.id in each.applies_to]

    @lru_cache(maxsize=DAYS_KEPT)
    def hours_on(day: date) -> Hours:
        return _hours_on(day, calendar, overlays)

    return hours_on


def calendar_of(pack: Pack, metric: Metric) -> Calendar | None:
    """The calendar that a metric names; None where it is assessed at any hour."""
    return next((each for each in pack.calendars if each.id == metric.calendar), None)


def in_range(day: date, dates: DateRange) -> bool:
    """Whether a day is in a range with both ends included and open where left out."""
    return (dates.from_ is None or dates.from_ <= day) and (
        dates.until is None or day <= dates.until
    )


def _hours_on(day: date, calendar: Calendar | None, overlays: Iterable[Overlay]) -> Hours:
    spans = WHOLE_DAY if calendar is None else _spans(calendar.windows, day)
    exempt = False
    for overlay in overlays:
        if not any(in_range(day, dates) for dates in overlay.dates):
            continue
        match overlay.kind:
            case "exempt":
                exempt = True
            case "replace":
                spans = _spans(overlay.windows, day)
            case "tighten":
                spans = (*spans, *_spans(overlay.windows, day))
    return Hours(spans, exempt)


def _spans(windows: Iterable[Window], day: date) -> tuple[Span, ...]:
    return tuple(
        (_micros_of_day(each.from_), _micros_of_day(each.until))
        for each in windows
        if day.isoweekday() in each.days
    )


def _micros_of_day(local_time: str) -> int:
    hours, minutes = local_time.split(":")
    return (int(hours) * 60 + int(minutes)) * MINUTE_MICROS


class Offsets(msgspec.Struct, frozen=True):
    """A zone's UTC offsets: `offsets[i]` microseconds hold from `starts[i]` (UTC) on."""

    starts: tuple[int, ...]
    offsets: tuple[int, ...]

    def local(self, micros: int) -> int:
        """Local microseconds: the wall clock counted as if it were UTC."""
        return micros + self.offsets[max(0, bisect_right(self.starts, micros) - 1)]


def offsets_of(zone: tzinfo, first: int, last: int) -> Offsets:
    """The offsets of a zone between two UTC instants in microseconds, to the second exact."""
    starts, offsets = [first], [_offset(zone, first)]
    probe = first
    while probe < last:
        following = min(probe + DAY_MICROS, last)
        if _offset(zone, following) != offsets[-1]:
            starts.append(_change(zone, probe, following))
            offsets.append(_offset(zone, following))
        probe = following
    return Offsets(tuple(starts), tuple(offsets))


def _change(zone: tzinfo, before: int, after: int) -> int:
    was = _offset(zone, before)
    while after - before > 1:
        middle = (before + after) // 2
        if _offset(zone, middle) == was:
            before = middle
        else:
            after = middle
    return after


def _offset(zone: tzinfo, micros: int) -> int:
    local: datetime = instant_of(micros).astimezone(zone)
    return (local.utcoffset() or timedelta()) // MICROSECOND
