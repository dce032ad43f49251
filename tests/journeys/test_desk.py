"""From a buyer's message to a person's answer, over real sockets in a real house."""

import asyncio
from pathlib import Path

import pytest
from tests.journeys.desks import client, opened, page, people_of, run
from tests.journeys.serving import CHANNEL, SHOP, House, connected, log_in, log_of, streamed, told


@pytest.fixture(params=["a file", "a database"])
def place(request: pytest.FixtureRequest, tmp_path: Path):
    """Every story is told of a house on either storage."""
    address = None
    if request.param == "a database":
        server = request.getfixturevalue("server")
        address = server.url(request.getfixturevalue("spoiled"))
    with opened(tmp_path, log=address) as place:
        yield place


async def online(house: House, tokens: dict[str, str], *names: str) -> None:
    for name in names:
        async with client(house, tokens[name]) as api:
            answer = await api.put("/me/presence", json={"presence": "online"})
            assert answer.status_code == 200, answer.text


def test_a_buyers_message_is_on_the_desk_of_whoever_is_there_and_the_answer_goes_into_the_log(
    place,
):
    house, tokens, folder, platform = place

    async def story() -> None:
        lin, zhou = await page(house, tokens["lin"]), await page(house, tokens["zhou"])
        await online(house, tokens, "lin")
        await streamed(house.port, [told("m1")], 0)
        chat = await lin.until(lambda each: each.has("lin"))
        card = lin.cards[chat]
        assert (card.waiting, card.life.closed) == (1, False)
        shown = lin.told("chats")[-1]["chats"][0]
        assert (shown["shop"], shown["channel"], shown["preview"]) == (SHOP, CHANNEL, "在吗 m1")
        assert shown.get("deadline", "9") > shown["card"]["waiting_since"]
        await lin.say(say={"ref": 1, "chat": chat, "key": "k1", "saying": {"text": "在的"}})
        assert (await lin.answered(1))["seq"] == 4
        await lin.until(lambda each: each.cards[chat].waiting_since is None)
        assert zhou.cards == {}

    run(story())
    house.close()
    with log_in(folder) as log:
        events = [event for event in log.read(SHOP) if event.channel == CHANNEL]
    assert [event.kind for event in events] == ["text", "assigned", "text"]
    answer = events[-1]
    assert (answer.account, answer.origin, answer.payload.text) == ("lin", "human", "在的")
    assert [(said["id"], said["text"]) for said in platform.came] == [(answer.id, "在的")]


def test_the_same_message_sent_twice_is_said_once(place):
    house, tokens, folder, platform = place

    async def story() -> None:
        lin = await page(house, tokens["lin"])
        await online(house, tokens, "lin")
        await streamed(house.port, [told("m1")], 0)
        chat = await lin.until(lambda each: each.has("lin"))
        async with client(house, tokens["lin"], **{"idempotency-key": "again"}) as api:
            answers = [
                await api.post(f"/chats/{chat}/messages", json={"text": "在的"}) for _ in range(3)
            ]
        assert {answer.json()["seq"] for answer in answers} == {4}

    run(story())
    house.close()
    with log_in(folder) as log:
        assert [e.payload.text for e in log.read(SHOP) if e.actor == "agent"].count("在的") == 1
    assert len({said["id"] for said in platform.came}) == 1


def test_a_page_that_lost_its_line_hears_what_it_missed_and_is_as_a_fresh_one(place):
    house, tokens, *_ = place

    async def story() -> None:
        boss, lin = await page(house, tokens["boss"]), await page(house, tokens["lin"])
        await online(house, tokens, "lin")
        await streamed(house.port, [told(f"m{n}", f"c{n}") for n in range(4)], 0.01)
        await boss.until(lambda each: len(each.cards) == 4)
        await asyncio.sleep(1)
        await boss.close()
        seqs = {SHOP: max(card.seq for card in boss.cards.values())}
        await streamed(house.port, [told("m9", "c1"), told("m10", "c7")], 0)
        chat = await lin.until(lambda each: each.has("lin"))
        async with client(house, tokens["lin"]) as api:
            assert (await api.put(f"/chats/{chat}/tags/VIP")).status_code == 200
            assert (
                await api.post(f"/chats/{chat}/notes", json={"text": "老客"})
            ).status_code == 201
        back = await page(house, tokens["boss"], since=seqs)
        replayed = [each["event"]["kind"] for each in back.told("event")]
        assert replayed.count("text") == 2
        assert {"tagged", "note"} <= set(replayed)
        await asyncio.sleep(0.5)
        fresh = await page(house, tokens["boss"])
        assert back.cards == fresh.cards
        assert len(fresh.cards) == 5

    run(story())


