"""From a buyer's page to a person's answer and back, over real sockets in a real house."""

import asyncio
import base64
import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import websockets
from PIL import Image
from tests.journeys.buyers import (
    SITE,
    Site,
    buyer,
    close_buyers,
    connected,
    opened_site,
    visit,
)
from tests.journeys.desks import Page, account, client, page, people_of
from tests.journeys.desks import run as run_desk
from tests.journeys.serving import SHOP, log_in

from miaohui.domain.directory.rights import AGENT
from miaohui.domain.directory.webchat import WebchatSettings
from miaohui.domain.vocabulary.events import Event, Payload
from miaohui.domain.vocabulary.kinds import Actor, Origin

CHEN = account("chen", AGENT, display_name="陈嘉")


@pytest.fixture
def site(tmp_path: Path):
    with opened_site(tmp_path, CHEN) as site:
        yield site


def run(story: Any) -> None:
    async def whole() -> None:
        try:
            await story
        finally:
            await close_buyers()

    run_desk(whole())


async def on_duty(site: Site, name: str = "chen") -> Page:
    """Somebody's page, who is there for buyers."""
    desk = await page(site.house, site.tokens[name])
    async with client(site.house, site.tokens[name]) as api:
        assert (await api.put("/me/presence", json={"presence": "online"})).status_code == 200
    return desk


async def answer(site: Site, chat: str, name: str = "chen", **saying: object) -> int:
    async with client(site.house, site.tokens[name]) as api:
        told = await api.post(f"/chats/{chat}/messages", json=saying)
        assert told.status_code == 201, told.text
        return told.json()["seq"]


def events_of(site: Site) -> list[Any]:
    with log_in(site.folder) as log:
        return [each for each in log.read(SHOP) if each.channel == SITE]


def picture(colour: str = "red") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (320, 200), colour).save(file, "PNG")
    return file.getvalue()


def test_a_buyer_asks_and_a_person_answers(site):
    async def story() -> None:
        desk = await on_duty(site)
        li = await buyer(site)
        assert li.outlook == {"people": 1}
        told = await li.write("178，165 斤，这件穿 L 还是 XL", "m1")
        assert told["seq"] > 0
        chat = await desk.until(lambda each: each.has("chen"))
        await li.until(lambda each: each.outlook.get("served"))
        assert li.outlook["name"] == "陈嘉"
        assert li.lines[told["seq"]]["id"] == "m1"
        seq = await answer(site, chat, text="亲，建议 XL")
        line = await li.until(lambda each: each.lines.get(seq))
        assert (line["by"], line["name"], line["text"]) == ("person", "陈嘉", "亲，建议 XL")
        await li.say(delivered=seq)
        await desk.until(lambda each: ("delivered", seq) in _sent(each))
        await li.until(lambda each: not each.outlook.get("waiting"))

    run(story())
    site.house.close()
    kinds = [(each.kind, each.actor, each.origin) for each in events_of(site)]
    assert kinds == [
        ("text", "buyer", "human"),
        ("assigned", "system", "system"),
        ("text", "agent", "human"),
    ]
    with log_in(site.folder) as log:
        assert [each.state for each in log.sending(SHOP, range(1, 10))] == ["delivered"]


def _sent(desk: Page) -> set[tuple[str, int]]:
    return {(each["sent"]["state"], each["sent"]["seq"]) for each in desk.told("sent")}


def test_a_buyer_never_sees_what_is_not_theirs(site):
    async def story() -> None:
        desk = await on_duty(site)
        li, wang = await buyer(site), await buyer(site)
        await li.write("在吗")
        chat = await desk.until(lambda each: each.has("chen"))
        async with client(site.house, site.tokens["chen"]) as api:
            await api.post(f"/chats/{chat}/notes", json={"text": "SECRET-note"})
            await api.put(f"/chats/{chat}/tags/SECRET-tag")
            await api.put(f"/chats/{chat}/spam-report")
        async with client(site.house, site.tokens["boss"]) as api:
            given = {"account": None, "group": "SECRET-group", "note": "SECRET-reason"}
            assert (await api.put(f"/chats/{chat}/assignment", json=given)).status_code == 200
        await answer(site, chat, name="boss", text="在的")
        await li.until(lambda each: "在的" in each.texts)
        again = await buyer(site, li.token)
        for each in (li, again):
            told = json.dumps(each.frames, ensure_ascii=False)
            assert "SECRET" not in told
            assert "chen" not in told
            assert "boss" not in told
            assert each.texts == ["在吗", "在的"]
        assert wang.texts == []

    run(story())


