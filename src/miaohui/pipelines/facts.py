"""From rows to a log, and from a log to figures."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from itertools import islice

from msgspec.structs import replace

from miaohui.adapters.storage.ports import Appended, Bookmark, Log
from miaohui.domain.analytics.assembly import report_of
from miaohui.domain.analytics.batch.engine import Progress
from miaohui.domain.analytics.facts import Facts
from miaohui.domain.analytics.report import Report, ShopReport
from miaohui.domain.rules.calendar import EVERY_DAY
from miaohui.domain.rules.pack import DateRange, Pack
from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.instants import instant_of, micros_of

BATCH_EVENTS = 4_000
Named = Callable[[str, str, Iterable[str]], Mapping[str, str]]


def pour(
    events: Iterable[Event],
    log: Log,
    fingerprint: str,
    start_row: int,
    now: Callable[[], datetime],
) -> Appended:
    """Append the rows of one file in batches, each with a bookmark in its own transaction.

    Interrupted anywhere, the log holds whole batches and the bookmark says where to go on.
    """
    added = repeated = 0
    position = start_row
    remaining = iter(events)
    while batch := list(islice(remaining, BATCH_EVENTS)):
        position += len(batch)
        taken = log.append(batch, now(), Bookmark(fingerprint, position, done=False))
        added, repeated = added + taken.added, repeated + taken.repeated
    log.append([], now(), Bookmark(fingerprint, position, done=True))
    return Appended(added, repeated)


def known_until(facts: Facts, now: datetime) -> datetime:
    """The newest instant of a whole log, repeats aside; `now` for an empty one."""
    return now if facts.newest_at is None else instant_of(facts.newest_at)


def figures(
    facts: Facts,
    pack: Pack,
    named: Named,
    as_of: datetime,
    wanted: DateRange = EVERY_DAY,
    hourly: bool = True,
    rejected_rows: int = 0,
    progress: Progress | None = None,
) -> Report:
    """The report of a log, with conversations under names that people know.

    As known at `as_of`: the newest instant of the whole log unless somebody asks for another,
    also where `facts` hold only some shops.
    """
    at = micros_of(as_of)
    report = report_of(facts, pack, at, wanted, hourly, rejected_rows, progress=progress)
    return replace(report, shops=tuple(_named_shop(shop, named) for shop in report.shops))


def _named_shop(shop: ShopReport, named: Named) -> ShopReport:
    if not shop.missed:
        return shop
    names: dict[tuple[str, str], str] = {}
    for channel in {chat.channel for chat in shop.missed}:
        asked = {chat.conversation for chat in shop.missed if chat.channel == channel}
        for conversation, name in named(shop.shop, channel, asked).items():
            names[channel, conversation] = name
    missed = (
        replace(
            chat,
            conversation=names.get((chat.channel, chat.conversation), chat.conversation),
        )
        for chat in shop.missed
    )
    return replace(shop, missed=tuple(missed))
