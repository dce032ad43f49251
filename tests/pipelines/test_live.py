"""The floor follows the log: what was acknowledged can be asked for at once."""

import asyncio

from tests.adapters.storage.happenings import RECEIVED, message
from tests.pipelines.test_intake import SHOP, opened

from miaohui.adapters.pack_files.library import load_pack
from miaohui.domain.desk.floor.floor import Floor
from miaohui.domain.desk.floor.rules import ShopRules, steering_of
from miaohui.domain.desk.routing.sorting import RoutingSettings
from miaohui.pipelines.live import Live


def floor_of(channel: str) -> Floor:
    floor = Floor()
    floor.keep_shop(SHOP, ShopRules(RoutingSettings(), {channel: steering_of(load_pack("pdd"))}))
    return floor


def test_a_chat_that_has_just_begun_is_found_though_it_was_not_heard_yet():
    async def story() -> None:
        async with opened() as (intake, log, _):
            first = message("1")
            live = Live(floor_of(first.channel), log.chats(), intake, lambda: RECEIVED, str)
            live.open({})
            await intake.take([first])
            chat_id = live.chat_id(SHOP, first.channel, first.conversation)
            asking = asyncio.create_task(live.chat(chat_id))
            await asyncio.sleep(0.05)
            assert not asking.done()
            river = asyncio.create_task(live.run())
            chat = await asking
            river.cancel()
            assert chat is not None
            assert chat.buyer == first.buyer

    asyncio.run(story())


def test_a_chat_that_nobody_began_is_not_waited_for():
    async def story() -> None:
        async with opened() as (intake, log, _):
            live = Live(floor_of("pdd"), log.chats(), intake, lambda: RECEIVED, str)
            live.open({})
            async with asyncio.timeout(0.5):
                assert await live.chat("0" * 32) is None

    asyncio.run(story())
