"""A real embedded log in a folder, and the figures that are read from it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from msgspec.structs import replace

from miaohui.adapters.storage.ports import Appended
from miaohui.adapters.storage.sqlite.log import SqliteLog, open_log
from miaohui.app.sources import LogSource
from miaohui.domain.analytics.report import Report
from miaohui.domain.rules.pack import Pack
from miaohui.domain.vocabulary.events import Event
from miaohui.pipelines import facts as river

FILE = "the fingerprint of a file"


def now() -> datetime:
    """A clock that stands still."""
    return datetime(2026, 12, 1, tzinfo=UTC)


def log_in(folder: Path) -> SqliteLog:
    """The log of a folder, made if there is none."""
    chance = Random(7)
    return open_log(folder / "log.db", folder / "master.key", now, chance.getrandbits)


def poured(
    log: SqliteLog, events: Sequence[Event], start_row: int = 0, batch: int = river.BATCH_EVENTS
) -> Appended:
    """Pour a file into the log in batches of a size."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(river, "BATCH_EVENTS", batch)
        return river.pour(iter(events), log, FILE, start_row, now)


def kept(log: SqliteLog) -> list[Event]:
    """What the log holds, shop by shop, without what chance gave it."""
    return [replace(event, id="") for shop in log.shops() for event in log.read(shop)]


def report_from(log: SqliteLog, pack: Pack, as_of: datetime | None = None) -> Report:
    """The report as the command makes it."""
    source = LogSource(log)
    facts = source.facts((), with_brief=True)
    return river.figures(facts, pack, source.named, as_of or river.known_until(facts, now()))


def unnamed(report: Report) -> Report:
    """The report with nobody's name in it."""
    shops = (
        replace(
            shop, missed=tuple(replace(missed, conversation="somebody") for missed in shop.missed)
        )
        for shop in report.shops
    )
    return replace(report, shops=tuple(shops))
