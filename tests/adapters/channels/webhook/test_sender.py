"""Messages out by webhook, to a real receiver on a real socket."""

import asyncio
import json
from collections.abc import Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import httpcore
import pytest
from tests.adapters.storage.happenings import RECEIVED, message

from miaohui.adapters.channels.port import Answer, Outcome
from miaohui.adapters.channels.webhook.guarded import ReachesInside, is_public, public_address
from miaohui.adapters.channels.webhook.sender import WebhookSender, answered
from miaohui.adapters.channels.webhook.signature import Headers, refusal
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


@asynccontextmanager
async def receiver(status: int, *headers: str):
    """A receiver that answers with a status; its port and what it was told."""
    heard: list[tuple[dict[str, str], bytes]] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().splitlines()[1:-1]
        given = {name.lower(): value for name, _, value in (line.partition(": ") for line in head)}
        heard.append((given, await reader.readexactly(int(given["content-length"]))))
        lines = [f"HTTP/1.1 {status} X", "content-length: 0", "connection: close", *headers]
        writer.write("\r\n".join([*lines, "", ""]).encode())
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1], heard


def sent(status: int, *headers: str, path: str = "/in", inside: bool = True):
    async def story():
        async with receiver(status, *headers) as (port, heard):
            sender = WebhookSender(
                f"http://127.0.0.1:{port}{path}", KEY, lambda: NOW, inside=inside
            )
            try:
                return await sender.send(MESSAGE), heard
            finally:
                await sender.close()

    return asyncio.run(story())


def test_a_message_arrives_signed_under_an_id_that_never_changes():
    answer, ((headers, body),) = sent(200)
    assert answer == Answer(Outcome.TAKEN)
    told = json.loads(body)
    assert (told["id"], told["text"], told["account"]) == ("0192-7", "在吗 m1", "小王")
    signed = Headers(
        headers["webhook-id"], headers["webhook-timestamp"], headers["webhook-signature"]
    )
    assert refusal([KEY], signed, body, NOW) is None
    assert signed.id == "0192-7"


@pytest.mark.parametrize(
    ("status", "headers", "answer"),
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
def test_what_a_receiver_says_decides(status, headers, answer):
    assert sent(status, *headers)[0] == answer


def test_a_receiver_that_is_not_there_is_tried_later():
    async def story() -> Answer:
        async with receiver(200) as (port, _):
            pass
        return await WebhookSender(f"http://127.0.0.1:{port}/", KEY, lambda: NOW, inside=True).send(
            MESSAGE
        )

    assert asyncio.run(story()) == Answer(Outcome.LATER, "unreachable")


@pytest.mark.parametrize("address", ["ftp://example.org/", "nonsense", "http://[x]/"])
def test_an_address_that_is_none_is_refused(address):
    answer = asyncio.run(WebhookSender(address, KEY, lambda: NOW, inside=True).send(MESSAGE))
    assert answer == Answer(Outcome.REFUSED, "bad_address")


def test_no_message_reaches_inside_the_network():
    answer, heard = sent(200, inside=False)
    assert answer == Answer(Outcome.REFUSED, "reaches_inside")
    assert heard == []


@pytest.mark.parametrize(
    ("address", "public"),
    [
        *((each, False) for each in ("127.0.0.1", "10.0.0.8", "172.16.9.9", "192.168.1.1")),
        *((each, False) for each in ("169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1")),
        *((each, False) for each in ("::1", "fe80::1%eth0", "fc00::1", "::ffff:10.0.0.1", "::")),
        *((each, False) for each in ("2002:7f00:1::1", "255.255.255.255", "no address")),
        *((each, True) for each in ("223.5.5.5", "8.8.8.8", "2400:3200::1", "::ffff:8.8.8.8")),
    ],
)
def test_only_addresses_of_the_open_internet_are_public(address, public):
    assert is_public(address) is public


@pytest.mark.parametrize("host", ["localhost", "127.1", "2130706433", "0x7f.1"])
def test_a_name_is_judged_by_what_it_resolves_to(host):
    with pytest.raises((ReachesInside, httpcore.ConnectError)):
        asyncio.run(public_address(host, 80))


def test_every_status_means_something():
    outcomes: Callable[[int], Outcome] = lambda status: answered(status, None).outcome  # noqa: E731
    assert {outcomes(status) for status in range(100, 600)} == set(Outcome)
