import asyncio
from datetime import timedelta

import pytest
from tests.adapters.outbound.receivers import answer, receiver

from miaohui.adapters.outbound.posting import MOST_BYTES, Outbound, Replied, Unanswered


def posted(answering, *, inside=True, whole_seconds=20.0, path="/in?key=1"):
    async def story():
        async with receiver(answering) as (port, heard):
            outbound = Outbound(inside=inside, whole_seconds=whole_seconds)
            address = f"http://127.0.0.1:{port}{path}"
            try:
                return await outbound.post(address, {"x-mark": "ok"}, "在吗".encode()), heard
            finally:
                await outbound.close()

    return asyncio.run(story())


def test_a_post_arrives_whole_and_its_answer_comes_back():
    reply, ((path, headers, body),) = posted(lambda _: answer(200, body=b"thanks"))
    assert reply == Replied(200, b"thanks")
    assert (path, headers["x-mark"], body.decode()) == ("/in?key=1", "ok", "在吗")


@pytest.mark.parametrize(
    ("asked", "after"),
    [
        ("retry-after: 7", timedelta(seconds=7)),
        ("Retry-After: 999999999999", timedelta(hours=1)),
        ("retry-after: soon", None),
        ("retry-after: -3", None),
    ],
)
def test_a_pause_is_asked_for_in_seconds_and_at_most_an_hour(asked, after):
    assert posted(lambda _: answer(503, asked))[0] == Replied(503, after=after)


def test_no_redirect_is_followed():
    reply, heard = posted(lambda _: answer(302, "location: http://127.0.0.1/elsewhere"))
    assert (reply.status, len(heard)) == (302, 1)


def test_of_an_endless_answer_only_the_beginning_is_read():
    begun = b"HTTP/1.1 200 OK\r\ncontent-length: 1000000000\r\n\r\n" + bytes(2 * MOST_BYTES)
    reply, _ = posted(lambda _: begun)
    assert len(reply.body) == MOST_BYTES


def test_a_receiver_that_keeps_silent_is_given_up():
    assert posted(None, whole_seconds=0.2)[0] == Unanswered("timeout", passing=True)


def test_a_receiver_that_speaks_no_http_is_unreachable():
    assert posted(lambda _: b"220 mail\r\n\r\n")[0] == Unanswered("unreachable", passing=True)


def test_nothing_reaches_inside_the_network():
    reply, heard = posted(lambda _: answer(200), inside=False)
    assert reply == Unanswered("reaches_inside", passing=False)
    assert heard == []


def test_a_receiver_that_is_not_there_may_come_back():
    async def story():
        async with receiver(lambda _: answer(200)) as (port, _):
            pass
        return await Outbound(inside=True).post(f"http://127.0.0.1:{port}/", {}, b"")

    assert asyncio.run(story()) == Unanswered("unreachable", passing=True)


@pytest.mark.parametrize(
    "address",
    ["ftp://example.org/", "nonsense", "http://[x]/", "http://例/", ""],
)
def test_an_address_that_is_none_is_told_so(address):
    reply = asyncio.run(Outbound(inside=True).post(address, {}, b""))
    assert reply == Unanswered("bad_address", passing=False)


def test_an_address_that_cannot_be_asked_for_is_told_so():
    reply, _ = posted(lambda _: answer(200), path="/a b")
    assert reply == Unanswered("bad_address", passing=False)


def test_every_status_is_yes_later_or_no():
    kinds = {(Replied(status).taken, Replied(status).passing) for status in range(100, 600)}
    assert kinds == {(True, False), (False, True), (False, False)}
