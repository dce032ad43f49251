"""The house as a process: what it acknowledges is kept, whatever happens to it."""

import asyncio
import json
import os
import random
import socket
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import httpx
import pytest
import websockets
from tests.journeys.serving import (
    CHANNEL,
    KEY,
    SHOP,
    House,
    connected,
    delivered,
    headers_for,
    log_in,
    opened_house,
    settings_in,
    streamed,
    told,
)

from miaohui.adapters.channels.webhook.signature import signed


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    with opened_house(tmp_path_factory.mktemp("house")) as house:
        yield house


def test_a_delivery_is_answered_event_by_event(house):
    answer = delivered(house, told("d1"), {"kind": "text"}, told("d2"))
    assert answer.status_code == 200
    assert [(each["source_id"], each["new"]) for each in answer.json()["taken"]] == [
        ("d1", True),
        ("d2", True),
    ]
    assert [each["place"] for each in answer.json()["rejected"]] == [1]
    again = delivered(house, told("d2")).json()["taken"]
    assert again == [{**answer.json()["taken"][1], "new": False}]


def test_a_repeated_delivery_is_refused(house):
    body = json.dumps({"events": [told("r1")]}).encode()
    headers = headers_for(body, "once")
    path = f"http://{house.address}/v1/channels/main/deliveries"
    answers = [httpx.post(path, content=body, headers=headers) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 409]


@pytest.mark.parametrize(
    ("changes", "status", "key"),
    [
        ({"headers": {"webhook-signature": "v1,AAAA"}}, 401, "webhook.not_genuine"),
        ({"headers": {"webhook-signature": ""}}, 401, "webhook.unsigned"),
        ({"body": b'{"events": []}'}, 401, "webhook.not_genuine"),
        ({"channel": "nobody"}, 404, "webhook.unknown"),
    ],
)
def test_nobody_else_gets_in(house, changes, status, key):
    answer = delivered(house, told("x1"), **changes)
    assert answer.status_code == status
    assert [each["key"] for each in answer.json()["problems"]] == [key]


def test_an_old_delivery_is_refused(house):
    body = json.dumps({"events": [told("x2")]}).encode()
    old = signed(KEY, "old", datetime.now(UTC) - timedelta(minutes=6), body)
    headers = dict(zip(headers_for(b""), (old.id, old.timestamp, old.signature), strict=True))
    path = f"http://{house.address}/v1/channels/main/deliveries"
    answer = httpx.post(path, content=body, headers=headers)
    assert (answer.status_code, answer.json()["problems"][0]["key"]) == (401, "webhook.too_old")


def test_problems_are_told_in_the_readers_language(house):
    english = delivered(house, channel="nobody", headers={"accept-language": "en-GB,zh;q=0.5"})
    chinese = delivered(house, channel="nobody")
    assert english.json()["problems"][0]["sentence"] == "No such channel: nobody"
    assert chinese.json()["problems"][0]["sentence"] == "没有这个渠道：nobody"


@pytest.mark.parametrize("path", ["/nowhere", "/v1/nowhere", "/v1/channels/main"])
def test_an_address_where_nothing_is_answers_in_words(house, path):
    answer = httpx.get(f"http://{house.address}{path}")
    assert answer.status_code == 404
    assert answer.json()["problems"][0]["sentence"] == "没有这个地址"


def test_a_body_too_large_is_refused(house):
    answer = delivered(house, told("big"), body=b" " * 5_000_001)
    assert answer.status_code == 413


def test_the_openapi_document_names_every_answer(house):
    document = httpx.get(f"http://{house.address}/v1/schema/openapi.json").json()
    answers = document["paths"]["/v1/channels/{channel_id}/deliveries"]["post"]["responses"]
    assert {"200", "400", "401", "404", "409", "413", "503", "507"} <= answers.keys()


def test_a_stream_answers_frame_by_frame(house):
    async def story() -> None:
        async with await connected(house.port) as stream:
            frames = [
                {"ref": 7, "event": told("f1")},
                {"ref": 8, "event": told("f2", kind="telepathy")},
                {"ref": 9, "event": told("f1")},
            ]
            for frame in frames:
                await stream.send(json.dumps(frame))
            await stream.send("nonsense")
            receipts: list[dict] = []
            while len(receipts) < 4:
                receipts += json.loads(await stream.recv())
        by_ref = {receipt["ref"]: receipt for receipt in receipts}
        assert by_ref[7]["new"]
        assert by_ref[8]["problem"]["key"] == "webhook.unknown_kind"
        assert by_ref[9] == {"ref": 9, "seq": by_ref[7]["seq"]}
        assert by_ref[0]["problem"]["key"] == "webhook.unreadable"

    asyncio.run(story())


def test_a_stream_that_is_not_genuine_is_closed(house):
    async def story() -> None:
        path = f"ws://{house.address}/v1/channels/main/stream"
        async with websockets.connect(path, additional_headers={}) as stream:
            with pytest.raises(websockets.ConnectionClosed) as closed:
                await stream.recv()
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 4401

    asyncio.run(story())


def test_a_closed_house_has_written_what_it_answered_and_complains_of_nothing(tmp_path):
    with opened_house(tmp_path) as house:
        assert delivered(house, *(told(f"m{place}") for place in range(50))).status_code == 200
        status, complaints = house.close()
    assert (status, complaints) == (0, "")
    with log_in(tmp_path) as log:
        assert [event.source_id for event in log.read(SHOP)] == [f"m{n}" for n in range(50)]
        assert {event.channel for event in log.read(SHOP)} == {CHANNEL}


def test_a_house_killed_again_and_again_loses_and_repeats_nothing(tmp_path):
    chance = random.Random(5)
    events = [
        [told(f"{sender}-{place}", f"c{sender}-{place % 7}") for place in range(400)]
        for sender in range(3)
    ]
    house = House(tmp_path)
    port = house.port

    async def story() -> list[dict[str, int]]:
        nonlocal house
        senders = [asyncio.create_task(streamed(port, own, 0.004)) for own in events]
        for _ in range(4):
            await asyncio.sleep(chance.uniform(0.2, 0.7))
            await asyncio.to_thread(house.kill)
            house = await asyncio.to_thread(House, tmp_path, port)
        return await asyncio.gather(*senders)

    try:
        seqs = asyncio.run(story())
        assert house.close() == (0, "")
    finally:
        house.process.kill()
    with log_in(tmp_path) as log:
        kept = list(log.read(SHOP))
        assert list(log.check()) == []
    assert {event.source_id: event.seq for event in kept} == {
        k: v for own in seqs for k, v in own.items()
    }
    assert len(kept) == sum(map(len, events))
    for sender in range(3):
        for thread in range(7):
            ids = [each.source_id for each in kept if each.conversation == f"c{sender}-{thread}"]
            assert ids == [f"{sender}-{place}" for place in range(thread, 400, 7)]


def test_a_port_that_is_taken_is_told(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        config = settings_in(tmp_path, taken.getsockname()[1])
        done = subprocess.run(
            [sys.executable, "-m", "miaohui", "serve", "-c", str(config)],
            env={
                **os.environ,
                "MIAOHUI_MASTER_KEY_FILE": str(tmp_path / "key"),
                "MIAOHUI_LANGUAGE": "en",
            },
            capture_output=True,
            text=True,
        )
    assert done.returncode == 2
    assert "another program holds it" in done.stderr
    assert "Traceback" not in done.stderr
