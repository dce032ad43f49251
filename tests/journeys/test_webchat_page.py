"""A buyer opens the chat in a real browser: on a phone and a desk, in both languages."""

import asyncio
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from playwright.async_api import expect
from tests.journeys.buyers import Site, buyer, opened_site
from tests.journeys.desks import client
from tests.journeys.test_webchat import CHEN, answer, events_of, on_duty, picture, run
from tests.journeys.webchat_pages import (
    SETTINGS,
    SIZES,
    Visited,
    browsing,
    context,
    merchants_site,
    visited,
)

pytestmark = pytest.mark.skipif(
    not (Path(__file__).parents[2] / "src/miaohui/api/built/webchat/page.html").exists(),
    reason="the page has not been built: make setup",
)


@pytest.fixture
def site(tmp_path: Path):
    with opened_site(tmp_path, CHEN, settings=SETTINGS) as site:
        yield site


def with_browser(story: Any) -> None:
    """Play a story that needs a browser."""

    async def whole() -> None:
        async with browsing() as browser:
            await story(browser)

    run(whole())


UNSAID = ".line.buyer[aria-busy=true]"


async def chat_of(desk: Any) -> str:
    return await desk.until(lambda each: each.has("chen"))


@pytest.mark.parametrize(
    ("language", "size", "said"),
    [
        ("zh", "phone", ("人工客服", "已送达", "已读")),
        ("en", "desk", ("Our team", "Delivered", "Read")),
    ],
)
def test_a_buyer_asks_and_sees_who_answers(site, language, size, said):
    label, delivered, read = said

    async def story(browser) -> None:
        desk = await on_duty(site)
        page = await visited(await context(browser, size), site, language)
        await page.sees(SETTINGS.greeting[language])
        await page.sees("1 位客服在线" if language == "zh" else "1 online", ".header")
        await page.write("178，165 斤，这件穿 L 还是 XL")
        await page.sees(delivered, ".line.buyer")
        chat = await chat_of(desk)
        await page.sees("陈嘉", ".header h1")
        await page.sees(label, ".header h1")
        await desk.say(reading=chat)
        await page.sees(read, ".line.buyer")
        await desk.say(typing=chat)
        await page.page.locator(".typing").wait_for()
        seq = await answer(site, chat, text="亲，建议 XL\n看 https://shop.example/a?b=1。")
        await page.sees("亲，建议 XL", ".line.person")
        link = page.page.locator(".line.person a")
        assert await link.get_attribute("href") == "https://shop.example/a?b=1"
        assert "noopener" in (await link.get_attribute("rel") or "")
        assert await page.page.locator(".typing").count() == 0
        await desk.until(
            lambda each: {"chat": chat, "buyer": seq} in [s["seen"] for s in each.told("seen")]
        )
        assert page.complaints == []

    with_browser(story)


def test_a_machine_is_marked_as_one_and_markup_is_only_text(site):
    async def story(browser) -> None:
        page = await visited(await context(browser), site)
        await page.sees("自动助手", ".line.robot")
        await page.write("<img src=x onerror=alert(1)> & <b>粗</b>")
        await page.sees("<img src=x onerror=alert(1)> & <b>粗</b>", ".line.buyer")
        assert await page.page.locator(".bubble img, .bubble b").count() == 0
        assert page.complaints == []

    with_browser(story)


def test_pictures_go_both_ways_and_open_in_whole(site):
    async def story(browser) -> None:
        desk = await on_duty(site)
        page = await visited(await context(browser), site)
        file = {"name": "a.png", "mimeType": "image/png", "buffer": picture("teal")}
        await page.page.set_input_files("input[type=file]", files=[file])
        await page.page.locator(".line.buyer button.picture img").wait_for()
        chat = await chat_of(desk)
        async with client(site.house, site.tokens["chen"]) as api:
            kept = (await api.post(f"/chats/{chat}/media", content=picture("blue"))).json()
        await answer(site, chat, kind="image", media=kept["id"])
        theirs = page.page.locator(".line.person button.picture")
        await theirs.locator("img").wait_for()
        await theirs.click()
        whole = page.page.locator("dialog.whole img")
        await whole.wait_for()
        await expect(whole).to_have_js_property("naturalWidth", 320)
        await page.page.keyboard.press("Escape")
        assert await whole.count() == 0
        broken = {"name": "b.png", "mimeType": "image/png", "buffer": b"<svg/>"}
        await page.page.set_input_files("input[type=file]", files=[broken])
        await page.sees("没发出去：这个文件不是图片", ".refused")
        await page.page.get_by_role("button", name="不发了").click()
        assert await page.page.locator(".refused").count() == 0

    with_browser(story)