def test_whoever_sees_only_their_own_chats_sees_one_come_and_go(place):
    house, tokens, *_ = place

    async def story() -> None:
        lin, zhou = await page(house, tokens["lin"]), await page(house, tokens["zhou"])
        await online(house, tokens, "lin")
        await streamed(house.port, [told("m1")], 0)
        chat = await lin.until(lambda each: each.has("lin"))
        async with client(house, tokens["zhou"]) as api:
            assert (await api.get(f"/chats/{chat}")).status_code == 404
            assert (await api.get(f"/chats/{chat}/messages")).status_code == 404
        async with client(house, tokens["lin"]) as api:
            given = await api.put(f"/chats/{chat}/assignment", json={"account": "zhou"})
            assert given.json()["problems"][0]["key"] == "desk.receiver_not_there"
            await online(house, tokens, "zhou")
            given = await api.put(
                f"/chats/{chat}/assignment", json={"account": "zhou", "note": "催发货，已查"}
            )
            assert given.status_code == 200, given.text
        await lin.until(lambda each: each.told("gone"))
        await zhou.until(lambda each: each.has("zhou"))
        assert lin.cards == {}
        async with client(house, tokens["zhou"]) as api:
            events = (await api.get(f"/chats/{chat}/messages")).json()
        assert [event["kind"] for event in events] == ["text", "assigned", "transferred"]
        assert events[-1]["payload"] == {"text": "催发货，已查", "by": "lin"}

    run(story())


def test_personal_data_is_behind_asterisks_and_whoever_looks_is_written_down(place):
    house, tokens, folder, _ = place
    chats: list[str] = []
    text = "我的电话 13812345678"

    async def story() -> None:
        lin = await page(house, tokens["lin"])
        await online(house, tokens, "lin")
        await streamed(house.port, [told("m1", payload={"text": text})], 0)
        chat = await lin.until(lambda each: each.has("lin"))
        assert "13812345678" not in str(lin.frames)
        async with client(house, tokens["lin"]) as api:
            assert "13812345678" not in (await api.get(f"/chats/{chat}/messages")).text
            assert (await api.post(f"/chats/{chat}/disclosures")).status_code == 403
        async with client(house, tokens["lead"]) as api:
            assert "13812345678" not in (await api.get(f"/chats/{chat}")).text
            whole = await api.post(f"/chats/{chat}/disclosures")
            assert text in whole.text
        chats.append(chat)

    run(story())
    house.close()
    with people_of(folder) as directory:
        entries = directory.audit(subject=chats[0])
    assert [(each.author.account, each.deed.what) for each in entries] == [
        ("lead", "buyer.disclosed")
    ]


def test_after_a_power_cut_everybody_has_what_they_had(place):
    house, tokens, folder, platform = place

    async def before() -> dict[str, str | None]:
        boss = await page(house, tokens["boss"])
        await online(house, tokens, "lin", "zhou")
        lines = [await page(house, tokens[name]) for name in ("lin", "zhou")]
        await streamed(house.port, [told(f"m{n}", f"c{n}") for n in range(5)], 0)
        await boss.until(lambda each: len(each.cards) == 5 and each.has("lin") and each.has("zhou"))
        await asyncio.sleep(0.3)
        assert lines
        return {chat: card.life.account for chat, card in boss.cards.items()}

    async def after(again: House) -> dict[str, str | None]:
        boss = await page(again, tokens["boss"])
        return {chat: card.life.account for chat, card in boss.cards.items()}

    held = run(before())
    port = house.port
    house.kill()
    again = House(folder, port, platform.address, log_of(folder))
    try:
        assert run(after(again)) == held
    finally:
        again.close()
    with log_in(folder) as log:
        given = [event.conversation for event in log.read(SHOP) if event.kind == "assigned"]
    assert len(given) == len(set(given))


def test_closing_snoozing_and_reopening_are_for_chats_in_which_nobody_waits(place):
    house, tokens, *_ = place

    async def story() -> None:
        lin = await page(house, tokens["lin"])
        await online(house, tokens, "lin")
        await streamed(house.port, [told("m1")], 0)
        chat = await lin.until(lambda each: each.has("lin"))
        async with client(house, tokens["lin"]) as api:
            refused = await api.put(f"/chats/{chat}/closure")
            assert refused.status_code == 422
            assert refused.json()["problems"][0]["key"] == "desk.buyer_waits"
            await api.post(f"/chats/{chat}/messages", json={"text": "在的"})
            past = await api.put(f"/chats/{chat}/snooze", json={"until": "2020-01-01T00:00:00Z"})
            assert past.json()["problems"][0]["key"] == "desk.snooze_not_ahead"
            assert (await api.put(f"/chats/{chat}/closure")).status_code == 200
            assert (await api.get(f"/chats/{chat}")).json()["card"]["life"]["closed"]
            assert (await api.delete(f"/chats/{chat}/closure")).status_code == 200
            shown = (await api.get(f"/chats/{chat}")).json()["card"]["life"]
            assert (shown.get("closed", False), shown["account"]) == (False, "lin")

    run(story())


def test_nobody_without_a_session_gets_a_page(place):
    house, tokens, *_ = place

    async def story() -> None:
        with pytest.raises(Exception, match="HTTP 403"):
            await page(house, "no token of ours")
        stream = await connected(house.port)
        await stream.close()
        async with client(house, "none") as api:
            answer = await api.get("/chats/" + "0" * 32)
            assert (answer.status_code, answer.json()["problems"][0]["key"]) == (
                401,
                "login.needed",
            )

    assert tokens
    run(story())
