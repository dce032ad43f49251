"""A newcomer's first minutes: the demo opens, lives, is closed, and goes on another time."""

import asyncio
import json
import socket
import subprocess
import sys
from types import SimpleNamespace

import httpx
from tests.app.command_line import environment
from tests.journeys.buyers import Site, buyer, close_buyers
from tests.journeys.demos import SHOP, Demo, opened_demo
from tests.journeys.desks import Page, opened, page, run

from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.kinds import Actor

PLAYED = {"played": "demo"}
ANSWERS_ABOUT_COLOURS = {
    "亲,建议冷水手洗,深色分开洗,不会缩水的",
    "正常洗涤不掉色的亲,第一次清水过一下更好",
}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


def client(demo: Demo, token: str) -> httpx.AsyncClient:
    headers = {"authorization": f"Bearer {token}"}
    return httpx.AsyncClient(base_url=f"http://{demo.address}/v1", headers=headers, timeout=30)


async def rate(api: httpx.AsyncClient) -> dict:
    now = (await api.get(f"/shops/{SHOP}/now")).json()
    return now["figures"]["demo"]["reply_3min_round"]


async def looks_on(demo: Demo) -> None:
    """The lead sees who is there, and the figures move."""
    async with client(demo, demo.token("lead")) as api:
        (shop,) = (await api.get("/shops")).json()
        assert shop["demo"]
        before = await rate(api)
        assert before["denominator"] > 0
        async with asyncio.timeout(60):
            while (await rate(api))["numerator"] < before["numerator"] + 5:
                await asyncio.sleep(0.5)
        now = (await api.get(f"/shops/{SHOP}/now")).json()
        assert sum(each["presence"] == "online" for each in now["agents"]) >= 3


async def takes_part(demo: Demo) -> str:
    """The visitor goes online, gets chats as well, answers, and buyers answer back. Gives the
    visitor's account."""
    token = demo.token("agent")
    mine: Page = await page(SimpleNamespace(address=demo.address), token)
    async with client(demo, token) as api:
        account = (await api.get("/session")).json()["account"]["id"]
        assert (await api.put("/me/presence", json={"presence": "online"})).status_code == 200
        first = await mine.until(lambda each: each.has(account), 60)
        await asyncio.sleep(4)  # twenty times as fast as people, they would have answered by now
        assert mine.cards[first].waiting_since is not None
        async with asyncio.timeout(60):
            while not goes_on(mine, account):
                await answer_all(mine, account)
                await asyncio.sleep(0.3)
        assert (await api.put("/me/presence", json={"presence": "off_shift"})).status_code == 200
    return account


async def buys(demo: Demo) -> None:
    """Whoever opens the page that is printed is a buyer, whom somebody who is played answers."""
    here = SimpleNamespace(address=demo.address)
    site = Site(here, {}, demo.folder, demo.page)  # type: ignore[arg-type]
    try:
        mine = await buyer(site)
        await mine.write("会掉色吗")
        await mine.until(lambda each: set(each.texts) & ANSWERS_ABOUT_COLOURS, 60)
    finally:
        await close_buyers()


async def answer_all(mine: Page, account: str) -> None:
    for chat, card in list(mine.cards.items()):
        if card.life.account == account and card.waiting_since is not None:
            ref = len(mine.frames) + 1
            saying = {"text": "在的亲，马上帮您查"}
            await mine.say(say={"ref": ref, "chat": chat, "key": f"v{ref}", "saying": saying})
            await mine.answered(ref)


def goes_on(mine: Page, account: str) -> bool:
    """Whether a buyer wrote again after the visitor had answered."""
    answered: set[str] = set()
    for told in (frame["event"] for frame in mine.told("event")):
        if told["actor"] == "buyer" and told["kind"] == "text" and told["chat"] in answered:
            return True
        if told.get("account") == account and told["kind"] == "text":
            answered.add(told["chat"])
    return False


def live(events: list[Event], kept: int) -> list[Event]:
    return [each for each in events if each.seq > kept]


def said_by_agents(events: list[Event]) -> list[tuple[Event, str | None]]:
    """What agents said, each with who had the chat at that moment."""
    holders: dict[str, str | None] = {}
    said = []
    for each in events:
        if each.kind in ("assigned", "transferred", "unassigned"):
            holders[each.conversation] = each.account if each.kind != "unassigned" else None
        elif each.kind == "text" and each.actor is Actor.AGENT:
            said.append((each, holders.get(each.conversation)))
    return said


