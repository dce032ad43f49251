"""What alarm settings must keep beyond their shape, every problem naming its field."""

from collections.abc import Iterator

from miaohui.domain.desk.alarms.settings import (
    FORESEEN,
    PERSONAL,
    AlarmSettings,
    Kind,
    Ladder,
    Level,
    QuietHours,
    Step,
    repeat_seconds,
)
from miaohui.domain.rules.findings import Finding, Path, path_text
from miaohui.domain.rules.local_times import clock_micros
from miaohui.domain.vocabulary.instants import DAY_MICROS
from miaohui.domain.vocabulary.problems import Problem

DAY_SECONDS = 86_400
LONGEST_COALESCING = 60


def problems_of(settings: AlarmSettings) -> list[Problem]:
    """Everything wrong with alarm settings at once; empty when they are sound."""
    return [
        Problem(found.key, {"path": path_text(found.path), **found.values})
        for found in alarm_findings(settings)
    ]


def alarm_findings(settings: AlarmSettings) -> Iterator[Finding]:
    """Everything wrong with alarm settings, each with its path."""
    for kind, ladder in settings.ladders.items():
        yield from _ladder_findings(("ladders", kind.value), kind, ladder)
    yield from _repeat_findings(settings)
    if settings.quiet_hours is not None:
        yield from _quiet_findings(("quiet_hours",), settings.quiet_hours)
    for field in settings.patience.__struct_fields__:
        seconds = getattr(settings.patience, field)
        yield from _between(("patience", field), seconds, 0, DAY_SECONDS)
    coalescing: Path = ("coalesce_seconds",)
    yield from _between(coalescing, settings.coalesce_seconds, 0, LONGEST_COALESCING)
    yield from _between(("misses_left_below",), settings.misses_left_below, 0, 1_000_000)


def _ladder_findings(path: Path, kind: Kind, ladder: Ladder) -> Iterator[Finding]:
    seen = set()
    for place, step in enumerate(ladder):
        yield from _step_findings((*path, place), kind, step)
        if (step.level, step.seconds) in seen:
            yield Finding((*path, place), key="alarm_settings.step_twice")
        seen.add((step.level, step.seconds))


def _step_findings(path: Path, kind: Kind, step: Step) -> Iterator[Finding]:
    yield from _between((*path, "seconds"), step.seconds, -DAY_SECONDS, DAY_SECONDS)
    if step.seconds < 0 and kind not in FORESEEN:
        yield Finding((*path, "seconds"), key="alarm_settings.not_foreseen")
    if step.level is Level.AGENT and kind not in PERSONAL:
        yield Finding((*path, "level"), key="alarm_settings.nobodys")
    if not step.ways:
        yield Finding((*path, "ways"), key="alarm_settings.no_way")


def _repeat_findings(settings: AlarmSettings) -> Iterator[Finding]:
    for level in Level:
        seconds = repeat_seconds(settings, level)
        if seconds is not None:
            path: Path = ("repeats", level.value)
            yield from _between(path, seconds, settings.coalesce_seconds + 1, DAY_SECONDS)


def _quiet_findings(path: Path, quiet: QuietHours) -> Iterator[Finding]:
    begins, ends = clock_micros(quiet.from_), clock_micros(quiet.until)
    if begins is None or begins == DAY_MICROS:
        yield _no_time((*path, "from"), quiet.from_)
    if ends is None:
        yield _no_time((*path, "until"), quiet.until)
    if begins is not None and ends is not None and (begins - ends) % DAY_MICROS == 0:
        yield Finding(path, key="alarm_settings.always_quiet")


def _no_time(path: Path, text: str) -> Finding:
    return Finding(path, key="alarm_settings.not_a_local_time", values={"value": text})


def _between(path: Path, seconds: int, least: int, most: int) -> Iterator[Finding]:
    if not least <= seconds <= most:
        values = {"value": seconds, "least": least, "most": most}
        yield Finding(path, key="alarm_settings.not_between", values=values)
