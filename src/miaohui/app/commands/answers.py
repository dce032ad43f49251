"""Options as people type them, turned into values; what cannot be read is told with its mend."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from miaohui.domain.rules.pack import DateRange
from miaohui.domain.vocabulary.problems import Problem, ReaderError


def day_of(typed: str | None, option: str) -> date | None:
    """A local day, `2026-11-01`."""
    if typed is None:
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise _unreadable("option.day", option, typed) from None


def days_of(first: str | None, last: str | None) -> DateRange:
    """Local days from `--from` to `--to`, both included."""
    days = DateRange(day_of(first, "--from"), day_of(last, "--to"))
    if days.from_ and days.until and days.from_ > days.until:
        values = {"from": days.from_, "to": days.until}
        raise ReaderError(Problem("option.days_backward", values))
    return days


def instant_of(typed: str | None, option: str, timezone: str) -> datetime | None:
    """An instant; without an offset it is in the pack's timezone."""
    if typed is None:
        return None
    try:
        instant = datetime.fromisoformat(typed)
    except ValueError:
        raise _unreadable("option.instant", option, typed) from None
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=ZoneInfo(timezone))
    return instant.astimezone(UTC)


def timezone_of(typed: str | None, otherwise: str) -> str:
    """A timezone's name."""
    try:
        return ZoneInfo(typed or otherwise).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise _unreadable("option.timezone", "--timezone", str(typed)) from None


def mapping_of(typed: Sequence[str]) -> dict[str, str]:
    """`column=header` pairs; `column==text` gives every row the same text."""
    mapping: dict[str, str] = {}
    for pair in typed:
        column, sign, header = pair.partition("=")
        if not sign or not column or not header:
            raise _unreadable("option.mapping", "--mapping", pair)
        mapping[column.strip()] = header
    return mapping


def lines_of(typed: Sequence[str]) -> dict[str, float]:
    """`threshold=value` pairs: the merchant's own value for a line; `62%` is 0.62."""
    lines: dict[str, float] = {}
    for pair in typed:
        threshold, _, value = pair.partition("=")
        try:
            percent = value.endswith("%")
            lines[threshold.strip()] = float(value.rstrip("%")) / (100 if percent else 1)
        except ValueError:
            raise _unreadable("option.line", "--line", pair) from None
    return lines


def one_of(typed: str, option: str, allowed: Sequence[str]) -> str:
    """One of a few words."""
    if typed not in allowed:
        values = {"option": option, "value": typed, "allowed": ", ".join(allowed)}
        raise ReaderError(Problem("option.one_of", values))
    return typed


def _unreadable(key: str, option: str, typed: str) -> ReaderError:
    return ReaderError(Problem(key, {"option": option, "value": typed}))