def test_the_thread_is_there_again_on_the_next_visit_and_only_what_was_missed_after_a_break(site):
    async def story() -> None:
        desk = await on_duty(site)
        li = await buyer(site)
        first = await li.write("一")
        chat = await desk.until(lambda each: each.has("chen"))
        await li.close()
        seq = await answer(site, chat, text="二")
        again = await buyer(site, li.token)
        assert again.texts == ["一", "二"]
        back = await buyer(site, li.token, since=first["seq"])
        assert back.texts == ["二"]
        up_to_date = await buyer(site, li.token, since=seq)
        assert up_to_date.texts == []

    run(story())


def test_the_same_message_sent_again_is_said_once_also_after_a_power_cut(site):
    async def before() -> str:
        li = await buyer(site)
        told = [await li.write("在吗", "m1") for _ in range(3)]
        assert len({each["seq"] for each in told}) == 1
        return li.token

    async def after(again: Site, token: str) -> None:
        li = await buyer(again, token)
        await li.write("在吗", "m1")
        assert li.texts == ["在吗"]

    tokens: list[str] = []

    async def keep() -> None:
        tokens.append(await before())

    run(keep())
    site.house.kill()
    again = site.again()
    try:
        run(after(again, tokens[0]))
    finally:
        again.house.close()
    assert [each.payload.text for each in events_of(site)] == ["在吗"]


def test_a_long_thread_is_told_page_by_page(site):
    async def story() -> None:
        token = await visit(site)
        name = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))[0]
        with log_in(site.folder) as log:
            log.append([_told(name, place) for place in range(120)], datetime.now(UTC))
        li = await buyer(site, token)
        caught = next(each["caught"] for each in li.frames if "caught" in each)
        assert caught["more"] is True
        assert len(li.texts) == 100
        await li.say(older=min(li.lines))
        await li.until(lambda each: len(each.texts) == 120)
        assert li.texts == [f"第 {place} 句" for place in range(120)]

    run(story())


def _told(name: str, place: int) -> Event:
    return Event(
        shop=SHOP,
        channel=SITE,
        conversation=name,
        buyer=name,
        at=datetime.now(UTC),
        actor=Actor.BUYER,
        origin=Origin.HUMAN,
        kind="text",
        source_id=f"{name}:m{place}",
        payload=Payload(text=f"第 {place} 句"),
    )


def test_typing_and_reading_are_told_both_ways(site):
    async def story() -> None:
        desk = await on_duty(site)
        li = await buyer(site)
        await li.write("在吗")
        chat = await desk.until(lambda each: each.has("chen"))
        await li.say(typing=True)
        await desk.until(lambda each: {"chat": chat} in [t["typing"] for t in each.told("typing")])
        await desk.say(typing=chat)
        await li.until(lambda each: any(frame.get("typing") for frame in each.frames))
        assert li.read == 0
        await desk.say(reading=chat)
        await li.until(lambda each: each.read > 0)
        more = await li.write("还在吗")
        await li.until(lambda each: each.read >= more["seq"])
        seq = await answer(site, chat, text="在的")
        await li.say(read=seq)
        await desk.until(lambda each: {"chat": chat, "buyer": seq} in _seen(each))
        await asyncio.sleep(1.5)

    run(story())
    site.house.kill()
    again = site.again()

    async def after() -> None:
        desk = await on_duty(again)
        chat = await desk.until(lambda each: each.has("chen"))
        await desk.say(reading=chat)
        await desk.until(lambda each: [mark["chat"] for mark in _seen(each)] == [chat])

    try:
        run(after())
    finally:
        again.house.close()


def _seen(desk: Page) -> list[dict[str, Any]]:
    return [each["seen"] for each in desk.told("seen")]


def test_a_lead_who_looks_on_reads_nothing_for_the_house(site):
    async def story() -> None:
        desk, boss = await on_duty(site), await page(site.house, site.tokens["boss"])
        li = await buyer(site)
        await li.write("在吗")
        chat = await desk.until(lambda each: each.has("chen"))
        await boss.say(reading=chat)
        await boss.say(typing=chat)
        await desk.until(lambda each: each.told("typing") and each.told("reading"))
        assert li.read == 0
        assert not any(frame.get("typing") for frame in li.frames)

    run(story())


