"""Some days that the demo shop has behind it, so that lists, search and figures are not empty."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import islice
from random import Random

from msgspec.structs import replace

from miaohui.adapters.storage.ports import Bookmark, Log
from miaohui.app.demo.traffic import AGENTS, HISTORY_DAYS, PAST, TRAFFIC
from miaohui.app.wiring import now
from miaohui.domain.traffic.arrivals import local_days
from miaohui.domain.traffic.play import play_shop
from miaohui.domain.vocabulary.events import Event

BATCH = 4_000
BOOKMARK = "demo:history"
TURN = 0


def remember(log: Log, accounts: Sequence[str]) -> None:
    """Play the last days until now into a log, once; `accounts` are the agents who answered."""
    before = log.bookmark(BOOKMARK)
    if before is not None and before.done:
        return
    position = 0
    events = _past(accounts)
    while batch := list(islice(events, BATCH)):
        position += len(batch)
        # As it would have come in at the time, and not all of it just now.
        log.append(batch, batch[-1].at, Bookmark(BOOKMARK, position, done=False))
    log.append([], now(), Bookmark(BOOKMARK, position, done=True))


def _past(accounts: Sequence[str]) -> Iterator[Event]:
    """What happened until now; half a play that was broken off is played to the same end."""
    present = now()
    zone = timedelta(minutes=PAST.arrivals.utc_offset_minutes)
    today = (present + zone).date()
    days = local_days(today - timedelta(days=HISTORY_DAYS), HISTORY_DAYS + 1)
    random = Random(f"demo:{days[0]}")  # noqa: S311  believable, not secret
    for event in play_shop(PAST, TRAFFIC, days, random, TURN):
        if event.at > present:
            return
        yield _by(event, accounts)


def _by(event: Event, accounts: Sequence[str]) -> Event:
    """The same with the accounts of the house."""
    return replace(
        event,
        account=_account(event.account, accounts),
        payload=replace(event.payload, by=_account(event.payload.by, accounts)),
    )


def _account(played: str | None, accounts: Sequence[str]) -> str | None:
    if played is None:
        return None
    return accounts[(int(played[-2:]) - 1) % AGENTS]
