"""Is the clock sane? Waits are counted by it, so that a clock that is wrong moves every figure."""

import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import miaohui
from miaohui.app.doctor.findings import Finding, fine, warning, wrong

CHECK = "clock"
DOUBT = timedelta(minutes=2)
OFF = timedelta(seconds=2)
ANSWER_SECONDS = 10.0
ZONE = "Asia/Shanghai"


def clock_findings(
    clock: Callable[[], datetime], newest_received_at: datetime | None, address: str | None
) -> Iterator[Finding]:
    """`newest_received_at`: when the newest event came into the log; `address`: whose clock to ask
    over HTTP, None: nobody's."""
    now = clock()
    installed = datetime.fromtimestamp(Path(miaohui.__file__).stat().st_mtime, UTC)
    shown = f"{now.astimezone():%Y-%m-%d %H:%M:%S %z}"
    if newest_received_at is not None and now < newest_received_at - DOUBT:
        yield wrong(CHECK, "clock_went_back", now=shown, newest=f"{newest_received_at:%F %T %z}")
    elif now < installed - timedelta(days=1):
        yield wrong(CHECK, "clock_before_program", now=shown, installed=f"{installed:%F}")
    else:
        yield fine(CHECK, "clock_sane", now=shown)
    yield from _zones()
    if address is not None:
        yield _offset(clock, address)


def _zones() -> Iterator[Finding]:
    try:
        ZoneInfo(ZONE)
    except ZoneInfoNotFoundError:
        yield wrong(CHECK, "no_time_zones")


def _offset(clock: Callable[[], datetime], address: str) -> Finding:
    try:
        theirs, asked = _told_by(address, clock)
    except (OSError, ValueError, TypeError) as error:
        reason = getattr(error, "reason", None) or error
        return warning(CHECK, "clock_not_told", address=address, reason=reason)
    # A Date header has whole seconds, and stands for the middle of its second.
    seconds = (asked - theirs).total_seconds() - 0.5
    kind = fine if abs(seconds) <= OFF.total_seconds() else warning
    key = "clock_agrees" if kind is fine else "clock_off"
    return kind(CHECK, key, seconds=f"{seconds:+.1f}", address=address)


def _told_by(address: str, clock: Callable[[], datetime]) -> tuple[datetime, datetime]:
    """What somebody's clock says, and what ours said then."""
    if not address.startswith(("http://", "https://")):
        raise ValueError("http://, https://")
    request = urllib.request.Request(address, method="HEAD")  # noqa: S310
    before = clock()
    try:
        with urllib.request.urlopen(request, timeout=ANSWER_SECONDS) as answer:  # noqa: S310
            told = answer.headers["date"]
    except urllib.error.HTTPError as error:
        told = error.headers["date"]
    return parsedate_to_datetime(told), before + (clock() - before) / 2
