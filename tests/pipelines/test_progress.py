"""How far a message has come is told, and never backwards."""

import asyncio
import json

import msgspec
from tests.adapters.storage.happenings import RECEIVED, message
from tests.pipelines.test_intake import opened

from miaohui.adapters.pack_files.library import load_pack
from miaohui.adapters.storage.live_ports import Attempt, Sending
from miaohui.domain.desk.floor.chats import Chat
from miaohui.domain.desk.floor.floor import Floor
from miaohui.domain.desk.floor.rules import ShopRules, steering_of
from miaohui.domain.desk.routing.sorting import RoutingSettings
from miaohui.domain.directory.accounts import EVERY_SHOP, Account, Visibility
from miaohui.domain.directory.rights import OWNER
from miaohui.pipelines.live import Live
from miaohui.pipelines.progress import Progress
from miaohui.pipelines.watching import Watcher, Watching

SHOP, CHANNEL = "茶叶铺", "pdd"
BOSS = Account("boss", "boss", OWNER, shops=EVERY_SHOP, visibility=Visibility.ALL)


def told(*steps: tuple[str, Sending]) -> list[str]:
    """What the owner's page is told of message 2 when this is noted of it."""

    async def story() -> list[str]:
        async with opened() as (intake, log, _):
            floor = Floor()
            rules = ShopRules(RoutingSettings(), {CHANNEL: steering_of(load_pack("pdd"))})
            floor.keep_shop(SHOP, rules)
            watching = Watching(floor)
            live = Live(floor, log.chats(), intake, lambda: RECEIVED, str)
            frames: list[bytes] = []
            watching.enter(Watcher(BOSS, "pc", frames.append))
            progress = Progress(live, watching)
            event = msgspec.structs.replace(message("2"), seq=2)
            chat_id = live.chat_id(SHOP, CHANNEL, event.conversation)
            chat = Chat(chat_id, SHOP, CHANNEL, event.conversation, event.buyer)
            floor.enter(chat, [msgspec.structs.replace(message("1"), seq=1)])
            for who, state in steps:
                attempt = Attempt(SHOP, 2, state)
                if who == "postman":
                    progress.noted(event, attempt, 1)
                else:
                    progress.arrived(chat_id, [attempt])
            return [json.loads(frame)["sent"]["state"] for frame in frames]

    return asyncio.run(story())


QUEUED, SENT, DELIVERED = Sending.QUEUED, Sending.SENT, Sending.DELIVERED


def test_each_step_is_told():
    steps = [("postman", QUEUED), ("postman", SENT), ("page", DELIVERED)]
    assert told(*steps) == ["queued", "sent", "delivered"]


def test_what_has_arrived_is_not_told_to_be_on_its_way_by_news_that_come_later():
    steps = [("postman", QUEUED), ("page", DELIVERED), ("postman", SENT)]
    assert told(*steps) == ["queued", "delivered"]
