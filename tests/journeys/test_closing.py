"""How a house closes: pages are told, what was handed in is written, and nobody waits for long."""

import asyncio
import json
import signal

import websockets
from tests.journeys.desks import opened, page, run
from tests.journeys.serving import CHANNEL, SHOP, connected, log_in, told

PAGES = 200


def test_every_page_is_told_to_come_again_and_every_receipt_is_kept(tmp_path):
    acknowledged: list[str] = []

    async def story(place) -> None:
        house, tokens, *_ = place
        pages = await asyncio.gather(*(page(house, tokens["lead"]) for _ in range(PAGES)))
        sending = asyncio.create_task(_hand_in(house.port, acknowledged))
        while len(acknowledged) < 50:
            await asyncio.sleep(0.01)
        assert await asyncio.to_thread(house.close, signal.SIGTERM) == (0, "")
        await sending
        await asyncio.gather(*(each.socket.wait_closed() for each in pages))
        assert {each.socket.close_code for each in pages} == {4412}
        assert all(each.told("closing") for each in pages)

    with opened(tmp_path) as place:
        run(story(place))
    with log_in(tmp_path) as log:
        kept = {event.source_id for event in log.read(SHOP) if event.channel == CHANNEL}
        assert list(log.check()) == []
    assert len(acknowledged) >= 50
    assert set(acknowledged) <= kept


async def _hand_in(port: int, acknowledged: list[str]) -> None:
    """One event after another until the house has gone."""
    stream = await connected(port)
    receiving = asyncio.create_task(_receive(stream, acknowledged))
    try:
        for number in range(100_000):
            await stream.send(json.dumps({"ref": number, "event": told(f"m{number}")}))
            await asyncio.sleep(0.002)
    except websockets.ConnectionClosed:
        await receiving


async def _receive(stream: websockets.ClientConnection, acknowledged: list[str]) -> None:
    try:
        async for message in stream:
            acknowledged += (f"m{each['ref']}" for each in json.loads(message) if "seq" in each)
    except websockets.ConnectionClosed:
        return


def test_pages_that_leave_while_they_are_told_something_are_no_fault(tmp_path):
    async def story(place) -> None:
        house, tokens, *_ = place
        sending = asyncio.create_task(_hand_in(house.port, []))
        for _ in range(10):
            pages = await asyncio.gather(*(page(house, tokens["lead"]) for _ in range(20)))
            await asyncio.gather(*(each.until(lambda it: it.told("event")) for each in pages))
            await asyncio.gather(*(each.close() for each in pages))
        assert await asyncio.to_thread(house.close, signal.SIGTERM) == (0, "")
        await sending

    with opened(tmp_path) as place:
        run(story(place))
