"""What a channel tells is looked at event by event."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from miaohui.adapters.channels.webhook.arrivals import MOST_EVENTS, read_delivery, read_event
from miaohui.domain.vocabulary.events import Event, Payload
from miaohui.domain.vocabulary.kinds import Actor, Origin
from miaohui.domain.vocabulary.problems import Problem, ReaderError

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
GOOD = {
    "conversation": "c1",
    "buyer": "小李",
    "at": "2026-11-02T20:00:00.123456+08:00",
    "actor": "buyer",
    "origin": "human",
    "kind": "text",
    "source_id": "m1",
    "payload": {"text": "在吗"},
}


def read_one(**changes: object) -> Event | Problem:
    told = {name: value for name, value in {**GOOD, **changes}.items() if value is not None}
    return read_event(json.dumps(told).encode(), "茶叶铺", "web", NOW)


def test_an_event_is_that_of_the_shop_and_channel_that_signed_it():
    assert read_one(shop="别家", channel="pdd") == Event(
        shop="茶叶铺",
        channel="web",
        conversation="c1",
        buyer="小李",
        at=NOW.replace(microsecond=123456),
        actor=Actor.BUYER,
        origin=Origin.HUMAN,
        kind="text",
        source_id="m1",
        payload=Payload(text="在吗"),
    )


def test_an_agents_very_short_message_keeps_what_rules_read():
    brief = read_one(actor="agent", account="小王", payload={"text": "亲，在的！"})
    long = read_one(actor="agent", account="小王", payload={"text": "亲，这款今天就可以发货的"})
    asked = read_one(payload={"text": "在"})
    assert [each.payload.brief for each in (brief, long, asked)] == ["亲在的", None, None]


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"conversation": None}, "webhook.event_unreadable"),
        ({"conversation": ""}, "webhook.event_unreadable"),
        ({"source_id": ""}, "webhook.event_unreadable"),
        ({"source_id": 7}, "webhook.event_unreadable"),
        ({"buyer": "x" * 257}, "webhook.event_unreadable"),
        ({"actor": "robot"}, "webhook.event_unreadable"),
        ({"origin": "ai"}, "webhook.event_unreadable"),
        ({"at": "2026-11-02T12:00:00"}, "webhook.event_unreadable"),
        ({"at": "yesterday"}, "webhook.event_unreadable"),
        ({"payload": {"text": "x" * 20_001}}, "webhook.event_unreadable"),
        ({"payload": {"extra": {"a": 1}}}, "webhook.event_unreadable"),
        ({"kind": "telepathy"}, "webhook.unknown_kind"),
        ({"at": "2026-11-02T12:05:00.000001Z"}, "webhook.from_the_future"),
        ({"at": "1999-12-31T23:59:59Z"}, "webhook.from_long_ago"),
    ],
)
def test_what_cannot_be_taken_is_told(changes, key):
    problem = read_one(**changes)
    assert isinstance(problem, Problem)
    assert problem.key == key


def test_a_clock_a_little_ahead_is_let_pass():
    assert isinstance(read_one(at=(NOW + timedelta(minutes=5)).isoformat()), Event)


def test_one_bad_event_keeps_no_other_out():
    events = [GOOD, {**GOOD, "kind": "?"}, [], {**GOOD, "source_id": "m2"}]
    read = read_delivery(json.dumps({"events": events}).encode(), "茶叶铺", "web", NOW)
    assert [event.source_id for event in read.events] == ["m1", "m2"]
    assert list(read.places) == [0, 3]
    assert [(each.place, each.problem.key) for each in read.refused] == [
        (1, "webhook.unknown_kind"),
        (2, "webhook.event_unreadable"),
    ]


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b'{"events": {}}', b'{"event": []}', b"\xff\xfe", b"\x00" * 9],
)
def test_a_body_that_is_no_delivery_is_refused_whole(body):
    with pytest.raises(ReaderError) as refused:
        read_delivery(body, "茶叶铺", "web", NOW)
    assert refused.value.problems[0].key == "webhook.unreadable"


def test_too_many_events_are_refused_whole():
    body = json.dumps({"events": [GOOD] * (MOST_EVENTS + 1)}).encode()
    with pytest.raises(ReaderError) as refused:
        read_delivery(body, "茶叶铺", "web", NOW)
    assert refused.value.problems[0].key == "webhook.too_many"
