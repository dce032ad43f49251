"""A buyer is erased while the house is open: nothing of them is left, and no figure moves."""

import asyncio
import json
import os
import subprocess
import sys
from contextlib import closing
from typing import Any

import httpx
import pytest
import websockets
from tests.journeys.alarming import only, trusted
from tests.journeys.buyers import Site, buyer, close_buyers, connected, opened_site, visit
from tests.journeys.clients import as_, done, refused
from tests.journeys.desks import Page, Place, client, opened, page, people_of
from tests.journeys.desks import run as run_desk
from tests.journeys.serving import CHANNEL, SHOP, House, delivered, log_in, told

from miaohui.adapters.storage.chat_ports import ChatKey
from miaohui.adapters.storage.ports import FactColumns
from miaohui.adapters.storage.sealing import unseal
from miaohui.adapters.storage.sqlite.tables import open_sqlite_tables
from miaohui.domain.desk.alarms.settings import Kind

__all__ = ["trusted"]

LI = "李小姐13800001111"
ERASURES = f"/shops/{SHOP}/erasures"


@pytest.fixture
def place(tmp_path):
    with opened(tmp_path) as place:
        yield place


def run(story: Any) -> None:
    async def whole() -> None:
        try:
            await story
        finally:
            await close_buyers()

    run_desk(whole())


def chat_of(place: Place, conversation: str) -> str:
    with log_in(place.folder) as log:
        (chat,) = log.chats().chat_ids([ChatKey(SHOP, CHANNEL, conversation)])
    return chat


def facts(place: Place) -> list[tuple[Any, ...]]:
    with log_in(place.folder) as log:
        columns: list[FactColumns] = list(log.read_facts())
    return [row for each in columns for row in zip(*each, strict=True)]


def erased(place: Place, **wanted: str) -> dict[str, Any]:
    with as_(place, "boss") as boss:
        return done(boss.post(ERASURES, json=wanted), 201)


def figures(place: Place) -> Any:
    with as_(place, "boss") as boss:
        return done(boss.get(f"/shops/{SHOP}/now"))["figures"]


async def at_work(place: Place, name: str = "lin") -> Page:
    desk = await page(place.house, place.tokens[name])
    async with client(place.house, place.tokens[name]) as api:
        assert (await api.put("/me/presence", json={"presence": "online"})).status_code == 200
    return desk


def test_nothing_of_an_erased_buyer_is_left_and_no_figure_moves(place):
    chat = chat_of(place, LI)

    async def story() -> None:
        desk, boss = await at_work(place), await page(place.house, place.tokens["boss"])
        delivered(place.house, told("a1", LI), told("o1", "老王"))
        await desk.until(lambda each: chat in each.cards)
        async with client(place.house, place.tokens["lin"]) as lin:
            said = await lin.post(f"/chats/{chat}/messages", json={"text": "在的"})
            assert said.status_code == 201
            delivered(place.house, told("a2", LI, payload={"text": "寄到文三路 1 号"}))
            await desk.until(lambda each: each.cards[chat].waiting == 1)
            draft = {"text": "李小姐您好"}
            assert (await lin.put(f"/chats/{chat}/draft", json=draft)).status_code == 200
            await boss.until(lambda each: chat in each.cards)
            before, known = await asyncio.to_thread(figures, place), facts(place)
            mine = await asyncio.to_thread(erased, place, chat=chat)
            assert (mine["state"], mine["chats"], mine["asked_by"]) == ("done", 1, "boss")
            for each in (desk, boss):
                await each.until(lambda this: [chat] in [e["erased"] for e in this.told("erased")])
                assert chat not in each.cards
            assert await asyncio.to_thread(figures, place) == before
            assert facts(place) == known
            assert (await lin.get("/me/drafts")).json() == []
            found = await lin.get("/search", params={"words": "文三路"})
            assert found.json()["items"] == []
            again = await page(place.house, place.tokens["boss"], dict(desk.seqs) | {SHOP: 0})
            assert chat not in again.cards
            assert not any(secret in json.dumps(again.frames) for secret in ("138", "文三路"))
        async with client(place.house, place.tokens["boss"]) as api:
            shown = (await api.get(f"/chats/{chat}/messages")).json()
            assert [each["payload"].get("text") for each in shown if each["kind"] == "text"] == [
                None
            ] * 3
            for refusal in (
                await api.post(f"/chats/{chat}/messages", json={"text": "在吗"}),
                await api.post(f"/chats/{chat}/notes", json={"text": "记一笔"}),
                await api.put(f"/chats/{chat}/assignment", json={"account": "boss"}),
                await api.put(f"/chats/{chat}/draft", json={"text": "在吗"}),
                await api.put(f"/chats/{chat}/closure"),
                await api.put(f"/chats/{chat}/tags/VIP"),
            ):
                refused(refusal, 422, "desk.buyer_erased")
        await asyncio.sleep(2.5)
        assert facts(place) == known  # and the desk decides nothing about a chat without a buyer
        assert chat not in boss.cards

    run(story())
    place.house.close()
    with log_in(place.folder) as log:
        assert list(log.check()) == []
        assert LI not in str(list(log.read(SHOP)))
    for path in place.folder.rglob("*"):
        if path.is_file() and path.name != "house.log":
            assert LI.encode() not in path.read_bytes()
    assert LI not in (place.folder / "house.log").read_text("utf-8")