def test_who_waits_is_told_how_many_come_before(site):
    async def story() -> None:
        desk = await on_duty(site)
        pages = [await buyer(site) for _ in range(4)]
        for each in pages:
            await each.write("在吗")
        await desk.until(lambda each: each.has("chen"))
        for place, each in enumerate(pages[1:]):
            await each.until(lambda this, ahead=place: this.outlook.get("ahead") == ahead)
            assert each.outlook.get("minutes") is None
        await answer(site, await desk.until(lambda each: each.has("chen")), text="在的")
        await pages[3].until(lambda this: this.outlook.get("ahead") == 1)

    run(story())


def test_nobody_there_outside_opening_hours_says_when_somebody_comes(tmp_path):
    now = datetime.now(UTC)
    opens = (now + timedelta(hours=3)).strftime("%H:%M")
    closes = (now + timedelta(hours=4)).strftime("%H:%M")
    hours = {"timezone": "UTC", "weekly": [{"from": opens, "until": closes}]}
    with opened_site(tmp_path, CHEN, hours=hours) as site:

        async def story() -> None:
            li = await buyer(site)
            at = datetime.fromisoformat(li.outlook["opens_at"])
            assert at.strftime("%H:%M") == opens
            assert timedelta() < at - now <= timedelta(hours=3)
            left = {"id": "f1", "question": "几点发货", "contact": "13812345678", "name": "小李"}
            await li.say(left=left)
            assert (await li.answered("f1"))["seq"]
            await on_duty(site)
            await li.until(lambda each: each.outlook.get("people") == 1)
            assert "opens_at" not in li.outlook

        run(story())
        site.house.close()
        (told,) = [each for each in events_of(site) if each.actor == "buyer"]
        assert (told.payload.purpose, told.payload.text) == ("offline_form", "几点发货")
        assert told.payload.extra == {"contact": "13812345678", "name": "小李"}


def test_a_buyer_asks_for_a_person(site):
    async def story() -> None:
        li = await buyer(site)
        await li.say(person={"id": "p1", "text": "转人工"})
        await li.answered("p1")
        await li.say(person={"id": "p1", "text": "转人工"})
        await li.say(person={"id": "p2", "text": "转人工"})
        await li.answered("p2")
        await li.until(lambda each: each.texts == ["转人工", "转人工"])
        await li.until(lambda each: each.outlook.get("asked"))

    run(story())
    site.house.close()
    assert [each.kind for each in events_of(site)] == ["text", "human_requested"] * 2


def test_a_closed_chat_asks_for_a_rating_which_is_about_who_answered(site):
    async def story() -> None:
        desk = await on_duty(site)
        li = await buyer(site)
        await li.say(verdict={"id": "r0", "rating": "1"})
        assert (await li.answered("r0"))["problem"]["key"] == "webchat.nothing_to_rate"
        await li.write("在吗")
        chat = await desk.until(lambda each: each.has("chen"))
        await answer(site, chat, text="在的")
        async with client(site.house, site.tokens["chen"]) as api:
            assert (await api.put(f"/chats/{chat}/closure")).status_code == 200
        await li.until(lambda each: each.outlook.get("to_rate"))
        await li.say(verdict={"id": "r1", "rating": "1", "comment": "很快"})
        await li.answered("r1")
        await li.until(lambda each: each.outlook.get("rated") == "1")
        async with client(site.house, site.tokens["boss"]) as api:
            assert (await api.get(f"/chats/{chat}")).json()["card"]["rating"] == "1"

    run(story())
    site.house.close()
    (rated,) = [each for each in events_of(site) if each.kind == "rating.given"]
    assert (rated.account, rated.actor, rated.payload.text) == ("chen", "buyer", "很快")


def test_a_message_taken_back_is_gone_from_the_page_and_the_buyer_waits_again(site):
    async def story() -> None:
        desk = await on_duty(site)
        li = await buyer(site)
        asked = await li.write("在吗")
        chat = await desk.until(lambda each: each.has("chen"))
        seq = await answer(site, chat, text="写错了")
        await li.until(lambda each: "写错了" in each.texts)
        async with client(site.house, site.tokens["boss"]) as api:
            assert (await api.delete(f"/chats/{chat}/messages/{seq}")).status_code == 404
        async with client(site.house, site.tokens["chen"]) as api:
            assert (await api.delete(f"/chats/{chat}/messages/{asked['seq']}")).status_code == 404
            for _ in range(2):
                assert (await api.delete(f"/chats/{chat}/messages/{seq}")).status_code == 200
            assert (await api.get(f"/chats/{chat}")).json()["card"]["waiting"] == 1
        await li.until(lambda each: each.texts == ["在吗"])
        again = await buyer(site, li.token)
        assert again.texts == ["在吗"]

    run(story())


