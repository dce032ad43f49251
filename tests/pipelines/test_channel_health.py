"""How channels are: what is noticed of them at their doors and senders."""

import asyncio
from datetime import timedelta

import msgspec
from tests.adapters.storage.happenings import message
from tests.pipelines.open_house import NOON

from miaohui.adapters.channels.port import Answer, Outcome
from miaohui.adapters.channels.webhook.door import WebhookDoor
from miaohui.adapters.channels.webhook.signature import signed
from miaohui.adapters.storage.live_ports import Outgoing, Sending
from miaohui.domain.desk.deadlines.offset import WITNESSES_OF_BEHIND, offset_at
from miaohui.domain.vocabulary.events import Event
from miaohui.pipelines.channel_health import ChannelHealth, HeardDoor, NotedSender

PLACE = ("茶叶铺", "web")
KEY = bytes(range(32))


def told(at) -> dict[str, object]:
    return {
        "conversation": "c1",
        "buyer": "小李",
        "at": at.isoformat(),
        "actor": "buyer",
        "origin": "human",
        "kind": "text",
        "source_id": f"m{at.timestamp()}",
        "payload": {"text": "在吗"},
    }


def door_of(health: ChannelHealth) -> HeardDoor:
    return HeardDoor(WebhookDoor(*PLACE, [KEY]), PLACE, health)


def ahead(health: ChannelHealth) -> timedelta:
    return offset_at(health.offsets[PLACE], NOON)


def test_events_tell_when_a_channel_was_heard_and_how_far_its_clock_is_ahead():
    health = ChannelHealth(lambda: NOON)
    door = door_of(health)
    early = [told(NOON + timedelta(seconds=seconds)) for seconds in (40, 41, 42)]
    assert len(door.read(msgspec.json.encode({"events": early}), NOON).events) == 3
    assert health.heard_at == {PLACE: NOON}
    assert ahead(health) == timedelta(seconds=42)
    later = NOON + timedelta(minutes=1)
    assert isinstance(door.read_one(msgspec.json.encode(told(NOON)), later), Event)
    assert health.heard_at == {PLACE: later}


def test_a_past_that_is_handed_in_says_nothing_about_the_clock():
    health = ChannelHealth(lambda: NOON)
    past = [told(NOON - timedelta(minutes=minutes)) for minutes in range(11, 40)]
    door_of(health).read(msgspec.json.encode({"events": past}), NOON)
    assert (health.heard_at, health.offsets) == ({PLACE: NOON}, {})


def test_what_cannot_be_read_was_not_heard():
    health = ChannelHealth(lambda: NOON)
    door_of(health).read_one(b"{}", NOON)
    assert (health.heard_at, health.offsets) == ({}, {})


def test_signed_send_times_prove_a_clock_that_is_behind():
    health = ChannelHealth(lambda: NOON)
    door = door_of(health)
    for number in range(WITNESSES_OF_BEHIND):
        headers = signed(KEY, f"d{number}", NOON - timedelta(seconds=100), b"")
        assert door.admit(headers.named(), b"", NOON) == f"d{number}"
    assert ahead(health) == timedelta(seconds=-98)


def test_a_channel_fails_from_its_first_refusal_until_it_takes_something_again():
    now = NOON
    answers = [
        Answer(Outcome.LATER, "http_503"),
        Answer(Outcome.REFUSED, "http_410"),
        Answer(Outcome.TAKEN),
    ]

    class Platform:
        async def send(self, outgoing: Outgoing) -> Answer:
            assert outgoing.event.source_id == "1"
            return answers.pop(0)

    health = ChannelHealth(lambda: now)
    sender = NotedSender(Platform(), PLACE, health)
    outgoing = Outgoing(message("1"), Sending.QUEUED, 0, NOON)
    asyncio.run(sender.send(outgoing))
    now = NOON + timedelta(minutes=5)
    assert asyncio.run(sender.send(outgoing)) == Answer(Outcome.REFUSED, "http_410")
    assert (health.failing[PLACE].since, health.failing[PLACE].reason) == (NOON, "http_410")
    asyncio.run(sender.send(outgoing))
    assert health.failing == {}
