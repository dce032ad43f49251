"""The open house: everything that lives while `miaohui serve` runs, put together and taken down."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial
from typing import NamedTuple

from litestar import Litestar
from litestar.types import ASGIApp

from miaohui.adapters.channels.webhook.capabilities import SENDABLE
from miaohui.adapters.channels.webhook.signature import new_secret
from miaohui.adapters.pack_files.headings import built_in_packs
from miaohui.adapters.storage.tables.answers import TableAnswers
from miaohui.adapters.storage.tables.desk import TableDesk
from miaohui.api.built_files import built_files
from miaohui.api.house import HouseDoor, house_app
from miaohui.api.request_log import RequestLog
from miaohui.app.alarms import AlarmGround, AlarmsRoom, alarms_room
from miaohui.app.care import Care, care_of
from miaohui.app.config import Settings
from miaohui.app.interpreter import collect_seldom, set_for_a_house
from miaohui.app.language import say
from miaohui.app.monitoring import Monitoring
from miaohui.app.packs import chosen_pack, sound_packs, wrong_pack
from miaohui.app.rivers import Rivers, flowing
from miaohui.app.rooms import Rooms, opened_rooms
from miaohui.app.settings.listed import Listed, listed_settings
from miaohui.app.webchat import BUILT, BuyersRoom, Ground, buyers_room
from miaohui.app.wiring import now
from miaohui.domain.desk.floor.floor import Floor
from miaohui.domain.desk.routing.sorting import RoutingSettings
from miaohui.domain.directory.retention import Retention
from miaohui.pipelines.desk import Desk
from miaohui.pipelines.ephemera import Ephemera
from miaohui.pipelines.furnishing import Furnishing
from miaohui.pipelines.indexing import Indexing
from miaohui.pipelines.intake import Intake
from miaohui.pipelines.keeping import Keeping, lay_floor, lay_shop
from miaohui.pipelines.known_settings import Standing
from miaohui.pipelines.live import Live
from miaohui.pipelines.progress import Progress
from miaohui.pipelines.pulse import Pulse
from miaohui.pipelines.retaining import Kept
from miaohui.pipelines.rule_book import RuleBook
from miaohui.pipelines.running_figures import RunningFigures
from miaohui.pipelines.sending import Postman
from miaohui.pipelines.set_up import SetUp
from miaohui.pipelines.shop_channels import ShopChannels
from miaohui.pipelines.syncing import Syncing
from miaohui.pipelines.tasks import Tasks
from miaohui.pipelines.tidying import Tidying
from miaohui.pipelines.tokens import new_id
from miaohui.pipelines.visits import Visits
from miaohui.pipelines.watching import COME_AGAIN, Watching
from miaohui.pipelines.webhooks import Webhooks

BUILT_DESK = BUILT.parent / "desk"
GOODBYE_SECONDS, GOODBYE_LOOKS = 3.0, 60


class Desks(NamedTuple):
    """What lives on the floor."""

    live: Live
    keeping: Keeping
    watching: Watching
    furnishing: Furnishing
    figures: RunningFigures
    pulse: Pulse
    postman: Postman
    indexing: Indexing
    tidying: Tidying
    ephemera: Ephemera
    buyers: BuyersRoom
    care: Care
    alarms: AlarmsRoom


class Rules(NamedTuple):
    """By what the house goes: packs, and everything that can be set while it is open."""

    book: RuleBook
    listed: Listed
    standing: Standing


class OpenHouse(NamedTuple):
    """What a server serves, how it says goodbye to the pages before it stops, and the token for
    the first owner while there is none."""

    app: ASGIApp
    say_goodbye: Callable[[], Awaitable[None]]
    set_up: SetUp


@asynccontextmanager
async def opened_house(settings: Settings) -> AsyncIterator[OpenHouse]:
    """The application over an open log; at the end everything handed in is on the disk."""
    monitoring = Monitoring(now)
    with opened_rooms(settings, monitoring.monitor.knocked) as rooms:
        intake = Intake(rooms.log, now, committing=monitoring.monitor.committing)
        rules = _rules(rooms)
        desks = _desks(settings, rooms, rules, intake, monitoring)
        _watch(settings, monitoring, intake, desks)
        app = _app(settings, rooms, rules, desks, intake, monitoring)
        shops = rooms.people.directory.listed_shops()
        try:
            await lay_floor(desks.live, desks.keeping, rooms.chats, shops, now())
            rivers = flowing(_rivers(desks), monitoring.monitor.river_broke)
            with set_for_a_house():
                async with rivers:
                    goodbye = partial(_say_goodbye, desks.watching, desks.buyers.visits)
                    yield OpenHouse(RequestLog(app, _id), goodbye, rooms.set_up)
        finally:
            await intake.close()
            await desks.keeping.keep()
            await desks.buyers.marks.keep()
            await desks.alarms.ways.close()
            await rooms.webhooks.close()


def _rules(rooms: Rooms) -> Rules:
    book = RuleBook(chosen_pack, {each.id for each in built_in_packs()})
    listed = listed_settings(rooms.people.directory, book.packs_in, secrets.randbits)
    return Rules(book, listed, Standing(rooms.settings, listed.each()))


def _desks(
    settings: Settings, rooms: Rooms, rules: Rules, intake: Intake, monitoring: Monitoring
) -> Desks:
    floor, directory = Floor(), rooms.people.directory
    live = Live(floor, rooms.chats, intake, now, _id, monitoring.decided)
    live.offsets = rooms.health.offsets
    keeping, watching = Keeping(live, rooms.chats, now), Watching(floor)
    figures = RunningFigures(floor, rules.book.pack_of, now)
    furnishing = Furnishing(
        live,
        watching,
        figures,
        rules.book,
        directory,
        lambda shop: rules.standing.value(rules.listed.routing, shop) or RoutingSettings(),
        lambda shop: lay_shop(keeping, rooms.chats, shop, now()),
    )
    for follower in (figures, watching, keeping):
        live.follow(follower)
    ephemera, progress = Ephemera(floor, watching), Progress(live, watching)
    rulings = rules.book, rules.listed, rules.standing
    floor_life = live, watching, ephemera, figures, furnishing
    alarms = alarms_room(AlarmGround(settings, rooms, *rulings, *floor_life, monitoring.notified))
    furnishing.everything()
    postman = Postman(rooms.log, intake, rooms.channels.senders, now, _chance)
    for listener in (monitoring.tried, progress.noted):
        postman.tell(listener)
    buyers = buyers_room(_ground(rooms, intake, live, watching, ephemera, progress))
    return Desks(
        live,
        keeping,
        watching,
        furnishing,
        figures,
        Pulse(floor, watching, figures, rules.book, partial(_lines, rules), now),
        postman,
        Indexing(rooms.search, intake),
        Tidying(directory, TableAnswers(rooms.tables), now),
        ephemera,
        buyers,
        care_of(settings, rooms, intake, live, watching, buyers.door, _kept(rooms, rules)),
        alarms,
    )


def _kept(rooms: Rooms, rules: Rules) -> Kept:
    return Kept(rooms.people.directory.listed_shops, partial(_retention, rules))


def _retention(rules: Rules, shop: str) -> tuple[Retention, datetime | None]:
    known, standing = rules.listed.retention, rules.standing
    stored = standing.stored(known, shop)
    return standing.value(known, shop) or Retention(), stored.changed_at if stored else None


def _lines(rules: Rules, shop: str) -> Mapping[str, float]:
    lines = rules.standing.value(rules.listed.lines, shop)
    return lines.values if lines else {}


def _ground(
    rooms: Rooms,
    intake: Intake,
    live: Live,
    watching: Watching,
    ephemera: Ephemera,
    progress: Progress,
) -> Ground:
    return Ground(
        log=rooms.log,
        chats=rooms.chats,
        media=rooms.log.media(),
        buyers=rooms.buyers,
        tables=rooms.tables,
        settings=rooms.settings,
        intake=intake,
        live=live,
        watching=watching,
        ephemera=ephemera,
        progress=progress,
        webchats=rooms.webchats.webchats,
        clock=now,
        chance=secrets.randbits,
        say=say,
    )


def _watch(settings: Settings, monitoring: Monitoring, intake: Intake, desks: Desks) -> None:
    monitoring.watch_intake(intake)
    monitoring.watch_floor(desks.live.floor, desks.watching)
    if settings.metrics_per_shop:
        monitoring.watch_figures(desks.live.floor, desks.figures)


def _app(
    settings: Settings,
    rooms: Rooms,
    rules: Rules,
    desks: Desks,
    intake: Intake,
    monitoring: Monitoring,
) -> Litestar:
    live, watching, furnishing = desks.live, desks.watching, desks.furnishing
    desk = Desk(live, rooms.channels.capabilities, now, _id, rooms.log.media())
    door = HouseDoor(
        intake=intake,
        log=rooms.log,
        doors=rooms.channels.doors,
        people=rooms.people,
        set_up=rooms.set_up,
        answers=TableAnswers(rooms.tables),
        live=live,
        chats=rooms.chats,
        search=rooms.search,
        desk=desk,
        tasks=Tasks(live, desk),
        store=TableDesk(rooms.tables),
        watching=watching,
        syncing=Syncing(live, watching, rooms.log, rooms.chats, desks.alarms.bell.whole),
        ephemera=desks.ephemera,
        pulse=desks.pulse,
        postman=desks.postman,
        furnishing=furnishing,
        channels=ShopChannels(rooms.people, rooms.channels, rooms.health, furnishing, rooms.log),
        webhooks=Webhooks(rooms.settings, secrets.randbits, new_secret, SENDABLE),
        wrong=partial(wrong_pack, rules.book.pack),
        known=rules.listed,
        standing=rules.standing,
        followed={
            rules.listed.routing.name: furnishing.shop,
            rules.listed.lines.name: furnishing.lines,
            rules.listed.alarms.name: desks.alarms.settings_changed,
        },
        buyers=desks.buyers.door,
        erasing=desks.care.erasing,
        forgetting=desks.care.forgetting,
        alarms=desks.alarms.door(),
        reaching=desks.alarms.ways.reaching,
        settings=rooms.settings,
        built=built_files(BUILT),
        desk_built=built_files(BUILT_DESK),
        packs=rules.book.in_force,
        known_packs=partial(sound_packs, rules.book.pack),
        clock=now,
        new_id=_id,
        say=monitoring.counting(say),
        words=say,
        monitoring=monitoring.door(rooms.log, settings.metrics_token),
    )
    return house_app(door)


def _rivers(desks: Desks) -> Rivers:
    return {
        "live": desks.live.run,
        "keeping": desks.keeping.run,
        "pulse": desks.pulse.run,
        "sending": desks.postman.run,
        "indexing": desks.indexing.run,
        "tidying": desks.tidying.run,
        "garbage": collect_seldom,
        **desks.buyers.rivers(),
        **desks.care.rivers(),
        **desks.alarms.rivers(),
    }


async def _say_goodbye(watching: Watching, visits: Visits) -> None:
    """Every page is told to come again in a moment, and has a moment to hear it."""
    watching.dismiss(COME_AGAIN)
    visits.dismiss(COME_AGAIN)
    for _ in range(GOODBYE_LOOKS):
        if not watching.pages():
            return
        await asyncio.sleep(GOODBYE_SECONDS / GOODBYE_LOOKS)


def _id() -> str:
    return new_id(secrets.randbits, now())


def _chance() -> float:
    return secrets.randbits(53) / (1 << 53)