def test_pictures_go_both_ways_and_nobody_else_gets_them(site):
    async def story() -> None:
        desk = await on_duty(site)
        li, wang = await buyer(site), await buyer(site)
        async with httpx.AsyncClient(base_url=site.address) as http:
            mine = {"authorization": f"Bearer {li.token}"}
            kept = (await http.post("/media", content=picture(), headers=mine)).json()
            assert (kept["width"], kept["height"], kept["type"]) == (320, 200, "image/png")
            await li.say(sight={"id": "p1", "media": kept["id"]})
            seq = (await li.answered("p1"))["seq"]
            shown = (await li.until(lambda each: each.lines.get(seq)))["picture"]
            assert shown == {"id": kept["id"], "width": 320, "height": 200}
            await wang.say(sight={"id": "p1", "media": kept["id"]})
            assert (await wang.answered("p1"))["problem"]["key"] == "media.unknown"
            theirs = {"authorization": f"Bearer {wang.token}"}
            assert (await http.get(f"/media/{kept['id']}", headers=theirs)).status_code == 404
            assert (await http.get(f"/media/{kept['id']}")).status_code == 401
            told = await http.get(f"/media/{kept['id']}", headers=mine)
            assert Image.open(io.BytesIO(told.content)).size == (320, 200)
            refused = await http.post("/media", content=b"<svg/>", headers=mine)
            assert (refused.status_code, refused.json()["problems"][0]["key"]) == (
                422,
                "picture.unknown_type",
            )
        chat = await desk.until(lambda each: each.has("chen"))
        async with client(site.house, site.tokens["chen"]) as api:
            seen = await api.get(f"/chats/{chat}/media/{kept['id']}", params={"small": True})
            assert seen.headers["content-type"] == "image/webp"
            assert seen.headers["x-content-type-options"] == "nosniff"
            assert "sandbox" in seen.headers["content-security-policy"]
            assert seen.headers["content-disposition"].startswith("inline")
            sent = await api.post(f"/chats/{chat}/media", content=picture("blue"))
            assert sent.status_code == 201, sent.text
            said = {"kind": "image", "media": sent.json()["id"]}
            assert (await api.post(f"/chats/{chat}/messages", json=said)).status_code == 201
            wrong = {"kind": "image", "media": "0" * 32}
            assert (await api.post(f"/chats/{chat}/messages", json=wrong)).status_code == 404
            assert (
                await api.post(f"/chats/{chat}/messages", json={"kind": "image"})
            ).status_code == 422
        line = await li.until(
            lambda each: next((one for one in each.lines.values() if one["by"] == "person"), None)
        )
        assert line["picture"]["width"] == 320
        async with client(site.house, site.tokens["zhou"]) as api:
            assert (await api.get(f"/chats/{chat}/media/{kept['id']}")).status_code == 404

    run(story())


def test_erasing_a_buyer_takes_texts_and_pictures(site):
    ids: list[str] = []
    tokens: list[str] = []

    async def story() -> None:
        li = await buyer(site)
        async with httpx.AsyncClient(base_url=site.address) as http:
            mine = {"authorization": f"Bearer {li.token}"}
            kept = (await http.post("/media", content=picture(), headers=mine)).json()
        await li.say(sight={"id": "p1", "media": kept["id"]})
        await li.answered("p1")
        await li.write("我住在文三路 1 号")
        ids.append(kept["id"])
        tokens.append(li.token)

    run(story())
    site.house.close()
    name = events_of(site)[0].buyer
    with log_in(site.folder) as log:
        assert log.erase_buyer(SHOP, SITE, name)
    again = site.again()

    async def after() -> None:
        async with httpx.AsyncClient(base_url=again.address) as http:
            mine = {"authorization": f"Bearer {tokens[0]}"}
            assert (await http.get("/frames", headers=mine)).status_code == 401
            assert (await http.get(f"/media/{ids[0]}", headers=mine)).status_code == 401
        assert (await buyer(again)).texts == []

    try:
        run(after())
    finally:
        again.house.close()
    assert list(site.folder.glob("shop.db.media/*/*")) == []


