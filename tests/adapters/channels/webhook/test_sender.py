"""Messages out by webhook, to a real receiver on a real socket."""

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from tests.adapters.outbound.receivers import answer, receiver
from tests.adapters.storage.happenings import RECEIVED, message

from miaohui.adapters.channels.port import Answer, Outcome
from miaohui.adapters.channels.webhook.sender import WebhookSender, answered
from miaohui.adapters.channels.webhook.signature import Headers, refusal
from miaohui.adapters.outbound.posting import Replied
from miaohui.adapters.storage.live_ports import Outgoing, Sending
from miaohui.domain.vocabulary.kinds import Actor

KEY = bytes(range(32))
NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
MESSAGE = Outgoing(
    message("m1", actor=Actor.AGENT, account="小王", id="0192-7", seq=3),
    Sending.QUEUED,
    0,
    RECEIVED,
)


def sent(status: int, *headers: str, inside: bool = True):
    async def story():
        async with receiver(lambda _: answer(status, *headers)) as (port, heard):
            sender = WebhookSender(f"http://127.0.0.1:{port}/in", [KEY], lambda: NOW, inside=inside)
            try:
                return await sender.send(MESSAGE), heard
            finally:
                await sender.close()

    return asyncio.run(story())


def test_a_message_arrives_signed_under_an_id_that_never_changes():
    told, ((_, headers, body),) = sent(200)
    assert told == Answer(Outcome.TAKEN)
    said = json.loads(body)
    assert (said["id"], said["text"], said["account"]) == ("0192-7", "在吗 m1", "小王")
    signed = Headers(
        headers["webhook-id"], headers["webhook-timestamp"], headers["webhook-signature"]
    )
    assert refusal([KEY], signed, body, NOW) is None
    assert signed.id == "0192-7"


@pytest.mark.parametrize(
    ("status", "headers", "expected"),
    [
        (204, (), Answer(Outcome.TAKEN)),
        (409, (), Answer(Outcome.TAKEN)),
        (500, (), Answer(Outcome.LATER, "http_500")),
        (503, ("retry-after: 7",), Answer(Outcome.LATER, "http_503", timedelta(seconds=7))),
        (429, ("retry-after: 999999999",), Answer(Outcome.LATER, "http_429", timedelta(hours=1))),
        (429, ("retry-after: soon",), Answer(Outcome.LATER, "http_429")),
        (400, (), Answer(Outcome.REFUSED, "http_400")),
        (404, (), Answer(Outcome.REFUSED, "http_404")),
        (302, ("location: http://127.0.0.1/",), Answer(Outcome.REFUSED, "http_302")),
    ],
)
def test_what_a_receiver_says_decides(status, headers, expected):
    assert sent(status, *headers)[0] == expected


def test_a_receiver_that_is_not_there_is_tried_later():
    async def story() -> Answer:
        async with receiver(lambda _: answer(200)) as (port, _):
            pass
        return await WebhookSender(
            f"http://127.0.0.1:{port}/", [KEY], lambda: NOW, inside=True
        ).send(MESSAGE)

    assert asyncio.run(story()) == Answer(Outcome.LATER, "unreachable")


@pytest.mark.parametrize("address", ["ftp://example.org/", "nonsense", "http://[x]/"])
def test_an_address_that_is_none_is_refused(address):
    told = asyncio.run(WebhookSender(address, [KEY], lambda: NOW, inside=True).send(MESSAGE))
    assert told == Answer(Outcome.REFUSED, "bad_address")


def test_no_message_reaches_inside_the_network():
    told, heard = sent(200, inside=False)
    assert told == Answer(Outcome.REFUSED, "reaches_inside")
    assert heard == []


def test_every_status_means_something():
    outcomes: Callable[[int], Outcome] = lambda status: answered(Replied(status)).outcome  # noqa: E731
    assert {outcomes(status) for status in range(100, 600)} == set(Outcome)
