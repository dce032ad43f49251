"""The settings and the first run in a real browser: a fresh house is opened, forms say what is
wrong beside the field, two people at one page lose nothing, and nobody is kept out."""

import re
from pathlib import Path

import pytest
from playwright.async_api import expect
from tests.journeys.clients import WORD, api, as_, done
from tests.journeys.desks import Place, opened, run
from tests.journeys.receiving import platform
from tests.journeys.screens import Screen, screen, sitting
from tests.journeys.serving import SHOP, House
from tests.journeys.webchat_pages import browsing

HOME = f"/shops/{SHOP}/settings"
PAGES = [
    *("accounts", "roles", "groups", "shops", "replies", "routing", "hours", "lines"),
    *("alarms", "ways", "me", "reach", "look", "keys", "audit", "retention"),
]
COLOURS = "[...document.querySelectorAll('main *')].map((e) => getComputedStyle(e).color).join()"
MINE = ["我的账号", "怎么叫到我", "外观与语言", "快捷回复", "规则与目标线"]

pytestmark = pytest.mark.skipif(
    not (Path(__file__).parents[2] / "src/miaohui/api/built/desk/index.html").exists(),
    reason="the screens have not been built: make setup",
)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    with opened(tmp_path_factory.mktemp("house")) as place:
        yield place


async def press(shown: Screen, name: str) -> None:
    """A button by its name, which may follow that of its icon."""
    await shown.page.get_by_role("button", name=re.compile(f"{name}$")).first.click()


async def saved(shown: Screen) -> None:
    """What was typed is kept."""
    await press(shown, "保存")
    await shown.sees("保存好了")


def test_a_fresh_house_is_opened_step_by_step_and_taken_up_where_it_was_left(tmp_path):
    house = House(tmp_path, empty=True)
    assert house.process.stdout is not None
    token = house.process.stdout.readline().split(":")[-1].strip()
    with platform() as there:
        place = Place(house, {}, tmp_path, there)
        try:
            welcome = run(_opened_in_a_browser(place, token))
            with api(house, welcome) as boss:
                (shop,) = done(boss.get("/shops"))
                assert (shop["id"], shop["pack"]) == ("云上衣橱", "pdd")
                hours = done(boss.get("/shops/云上衣橱/settings/hours"))["value"]
                assert [each["from"] for each in hours["weekly"]] == ["09:00"]
                alarms = done(boss.get("/shops/云上衣橱/settings/alarms"))["value"]
                assert alarms["quiet_hours"]["from"] == "22:00"
                (channel,) = done(boss.get("/shops/云上衣橱/channels"))
                chat = done(boss.get(f"/shops/云上衣橱/channels/{channel['id']}/webchat"))
                assert chat["settings"]["allowed_origins"] == ["https://www.example.com"]
                names = [each["name"] for each in done(boss.get("/accounts"))["items"]]
                assert sorted(names) == ["小林", "老板"]
        finally:
            house.kill()


async def _opened_in_a_browser(place: Place, token: str) -> str:
    async with browsing() as browser:
        context = await sitting(browser, place, None)
        async with screen(context, place) as shown:
            await shown.page.get_by_label("开张令牌").fill(token)
            await shown.page.get_by_label("账号").fill("老板")
            await shown.page.get_by_label("新密码").fill(WORD)
            await press(shown, "开张")
            await shown.sees("店叫什么，按哪个平台考核？")
            assert await shown.serious() == []
            await shown.page.get_by_label("店名").fill("云上衣橱")
            await shown.page.get_by_text("拼多多 2026").click()
            await press(shown, "下一步")
            await shown.page.get_by_text("一个人").click()
            await shown.page.reload()
            await shown.sees("平时谁在什么时候回消息？")
            await shown.page.get_by_text("一个人").click()
            await press(shown, "下一步")
            await press(shown, "生成邀请链接")
            link = await shown.page.locator(".to-copy code").inner_text()
            await press(shown, "下一步")
            await shown.page.get_by_label("官网的网址").fill("https://www.example.com/about")
            await press(shown, "接上")
            await shown.sees("<script src=", ".to-copy")
            await press(shown, "完成")
            await shown.page.get_by_role("link", name="去接待台").click()
            await shown.page.locator(".desk").wait_for()
            shown.complaints.clear()  # that nobody was logged in yet
        cookies = await context.cookies()
        await _joins(await (await sitting(browser, place, None)).new_page(), link)
        return next(each["value"] for each in cookies if each["name"] == "miaohui_session")