def test_a_second_device_joins_by_a_code_that_works_once(site):
    async def story() -> None:
        li = await buyer(site)
        await li.write("在吗")
        async with httpx.AsyncClient(base_url=site.address) as http:
            mine = {"authorization": f"Bearer {li.token}"}
            offer = (await http.post("/pairings", headers=mine)).json()
            assert offer["path"] == f"/webchat/{site.id}#{offer['code']}"
            code = offer["code"].upper()
            joined = await http.post("/visits", json={"pairing": f"{code[:4]}-{code[4:]}"})
            assert joined.status_code == 201, joined.text
            spent = await http.post("/visits", json={"pairing": code})
            assert (spent.status_code, spent.json()["problems"][0]["key"]) == (
                410,
                "webchat.pairing_gone",
            )
            assert (await http.post("/pairings")).status_code == 401
        phone = await buyer(site, joined.json()["token"])
        assert phone.texts == ["在吗"]
        await phone.write("换手机了")
        await li.until(lambda each: "换手机了" in each.texts)

    run(story())


def test_without_sockets_the_same_is_told_over_plain_requests(site):
    async def story() -> None:
        desk = await on_duty(site)
        token = await visit(site)
        mine = {"authorization": f"Bearer {token}", "accept-language": "en"}
        async with httpx.AsyncClient(base_url=site.address, headers=mine, timeout=40) as http:
            said = await http.post("/frames", json=[{"words": {"id": "m1", "text": "在吗"}}])
            seq = said.json()[0]["answered"]["seq"]
            chat = await desk.until(lambda each: each.has("chen"))
            await asyncio.sleep(1.2)
            first = (await http.get("/frames")).json()
            lines = [line for each in first["frames"] for line in each.get("lines", ())]
            assert [line["text"] for line in lines] == ["在吗"]
            asked = {"since": seq, "known": first["mark"]}
            waiting = asyncio.create_task(http.get("/frames", params=asked))
            await asyncio.sleep(0.5)
            assert not waiting.done()
            answered = await answer(site, chat, text="在的")
            told = (await waiting).json()
            lines = [line for each in told["frames"] for line in each.get("lines", ())]
            assert [line["seq"] for line in lines] == [answered]
            await http.post("/frames", json=[{"delivered": answered}])
            refused = await http.post("/frames", json=[{"words": {"id": "m2", "text": " "}}])
            problem = refused.json()[0]["answered"]["problem"]
            assert problem["key"] == "webchat.nothing_said"
            assert problem["sentence"] == "Nothing is written yet"

    run(story())


def test_a_damaged_token_is_refused_and_one_of_another_house_too(site):
    async def story() -> None:
        token = await visit(site)
        for wrong in (token[:-2] + "AA", "", "v1.W10.x"):
            socket = await connected(site)
            await socket.send(json.dumps([{"start": {"token": wrong}}]))
            with pytest.raises(websockets.ConnectionClosed) as closed:
                await socket.recv()
            assert closed.value.rcvd
            assert closed.value.rcvd.code == 4_401
        nowhere = site._replace(id="0" * 16)
        socket = await connected(nowhere)
        with pytest.raises(websockets.ConnectionClosed) as closed:
            await socket.recv()
        assert closed.value.rcvd
        assert closed.value.rcvd.code == 4_404
        async with httpx.AsyncClient() as http:
            assert (await http.get(nowhere.address)).status_code == 404

    run(story())


def test_only_our_page_and_allowed_sites_may_ask(tmp_path):
    allowed = "https://www.example.com"
    settings = WebchatSettings(allowed_origins=(allowed,))
    with opened_site(tmp_path, settings=settings) as site:

        async def story() -> None:
            async with httpx.AsyncClient(base_url=site.address) as http:
                own = f"http://{site.house.address}"
                for origin in (allowed, own):
                    told = await http.get("", headers={"origin": origin})
                    assert told.status_code == 200
                    assert told.headers["access-control-allow-origin"] == origin
                    assert "origin" in told.headers["vary"]
                    preflight = await http.options(
                        "/visits",
                        headers={"origin": origin, "access-control-request-method": "POST"},
                    )
                    assert preflight.status_code == 204
                    assert "authorization" in preflight.headers["access-control-allow-headers"]
                for headers in (
                    {"origin": "https://evil.example"},
                    {"origin": "null"},
                    {"sec-fetch-site": "cross-site"},
                ):
                    told = await http.get("", headers=headers)
                    assert told.status_code == 403
                    assert "access-control-allow-origin" not in told.headers
                    assert (await http.post("/visits", json={}, headers=headers)).status_code == 403
                for origin in ("https://evil.example", "null"):
                    with pytest.raises(websockets.InvalidStatus):
                        await connected(site, origin=origin)
                await (await connected(site, origin=allowed)).close()

        run(story())