def test_the_thread_is_there_after_a_reload_in_a_second_tab_and_on_another_device(site):
    async def story(browser) -> None:
        desk = await on_duty(site)
        home = await context(browser)
        page = await visited(home, site)
        await page.write("一")
        await answer(site, await chat_of(desk), text="二")
        await page.sees("二")
        await page.page.reload()
        await page.sees("二")
        assert await page.texts() == ["一", "二"]
        tab = await visited(home, site)
        await tab.write("三")
        await page.sees("三")
        await page.page.get_by_role("button", name="更多").click()
        await page.page.get_by_role("button", name="在别的设备上接着聊").click()
        link = await page.page.locator(".sheet a").get_attribute("href")
        assert link
        phone = Visited(await (await context(browser)).new_page())
        await phone.open(link)
        await phone.sees("接着另一台设备上的对话？")
        assert await phone.texts() == []
        await phone.page.get_by_role("button", name="接着聊").click()
        await phone.sees("三")
        assert await phone.texts() == ["一", "二", "三"]
        assert "#" not in phone.page.url
        assert await home.cookies() == []
        assert page.complaints + tab.complaints + phone.complaints == []

    with_browser(story)


def test_a_link_that_somebody_else_sent_is_not_followed_unasked(site):
    async def story(browser) -> None:
        page = await visited(await context(browser), site, path=f"/webchat/{site.id}#abcdefgh")
        await page.sees("如果不是您自己要换设备")
        await page.page.get_by_role("button", name="接着聊").click()
        await page.sees("这个号码过期了")
        await page.page.get_by_role("button", name="不", exact=True).click()
        await page.write("在吗")
        await page.sees("已送达")
        assert "#" not in page.page.url

    with_browser(story)


def test_a_house_killed_under_the_page_loses_nothing_and_doubles_nothing(site):
    async def story(browser) -> None:
        home = await context(browser)
        page = await visited(home, site)
        await page.write("一")
        await page.sees("已送达")
        site.house.kill()
        await page.sees("断网了，正在重新连接", ".notice")
        await page.write("二")
        await page.write("三")
        await page.sees("断网了，2 条等着发", ".notice")
        again = site.again()
        try:
            await page.page.locator(".notice").wait_for(state="detached", timeout=60_000)
            await expect(page.page.locator(UNSAID)).to_have_count(0)
            assert await page.texts() == ["一", "二", "三"]
            again.house.kill()
            await page.sees("断网了")
            await page.write("四")
            await page.page.close()
            third = site.again()
            try:
                tab = await visited(home, third)
                await tab.page.locator(".line.buyer[aria-busy=false]").nth(3).wait_for()
                assert await tab.texts() == ["一", "二", "三", "四"]
            finally:
                third.house.close()
        finally:
            if again.house.process.poll() is None:
                again.house.kill()

    with_browser(story)
    said = [each.payload.text for each in events_of(site) if each.actor == "buyer"]
    assert said == ["一", "二", "三", "四"]


def test_where_no_socket_gets_through_the_page_goes_on_over_plain_requests(site):
    async def story(browser) -> None:
        desk = await on_duty(site)
        home = await context(browser)
        await home.route_web_socket(re.compile("/stream$"), lambda socket: socket.close())
        page = await visited(home, site)
        await page.write("在吗")
        await page.page.locator(".line.buyer[aria-busy=false]").wait_for(timeout=30_000)
        await answer(site, await chat_of(desk), text="在的")
        await page.sees("在的", ".line.person")
        await page.write("好的")
        await page.page.locator(".line.buyer[aria-busy=false]").nth(1).wait_for()
        assert await page.texts() == ["在吗", "在的", "好的"]
        await home.route(re.compile("/frames"), overtaken)
        for text in quick:
            await page.write(text)
        await expect(page.page.locator(UNSAID)).to_have_count(0, timeout=30_000)
        assert await page.texts() == ["在吗", "在的", "好的", *quick]

    async def overtaken(route: Any) -> None:
        """The first of a handful takes longer than those after it."""
        if route.request.method == "POST" and "第 0 句" in (route.request.post_data or ""):
            await asyncio.sleep(1)
        await route.continue_()

    quick = [f"第 {number} 句" for number in range(12)]
    with_browser(story)
    said = [each.payload.text for each in events_of(site) if each.actor == "buyer"]
    assert said == ["在吗", "好的", *quick]


