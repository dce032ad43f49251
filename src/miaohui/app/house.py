"""The open house: everything that lives while `miaohui serve` runs, put together and taken down."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from functools import partial
from typing import NamedTuple

import msgspec
import structlog
from litestar.types import ASGIApp

from miaohui.adapters.pack_files.headings import built_in_packs
from miaohui.adapters.secrets.argon2_passwords import Argon2Passwords
from miaohui.adapters.secrets.timed_codes import TimedCodes
from miaohui.adapters.storage.chat_ports import Chats
from miaohui.adapters.storage.directory_ports import Author
from miaohui.adapters.storage.search_ports import Search
from miaohui.adapters.storage.settings_ports import Settings as StoredSettings
from miaohui.adapters.storage.table_ports import Tables
from miaohui.adapters.storage.tables.answers import TableAnswers
from miaohui.adapters.storage.tables.desk import TableDesk
from miaohui.adapters.storage.tables.directory.directory import TableDirectory
from miaohui.adapters.storage.tables.settings import TableSettings
from miaohui.api.house import HouseDoor, house_app
from miaohui.api.request_log import RequestLog
from miaohui.app.channels import OpenChannels
from miaohui.app.config import Settings
from miaohui.app.language import say
from miaohui.app.monitoring import Monitoring
from miaohui.app.packs import chosen_pack
from miaohui.app.places import place_of
from miaohui.app.wiring import OpenLog, now, open_log_at, open_tables_at
from miaohui.domain.desk.floor.floor import Floor
from miaohui.domain.desk.routing.sorting import RoutingSettings
from miaohui.pipelines.desk import Desk
from miaohui.pipelines.ephemera import Ephemera
from miaohui.pipelines.house import House, Knocked
from miaohui.pipelines.indexing import Indexing
from miaohui.pipelines.intake import Intake
from miaohui.pipelines.keeping import Keeping, lay_floor
from miaohui.pipelines.live import Live
from miaohui.pipelines.pulse import Pulse
from miaohui.pipelines.rule_book import RuleBook
from miaohui.pipelines.running_figures import RunningFigures
from miaohui.pipelines.sending import Postman
from miaohui.pipelines.syncing import Syncing
from miaohui.pipelines.tasks import Tasks
from miaohui.pipelines.tokens import new_id
from miaohui.pipelines.watching import Watching

RESTART_SECONDS = 1.0
CLOSING = 4_412  # a page is told to come again in a moment
GOODBYE_SECONDS, GOODBYE_LOOKS = 3.0, 60
ROUTING = "routing"
log_book = structlog.get_logger(room="house")


class Rooms(NamedTuple):
    """What an open house stands on."""

    log: OpenLog
    chats: Chats
    search: Search
    tables: Tables
    people: House
    settings: StoredSettings
    channels: OpenChannels


class Desks(NamedTuple):
    """What lives on the floor."""

    live: Live
    keeping: Keeping
    watching: Watching
    pulse: Pulse
    postman: Postman
    indexing: Indexing


class OpenHouse(NamedTuple):
    """What a server serves, and how it says goodbye to the pages before it stops."""

    app: ASGIApp
    say_goodbye: Callable[[], Awaitable[None]]


@asynccontextmanager
async def opened_house(settings: Settings) -> AsyncIterator[OpenHouse]:
    """The application over an open log; at the end everything handed in is on the disk."""
    place = place_of(settings.log)
    monitoring = Monitoring(now)
    with (
        open_log_at(place, create=True) as log,
        # The index is read and written beside the writer, in turns of its own.
        open_log_at(place, create=False) as beside,
        closing(open_tables_at(place, False)) as tables,
    ):
        rooms = _rooms(settings, log, beside, tables, monitoring.monitor.knocked)
        _list_channels(rooms)
        intake = Intake(log, now, committing=monitoring.monitor.committing)
        app, desks = _put_together(settings, rooms, intake, monitoring)
        try:
            await lay_floor(
                desks.live, desks.keeping, rooms.chats, rooms.people.directory.listed_shops(), now()
            )
            async with _running(desks, monitoring.monitor.river_broke):
                yield OpenHouse(app, partial(_say_goodbye, desks.watching))
        finally:
            await intake.close()
            await desks.keeping.keep()
            await rooms.channels.close()


def _rooms(
    settings: Settings, log: OpenLog, beside: OpenLog, tables: Tables, knocked: Knocked
) -> Rooms:
    directory = TableDirectory(tables)
    people = House(directory, Argon2Passwords(), TimedCodes(), secrets.randbits, knocked)
    channels = OpenChannels(settings.webhooks, now)
    settings_ = TableSettings(tables)
    return Rooms(log, log.chats(), beside.search(), tables, people, settings_, channels)


def _list_channels(rooms: Rooms) -> None:
    """Shops and channels of the settings file are those of the house, too."""
    directory = rooms.people.directory
    known = {shop.id for shop in directory.listed_shops()}
    author = Author(None, now())
    for shop, channel in rooms.channels.listed():
        if shop.id not in known:
            directory.keep_shop(shop, author)
        if channel.id not in {each.id for each in directory.channels(shop.id)}:
            directory.keep_channel(channel, author)


def _put_together(
    settings: Settings, rooms: Rooms, intake: Intake, monitoring: Monitoring
) -> tuple[ASGIApp, Desks]:
    floor, rules = Floor(), RuleBook(chosen_pack, {each.id for each in built_in_packs()})
    _furnish(floor, rules, rooms)
    live = Live(floor, rooms.chats, intake, now, _id, monitoring.decided)
    keeping, watching = Keeping(live, rooms.chats, now), Watching(floor)
    figures = RunningFigures(floor, rules.pack_of, now)
    for follower in (figures, watching, keeping):
        live.follow(follower)
    pulse = Pulse(floor, watching, figures, rules, lambda _: {}, now)
    postman = Postman(rooms.log, intake, rooms.channels.senders, now, _chance, monitoring.tried)
    monitoring.watch_intake(intake)
    monitoring.watch_floor(floor, watching)
    if settings.metrics_per_shop:
        monitoring.watch_figures(floor, figures)
    desk = Desk(live, rooms.channels.capabilities, now, _id)
    door = HouseDoor(
        intake=intake,
        doors=rooms.channels.doors,
        people=rooms.people,
        answers=TableAnswers(rooms.tables),
        live=live,
        chats=rooms.chats,
        search=rooms.search,
        desk=desk,
        tasks=Tasks(live, desk),
        store=TableDesk(rooms.tables),
        watching=watching,
        syncing=Syncing(live, watching, rooms.log, rooms.chats),
        ephemera=Ephemera(floor, watching),
        pulse=pulse,
        clock=now,
        new_id=_id,
        say=monitoring.counting(say),
        monitoring=monitoring.door(rooms.log, settings.metrics_token),
    )
    indexing = Indexing(rooms.search, intake)
    desks = Desks(live, keeping, watching, pulse, postman, indexing)
    return RequestLog(house_app(door), _id), desks


def _furnish(floor: Floor, rules: RuleBook, rooms: Rooms) -> None:
    """Everybody and every shop that the directory knows."""
    directory = rooms.people.directory
    for account in directory.accounts():
        floor.keep_account(account)
    routing = rooms.settings.all(ROUTING)
    for shop in directory.listed_shops():
        stored = routing.get(shop.id)
        said = msgspec.json.decode(stored.value, type=RoutingSettings) if stored else None
        channels = directory.channels(shop.id)
        floor.keep_shop(shop.id, rules.rules_of(shop, channels, said or RoutingSettings()))


@asynccontextmanager
async def _running(desks: Desks, broke: Callable[[str], None]) -> AsyncIterator[None]:
    """The rivers flow; one that breaks is told and flows again."""
    rivers = {
        "live": desks.live.run,
        "keeping": desks.keeping.run,
        "pulse": desks.pulse.run,
        "sending": desks.postman.run,
        "indexing": desks.indexing.run,
    }
    tasks = [asyncio.create_task(_flowing(name, run, broke)) for name, run in rivers.items()]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _flowing(
    name: str, run: Callable[[], Awaitable[None]], broke: Callable[[str], None]
) -> None:
    while True:
        try:
            await run()
        except Exception:
            log_book.exception("river broke", river=name)
            broke(name)
        await asyncio.sleep(RESTART_SECONDS)


async def _say_goodbye(watching: Watching) -> None:
    """Every page is told to come again in a moment, and has a moment to hear it."""
    watching.dismiss(CLOSING)
    for _ in range(GOODBYE_LOOKS):
        if not watching.pages():
            return
        await asyncio.sleep(GOODBYE_SECONDS / GOODBYE_LOOKS)


def _id() -> str:
    return new_id(secrets.randbits, now())


def _chance() -> float:
    return secrets.randbits(53) / (1 << 53)
