"""Lists, search, drafts, quick replies, tasks and a shop right now, in a real house."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.journeys.desks import client, opened, page, run
from tests.journeys.serving import SHOP, streamed, told
from tests.journeys.test_desk import online


@pytest.fixture
def place(tmp_path: Path):
    with opened(tmp_path) as place:
        yield place


async def with_chats(place, *names: str):
    """The lead's page, with a chat of each of these buyers in the hands of lin."""
    lead = await page(place.house, place.tokens["lead"])
    await online(place.house, place.tokens, "lin")
    lin = await page(place.house, place.tokens["lin"])
    events = [told(f"m-{name}", name, payload={"text": f"{name} 的退货运费"}) for name in names]
    await streamed(place.house.port, events, 0)
    await lead.until(lambda each: len(each.cards) == len(names))
    for number in range(len(names)):
        chat = await lin.until(
            lambda each: next((c for c, card in each.cards.items() if card.waiting), None)
        )
        await lin.say(
            say={"ref": number, "chat": chat, "key": f"k{number}", "saying": {"text": "在"}}
        )
        await lin.answered(number)
        await lin.until(lambda each, chat=chat: not each.cards[chat].waiting)
    return lead, lin


async def eventually(ask, right):
    """What an answer says once it is right; rows and the index are a moment behind."""
    async with asyncio.timeout(20):
        while True:
            answer = await ask()
            assert answer.status_code == 200, answer.text
            if right(answer.json()):
                return answer.json()
            await asyncio.sleep(0.1)


def test_chats_are_listed_and_found_within_the_rights_of_the_reader(place):
    async def story() -> None:
        await with_chats(place, "阿强", "小美", "老王")
        async with client(place.house, place.tokens["lin"]) as mine:
            listed = await eventually(
                lambda: mine.get("/chats", params={"status": "answered", "limit": 2}),
                lambda page: len(page["items"]) == 2 and page["next"],
            )
            rest = (await mine.get("/chats", params={"cursor": listed["next"]})).json()
            assert {each["buyer"] for each in listed["items"] + rest["items"]} == {
                *("阿强", "小美", "老王"),
            }
            found = await eventually(
                lambda: mine.get("/search", params={"words": "运费 小美"}),
                lambda page: page["items"],
            )
            (hit,) = found["items"]
            assert (hit["buyer"], hit["text"], hit["shop"]) == ("小美", "小美 的退货运费", SHOP)
        async with client(place.house, place.tokens["zhou"]) as others:
            assert (await others.get("/chats")).json()["items"] == []
            assert (await others.get("/search", params={"words": "运费"})).json()["items"] == []
        async with client(place.house, place.tokens["lead"]) as lead:
            assert len((await lead.get("/search", params={"words": "运"})).json()["items"]) == 3
            other_shop = {"words": "运", "shop": "别家"}
            assert (await lead.get("/search", params=other_shop)).json()["items"] == []
            bad = await lead.get("/chats", params={"cursor": "!"})
            assert (bad.status_code, bad.json()["problems"][0]["key"]) == (400, "cursor.unreadable")

    run(story())


def test_a_draft_is_there_on_every_device_of_its_writer_alone(place):
    async def story() -> None:
        _, lin = await with_chats(place, "阿强")
        (chat,) = lin.cards
        async with client(place.house, place.tokens["lin"]) as mine:
            kept = await mine.put(f"/chats/{chat}/draft", json={"text": "亲，帮您"})
            assert kept.status_code == 200, kept.text
            assert [each["text"] for each in (await mine.get("/me/drafts")).json()] == ["亲，帮您"]
            await mine.put(f"/chats/{chat}/draft", json={"text": ""})
            assert (await mine.get("/me/drafts")).json() == []
        async with client(place.house, place.tokens["zhou"]) as other:
            assert (await other.put(f"/chats/{chat}/draft", json={"text": "x"})).status_code == 404

    run(story())