def test_a_request_whose_answer_is_lost_doubles_nothing_and_keeps_the_order(site):
    answers_lost = 0

    async def lose_some(route: Any) -> None:
        nonlocal answers_lost
        if route.request.method == "POST" and answers_lost < 2:
            answers_lost += 1
            await route.fetch()
            await route.abort()
        else:
            await route.continue_()

    async def story(browser) -> None:
        home = await context(browser)
        await home.route_web_socket(re.compile("/stream$"), lambda socket: socket.close())
        page = await visited(home, site)
        await page.write("在吗")
        await page.page.locator(".line.buyer[aria-busy=false]").wait_for(timeout=30_000)
        await home.route(re.compile("/frames"), lose_some)
        for text in quick:
            await page.write(text)
        await expect(page.page.locator(UNSAID)).to_have_count(0, timeout=60_000)
        assert await page.texts() == ["在吗", *quick]

    quick = [f"第 {number} 句" for number in range(6)]
    with_browser(story)
    assert answers_lost == 2
    said = [each.payload.text for each in events_of(site) if each.actor == "buyer"]
    assert said == ["在吗", *quick]


def test_who_waits_sees_their_place_and_whoever_finds_nobody_leaves_a_word(site):
    async def story(browser) -> None:
        page = await visited(await context(browser), site)
        await page.sees("现在没有客服在线")
        await page.page.get_by_role("button", name="留个联系方式").click()
        await page.page.get_by_label("想问什么").fill("几点发货")
        await page.page.get_by_label("电话、微信或邮箱").fill("13812345678")
        await page.page.get_by_role("button", name="留言").click()
        await page.sees("收到了，有人来会先回您")
        await page.sees("已送达")
        await on_duty(site)
        others = [await buyer(site) for _ in range(3)]
        for each in others:
            await each.write("在吗")
        late = await visited(await context(browser), site)
        await late.page.get_by_role("button", name="转人工").click()
        await late.sees("转人工", ".line.buyer")
        await late.sees("您前面还有 3 位", ".standing")
        assert await late.page.get_by_role("button", name="转人工").count() == 0
        assert page.complaints == []

    with_browser(story)
    kinds = [each.kind for each in events_of(site)]
    assert kinds.count("human_requested") == 1


def test_a_buyer_rates_with_the_keyboard_only(site):
    async def story(browser) -> None:
        desk = await on_duty(site)
        page = await visited(await context(browser, "desk"), site)
        keys = page.page.keyboard
        focused = "document.activeElement.tagName"
        assert await page.page.evaluate(focused) == "TEXTAREA"
        await keys.type("在吗")
        await keys.press("Shift+Enter")
        await keys.type("有货吗")
        await keys.press("Enter")
        await page.sees("已送达")
        assert await page.texts() == ["在吗\n有货吗"]
        chat = await chat_of(desk)
        await answer(site, chat, text="有")
        await page.sees("有", ".line.person")
        async with client(site.house, site.tokens["chen"]) as api:
            assert (await api.put(f"/chats/{chat}/closure")).status_code == 200
        await page.sees("陈嘉这次帮到您了吗？")
        await page.page.locator(".scroll").focus()
        await keys.press("Tab")
        await keys.press("Space")
        await keys.press("ArrowRight")
        assert await page.page.get_by_label("一般").is_checked()
        await keys.press("Tab")
        await keys.type("还行")
        await keys.press("Tab")
        await keys.press("Tab")
        await keys.press("Enter")
        await page.sees("谢谢您的评价")
        await page.page.get_by_role("button", name="更多").focus()
        await keys.press("Enter")
        await keys.press("Tab")
        assert await page.page.evaluate("document.activeElement.textContent") == "评价这次服务"
        await keys.press("Escape")
        more = "document.activeElement.getAttribute('aria-label')"
        assert await page.page.evaluate(more) == "更多"
        assert page.complaints == []

    with_browser(story)
    (rated,) = [each for each in events_of(site) if each.kind == "rating.given"]
    assert (rated.payload.rating, rated.payload.text, rated.account) == ("2", "还行", "chen")


def test_what_the_merchant_asks_first_is_asked_before_the_first_message(tmp_path):
    asking = msgspec.structs.replace(SETTINGS, required=("name", "phone"))
    with opened_site(tmp_path, CHEN, settings=asking) as site:

        async def story(browser) -> None:
            page = await visited(await context(browser), site, "en")
            await page.write("Is it in stock?")
            await page.page.get_by_label("Your name").fill("Li")
            await page.page.get_by_label("Phone number").fill("13812345678")
            await page.page.keyboard.press("Enter")
            await page.sees("Delivered")
            await page.write("Hello?")
            await page.page.locator(".line.buyer").nth(1).wait_for()
            assert page.complaints == []

        with_browser(story)
        site.house.close()
        assert events_of(site)[0].payload.extra == {"name": "Li", "phone": "13812345678"}


