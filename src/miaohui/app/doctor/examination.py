"""All that is looked at, one after the other: what fails in one place keeps nobody from looking at
the next."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from miaohui.adapters.pack_files.headings import known_packs
from miaohui.adapters.storage.conditions import Condition
from miaohui.adapters.storage.master_key import default_master_key_file
from miaohui.app.config import Settings, read_settings
from miaohui.app.doctor.clock import clock_findings
from miaohui.app.doctor.database import CHECK as DATABASE
from miaohui.app.doctor.database import condition_of, database_findings
from miaohui.app.doctor.disk import disk_findings
from miaohui.app.doctor.door import door_findings
from miaohui.app.doctor.findings import Finding, fine, wrong_by, wrongs_of
from miaohui.app.doctor.house import PACKS, house_findings
from miaohui.app.doctor.key import key_findings
from miaohui.app.doctor.pages import page_findings
from miaohui.app.packs import pack_folders
from miaohui.app.places import Database, Place, place_of
from miaohui.app.wiring import open_log_at
from miaohui.domain.vocabulary.problems import ReaderError

SETTINGS = "settings"


class Wanted(NamedTuple):
    """What is to be looked at: `config`, the settings file; `deep`, every page of the log;
    `clock_of`, an HTTP address whose clock to ask."""

    config: Path | None
    deep: bool = False
    clock_of: str | None = None


def examined(
    wanted: Wanted, environment: Mapping[str, str], clock: Callable[[], datetime]
) -> Iterator[Finding]:
    """Everything found, in the order in which a house needs it."""
    try:
        settings = read_settings(wanted.config, environment)
    except ReaderError as error:
        yield from wrong_by(SETTINGS, error)
        settings = None
    else:
        yield fine(SETTINGS, "settings_sound", path=wanted.config or "-")
    if settings is None:
        yield from clock_findings(clock, None, wanted.clock_of)
    else:
        yield from _of_house(settings, wanted, environment, clock)
    yield from page_findings()


def _of_house(
    settings: Settings,
    wanted: Wanted,
    environment: Mapping[str, str],
    clock: Callable[[], datetime],
) -> Iterator[Finding]:
    place = place_of(settings.log)
    if not isinstance(place, Database):
        yield from disk_findings(place.absolute().parent)
    condition: Condition | None = None
    opens = True
    try:
        condition = condition_of(place, wanted.deep)
        yield from database_findings(place, condition)
    except ReaderError as error:
        opens = False
        yield from wrong_by(DATABASE, error)
    keys = list(_key_findings(environment, place, condition)) if opens else []
    yield from keys
    can_look = condition is not None and not condition.missing and condition.newer is None
    can_look = can_look and not any(each.level == "wrong" for each in keys)
    newest = _newest_received_at(place) if can_look else None
    yield from clock_findings(clock, newest, wanted.clock_of)
    yield from door_findings(settings)
    yield from wrongs_of(PACKS, known_packs(pack_folders()).problems)
    if can_look:
        yield from _or_told(DATABASE, lambda: house_findings(place, clock()))


def _key_findings(
    environment: Mapping[str, str], place: Place, condition: Condition | None
) -> Iterator[Finding]:
    mark = condition.key_mark if condition else None
    return key_findings(default_master_key_file(environment), place, mark)


def _newest_received_at(place: Place) -> datetime | None:
    """When the newest event of the shop that heard one last came in; None where nobody knows."""
    try:
        with open_log_at(place, create=False) as log:
            newest = log.chats().newest_seqs()
            last = [list(log.read(shop, seq - 1, 1)) for shop, seq in newest.items() if seq]
    except ReaderError:
        return None
    received = [event.received_at for events in last for event in events if event.received_at]
    return max(received, default=None)


def _or_told(check: str, look: Callable[[], Iterable[Finding]]) -> Iterator[Finding]:
    try:
        yield from look()
    except ReaderError as error:
        yield from wrong_by(check, error)
