"""The main screens look as they did: pictures in light and dark, at a desk and on a phone.

Which fonts there are and how a browser draws them is the machine's, so pictures are compared
coarsely (`pictures.py`), and this stands on the fonts that `make system` installs on Debian. A
picture that is off is written beside the one it should be, with the difference. If the change was
meant: `make snapshots` takes all anew, and they are part of the commit.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page
from tests.journeys.clients import as_, done
from tests.journeys.desks import Place, run
from tests.journeys.pictures import compared, keep
from tests.journeys.screens import SIZES, settled, sitting
from tests.journeys.serving import SHOP, streamed, told
from tests.journeys.stillness import stop_the_clock
from tests.journeys.test_screens_wall import place
from tests.journeys.test_shop_hours import ZONE
from tests.journeys.webchat_pages import browsing

__all__ = ["place"]  # the fixture
KEPT = Path(__file__).parent / "snapshots"
# Whose screen, where, and what is to be seen before a picture is taken.
SCREENS = {
    "login": (None, "/login", ".login-box button"),
    "desk": ("boss", "/", ".list .ant-tabs-tab"),
    "wall": ("boss", "/wall", ".agent >> text=2 / 8"),
    "tasks": ("boss", "/tasks", "tbody tr"),
    "history": ("boss", "/history", ".found-row >> nth=1"),
    "accounts": ("boss", "/settings/accounts", ".listing li"),
    "alarms": ("boss", "/settings/alarms", ".settings-body .panel"),
    "buyer": (None, "webchat", ".line"),
}
# Hours are the shop's own: just after the full hour the chats of five minutes ago are in the last.
# By script: the policy of the page lets no other style in.
HIDE = "for (const each of document.querySelectorAll('.bars')) each.style.visibility = 'hidden'"

pytestmark = pytest.mark.skipif(
    not (Path(__file__).parents[2] / "src/miaohui/api/built/desk/index.html").exists(),
    reason="the screens have not been built: make setup",
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_the_main_screens_look_as_they_did(place, size, scheme, pytestconfig):
    async def story() -> dict[str, bytes]:
        began = datetime.now(UTC)
        await furnished(place, began)
        async with browsing() as browser:
            return {
                f"{name}-{size}-{scheme}.png": await picture(
                    browser, place, name, size, scheme, began
                )
                for name in SCREENS
            }

    taken = run(story())
    if pytestconfig.getoption("take_snapshots"):
        for name, bytes_ in taken.items():
            keep(bytes_, KEPT / name)
    problems = [compared(bytes_, KEPT / name) for name, bytes_ in taken.items()]
    if found := [each for each in problems if each]:
        pytest.fail("\n".join(found))


async def furnished(place: Place, began: datetime) -> None:
    """Somebody at work, a chat that was answered, one that waits, a complaint, a site."""
    with as_(place, "lin") as lin:
        done(lin.put("/me/presence", json={"presence": "online"}))
    with as_(place, "boss") as boss:
        wanted = {"id": "官网", "kind": "webchat", "name": "官网"}
        done(boss.post(f"/shops/{SHOP}/channels", json=wanted), 201)
        settings = {"name": "云上衣橱", "greeting": {"zh": "您好，我是自动助手。"}}
        done(boss.put(f"/shops/{SHOP}/channels/官网/webchat", json={"settings": settings}))
    ago, reply = (
        began - timedelta(minutes=5),
        {"actor": "agent", "account": "lin", "payload": {"text": "今天就发"}},
    )
    past = [
        told("m1", "阿强", at=ago.isoformat(), payload={"text": "今天能发吗"}),
        told("r1", "阿强", at=(ago + timedelta(seconds=20)).isoformat(), **reply),
        told("m2", "老王", at=began.isoformat(), payload={"text": "尺码表发一下"}),
        told("c1", "阿强", at=began.isoformat(), kind="complaint.opened", payload={"order": "26"}),
    ]
    await streamed(place.house.port, past, 0.5)  # so that each is given before the next comes


async def picture(
    browser: Browser, place: Place, name: str, size: str, scheme: str, began: datetime
) -> bytes:
    """A screen on which time stands still."""
    who, path, seen = SCREENS[name]
    context = await sitting(browser, place, who, size, scheme, motion="reduce", zone=ZONE)
    await stop_the_clock(context, began)
    page = await context.new_page()
    if path == "webchat":
        with as_(place, "boss") as boss:
            path = done(boss.get(f"/shops/{SHOP}/channels/官网/webchat"))["path"]
    await page.goto(f"http://{place.house.address}{path}")
    await page.locator(seen).first.wait_for()
    if name == "desk":
        await open_a_chat(page)
    await settled(page)
    await page.evaluate(HIDE)
    taken = await page.screenshot(animations="disabled")
    await context.close()
    return taken


async def open_a_chat(page: Page) -> None:
    """The most urgent of the team."""
    await page.locator(".list .ant-tabs-tab").nth(1).click()
    await page.locator(".row").first.click()
    await page.locator(".message").first.wait_for()