async def _joins(page, link: str) -> None:
    """Whoever has the link chooses a name and is at the desk."""
    await page.goto(link)
    await page.get_by_text("请你来做客服").wait_for()
    await page.get_by_label("账号").fill("小林")
    await page.get_by_label("新密码").fill("小林自己想的另一句话")
    await page.get_by_role("button", name="加入").click()
    await page.locator(".desk").wait_for()
    assert "#" not in page.url


def test_a_sub_account_is_added_refused_beside_its_field_and_logs_in(place):
    async def story() -> str:
        async with (
            browsing() as browser,
            screen(await sitting(browser, place, "boss"), place, "/settings") as shown,
        ):
            await press(shown, "添加子账号")
            await shown.page.get_by_label("登录名").fill("LIN")
            await shown.page.get_by_label("全部店铺，包括以后新开的").check()
            await press(shown, "保存")
            item = shown.page.locator(".ant-form-item", has=shown.page.get_by_label("登录名"))
            await expect(item.get_by_text("这个名字已有人用")).to_be_visible()
            shown.complaints.clear()  # that the house refused
            await press(shown, "取消")
            await shown.sees("刚才填的就没有了")
            await press(shown, "留在这里")
            await shown.page.get_by_label("登录名").fill("小吴")
            await press(shown, "保存")
            letter = await shown.page.locator(".to-copy code").inner_text()
            await press(shown, "已经存好了，关掉")
            await shown.page.get_by_role("button", name=re.compile("小吴")).wait_for()
            return letter

    letter = run(story())
    first = letter.splitlines()[-1].split(" ")[-1]
    with api(place.house) as anybody:
        knock = {"name": "小吴", "old_password": first, "new_password": WORD + "！"}
        assert done(anybody.put("/me/password", json=knock))["name"] == "小吴"


def test_two_people_at_one_page_lose_nothing_of_what_they_typed(place):
    async def story() -> None:
        async with (
            browsing() as browser,
            screen(await sitting(browser, place, "boss"), place, "/settings/alarms") as shown,
        ):
            left = shown.page.get_by_label("还可漏少于几个就提醒")
            await left.fill("9")
            with as_(place, "lead") as lead:
                theirs = {"coalesce_seconds": 7}
                done(lead.put(f"{HOME}/alarms", json={"value": theirs}))
            await press(shown, "保存")
            await shown.sees("刚才有人先改了这一页")
            shown.complaints.clear()
            await press(shown, "换成新的，留下我改的")
            await expect(left).to_have_value("9")
            await expect(shown.page.get_by_label("多少秒内的合成一条")).to_have_value("7")
            await saved(shown)
            await left.fill("3")
            await shown.page.get_by_role("link", name="分流").click()
            await shown.sees("刚才填的就没有了")
            await press(shown, "不要了，离开")
            await shown.sees("新来的买家给谁接")

    run(story())
    with as_(place, "boss") as boss:
        kept = done(boss.get(f"{HOME}/alarms"))
    assert kept["version"] == 2
    assert (kept["value"]["misses_left_below"], kept["value"]["coalesce_seconds"]) == (9, 7)
    assert kept["value"].get("ladders", {}) == {}


def test_the_hours_say_what_is_wrong_with_a_day_beside_it(place):
    async def story() -> None:
        async with (
            browsing() as browser,
            screen(await sitting(browser, place, "boss"), place, "/settings/hours") as shown,
        ):
            opens = shown.page.get_by_label("从", exact=True).first
            await opens.fill("930")
            await press(shown, "都和周一一样")
            await saved(shown)
            zone = shown.page.get_by_label("时区")
            await zone.fill("Mars")
            await press(shown, "保存")
            item = shown.page.locator(".ant-form-item", has=zone)
            await expect(item.get_by_text("没有时区 Mars")).to_be_visible()
            shown.complaints.clear()
            await press(shown, "不改了")
            await expect(zone).to_have_value("Asia/Shanghai")

    run(story())
    with as_(place, "boss") as boss:
        (week,) = done(boss.get(f"{HOME}/hours"))["value"]["weekly"]
    assert week == {"from": "09:30", "until": "23:00", "days": [1, 2, 3, 4, 5, 6, 7]}


