"""What an open house stands on: its log, its tables, its people, its channels."""

import secrets
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import NamedTuple

from miaohui.adapters.secrets.argon2_passwords import Argon2Passwords
from miaohui.adapters.secrets.timed_codes import TimedCodes
from miaohui.adapters.storage.buyer_ports import Buyers
from miaohui.adapters.storage.chat_ports import Chats
from miaohui.adapters.storage.directory_ports import Author
from miaohui.adapters.storage.search_ports import Search
from miaohui.adapters.storage.settings_ports import Settings as StoredSettings
from miaohui.adapters.storage.table_ports import Tables
from miaohui.adapters.storage.tables.directory.directory import TableDirectory
from miaohui.adapters.storage.tables.settings import TableSettings
from miaohui.app.channels import OpenChannels
from miaohui.app.config import Settings
from miaohui.app.places import place_of
from miaohui.app.webchat import OpenWebchats
from miaohui.app.webhooks import OpenWebhooks
from miaohui.app.wiring import OpenLog, now, open_log_at, open_tables_at
from miaohui.pipelines.channel_health import ChannelHealth
from miaohui.pipelines.house import House, Knocked
from miaohui.pipelines.set_up import SetUp, set_up_of
from miaohui.pipelines.shop_channels import openings_of


class Rooms(NamedTuple):
    """What an open house stands on."""

    log: OpenLog
    chats: Chats
    search: Search
    buyers: Buyers
    tables: Tables
    people: House
    set_up: SetUp
    settings: StoredSettings
    health: ChannelHealth
    channels: OpenChannels
    webhooks: OpenWebhooks
    webchats: OpenWebchats


@contextmanager
def opened_rooms(settings: Settings, knocked: Knocked) -> Iterator[Rooms]:
    """The rooms over an open log, with every channel of the house open."""
    place = place_of(settings.log)
    with (
        open_log_at(place, create=True) as log,
        # The index is read and written beside the writer, in turns of its own.
        open_log_at(place, create=False) as beside,
        closing(open_tables_at(place, False)) as tables,
    ):
        rooms = _rooms(settings, log, beside, tables, knocked)
        _list_channels(rooms)
        yield rooms


def _rooms(
    settings: Settings, log: OpenLog, beside: OpenLog, tables: Tables, knocked: Knocked
) -> Rooms:
    directory = TableDirectory(tables)
    people = House(directory, Argon2Passwords(), TimedCodes(), secrets.randbits, knocked)
    kept, health, channels = TableSettings(tables), ChannelHealth(now), OpenChannels()
    return Rooms(
        log=log,
        chats=log.chats(),
        search=beside.search(),
        buyers=beside.buyers(),
        tables=tables,
        people=people,
        set_up=set_up_of(people),
        settings=kept,
        health=health,
        channels=channels,
        webhooks=OpenWebhooks(settings.webhooks, channels, kept, health, now),
        webchats=OpenWebchats(channels, kept, tables.keys),
    )


def _list_channels(rooms: Rooms) -> None:
    """Shops and channels of the settings file are those of the house, too, and all that the house
    has are open."""
    directory = rooms.people.directory
    known = {shop.id for shop in directory.listed_shops()}
    author = Author(None, now())
    for shop, channel in rooms.webhooks.listed():
        if shop.id not in known:
            directory.keep_shop(shop, author)
        if channel.id not in {each.id for each in directory.channels(shop.id)}:
            directory.keep_channel(channel, author)
    for shop in directory.listed_shops():
        for opened in openings_of(rooms.channels, directory, shop.id):
            opened()