def test_a_flood_is_slowed_and_then_refused_and_others_feel_nothing(site):
    async def story() -> None:
        li, wang = await buyer(site), await buyer(site)
        for place in range(60):
            await li.say(words={"id": f"f{place}", "text": f"{place}"})
        await wang.write("在吗")
        wang_told = len(wang.frames)
        await li.until(lambda each: sum("answered" in frame for frame in each.frames) >= 16)
        assert wang_told
        async with httpx.AsyncClient(base_url=site.address) as http:
            mine = {"authorization": f"Bearer {li.token}"}
            frames = [{"words": {"id": f"g{place}", "text": "x"}} for place in range(40)]
            told = await asyncio.gather(
                *(http.post("/frames", json=[each], headers=mine, timeout=60) for each in frames)
            )
            problems = [each.json()[0]["answered"].get("problem", {}) for each in told]
            assert "webchat.too_fast" in {each.get("key") for each in problems}

    run(story())


def test_what_the_merchant_asks_of_buyers_comes_with_their_first_words(tmp_path):
    with opened_site(tmp_path, settings=WebchatSettings(required=("phone",))) as site:

        async def story() -> None:
            li = await buyer(site)
            refused = await li.write("在吗")
            assert refused["problem"]["key"] == "webchat.fields_missing"
            assert (await li.write("在吗", fields={"phone": "13812345678"}))["seq"]
            assert (await li.write("还在吗"))["seq"]

        run(story())
        site.house.close()
        first, second = (each.payload.extra for each in events_of(site))
        assert (first, second) == ({"phone": "13812345678"}, {})


def test_settings_hold_at_once_and_are_written_down(site):
    path = f"/shops/{SHOP}/channels/{SITE}/webchat"

    async def story() -> None:
        async with client(site.house, site.tokens["boss"]) as api:
            told = (await api.get(path)).json()
            assert told["version"] is None
            assert told["path"] == f"/webchat/{site.id}"
            assert f'data-chat="{site.id}"' in told["lines"][0]
            settings = {**told["settings"], "name": "云上衣橱", "colour": "#128F5A"}
            changed = await api.put(path, json={"settings": settings})
            assert (changed.status_code, changed.json()["version"]) == (200, 1)
            late = await api.put(path, json={"settings": told["settings"]})
            assert late.status_code == 409
            wrong = {**settings, "colour": "green", "allowed_origins": ["shop.example"]}
            refused = await api.put(path, json={"settings": wrong, "expected_version": 1})
            assert [each["key"] for each in refused.json()["problems"]] == [
                "webchat_settings.colour",
                "webchat_settings.origin",
            ]
            assert (await api.get(path.replace(SITE, "别的"))).status_code == 404
        async with client(site.house, site.tokens["chen"]) as api:
            assert (await api.get(path)).status_code == 403
        async with httpx.AsyncClient() as http:
            face = await http.get(site.address)
            assert face.json()["name"] == "云上衣橱"
            again = await http.get(site.address, headers={"if-none-match": face.headers["etag"]})
            assert (again.status_code, again.content) == (304, b"")
            assert "allowed_origins" not in face.json()

    run(story())
    site.house.close()
    with people_of(site.folder) as directory:
        (entry,) = directory.audit(subject=f"{SHOP}/webchat/{SITE}")
    assert (entry.author.account, entry.deed.what) == ("boss", "setting.changed")


def test_what_is_no_frame_is_refused_and_the_page_goes_on(site):
    async def story() -> None:
        li = await buyer(site)
        wrongs = (
            "nonsense",
            '[{"words": {"id": "a b", "text": "x"}}]',
            "[1]",
            "x" * 70_000,
            '[{"older": 1000000000000000000000}]',
            '[{"read": -1}]',
            r'[{"words": {"id": "a", "text": "\ud800"}}]',
        )
        for wrong in wrongs:
            await li.socket.send(wrong)
        answers = len(wrongs)
        await li.until(lambda each: sum("answered" in frame for frame in each.frames) == answers)
        await li.say(older=(1 << 40) - 1)
        await li.say(read=(1 << 40) - 1)
        assert (await li.write("在吗"))["seq"]

    run(story())