def test_quick_replies_are_found_by_initials_and_shared_by_those_who_may(place):
    async def story() -> None:
        async with client(place.house, place.tokens["lin"]) as mine:
            own = {"title": "发货时间", "text": "{buyer}，今天发货"}
            kept = await mine.put("/quick-replies/fh", json=own)
            assert kept.status_code == 200, kept.text
            team = {"title": "运费", "text": "包邮", "shop": SHOP, "mine": False}
            assert (await mine.put("/quick-replies/yf", json=team)).status_code == 403
            wrong = await mine.put("/quick-replies/x", json={"title": "", "text": "{price}"})
            assert [each["key"] for each in wrong.json()["problems"]] == [
                *("reply.title", "reply.variable"),
            ]
        async with client(place.house, place.tokens["lead"]) as lead:
            assert (await lead.put("/quick-replies/yf", json=team)).status_code == 200
            assert (await lead.put("/quick-replies/fh", json=own)).status_code == 403
        async with client(place.house, place.tokens["lin"]) as mine:
            shown = (await mine.get("/quick-replies")).json()
            assert [(each["reply"]["id"], each["initials"]) for each in shown] == [
                *(("fh", "fhsj"), ("yf", "yf")),
            ]
            assert (await mine.delete("/quick-replies/yf")).status_code == 403
            assert (await mine.delete("/quick-replies/fh")).status_code == 204
        async with client(place.house, place.tokens["zhou"]) as other:
            assert [each["reply"]["id"] for each in (await other.get("/quick-replies")).json()] == [
                "yf"
            ]

    run(story())


def test_what_was_promised_is_a_task_until_it_is_done(place):
    due = (datetime.now(UTC) + timedelta(hours=2)).isoformat()

    async def story() -> None:
        lead, lin = await with_chats(place, "阿强")
        (chat,) = lin.cards
        async with client(place.house, place.tokens["lin"]) as mine:
            promise = {"what": "follow_up", "due": due, "note": "明天回电", "account": "lin"}
            assert (await mine.post(f"/chats/{chat}/tasks", json=promise)).status_code == 201
            (task,) = (await mine.get("/tasks")).json()
            assert (task["chat"], task["buyer"], task["task"]["what"]) == (
                chat,
                "阿强",
                "follow_up",
            )
            path = f"/chats/{chat}/tasks/{task['task']['id']}"
            assert (await mine.patch(path, json={"account": "nobody here"})).status_code == 422
            assert (await mine.patch(path, json={"account": "zhou"})).status_code == 200
        await lead.until(lambda each: each.cards[chat].life.tasks[0].account == "zhou")
        async with client(place.house, place.tokens["zhou"]) as other:
            assert len((await other.get("/tasks")).json()) == 1
        async with client(place.house, place.tokens["lead"]) as boss:
            assert (await boss.put(f"{path}/closure")).status_code == 200
            assert (await boss.put(f"/chats/{chat}/tasks/none/closure")).status_code == 404
            assert (await boss.get("/tasks")).json() == []

    run(story())


def test_a_shop_tells_what_it_is_now_to_those_who_may_read_reports(place):
    async def story() -> None:
        lead, _ = await with_chats(place, "阿强", "小美")
        figures = await lead.until(
            lambda each: [f["figures"] for f in each.told("figures") if "figures" in f["figures"]]
        )
        assert figures[-1]["shop"] == SHOP
        async with client(place.house, place.tokens["lead"]) as api:
            now = (await api.get(f"/shops/{SHOP}/now")).json()
            assert {each["account"] for each in now["agents"]} >= {"lin", "zhou"}
            assert now.get("waiting", 0) == 0
            assert (await api.get("/shops/别家/now")).status_code == 404
        async with client(place.house, place.tokens["lin"]) as api:
            assert (await api.get(f"/shops/{SHOP}/now")).status_code == 403
            there = (await api.get(f"/shops/{SHOP}/colleagues")).json()
            assert {each["account"]: each["presence"] for each in there}["lin"] == "online"

    run(story())
