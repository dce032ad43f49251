"""What a house writes about itself: every request, and nobody's data."""

import asyncio
import json
import re
from pathlib import Path

import httpx
import pytest
from tests.journeys.desks import client, opened, page, run
from tests.journeys.serving import KEY, House, delivered, streamed, told

from miaohui.adapters.channels.webhook.signature import new_secret

METRICS_TOKEN = "a-token-for-the-monitoring"
PHONE, NAME, TEXT = "13812345678", "欧阳小明", "我家住在幸福路十二号"
PERSONAL = (PHONE, NAME, TEXT, "幸福路", "110101199003078515", "6222021234567890123")
MORE = f'log_level = "debug"\nmetrics_token = "{METRICS_TOKEN}"\nmetrics_per_shop = true'


def lines_of(house: House) -> list[dict]:
    return [json.loads(line) for line in house.complaints().splitlines()]


@pytest.fixture
def place(tmp_path: Path):
    with opened(tmp_path, more=MORE) as place:
        yield place


def test_a_day_of_personal_data_leaves_none_in_the_log_book_and_in_the_metrics(place):
    house, tokens, *_ = place
    answers: list[str] = []

    async def story() -> None:
        lin = await page(house, tokens["lin"])
        async with client(house, tokens["lin"]) as api:
            await api.put("/me/presence", json={"presence": "online"})
            text = f"{TEXT}，电话 {PHONE}，身份证 110101199003078515，卡 6222021234567890123"
            extra = {"收货人": NAME, "电话": PHONE}
            said = told("m1", NAME, payload={"text": text, "extra": extra})
            await streamed(house.port, [said], 0)
            chat = await lin.until(lambda each: each.has("lin"))
            for path, body in (
                (f"/chats/{chat}/messages", {"text": f"{NAME}您好，{PHONE} 对吗"}),
                (f"/chats/{chat}/notes", {"text": f"{NAME} {TEXT}"}),
                (f"/chats/{chat}/notes", {"text": NAME * 9999}),
                (f"/chats/{chat}/notes", {"wrong": f"{NAME} {PHONE}"}),
                (f"/chats/{PHONE}/notes", {"text": NAME}),
                (f"/{NAME}/{PHONE}?q={TEXT}", {}),
            ):
                answers.append((await api.post(path, json=body)).text)
            await api.put(f"/chats/{chat}/tags/{NAME}")
            await lin.say(say={"ref": 1, "chat": NAME, "key": "k", "saying": {"text": TEXT}})
            await lin.socket.send(f"{NAME} is no frame")
        async with client(house, tokens["lead"]) as api:
            await api.post(f"/chats/{chat}/disclosures")
        delivered(house, told("m2", NAME, payload={"text": TEXT}, kind=PHONE))
        delivered(house, told("m3"), headers={"webhook-signature": f"v1,{new_secret(KEY)}"})
        cookies = {"cookie": f"miaohui_session={tokens['lin']}; name={PHONE}"}
        for path in ("/v1/chats", f"/v1/chats/{PHONE}", f"/{TEXT}"):
            httpx.get(f"http://{house.address}{path}", headers=cookies)
        await asyncio.sleep(1.2)

    run(story())
    metrics = httpx.get(f"http://{house.address}/metrics").text
    assert house.close()[0] == 0
    book = house.complaints()
    assert len(book.splitlines()) > 15
    secrets = [*tokens.values(), KEY.hex(), new_secret(KEY), METRICS_TOKEN]
    for each in (*PERSONAL, *secrets):
        assert each not in book
        assert each not in metrics
    written = [*PERSONAL[:2], "110101199003078515"]
    assert [each for each in written if any(each in answer for answer in answers[2:])] == []


def test_every_request_has_one_line_and_an_id_that_its_answer_bears(place):
    house, tokens, *_ = place
    api = httpx.Client(base_url=f"http://{house.address}")
    given = api.get("/health", headers={"x-request-id": "from-the-proxy.1"})
    made = api.get("/nowhere/at/all")
    odd = api.get("/health", headers={"x-request-id": "two words"})
    as_lin = {"authorization": f"Bearer {tokens['lin']}"}
    chat = api.get("/v1/chats/" + "0" * 32, headers=as_lin)
    api.close()
    assert given.headers["x-request-id"] == "from-the-proxy.1"
    assert odd.headers["x-request-id"] != "two words"
    run(_open_and_close(house, tokens["lin"]))
    assert house.close()[0] == 0
    lines = {each["request"]: each for each in lines_of(house) if each["event"] == "request"}
    assert len(lines) == 5
    first = lines["from-the-proxy.1"]
    assert (first["method"], first["route"], first["status"]) == ("GET", "/health", 200)
    assert first["milliseconds"] > 0
    lost = lines[made.headers["x-request-id"]]
    assert (lost["route"], lost["status"], lost["account"]) == ("-", 404, None)
    asked = lines[chat.headers["x-request-id"]]
    assert (asked["status"], asked["account"]) == (404, "lin")
    assert re.fullmatch(r"/v1/chats/\{.+\}", asked["route"])
    (socket,) = [each for each in lines.values() if each["method"] == "SOCKET"]
    assert (socket["route"], socket["account"]) == ("/v1/desk", "lin")


async def _open_and_close(house: House, token: str) -> None:
    await (await page(house, token)).close()


def test_a_quiet_house_writes_nothing_of_requests(tmp_path):
    with opened(tmp_path) as place:
        house = place.house
        assert httpx.get(f"http://{house.address}/health").status_code == 200
        assert house.close() == (0, "")