def test_no_answer_that_the_house_remembers_tells_of_a_buyer(place):
    delivered(place.house, told("a1", LI, payload={"text": "寄到文三路 1 号"}))
    chat = chat_of(place, LI)
    with as_(place, "boss", **{"idempotency-key": "k1"}) as boss:
        for path, body in (
            (f"/chats/{chat}/messages", {"text": "李小姐您好"}),
            (f"/chats/{chat}/disclosures", None),
            (ERASURES, {"channel": CHANNEL, "buyer": LI}),
        ):
            assert boss.post(path, json=body).status_code == 201, path
        again = boss.post(ERASURES, json={"channel": CHANNEL, "buyer": LI})
        assert again.status_code == 201
    with closing(open_sqlite_tables(place.folder / "shop.db", place.folder / "key")) as tables:
        with tables.reading() as turn:
            rows = turn.rows("SELECT request, answer FROM request")
        assert len(rows) == 1  # that of the erasure: what is said in chats the log knows
        (request, answer), *_ = rows
        plain = unseal(tables.keys.wrapping, answer, b"answer to " + request)
    assert plain
    assert not any(secret.encode() in plain for secret in (LI, "138", "文三路", "李小姐"))


def test_nobody_rings_for_a_buyer_who_was_erased(trusted, tmp_path):
    with opened(tmp_path) as place:

        async def story() -> None:
            async with client(place.house, place.tokens["boss"]) as boss:
                ladder = only(Kind.WAITING, ("owner", -170, ["screen"]))
                settings = f"/shops/{SHOP}/settings/alarms"
                done(await boss.put(f"/shops/{SHOP}", json={"name": SHOP, "pack": "always"}))
                version = done(await boss.get(settings))["version"]
                wanted = {"value": ladder, "expected_version": version}
                done(await boss.put(settings, json=wanted))
                screen = await page(place.house, place.tokens["boss"])
                delivered(place.house, told("a1", LI))
                (rung,) = await screen.until(lambda each: alarms_in(each, "rung"), 30)
                await asyncio.to_thread(erased, place, channel=CHANNEL, buyer=LI)
                await screen.until(lambda each: rung["id"] in alarms_in(each, "cleared"))
                assert done(await boss.get("/alarms")) == []

        run(story())


def alarms_in(page: Page, what: str) -> list[Any]:
    return [each for frame in page.told("alarms") for each in frame["alarms"].get(what, ())]


