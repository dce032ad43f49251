"""Shops and channels over HTTP: open at once, healthy or not, with secrets that are shown once."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from tests.journeys.clients import api, as_, done, refused
from tests.journeys.desks import Page, Place, client, opened, page, run
from tests.journeys.serving import CHANNEL, SHOP, House, headers_for, streamed, told
from tests.journeys.test_desk import online

from miaohui.adapters.channels.webhook.signature import key_of

NEW = "咖啡铺"
CHANNELS = f"/shops/{SHOP}/channels"


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    with opened(tmp_path_factory.mktemp("house")) as place:
        yield place


@pytest.fixture
def own(tmp_path: Path):
    """A house of one's own."""
    with opened(tmp_path) as place:
        yield place


def handed_in(house: House, path: str, secret: str, *events: dict[str, object]) -> httpx.Response:
    """The answer to a delivery at a door, signed with a secret."""
    body = json.dumps({"events": events}).encode()
    headers = headers_for(body, key=key_of(secret) or b"")
    return httpx.post(f"http://{house.address}{path}", content=body, headers=headers)


def new_channel(boss: httpx.Client, shop: str, name: str) -> str:
    """The path of a fresh webhook channel."""
    wanted = {"id": name, "kind": "webhook", "name": name}
    done(boss.post(f"/shops/{shop}/channels", json=wanted), 201)
    return f"/shops/{shop}/channels/{name}"


def test_a_shop_and_its_channel_are_open_as_soon_as_they_are_added(own: Place):
    house, tokens = own.house, own.tokens
    with as_(own, "boss") as boss:
        done(boss.post("/shops", json={"id": NEW, "name": NEW, "pack": "neutral"}), 201)
        channel = new_channel(boss, NEW, "官网")
        secret = done(boss.post(f"{channel}/webhook/secrets"), 201)["secret"]
        path = done(boss.get(f"{channel}/webhook"))["path"]
        done(
            boss.put(
                "/accounts/zhou", json={"name": "zhou", "role": "agent", "shops": {"only": [NEW]}}
            )
        )
    assert handed_in(house, path, secret, told("m1")).json()["taken"][0]["new"] is True

    async def story() -> None:
        zhou = await page(house, tokens["zhou"])
        await online(house, tokens, "zhou")
        await zhou.until(lambda each: each.has("zhou"))
        (shown,) = zhou.told("chats")[-1]["chats"]
        assert (shown["shop"], shown["channel"]) == (NEW, "官网")

    run(story())
    with as_(own, "zhou") as zhou:
        assert [each["id"] for each in done(zhou.get("/shops"))] == [NEW]
        refused(zhou.get(f"/shops/{SHOP}"), 404, "directory.unknown")


def test_what_is_wrong_with_a_shop_is_told(place):
    with as_(place, "boss") as boss:
        for wanted, *keys in (
            ({"id": "a/b", "name": "x"}, "name.no_id"),
            ({"id": "..", "name": "x"}, "name.no_id"),
            ({"id": "x", "name": "x", "timezone": "Mars"}, "shop.timezone"),
            ({"id": "x", "name": "x", "pack": "nonsense"}, "pack.unknown"),
            ({"id": "x", "name": "x", "pack": "/etc/passwd"}, "shop.pack_is_file"),
            ({"id": "x", "name": ""}, "name.empty"),
        ):
            refused(boss.post("/shops", json=wanted), 422, *keys)
        refused(boss.post("/shops", json={"id": SHOP, "name": "x"}), 409, "directory.name_taken")
        refused(boss.put("/shops/nowhere", json={"name": "x"}), 404, "directory.unknown")
        kinds = {"id": "x", "kind": "fax", "name": "x"}
        refused(boss.post(CHANNELS, json=kinds), 422, "channel.unknown_kind")
        again = {"id": CHANNEL, "kind": "webhook", "name": "x"}
        refused(boss.post(CHANNELS, json=again), 409, "directory.name_taken")