def test_the_chat_of_the_own_site_is_shown_as_it_is_set_and_what_is_wrong_told_there(place):
    with as_(place, "boss") as boss:
        wanted = {"id": "官网", "kind": "webchat", "name": "官网"}
        done(boss.post(f"/shops/{SHOP}/channels", json=wanted), 201)
    path = f"/settings/shops?shop={SHOP}&channel=官网"

    async def story() -> None:
        async with (
            browsing() as browser,
            screen(await sitting(browser, place, "boss"), place, path) as shown,
        ):
            await shown.sees("<script src=", ".to-copy")
            await shown.page.get_by_label("开场的一句").first.fill("您好，我是自动助手。")
            await shown.sees("您好，我是自动助手。", ".preview")
            sites = shown.page.get_by_label("允许的网站")
            await sites.fill("www.example.com")
            await sites.press("Enter")
            await press(shown, "保存")
            item = shown.page.locator(".ant-form-item", has=sites)
            await expect(item.get_by_text("要写成 https://www.example.com 这样")).to_be_visible()
            assert [each for each in shown.complaints if "422" not in each] == []
            shown.complaints.clear()
            await sites.press("Backspace")
            await sites.fill("https://www.example.com")
            await sites.press("Enter")
            await saved(shown)

    run(story())
    with as_(place, "boss") as boss:
        kept = done(boss.get(f"/shops/{SHOP}/channels/官网/webchat"))["settings"]
    assert kept["allowed_origins"] == ["https://www.example.com"]
    assert kept["greeting"] == {"zh": "您好，我是自动助手。"}


def test_an_agent_finds_only_what_is_theirs(place):
    async def story() -> None:
        async with (
            browsing() as browser,
            screen(await sitting(browser, place, "lin"), place, "/settings") as shown,
        ):
            links = shown.page.locator(".settings-list a")
            await links.first.wait_for()
            assert sorted(await links.all_inner_texts()) == sorted(MINE)
            await shown.page.goto(f"http://{place.house.address}/settings/audit")
            await shown.sees("没有这一页，或者没有它的权限")

    run(story())


def test_nobody_is_kept_out_of_any_page(place):
    async def story() -> None:
        async with (
            browsing() as browser,
            screen(await sitting(browser, place, "boss"), place, "/settings") as shown,
        ):
            await shown.page.emulate_media(reduced_motion="reduce")
            await shown.page.reload()
            for name in PAGES:
                await shown.page.locator(f'.settings-list a[href^="/settings/{name}"]').click()
                await shown.page.locator(".settings-body .panel").first.wait_for()
                for scheme in ("light", "dark"):
                    await dressed(shown, scheme)
                    assert (name, scheme, await shown.serious()) == (name, scheme, [])

    run(story())


async def dressed(shown: Screen, scheme: str) -> None:
    """Until the page has changed its clothes, all of them."""
    await shown.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    await shown.page.locator(f"html[data-mode={scheme}]").wait_for()
    before = None
    while (now := await shown.page.evaluate(COLOURS)) != before:
        before = now
        await shown.page.wait_for_timeout(150)


def test_a_phone_shows_every_page_without_scrolling_sideways(place):
    async def story() -> None:
        async with browsing() as browser:
            context = await sitting(browser, place, "boss", "phone", "dark", "en-GB")
            async with screen(context, place, "/settings") as shown:
                for name in PAGES:
                    await shown.page.locator(f'.settings-list a[href^="/settings/{name}"]').click()
                    await shown.page.locator(".settings-body .panel").first.wait_for()
                    wide = "document.querySelector('.settings-page').scrollWidth <= innerWidth"
                    assert (name, await shown.page.evaluate(wide)) == (name, True)
                    await shown.page.get_by_role("link", name="Back to the list").click()

    run(story())