@pytest.mark.parametrize(("language", "scheme"), [("zh", "light"), ("en", "dark")])
def test_nobody_is_kept_out_and_nothing_scrolls_sideways(site, language, scheme):
    async def story(browser) -> None:
        for size in SIZES:
            page = await visited(await context(browser, size, scheme, "reduce"), site, language)
            await page.sees(SETTINGS.greeting[language])
            assert await page.serious() == []
            await page.page.locator(".outlined").click()
            assert await page.serious() == []
            await _is_narrow(page, size)
        desk = await on_duty(site)
        page = await visited(await context(browser, "small", scheme, "reduce"), site, language)
        await page.write("https://shop.example/" + "a" * 200)
        chat = await chat_of(desk)
        await answer(site, chat, text="在的")
        await page.sees("在的", ".line.person")
        async with client(site.house, site.tokens["chen"]) as api:
            await api.put(f"/chats/{chat}/closure")
        await page.page.locator(".rate label").first.click()
        await page.page.locator(".menu > button").click()
        assert await page.serious() == []
        await page.page.locator(".menu li button").nth(1).click()
        await page.page.locator(".sheet dd.code").wait_for()
        assert await page.serious() == []
        await _is_narrow(page, "small")
        small = await page.page.evaluate(SMALL_TARGETS)
        assert small == []

    with_browser(story)


async def _is_narrow(page: Visited, size: str) -> None:
    assert await page.page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]


# Links inside a sentence are as high as its lines (WCAG 2.5.8).
SMALL_TARGETS = """
[...document.querySelectorAll('button, input, textarea, label.icon')]
    .filter((each) => each.type !== 'radio' && each.type !== 'file')
    .filter((each) => each.checkVisibility())
    .map((each) => [each.outerHTML.slice(0, 80), each.getBoundingClientRect()])
    .filter(([, box]) => box.height < 44 || box.width < 44)
    .map(([html]) => html)
"""


def test_the_button_on_a_site_opens_the_chat_and_counts_what_is_unread(tmp_path):
    with merchants_site() as shop:
        allowed = msgspec.structs.replace(SETTINGS, allowed_origins=(shop.origin,))
        with opened_site(tmp_path, CHEN, settings=allowed) as site:

            async def story(browser) -> None:
                desk = await on_duty(site)
                shop.body = await _with_two_lines(site)
                home = await context(browser, "desk")
                page = await Visited(await home.new_page()).open(shop.origin)
                button = page.page.get_by_role("button", name="联系客服")
                await button.click()
                inside = page.page.frame_locator("iframe")
                await inside.locator(".composer textarea").fill("在吗")
                await page.page.keyboard.press("Enter")
                await inside.get_by_text("已送达").wait_for()
                await inside.locator(".composer textarea").press("Escape")
                assert not await page.page.locator("iframe").is_visible()
                focus = "document.querySelector('body > div').shadowRoot.activeElement.tagName"
                assert await page.page.evaluate(focus) == "BUTTON"
                await answer(site, await chat_of(desk), text="在的")
                await page.page.get_by_role("button", name="联系客服，1 条未读").wait_for()
                await page.page.reload()
                await page.page.get_by_role("button", name="联系客服，1 条未读").click()
                await inside.get_by_text("在的").wait_for()
                await inside.get_by_role("button", name="收起聊天").click()
                await page.page.get_by_role("button", name="联系客服", exact=True).wait_for()
                assert await page.page.evaluate("typeof miaohui.open + typeof miaohui.close") == (
                    "functionfunction"
                )
                added = "Object.keys(window).filter((name) => !before.includes(name))"
                assert await page.page.evaluate(added) == ["miaohui"]
                assert await home.cookies() == []
                assert page.complaints == []
                assert await page.serious() == []

            with_browser(story)


def test_a_site_that_is_not_allowed_gets_no_button_and_no_frame(site):
    async def story(browser) -> None:
        with merchants_site() as shop:
            shop.body = await _with_two_lines(site)
            page = Visited(await (await context(browser, "desk")).new_page())
            await page.open(shop.origin)
            await asyncio.sleep(1)
            assert await page.page.get_by_role("button").count() == 0
            assert any("allowed origins" in each for each in page.complaints)
            shop.body = f'<iframe src="http://{site.house.address}/webchat/{site.id}"></iframe>'
            framing = await Visited(await (await context(browser, "desk")).new_page()).open(
                shop.origin
            )
            await asyncio.sleep(1)
            assert any("frame-ancestors" in each for each in framing.complaints)

    with_browser(story)


async def _with_two_lines(site: Site) -> str:
    """The merchant's page with the lines that the settings tell."""
    async with client(site.house, site.tokens["boss"]) as api:
        told = (await api.get("/shops/茶叶铺/channels/官网/webchat")).json()
    first, second = told["lines"]
    assert site.id in first
    assert site.id in second
    return (
        "<!doctype html><html lang=zh><title>店</title><main><h1>我的店</h1></main>"
        f"<script>var before = Object.keys(window)</script>{first}{second}</html>"
    )