def test_the_rules_that_a_shop_may_go_by_are_listed_with_their_hours(place):
    with as_(place, "lin") as lin:
        known = {each["id"]: each for each in done(lin.get("/packs/known"))}
        assert known["neutral"]["assessed"] == [{"start": "08:00", "end": "23:00"}]
        assert known["pdd"]["version"] == "2026.1"
        assert known["pdd"]["seconds"] == 180
        assert set(known["jd"]["title"]) == {"zh", "en"}
    with as_(place, "boss") as boss:
        for name in known:
            named = {"name": SHOP, "pack": name}
            assert done(boss.put(f"/shops/{SHOP}", json=named))["pack"] == name
            told_ = done(boss.get("/packs", params={"shop": SHOP}))
            assert [each["id"] for each in told_] == [name]
        assert done(boss.get("/packs", params={"shop": "nowhere"})) == []


def test_a_channel_of_the_settings_file_is_shown_and_changed_there_only(place):
    with as_(place, "boss") as boss:
        listed = {each["id"]: each for each in done(boss.get(CHANNELS))}
        assert listed[CHANNEL]["in_settings_file"] is True
        path = f"{CHANNELS}/{CHANNEL}"
        refused(boss.put(path, json={"name": "x"}), 409, "channel.in_settings_file")
        refused(boss.get(f"{path}/webhook"), 409, "channel.in_settings_file")
        refused(boss.post(f"{path}/webhook/secrets"), 409, "channel.in_settings_file")


def test_a_secret_is_shown_once_and_two_are_believed_while_it_is_changed(place):
    house = place.house
    with as_(place, "boss") as boss:
        webhook = new_channel(boss, SHOP, "换钥匙") + "/webhook"
        old = done(boss.post(f"{webhook}/secrets"), 201)
        path = done(boss.get(webhook))["path"]
        assert handed_in(house, path, old["secret"], told("s1")).status_code == 200
        new = done(boss.post(f"{webhook}/secrets"), 201)
        refused(boss.post(f"{webhook}/secrets"), 422, "webhook.two_secrets")
        for number, secret in enumerate((old["secret"], new["secret"])):
            event = told(f"s2-{number}")
            assert handed_in(house, path, secret, event).status_code == 200
        assert boss.delete(f"{webhook}/secrets/{old['id']}").status_code == 204
        assert handed_in(house, path, old["secret"], told("s3")).status_code == 401
        assert handed_in(house, path, new["secret"], told("s4")).status_code == 200
        refused(boss.delete(f"{webhook}/secrets/{old['id']}"), 404, "directory.unknown")
        known = done(boss.get(webhook))
        assert [each["id"] for each in known["secrets"]] == [new["id"]]
        told_ = boss.get(webhook).text + boss.get("/audit", params={"limit": 200}).text
        assert "whsec_" not in told_
    for file in place.folder.glob("shop.db*"):
        assert new["secret"].encode() not in file.read_bytes()


def test_messages_of_an_open_channel_never_reach_inside_the_network(place):
    with as_(place, "boss") as boss:
        channel = new_channel(boss, SHOP, "出门")
        refused(boss.post(f"{channel}/trials"), 422, "channel.no_way_out")
        done(boss.post(f"{channel}/webhook/secrets"), 201)
        for address in ("http://example.com/in", "https://", "https://a b/", "file:///etc/passwd"):
            answer = boss.put(f"{channel}/webhook", json={"to": address, "expected_version": 1})
            refused(answer, 422, "webhook.address")
        inside = {"to": f"https://127.0.0.1:{place.house.port}/in", "expected_version": 1}
        kept = done(boss.put(f"{channel}/webhook", json=inside))
        assert (kept["to"], kept["version"]) == (inside["to"], 2)
        trial = done(boss.post(f"{channel}/trials"))
        assert trial == {"outcome": "refused", "reason": "reaches_inside"}
        health = done(boss.get(f"{channel}/health"))
        assert health["failing_reason"] == "reaches_inside"
        stale = boss.put(f"{channel}/webhook", json={"to": None, "expected_version": 1})
        refused(stale, 409, "directory.changed_meanwhile")
        kinds = {"to": inside["to"], "sends": ["text", "fax"], "expected_version": 2}
        refused(boss.put(f"{channel}/webhook", json=kinds), 422, "channel.cannot_send")


