"""An alarm in a real browser: told on every screen of whoever can see to it, and taken there."""

from contextlib import AsyncExitStack
from typing import Any

import pytest
from playwright.async_api import Page, expect
from tests.journeys.alarming import only, set_up_alarms, trusted
from tests.journeys.clients import done
from tests.journeys.desks import Place, client, opened, run
from tests.journeys.screens import Screen, screen, sitting
from tests.journeys.serving import streamed, told
from tests.journeys.webchat_pages import browsing

from miaohui.domain.desk.alarms.settings import Kind

__all__ = ["trusted"]
NOBODY_THERE = only(
    Kind.ALL_OFFLINE,
    ("lead", 0, ["screen", "sound"]),
    ("owner", 0, ["screen"]),
    patience={"all_offline": 1},
)
COUNT_RINGS = """
window.rings = 0;
const { start } = OscillatorNode.prototype;
OscillatorNode.prototype.start = function (...when) {
  window.rings += 1;
  return start.apply(this, when);
};
"""


@pytest.fixture
def place(trusted):
    with opened(trusted) as place:
        run(set_up(place))
        yield place


async def set_up(place: Place) -> None:
    async with client(place.house, place.tokens["boss"]) as boss:
        await set_up_alarms(boss, NOBODY_THERE)


async def nobody_answers(place: Place) -> None:
    """A buyer asks, and nobody is there."""
    await streamed(place.house.port, [told("m1", "阿强")], 0)


async def looking(
    stack: AsyncExitStack, browser: Any, place: Place, who: str, **how: str
) -> Screen:
    """Somebody's page, before anything happens."""
    context = await sitting(browser, place, who, **how)
    await context.add_init_script(COUNT_RINGS)
    shown = await stack.enter_async_context(screen(context, place))
    await shown.page.locator(".top .presence, .top .ant-btn-circle").first.wait_for()
    return shown


async def list_of(page: Page) -> Any:
    """The alarms that the chip opens."""
    await page.get_by_role("button", name="1 条提醒").click()
    await page.locator(".alarm-list").wait_for()
    return page.locator(".alarm-list li")


async def tab_to(shown: Screen, wanted: Any) -> None:
    """By the keyboard, however many stops lie between."""
    for _ in range(10):
        if await wanted.evaluate("it => it === document.activeElement"):
            return
        await shown.press("Tab")
    raise AssertionError("cannot be reached by the keyboard")


def test_an_alarm_rings_in_the_top_bar_of_lead_and_owner_and_is_taken_there_once_for_both(place):
    async def story() -> None:
        async with browsing() as browser, AsyncExitStack() as stack:
            lead = await looking(stack, browser, place, "lead")
            boss = await looking(stack, browser, place, "boss", scheme="dark")
            lin = await looking(stack, browser, place, "lin")
            await nobody_answers(place)
            await expect(lead.page.locator(".alarm-chip")).to_have_text("1")
            await expect(lead.page.locator("body")).to_contain_text("没人在线，1 个买家在等")
            assert await lead.page.evaluate("rings") == 1
            assert await boss.page.evaluate("rings") == 0, "the owner's step has no sound"
            shown = await list_of(boss.page)
            assert await boss.serious() == []
            alarm = await list_of(lead.page)
            await expect(alarm).to_have_count(1)
            assert await lead.serious() == []
            await tab_to(lead, alarm.get_by_role("button"))
            await lead.press("Enter")
            await expect(alarm).to_contain_text("lead 在处理")
            await expect(shown).to_contain_text("lead 在处理")
            assert await lin.page.locator(".alarm-chip").count() == 0
            async with client(place.house, place.tokens["lin"]) as api:
                done(await api.put("/me/presence", json={"presence": "online"}))
            await expect(lead.page.locator(".alarm-chip")).to_have_count(0)

    run(story())


def test_on_a_phone_the_list_of_alarms_stays_on_the_screen(place):
    async def story() -> None:
        async with browsing() as browser, AsyncExitStack() as stack:
            lead = await looking(stack, browser, place, "lead", size="phone")
            await nobody_answers(place)
            await expect(await list_of(lead.page)).to_have_count(1)
            box = await lead.page.locator(".alarm-list").bounding_box()
            assert box
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 390
            assert await lead.serious() == []
            wide = "document.documentElement.scrollWidth > innerWidth"
            assert not await lead.page.evaluate(wide)

    run(story())
