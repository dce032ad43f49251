"""What opening hours must keep beyond their shape: a zone, times, weekdays and dates that exist."""

from collections.abc import Collection, Iterable, Iterator
from zoneinfo import ZoneInfo

from miaohui.domain.rules.findings import Finding, Path, path_text
from miaohui.domain.rules.local_times import clock_micros
from miaohui.domain.rules.opening_calendar import (
    ALL_DAYS,
    Holiday,
    OpeningHours,
    Override,
    Period,
)
from miaohui.domain.vocabulary.instants import DAY_MICROS
from miaohui.domain.vocabulary.problems import Problem


def problems_of(calendar: OpeningHours) -> list[Problem]:
    """Everything wrong with opening hours at once; empty when they are sound."""
    return [
        Problem(found.key, {"path": path_text(found.path), **found.values})
        for found in opening_findings(calendar)
    ]


def opening_findings(calendar: OpeningHours) -> Iterator[Finding]:
    """Everything wrong with opening hours, each with its path, for a caller who knows the lines."""
    yield from _timezone_findings(calendar.timezone)
    yield from _period_findings(("weekly",), calendar.weekly)
    yield from _period_findings(("breaks",), calendar.breaks)
    yield from _holiday_findings(calendar.holidays)
    yield from _override_findings(calendar.overrides)


def _timezone_findings(name: str) -> Iterator[Finding]:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        yield Finding(("timezone",), key="opening_hours.unknown_timezone", values={"value": name})


def _period_findings(path: Path, periods: Iterable[Period]) -> Iterator[Finding]:
    for place, period in enumerate(periods):
        yield from _time_findings((*path, place, "from"), period.from_)
        yield from _time_findings((*path, place, "until"), period.until)
        if clock_micros(period.from_) == DAY_MICROS:
            yield Finding((*path, place, "from"), key="opening_hours.begins_at_end_of_day")
        yield from _weekday_findings((*path, place, "days"), period.days)


def _time_findings(path: Path, text: str) -> Iterator[Finding]:
    if clock_micros(text) is None:
        yield Finding(path, key="opening_hours.not_a_local_time", values={"value": text})


def _weekday_findings(path: Path, days: Collection[int]) -> Iterator[Finding]:
    if not days:
        yield Finding(path, key="opening_hours.weekdays_missing")
    for day in days:
        if day not in ALL_DAYS:
            yield Finding(path, key="opening_hours.not_a_weekday", values={"value": day})


def _holiday_findings(holidays: Iterable[Holiday]) -> Iterator[Finding]:
    for place, holiday in enumerate(holidays):
        if holiday.until is not None and holiday.until < holiday.day:
            values = {"from": holiday.day.isoformat(), "until": holiday.until.isoformat()}
            path: Path = ("holidays", place)
            yield Finding(path, key="opening_hours.dates_backward", values=values)
        yield from _period_findings(("holidays", place, "closed"), holiday.closed)


def _override_findings(overrides: Iterable[Override]) -> Iterator[Finding]:
    seen = set()
    for place, override in enumerate(overrides):
        if override.day in seen:
            values = {"value": override.day.isoformat()}
            path: Path = ("overrides", place, "day")
            yield Finding(path, key="opening_hours.overridden_twice", values=values)
        seen.add(override.day)
        yield from _period_findings(("overrides", place, "hours"), override.hours)