def test_a_test_message_shows_what_came_back(own: Place):
    path = f"{CHANNELS}/{CHANNEL}"
    with as_(own, "boss") as boss:
        trial = done(boss.post(f"{path}/trials"))
        assert trial == {"outcome": "taken", "reason": None}
        (came,) = own.platform.came
        assert (came["kind"], came["shop"], own.platform.forged) == ("test", SHOP, 0)
        own.platform.status = 503
        trial = done(boss.post(f"{path}/trials"))
        assert trial == {"outcome": "later", "reason": "http_503"}
        health = done(boss.get(f"{path}/health"))
        assert (health["failing_reason"], health["messages_waiting"]) == ("http_503", 0)
        own.platform.status = 200
        done(boss.post(f"{path}/trials"))
        assert done(boss.get(f"{path}/health"))["failing_since"] is None


def test_a_channel_that_is_closed_takes_nothing_and_its_chats_leave_the_desk(own: Place):
    house, tokens = own.house, own.tokens
    with as_(own, "boss") as boss:
        channel = new_channel(boss, SHOP, "开关")
        secret = done(boss.post(f"{channel}/webhook/secrets"), 201)["secret"]
        path = done(boss.get(f"{channel}/webhook"))["path"]

    async def story() -> None:
        lin = await page(house, tokens["lin"])
        await online(house, tokens, "lin")
        await asyncio.to_thread(handed_in, house, path, secret, told("m1"))
        chat = await lin.until(lambda each: each.has("lin"))
        async with client(house, tokens["boss"]) as boss:
            off = await boss.put(channel, json={"name": "开关", "active": False})
            assert off.status_code == 200, off.text
            await lin.until(lambda each: each.cards == {})
            assert lin.told("gone")[-1]["gone"] == chat
            assert (await boss.get(f"/chats/{chat}")).status_code == 404
            shut = await asyncio.to_thread(handed_in, house, path, secret, told("m2"))
            assert shut.status_code == 404
            # The desk goes on with everything else.
            await streamed(house.port, [told("m3", "c3")], 0)
            await lin.until(lambda each: len(each.cards) == 1)
            on = await boss.put(channel, json={"name": "开关", "active": True})
            assert on.status_code == 200
            back = await asyncio.to_thread(handed_in, house, path, secret, told("m4"))
            assert back.status_code == 200
            await lin.until(lambda each: chat in each.cards and each.cards[chat].waiting == 2)

    run(story())


def counted(wall: Page, pack: str) -> int:
    """How much the newest figures of a pack count."""
    for frame in reversed(wall.told("figures")):
        figures = frame["figures"].get("figures", {})
        if pack in figures:
            return max(figure["denominator"] for figure in figures[pack].values())
    return 0


async def with_pack(house: House, token: str, pack: str) -> None:
    """The shop goes by another pack from now on; these count at any hour of the day."""
    async with client(house, token) as boss:
        changed = await boss.put(f"/shops/{SHOP}", json={"name": SHOP, "pack": pack})
        assert changed.status_code == 200, changed.text


def test_another_pack_counts_the_whole_of_today_anew_chats_at_rest_included(own: Place):
    house, tokens = own.house, own.tokens

    async def before() -> None:
        await with_pack(house, tokens["boss"], "pdd")
        wall, lin = await page(house, tokens["boss"]), await page(house, tokens["lin"])
        await online(house, tokens, "lin")
        await streamed(house.port, [told(f"m{n}", f"c{n}") for n in range(3)], 0)
        await lin.until(lambda each: len(each.cards) == 3)
        async with client(house, tokens["lin"]) as mine:
            for chat in list(lin.cards):
                said = await mine.post(f"/chats/{chat}/messages", json={"text": "在的"})
                assert said.status_code == 201
                assert (await mine.put(f"/chats/{chat}/closure")).status_code == 200
        await wall.until(lambda each: counted(each, "pdd") == 3)
        await with_pack(house, tokens["boss"], "wechat_shop")
        await wall.until(lambda each: counted(each, "wechat_shop") == 3)

    async def after(again: House) -> None:
        wall = await page(again, tokens["boss"])
        await with_pack(again, tokens["boss"], "douyin")
        await wall.until(lambda each: counted(each, "douyin") == 3)

    run(before())
    house.close()
    # A house that has just opened has none of them on the floor.
    again = House(own.folder, to=own.platform.address)
    try:
        run(after(again))
    finally:
        again.close()