def test_an_erased_chat_stays_erased_after_a_restart_and_its_figures_too(place):
    delivered(place.house, told("a1", LI), told("o1", "老王"))
    chat = chat_of(place, LI)
    erased(place, channel=CHANNEL, buyer=LI)
    before = figures(place)
    place.house.kill()
    again = Place(House(place.folder, to=place.platform.address), *place[1:])
    try:
        known = facts(place)
        assert figures(again) == before
        run(at_work(again))
        with as_(again, "boss") as boss:
            listed = done(boss.get("/chats"))["items"]
            state = {each["chat"]["chat_id"]: each["chat"]["state"] for each in listed}
            assert state[chat] == "closed"
            assert len(state) == 2
        new = facts(place)[len(known) :]
        assert {row[FactColumns._fields.index("conversation")] for row in new}.isdisjoint({chat})
    finally:
        again.house.kill()


def test_asked_for_again_it_is_the_same_erasure_until_the_buyer_comes_back(place):
    delivered(place.house, told("a1", LI))
    first = erased(place, channel=CHANNEL, buyer=LI)
    assert erased(place, chat=chat_of(place, LI))["id"] == first["id"]
    delivered(place.house, told("a2", LI))
    second = erased(place, channel=CHANNEL, buyer=LI)
    assert second["id"] != first["id"]
    with as_(place, "boss") as boss:
        listed = done(boss.get(ERASURES, params={"limit": 1}))
        assert [each["id"] for each in listed["items"]] == [second["id"]]
        rest = done(boss.get(ERASURES, params={"cursor": listed["next"]}))
        assert rest == {"items": [first], "next": None}
        assert done(boss.get(f"{ERASURES}/{first['id']}")) == first
        refused(boss.get(f"{ERASURES}/{first['id'][::-1]}"), 404, "directory.unknown")
        refused(
            boss.post(ERASURES, json={"channel": CHANNEL, "buyer": "谁"}), 404, "erasure.nobody"
        )
        refused(boss.post(ERASURES, json={"chat": "0" * 32}), 404, "erasure.nobody")
        for wrong in ({}, {"buyer": LI}, {"chat": "0" * 32, "channel": CHANNEL}):
            refused(boss.post(ERASURES, json=wrong), 422, "erasure.whom")
        # People of the house are no buyers.
        refused(
            boss.post(ERASURES, json={"channel": "~people", "buyer": "lin"}), 404, "erasure.nobody"
        )
    with as_(place, "lead") as lead:
        refused(lead.post(ERASURES, json={"channel": CHANNEL, "buyer": LI}), 403, "right.missing")
    with people_of(place.folder) as directory:
        deeds = [each for each in directory.audit() if each.deed.what == "buyer.erased"]
        assert [each.deed.subject for each in deeds] == [
            f"{SHOP}/{each['id']}" for each in (second, first)
        ]
        assert LI not in str(directory.audit())


def test_an_erased_buyer_who_writes_again_is_served_as_any_other(place):
    chat = chat_of(place, LI)

    async def story() -> None:
        desk = await at_work(place)
        delivered(place.house, told("a1", LI))
        await desk.until(lambda each: chat in each.cards)
        await asyncio.to_thread(erased, place, chat=chat)
        await desk.until(lambda each: chat not in each.cards)
        delivered(place.house, told("a2", LI, payload={"text": "又来了"}))
        await desk.until(lambda each: chat in each.cards and each.has("lin") == chat)
        async with client(place.house, place.tokens["lin"]) as lin:
            assert (
                await lin.post(f"/chats/{chat}/messages", json={"text": "在"})
            ).status_code == 201
            shown = (await lin.get(f"/chats/{chat}/messages")).json()
            texts = [each["payload"].get("text") for each in shown if each["kind"] == "text"]
            assert texts == [None, "又来了", "在"]

    run(story())