def test_a_demo_lives_is_closed_and_goes_on_with_nothing_lost(tmp_path):
    port = free_port()
    with opened_demo(tmp_path, port) as demo:
        run(looks_on(demo), 120)
        visitor = run(takes_part(demo), 180)
        run(buys(demo), 90)
        logins = demo.logins
        assert demo.close() == 0, demo.said()
        assert demo.complaints() == {"house": "", "buyers": "", "staff": ""}
    events = demo.events()
    kept = max(each.seq for each in events if "-0-" in each.source_id)

    # Nobody speaks in a chat that somebody else has; whoever is played says so.
    said = said_by_agents(events)
    of_today = [(each, holder) for each, holder in said if each.seq > kept]
    assert [each for each, holder in of_today if each.account != holder] == []
    assert {each.account == visitor for each, _ in of_today if not each.payload.extra} == {True}
    played = [each for each, _ in of_today if each.account != visitor]
    assert len(played) >= 10
    assert all(each.payload.extra == PLAYED for each in played)
    assert visitor not in {each.account for each, _ in said if each.seq <= kept}

    with opened_demo(tmp_path, port) as demo:
        assert demo.logins == logins
        run(looks_on(demo), 120)
        assert demo.close() == 0, demo.said()
    assert demo.events()[: len(events)] == events
    assert {each.conversation.split("-c")[0] for each in live(demo.events(), len(events))} >= {
        f"{SHOP}-2"
    }


def test_the_demos_log_ins_are_for_its_owners_eyes_only(tmp_path):
    with opened_demo(tmp_path, free_port()) as demo:
        (folder, logins, settings) = (demo.folder, "logins.json", "miaohui.toml")
        assert {(folder / each).stat().st_mode & 0o077 for each in (logins, settings)} == {0}
        kept = json.loads((folder / logins).read_text("utf-8"))
        printed = {each["name"] for each in kept if not each.get("played")}
        assert demo.logins.keys() == printed == {"owner", "lead", "agent"}
        assert not any(each["password"] in demo.said() for each in kept if each.get("played"))
        run(renames(demo), 30)


async def renames(demo: Demo) -> None:
    """A shop of a demo stays one whatever its owner changes, and no other becomes one."""
    async with client(demo, demo.token("owner")) as api:
        wanted = {"name": "Renamed", "pack": "demo", "demo": False}
        changed = await api.put(f"/shops/{SHOP}", json={k: wanted[k] for k in ("name", "pack")})
        assert (changed.json()["name"], changed.json()["demo"]) == ("Renamed", True)
        assert (await api.put(f"/shops/{SHOP}", json=wanted)).status_code == 400
        added = await api.post("/shops", json={"id": "real", "name": "Real", "demo": True})
        assert added.status_code == 400
        added = await api.post("/shops", json={"id": "real", "name": "Real"})
        assert added.json()["demo"] is False


def test_a_house_that_cannot_be_opened_is_told_with_its_reason(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        words = ("demo", tmp_path / "demo", f"--port={taken.getsockname()[1]}")
        done = subprocess.run(
            [sys.executable, "-m", "miaohui", *map(str, words)],
            env=environment(tmp_path),
            capture_output=True,
            text=True,
            timeout=90,
        )
    assert done.returncode == 2
    assert "another program holds it" in done.stderr


def test_agents_who_are_played_do_not_work_in_a_real_shop(tmp_path):
    from tests.journeys.desks import people_of

    from miaohui.adapters.secrets.argon2_passwords import Argon2Passwords
    from miaohui.adapters.storage.directory_ports import Author
    from miaohui.app.wiring import now
    from miaohui.domain.directory.secret import Secret

    with opened(tmp_path) as place:
        with people_of(place.folder) as directory:
            password = Argon2Passwords().hash(Secret("amber-kettle-moon"))
            account = directory.account_named("lin")
            directory.change_password(account.id, password, False, Author(None, now()))
        login = {"name": "lin", "password": "amber-kettle-moon", "role": "agent", "played": True}
        (tmp_path / "logins.json").write_text(json.dumps([login]))
        words = ("demo-staff", tmp_path, f"http://{place.house.address}")
        done = subprocess.run(
            [sys.executable, "-m", "miaohui", *map(str, words)],
            env=environment(tmp_path),
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert done.returncode == 2
    assert "no demo shop" in done.stderr