def test_a_clock_that_runs_ahead_is_noticed_and_when_a_channel_was_last_heard(own: Place):
    path = f"{CHANNELS}/{CHANNEL}/health"
    with as_(own, "boss") as boss:
        assert done(boss.get(path))["heard_at"] is None
        ahead = (datetime.now(UTC) + timedelta(seconds=90)).isoformat()
        events = [told(f"m{n}", f"c{n}", at=ahead) for n in range(3)]
        run(streamed(own.house.port, events, 0))
        health = done(boss.get(path))
        heard = datetime.fromisoformat(health["heard_at"])
        assert abs((datetime.now(UTC) - heard).total_seconds()) < 60
        assert 60 < health["clock_ahead_seconds"] <= 90


def test_a_message_that_was_given_up_is_listed_and_sent_once_more(own: Place):
    house, tokens = own.house, own.tokens
    own.platform.status = 410
    path = f"/shops/{SHOP}/outgoing"

    async def story() -> None:
        lin = await page(house, tokens["lin"])
        await online(house, tokens, "lin")
        await streamed(house.port, [told("m1")], 0)
        chat = await lin.until(lambda each: each.has("lin"))
        async with client(house, tokens["lin"]) as mine:
            said = await mine.post(f"/chats/{chat}/messages", json={"text": "在的"})
            seq = said.json()["seq"]
            assert (await mine.get(path)).status_code == 403
        async with client(house, tokens["lead"]) as lead:
            items: list[dict[str, object]] = []
            async with asyncio.timeout(20):
                while not items:
                    items = (await lead.get(path, params={"state": "failed"})).json()["items"]
                    await asyncio.sleep(0.05)
            assert [(each["seq"], each["chat"], each["reason"]) for each in items] == [
                (seq, chat, "http_410")
            ]
            assert "在的" not in str(items)
            health = (await lead.get(f"{CHANNELS}/{CHANNEL}/health")).json()
            assert (health["messages_failed"], health["failing_reason"]) == (1, "http_410")
            own.platform.status = 200
            again = await lead.post(f"{path}/{seq}/resending")
            assert again.status_code == 201, again.text
            async with asyncio.timeout(20):
                while not own.platform.came:
                    await asyncio.sleep(0.05)
            assert own.platform.came[0]["text"] == "在的"
            assert (await lead.get(path)).json() == {"items": [], "next": None}
            assert (await lead.post(f"{path}/{seq}/resending")).status_code == 404
            assert (await lead.post(f"{path}/999999/resending")).status_code == 404

    run(story())
    with as_(own, "boss") as boss:
        (deed, *_) = done(boss.get("/audit", params={"limit": 1}))["items"]
        assert (deed["what"], deed["account"]) == ("message.sent_again", "lead")


def test_open_channels_outlive_a_restart(tmp_path):
    with opened(tmp_path) as first, as_(first, "boss") as boss:
        channel = new_channel(boss, SHOP, "官网")
        secret = done(boss.post(f"{channel}/webhook/secrets"), 201)["secret"]
        path = done(boss.get(f"{channel}/webhook"))["path"]
        tokens = first.tokens
        first.house.kill()
    again = House(tmp_path)
    try:
        assert handed_in(again, path, secret, told("m1")).status_code == 200
        with api(again, tokens["boss"]) as boss:
            assert done(boss.get(f"{channel}/webhook"))["path"] == path
    finally:
        again.close()