def test_many_buyers_are_erased_while_their_chats_are_given_and_answered(place):
    names = [f"买家{number}号" for number in range(24)]

    async def story() -> None:
        await at_work(place)
        await at_work(place, "zhou")

        async def one(number: int, name: str) -> None:
            await asyncio.to_thread(delivered, place.house, told(f"m{number}", name))
            await asyncio.to_thread(erased, place, channel=CHANNEL, buyer=name)

        await asyncio.gather(*(one(number, name) for number, name in enumerate(names)))
        await asyncio.sleep(1.5)

    run(story())
    place.house.close()
    with log_in(place.folder) as log:
        told_now = str(list(log.read(SHOP)))
        assert [name for name in names if name in told_now] == []
        assert len(log.chats().find([chat_of(place, name) for name in names])) == len(names)
        assert list(log.check()) == []


def forgotten(place: Place, *wanted: str) -> str:
    """What `miaohui forget` says."""
    command = (sys.executable, "-m", "miaohui", "forget", SHOP, *wanted, "--yes")
    environment = {
        **os.environ,
        "MIAOHUI_CONFIG": str(place.folder / "miaohui.toml"),
        "MIAOHUI_MASTER_KEY_FILE": str(place.folder / "key"),
        "MIAOHUI_LANGUAGE": "en",
    }
    return subprocess.run(command, env=environment, capture_output=True, text=True).stdout


def test_at_the_command_line_the_open_house_forgets_and_a_closed_one_too(place):
    chat = chat_of(place, LI)

    async def story() -> None:
        desk = await at_work(place)
        delivered(place.house, told("a1", LI), told("b1", "老王"))
        await desk.until(lambda each: chat in each.cards)
        assert "Erased" in await asyncio.to_thread(forgotten, place, CHANNEL, LI)
        await desk.until(lambda each: each.told("erased"))
        assert chat not in desk.cards

    run(story())
    place.house.close()
    assert "Erased" in forgotten(place, "--chat", chat_of(place, "老王"))
    with log_in(place.folder) as log:
        assert {each.payload.text for each in log.read(SHOP)} == {None}
        assert LI not in str(list(log.read(SHOP)))
    assert forgotten(place, CHANNEL, "谁") == ""
    with people_of(place.folder) as directory:
        assert [each.author.account for each in directory.audit(limit=2)] == [None, None]


@pytest.fixture
def site(tmp_path):
    with opened_site(tmp_path) as site:
        yield site


def test_a_page_on_the_merchants_site_forgets_and_its_token_is_good_for_nothing(site: Site):
    async def story() -> None:
        li = await buyer(site)
        await li.write("我住在文三路 1 号")
        name = events_of(site)[0].buyer
        async with httpx.AsyncClient(base_url=site.address) as http:
            mine = {"authorization": f"Bearer {li.token}"}
            code = (await http.post("/pairings", headers=mine)).json()["code"]
            async with client(site.house, site.tokens["boss"]) as boss:
                wanted = {"channel": events_of(site)[0].channel, "buyer": name}
                assert (await boss.post(ERASURES, json=wanted)).json()["state"] == "done"
            await li.until(lambda each: any(frame.get("forgotten") for frame in each.frames))
            await li.socket.wait_closed()
            assert li.socket.close_code == 4_401
            for path in ("/frames", "/media/" + "0" * 32):
                assert (await http.get(path, headers=mine)).status_code == 401
            assert (await http.post("/visits", json={"pairing": code})).status_code == 410
        socket = await connected(site)
        await socket.send(json.dumps([{"start": {"token": li.token}}]))
        with pytest.raises(websockets.ConnectionClosed):
            await socket.recv()
        again = await buyer(site, await visit(site))
        assert again.texts == []

    def events_of(site: Site) -> list[Any]:
        with log_in(site.folder) as log:
            return list(log.read(SHOP))

    run(story())
