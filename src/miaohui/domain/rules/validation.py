"""What a pack must keep beyond its shape: names that exist, hours and dates that make sense."""

from collections.abc import Collection, Iterator
from zoneinfo import ZoneInfo

import msgspec

from miaohui.domain.rules.figure_validation import figure_findings
from miaohui.domain.rules.findings import Finding, Path
from miaohui.domain.rules.layout_validation import layout_findings
from miaohui.domain.rules.pack import DateRange, Pack, Provenance, Strict, Window


def findings(pack: Pack) -> list[Finding]:
    """Everything wrong with a pack of the right shape, with its path; empty when it is sound."""
    return [
        *_timezone_findings(pack),
        *_duplicates(pack),
        *_unknown_sources(pack),
        *_unknown_names(pack),
        *_window_findings(pack),
        *_range_findings(pack),
        *_trigger_findings(pack),
        *figure_findings(pack),
        *layout_findings(pack),
    ]


def _timezone_findings(pack: Pack) -> Iterator[Finding]:
    try:
        ZoneInfo(pack.pack.timezone)
    except (KeyError, ValueError, OSError):
        yield Finding(("pack", "timezone"), "pack.unknown_timezone", {"value": pack.pack.timezone})


def _duplicates(pack: Pack) -> Iterator[Finding]:
    for section in _sections():
        seen: set[str] = set()
        for place, entry in enumerate(getattr(pack, section)):
            if entry.id in seen:
                yield Finding((section, place, "id"), "pack.duplicate_id", {"value": entry.id})
            seen.add(entry.id)


def _sections() -> list[str]:
    """The parts of a pack that are lists of entries with ids."""
    return [
        field.name
        for field in msgspec.structs.fields(Pack)
        if field.name not in ("pack", "conversation")
    ]


def _unknown_sources(pack: Pack) -> Iterator[Finding]:
    known = {source.id for source in pack.sources}
    for path, entry in _entries(pack):
        provenance = getattr(entry, "provenance", None)
        if isinstance(provenance, Provenance):
            yield from _unknown((*path, "provenance", "source"), provenance.source, known)


def _entries(pack: Pack) -> Iterator[tuple[Path, Strict]]:
    yield ("conversation",), pack.conversation
    for section in _sections():
        for place, entry in enumerate(getattr(pack, section)):
            yield (section, place), entry


def _unknown_names(pack: Pack) -> Iterator[Finding]:
    yield from _unknown_of_figures(pack)
    metrics = {metric.id for metric in pack.metrics}
    thresholds = {threshold.id for threshold in pack.thresholds}
    for place, overlay in enumerate(pack.overlays):
        yield from _unknown_each(("overlays", place, "applies_to"), overlay.applies_to, metrics)
    for place, threshold in enumerate(pack.thresholds):
        yield from _unknown(("thresholds", place, "metric"), threshold.metric, metrics)
    for place, entry in enumerate(pack.eligibility):
        yield from _unknown_each(("eligibility", place, "all_of"), entry.all_of, thresholds)
    for section in ("consequences", "penalties"):
        for place, entry in enumerate(getattr(pack, section)):
            yield from _unknown_each((section, place, "any_of"), entry.any_of, thresholds)


def _unknown_of_figures(pack: Pack) -> Iterator[Finding]:
    calendars = {calendar.id for calendar in pack.calendars}
    replies = {named.id for named in pack.reply_classes}
    for section in ("metrics", "indicators"):
        for place, figure in enumerate(getattr(pack, section)):
            yield from _unknown((section, place, "reply_class"), figure.reply_class, replies)
            if figure.calendar is not None:
                yield from _unknown((section, place, "calendar"), figure.calendar, calendars)


def _unknown_each(path: Path, names: Collection[str], known: Collection[str]) -> Iterator[Finding]:
    for place, name in enumerate(names):
        yield from _unknown((*path, place), name, known)


def _unknown(path: Path, name: str, known: Collection[str]) -> Iterator[Finding]:
    if name not in known:
        values = {"value": name, "allowed": ", ".join(sorted(known))}
        yield Finding(path, "pack.unknown_name", values)


def _window_findings(pack: Pack) -> Iterator[Finding]:
    for place, calendar in enumerate(pack.calendars):
        if not calendar.windows:
            yield Finding(("calendars", place, "windows"), "pack.windows_missing")
        yield from _backward_windows(("calendars", place, "windows"), calendar.windows)
    for place, overlay in enumerate(pack.overlays):
        path: Path = ("overlays", place, "windows")
        if overlay.kind == "exempt" and overlay.windows:
            yield Finding(path, "pack.windows_needless")
        if overlay.kind != "exempt" and not overlay.windows:
            yield Finding(path, "pack.windows_missing")
        yield from _backward_windows(path, overlay.windows)


def _backward_windows(path: Path, windows: Collection[Window]) -> Iterator[Finding]:
    for place, window in enumerate(windows):
        if window.from_ >= window.until:
            values = {"from": window.from_, "until": window.until}
            yield Finding((*path, place), "pack.window_backward", values)


def _range_findings(pack: Pack) -> Iterator[Finding]:
    yield from _backward_range(("pack", "effective"), pack.pack.effective)
    for path, entry in _entries(pack):
        effective = getattr(entry, "effective", None)
        if isinstance(effective, DateRange):
            yield from _backward_range((*path, "effective"), effective)
    for place, overlay in enumerate(pack.overlays):
        for nth, dates in enumerate(overlay.dates):
            yield from _backward_range(("overlays", place, "dates", nth), dates)


def _backward_range(path: Path, dates: DateRange) -> Iterator[Finding]:
    if dates.from_ and dates.until and dates.from_ > dates.until:
        values = {"from": dates.from_.isoformat(), "until": dates.until.isoformat()}
        yield Finding(path, "pack.dates_backward", values)


def _trigger_findings(pack: Pack) -> Iterator[Finding]:
    for place, entry in enumerate(pack.eligibility):
        if not entry.all_of and entry.condition is None:
            yield Finding(("eligibility", place, "all_of"), "pack.trigger_missing")
    for place, entry in enumerate(pack.consequences):
        if not entry.any_of and entry.condition is None:
            yield Finding(("consequences", place, "any_of"), "pack.trigger_missing")
    for place, penalty in enumerate(pack.penalties):
        if not penalty.any_of:
            yield Finding(("penalties", place, "any_of"), "pack.trigger_missing")
        if not penalty.amounts_fen:
            yield Finding(("penalties", place, "amounts_fen"), "pack.amounts_missing")
