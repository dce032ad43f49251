"""The open house: everything that lives while `miaohui serve` runs, put together and taken down."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, closing
from functools import partial
from typing import NamedTuple

import structlog
from litestar import Litestar

from miaohui.adapters.channels.webhook.capabilities import SENDABLE
from miaohui.adapters.channels.webhook.signature import new_secret
from miaohui.adapters.pack_files.headings import built_in_packs
from miaohui.adapters.secrets.argon2_passwords import Argon2Passwords
from miaohui.adapters.secrets.timed_codes import TimedCodes
from miaohui.adapters.storage.chat_ports import Chats
from miaohui.adapters.storage.directory_ports import Author
from miaohui.adapters.storage.settings_ports import Settings as StoredSettings
from miaohui.adapters.storage.table_ports import Tables
from miaohui.adapters.storage.tables.answers import TableAnswers
from miaohui.adapters.storage.tables.directory.directory import TableDirectory
from miaohui.adapters.storage.tables.settings import TableSettings
from miaohui.api.house import HouseDoor, house_app
from miaohui.app.channels import OpenChannels
from miaohui.app.config import Settings
from miaohui.app.language import say
from miaohui.app.packs import chosen_pack, wrong_pack
from miaohui.app.places import place_of
from miaohui.app.settings.listed import Listed, listed_settings
from miaohui.app.wiring import OpenLog, now, open_log_at, open_tables_at
from miaohui.domain.desk.floor.floor import Floor
from miaohui.domain.desk.routing.sorting import RoutingSettings
from miaohui.pipelines.channel_health import ChannelHealth
from miaohui.pipelines.desk import Desk
from miaohui.pipelines.ephemera import Ephemera
from miaohui.pipelines.furnishing import Furnishing
from miaohui.pipelines.house import House
from miaohui.pipelines.intake import Intake
from miaohui.pipelines.keeping import Keeping, lay_floor, lay_shop
from miaohui.pipelines.known_settings import Standing
from miaohui.pipelines.live import Live
from miaohui.pipelines.pulse import Pulse
from miaohui.pipelines.rule_book import RuleBook
from miaohui.pipelines.running_figures import RunningFigures
from miaohui.pipelines.sending import Postman
from miaohui.pipelines.set_up import SetUp, set_up_of
from miaohui.pipelines.shop_channels import ShopChannels, open_kept
from miaohui.pipelines.syncing import Syncing
from miaohui.pipelines.tidying import Tidying
from miaohui.pipelines.tokens import new_id
from miaohui.pipelines.watching import COME_AGAIN, Watching
from miaohui.pipelines.webhooks import Webhooks

RESTART_SECONDS = 1.0
log_book = structlog.get_logger(room="house")


class Rooms(NamedTuple):
    """What an open house stands on."""

    log: OpenLog
    chats: Chats
    tables: Tables
    people: House
    set_up: SetUp
    settings: StoredSettings
    health: ChannelHealth
    channels: OpenChannels


class Desks(NamedTuple):
    """What lives on the floor."""

    live: Live
    keeping: Keeping
    watching: Watching
    pulse: Pulse
    postman: Postman
    tidying: Tidying


class Open(NamedTuple):
    """An open house: its application, and the token for its first owner while it has none."""

    app: Litestar
    set_up: SetUp


@asynccontextmanager
async def opened_house(settings: Settings) -> AsyncIterator[Open]:
    """The application over an open log; at the end everything handed in is on the disk."""
    place = place_of(settings.log)
    with open_log_at(place, create=True) as log, closing(open_tables_at(place, False)) as tables:
        rooms = _rooms(settings, log, tables)
        _list_channels(rooms)
        intake = Intake(log, now)
        app, desks = _put_together(rooms, intake)
        try:
            await lay_floor(
                desks.live, desks.keeping, rooms.chats, rooms.people.directory.listed_shops(), now()
            )
            async with _running(desks):
                yield Open(app, rooms.set_up)
                desks.watching.dismiss(COME_AGAIN)
        finally:
            await intake.close()
            await desks.keeping.keep()
            await rooms.channels.close()


def _rooms(settings: Settings, log: OpenLog, tables: Tables) -> Rooms:
    directory = TableDirectory(tables)
    people = House(directory, Argon2Passwords(), TimedCodes(), secrets.randbits)
    health = ChannelHealth(now)
    return Rooms(
        log=log,
        chats=log.chats(),
        tables=tables,
        people=people,
        set_up=set_up_of(people),
        settings=TableSettings(tables),
        health=health,
        channels=OpenChannels(settings.webhooks, now, health),
    )


def _list_channels(rooms: Rooms) -> None:
    """Shops and channels of the settings file are those of the house, too, and all that the house
    has are open."""
    directory = rooms.people.directory
    known = {shop.id for shop in directory.listed_shops()}
    author = Author(None, now())
    for shop, channel in rooms.channels.listed():
        if shop.id not in known:
            directory.keep_shop(shop, author)
        if channel.id not in {each.id for each in directory.channels(shop.id)}:
            directory.keep_channel(channel, author)
    for shop in directory.listed_shops():
        open_kept(rooms.channels, rooms.settings, directory.channels(shop.id))


def _put_together(rooms: Rooms, intake: Intake) -> tuple[Litestar, Desks]:
    directory = rooms.people.directory
    floor, rules = Floor(), RuleBook(chosen_pack, {each.id for each in built_in_packs()})
    listed = listed_settings(directory, rules.packs_in, secrets.randbits)
    standing = Standing(rooms.settings, listed.each())
    live = Live(floor, rooms.chats, intake, now, _id)
    live.offsets = rooms.health.offsets
    keeping, watching = Keeping(live, rooms.chats, now), Watching(floor)
    figures = RunningFigures(floor, rules.pack_of, now)
    for follower in (figures, watching, keeping):
        live.follow(follower)
    furnishing = Furnishing(
        live,
        watching,
        figures,
        rules,
        directory,
        lambda shop: standing.value(listed.routing, shop) or RoutingSettings(),
        lambda shop: lay_shop(keeping, rooms.chats, shop, now()),
    )
    furnishing.everything()
    pulse = Pulse(floor, watching, figures, rules, partial(_lines, standing, listed), now)
    postman = Postman(rooms.log, intake, rooms.channels.senders, now, _chance)
    answers = TableAnswers(rooms.tables)
    door = HouseDoor(
        intake=intake,
        log=rooms.log,
        doors=rooms.channels.doors,
        people=rooms.people,
        set_up=rooms.set_up,
        answers=answers,
        live=live,
        chats=rooms.chats,
        desk=Desk(live, rooms.channels.capabilities, now, _id),
        watching=watching,
        syncing=Syncing(live, watching, rooms.log, rooms.chats),
        ephemera=Ephemera(floor, watching),
        pulse=pulse,
        postman=postman,
        furnishing=furnishing,
        channels=ShopChannels(
            rooms.people, rooms.settings, rooms.channels, rooms.health, furnishing, rooms.log
        ),
        webhooks=Webhooks(rooms.settings, secrets.randbits, new_secret, SENDABLE),
        wrong=partial(wrong_pack, rules.pack),
        known=listed,
        standing=standing,
        followed={listed.routing.name: furnishing.shop, listed.lines.name: furnishing.lines},
        clock=now,
        new_id=_id,
        say=say,
    )
    tidying = Tidying(directory, answers, now)
    return house_app(door), Desks(live, keeping, watching, pulse, postman, tidying)


def _lines(standing: Standing, listed: Listed, shop: str) -> Mapping[str, float]:
    lines = standing.value(listed.lines, shop)
    return lines.values if lines else {}


@asynccontextmanager
async def _running(desks: Desks) -> AsyncIterator[None]:
    """The rivers flow; one that breaks is told and flows again."""
    rivers = {
        "live": desks.live.run,
        "keeping": desks.keeping.run,
        "pulse": desks.pulse.run,
        "sending": desks.postman.run,
        "tidying": desks.tidying.run,
    }
    tasks = [asyncio.create_task(_flowing(name, run)) for name, run in rivers.items()]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _flowing(name: str, run: Callable[[], Awaitable[None]]) -> None:
    while True:
        try:
            await run()
        except Exception:
            log_book.exception("river broke", river=name)
        await asyncio.sleep(RESTART_SECONDS)


def _id() -> str:
    return new_id(secrets.randbits, now())


def _chance() -> float:
    return secrets.randbits(53) / (1 << 53)
