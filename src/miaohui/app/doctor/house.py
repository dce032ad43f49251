"""What the house itself has set: do its packs hold today, are mail and push plausible, and does
anything wait that should be done?"""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from miaohui.adapters.pack_files.headings import built_in_packs
from miaohui.adapters.storage.table_ports import Tables
from miaohui.adapters.storage.tables.directory.directory import TableDirectory
from miaohui.adapters.storage.tables.erasures import TableErasures
from miaohui.adapters.storage.tables.settings import TableSettings
from miaohui.app.doctor.findings import Finding, fine, warning, wrong, wrong_by
from miaohui.app.packs import chosen_pack
from miaohui.app.places import Place
from miaohui.app.settings.listed import listed_settings
from miaohui.app.wiring import open_tables_at
from miaohui.domain.desk.routing.sorting import RoutingSettings
from miaohui.domain.directory.accounts import Shop
from miaohui.domain.rules.pack import DateRange, Pack
from miaohui.domain.vocabulary.problems import ReaderError
from miaohui.pipelines.known_settings import Standing
from miaohui.pipelines.rule_book import RuleBook

PACKS, TELLING, CARE = "packs", "telling", "care"
WAITS_FOR = timedelta(hours=1)


def house_findings(place: Place, now: datetime) -> Iterator[Finding]:
    """Of a log whose tables are up to date: nothing is changed by opening it."""
    with closing(open_tables_at(place, create=False)) as tables:
        directory = TableDirectory(tables)
        try:
            book = RuleBook(chosen_pack, {each.id for each in built_in_packs()})
        except ReaderError as error:
            yield from wrong_by(PACKS, error)
            return
        shops = [each for each in directory.listed_shops() if each.active]
        for shop in shops:
            yield from _shop_findings(book, directory, shop, now)
        yield from _telling(tables, directory, book)
        yield from _waiting(tables, now)


def _shop_findings(
    book: RuleBook, directory: TableDirectory, shop: Shop, now: datetime
) -> Iterator[Finding]:
    try:
        book.rules_of(shop, directory.channels(shop.id), RoutingSettings())
        packs = {name: book.pack(name) for name in book.names_in(shop.id).values()}
    except ReaderError as error:
        yield from wrong_by(PACKS, error)
        return
    today = now.astimezone(ZoneInfo(shop.timezone)).date()
    for name, pack in packs.items():
        yield _pack_finding(shop, name, pack, today)
        unsure = sorted(_unconfirmed(pack, today))
        if unsure:
            told = ", ".join(unsure)
            yield warning(PACKS, "unconfirmed", shop=shop.name, pack=name, what=told)


def _pack_finding(shop: Shop, name: str, pack: Pack, today: date) -> Finding:
    effective = pack.pack.effective
    values = {"shop": shop.name, "pack": f"{name}@{pack.pack.version}"}
    if effective.until is not None and today > effective.until:
        return warning(PACKS, "out_of_date", **values, until=effective.until)
    if effective.from_ is not None and today < effective.from_:
        return warning(PACKS, "not_yet", **values, begins=effective.from_)
    return fine(PACKS, "pack_holds", **values)


def _unconfirmed(pack: Pack, today: date) -> Iterator[str]:
    """The lines that hold today and that nobody has confirmed."""
    for each in pack.thresholds:
        if each.provenance.confidence == "U" and _holds(each.effective, today):
            yield each.id


def _holds(dates: DateRange, day: date) -> bool:
    begun = dates.from_ is None or day >= dates.from_
    return begun and (dates.until is None or day <= dates.until)


def _telling(tables: Tables, directory: TableDirectory, book: RuleBook) -> Iterator[Finding]:
    listed = listed_settings(directory, book.packs_in, secrets.randbits)
    try:
        standing = Standing(TableSettings(tables), listed.each())
    except ReaderError as error:
        yield from wrong_by(TELLING, error)
        return
    mail, push = standing.value(listed.mail), standing.value(listed.push)
    if mail is None and push is None:
        yield warning(TELLING, "nobody_told")
        return
    if mail is not None:
        problems: Sequence[object] = listed.mail.problems("", mail)
        key = "mail_set" if not problems else "mail_implausible"
        yield (fine if not problems else wrong)(TELLING, key, host=mail.host, port=mail.port)
    if push is not None:
        yield fine(TELLING, "push_set", contact=push.contact)


def _waiting(tables: Tables, now: datetime) -> Iterator[Finding]:
    waits = TableErasures(tables).unfinished()
    since = min((each.asked_at for each in waits), default=datetime.max.replace(tzinfo=UTC))
    if now - since > WAITS_FOR:
        yield warning(CARE, "erasures_wait", count=len(waits), since=f"{since:%Y-%m-%d %H:%M}")
