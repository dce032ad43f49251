"""Is the clock sane? Waits are counted by it, so that a clock that is wrong moves every figure."""

import http.client
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import miaohui
from miaohui.app.doctor.findings import Finding, fine, warning, wrong

CHECK = "clock"
DOUBT = timedelta(minutes=2)
OFF = timedelta(seconds=2)
ANSWER_SECONDS = 10.0
ZONE = "Asia/Shanghai"
SHOWN = "%Y-%m-%d %H:%M:%S %z"


def clock_findings(
    clock: Callable[[], datetime], newest_received_at: datetime | None, address: str | None
) -> Iterator[Finding]:
    """`newest_received_at`: when the newest event came into the log; `address`: whose clock to ask
    over HTTP, None: nobody's."""
    now = clock()
    installed = datetime.fromtimestamp(Path(miaohui.__file__).stat().st_mtime, UTC)
    shown = f"{now.astimezone():{SHOWN}}"
    if newest_received_at is not None and now < newest_received_at - DOUBT:
        yield wrong(CHECK, "clock_went_back", now=shown, newest=f"{newest_received_at:{SHOWN}}")
    elif now < installed - timedelta(days=1):
        yield wrong(CHECK, "clock_before_program", now=shown, installed=f"{installed:%Y-%m-%d}")
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
    except (OSError, ValueError, TypeError, http.client.HTTPException) as error:
        return warning(CHECK, "clock_not_told", address=address, reason=error)
    # A Date header has whole seconds, and stands for the middle of its second.
    seconds = (asked - theirs).total_seconds() - 0.5
    kind = fine if abs(seconds) <= OFF.total_seconds() else warning
    key = "clock_agrees" if kind is fine else "clock_off"
    return kind(CHECK, key, seconds=f"{seconds:+.1f}", address=address)


def _told_by(address: str, clock: Callable[[], datetime]) -> tuple[datetime, datetime]:
    """What somebody's clock says, and what ours said then."""
    asked = urlsplit(address)
    kinds = {"http": http.client.HTTPConnection, "https": http.client.HTTPSConnection}
    if asked.scheme not in kinds or not asked.hostname:
        raise ValueError(", ".join(f"{scheme}://" for scheme in kinds))
    connection = kinds[asked.scheme](asked.hostname, asked.port, timeout=ANSWER_SECONDS)
    try:
        connection.connect()
        before = clock()
        connection.request("HEAD", asked.path or "/")
        told = connection.getresponse().headers["date"]
        return parsedate_to_datetime(told), before + (clock() - before) / 2
    finally:
        connection.close()
