"""Notices into groups, over real sockets, in the words that the three products document."""

import asyncio
import json
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from tests.adapters.notify.certificates import served, trusting
from tests.adapters.notify.notices import LINK, NOW, notice, urgent
from tests.adapters.notify.notifier_contract import NotifierContract, Place
from tests.adapters.notify.team_robots.groups import GROUPS, SECRET, answering
from tests.adapters.outbound.receivers import answer, receiver

from miaohui.adapters.notify.port import TAKEN, Outcome, Told
from miaohui.adapters.notify.team_robots.address import Product, robot_address
from miaohui.adapters.notify.team_robots.notifier import TeamRobotNotifier
from miaohui.adapters.outbound.posting import Outbound

TOKEN = "693a91f6"


class RobotContract(NotifierContract):
    product: Product
    bad_addresses = (
        json.dumps({"product": "pager", "webhook": "https://example.com/"}),
        json.dumps({"product": "wecom", "webhook": "http://qyapi.example.com/"}),
        json.dumps({"product": "feishu", "webhook": "https://open.example.com/\r\nx: y"}),
        json.dumps({"product": "dingtalk", "webhook": "https://钉.example.com/"}),
    )

    @asynccontextmanager
    async def place(self, mood: str):
        group = GROUPS[self.product]
        inside, quick = mood != "unsafe", 0.3 if mood == "hangs" else 20.0
        outbound = Outbound(inside=inside, trusted=trusting(), whole_seconds=quick)

        def place(port: int, heard: list) -> Place:
            def arrived() -> list[str]:
                return [group.words(json.loads(each.body)) for each in heard]

            address = robot_address(f"https://127.0.0.1:{port}{group.path}", SECRET, self.product)
            notifier = TeamRobotNotifier(outbound, lambda: NOW)
            return Place(notifier, address, arrived, (SECRET, TOKEN, str(port)))

        silent = None if mood == "hangs" else answering(group, mood)
        async with receiver(silent, served()) as (port, heard):
            if mood != "absent":
                yield place(port, heard)
            await outbound.close()
        if mood == "absent":
            yield place(port, heard)


class TestWeCom(RobotContract):
    product = Product.WECOM


class TestDingTalk(RobotContract):
    product = Product.DINGTALK


class TestFeishu(RobotContract):
    product = Product.FEISHU


def said(product: Product, *notices, secret: str | None = SECRET):
    """What a group heard."""

    async def story():
        group, outbound = GROUPS[product], Outbound(inside=True, trusted=trusting())
        async with receiver(lambda _: answer(200, body=b'{"code":0}'), served()) as (port, heard):
            address = robot_address(f"https://127.0.0.1:{port}{group.path}", secret, product)
            for each in notices:
                await TeamRobotNotifier(outbound, lambda: NOW).tell(address, each)
            await outbound.close()
            return [(each.path, json.loads(each.body)) for each in heard]

    return asyncio.run(story())


def answered(product: Product, body: bytes, status: int = 200, *headers: str) -> Told:
    async def story():
        outbound = Outbound(inside=True, trusted=trusting())
        told = answer(status, *headers, body=body)
        async with receiver(lambda _: told, served()) as (port, _):
            address = robot_address(f"https://127.0.0.1:{port}/", None, product)
            try:
                return await TeamRobotNotifier(outbound, lambda: NOW).tell(address, notice())
            finally:
                await outbound.close()

    return asyncio.run(story())


def test_a_text_says_title_words_and_link_one_below_the_other():
    ((path, message),) = said(Product.WECOM, notice(text="小李在等"))
    assert path == GROUPS[Product.WECOM].path
    content = f"还有 30 秒就超时\n小李在等\n{LINK}"
    assert message == {"msgtype": "text", "text": {"content": content}}


def test_a_post_has_a_title_and_a_link_with_words():
    ((_, message),) = said(Product.FEISHU, notice(text="小李在等"), secret=None)
    assert message == {
        "msg_type": "post",
        "content": {
            "post": {
                "zh_cn": {
                    "title": "还有 30 秒就超时",
                    "content": [
                        [{"tag": "text", "text": "小李在等"}],
                        [{"tag": "a", "text": "打开看看", "href": LINK}],
                    ],
                }
            }
        },
    }


def test_a_notice_in_english_stays_english():
    ((_, message),) = said(Product.FEISHU, notice(language="en"), secret=None)
    ((locale, post),) = message["content"]["post"].items()
    assert (locale, post["content"][1][0]["text"]) == ("en_us", "Take a look")


def test_an_alarm_calls_everybody_and_nothing_else_does():
    told = [urgent(), notice(), urgent(silent=True)]
    called = [message["text"].get("mentioned_list") for _, message in said(Product.WECOM, *told)]
    assert called == [["@all"], None, None]
    called = [message["at"]["isAtAll"] for _, message in said(Product.DINGTALK, *told)]
    assert called == [True, False, False]
    called = ['"user_id": "all"' in json.dumps(each) for _, each in said(Product.FEISHU, *told)]
    assert called == [True, False, False]


def test_a_buyers_words_call_nobody():
    ((_, message),) = said(Product.WECOM, notice(title="<@all>", text="<@all> <@xiaowang>"))
    assert "<@" not in message["text"]["content"]


@pytest.mark.parametrize("product", Product)
def test_of_a_long_text_the_link_stays(product):
    ((_, message),) = said(product, notice(text="<@长" * 9_000))
    words = GROUPS[product].words(message)
    assert "…" in words
    assert words.endswith(LINK)


def test_a_robot_without_a_secret_is_spoken_to_unsigned():
    ((path, _),) = said(Product.DINGTALK, notice(), secret=None)
    assert path == GROUPS[Product.DINGTALK].path


@pytest.mark.parametrize(
    ("product", "body", "told"),
    [
        (Product.WECOM, b'{"errcode":93008}', Told(Outcome.GONE, "code_93008")),
        (Product.WECOM, b'{"errcode":-1}', Told(Outcome.LATER, "code_-1", timedelta(minutes=1))),
        (Product.WECOM, b'{"errcode":40058}', Told(Outcome.REFUSED, "code_40058")),
        (Product.DINGTALK, b'{"errcode":400106}', Told(Outcome.GONE, "code_400106")),
        (Product.DINGTALK, b'{"errcode":400102}', Told(Outcome.REFUSED, "code_400102")),
        (
            Product.DINGTALK,
            b'{"errcode":410100}',
            Told(Outcome.LATER, "code_410100", timedelta(minutes=10)),
        ),
        (Product.DINGTALK, b'{"status":1111,"punish":"deny"}', Told(Outcome.LATER, "no_code")),
        (Product.FEISHU, b'{"StatusCode":0,"StatusMessage":"success"}', TAKEN),
        (Product.FEISHU, b'{"code":19021}', Told(Outcome.REFUSED, "code_19021")),
        (Product.FEISHU, b'{"code":"0"}', Told(Outcome.LATER, "no_code")),
        (Product.FEISHU, b"\xff", Told(Outcome.LATER, "no_code")),
    ],
)
def test_the_code_in_the_body_decides(product, body, told):
    assert answered(product, body) == told


@pytest.mark.parametrize(
    ("status", "body", "told"),
    [
        (500, b"", Told(Outcome.LATER, "http_500", timedelta(seconds=9))),
        (403, b"", Told(Outcome.REFUSED, "http_403")),
        (400, b'{"code":9499}', Told(Outcome.REFUSED, "code_9499")),
        (429, b'{"code":1}', Told(Outcome.LATER, "code_1", timedelta(seconds=9))),
        (400, b'{"code":99991400}', Told(Outcome.LATER, "code_99991400", timedelta(minutes=1))),
    ],
)
def test_without_a_known_code_the_status_decides(status, body, told):
    assert answered(Product.FEISHU, body, status, "retry-after: 9") == told


def test_nobody_says_more_than_a_product_lets_a_robot_say():
    async def story():
        clock, outbound = [NOW], Outbound(inside=True, trusted=trusting())
        group = GROUPS[Product.WECOM]
        async with receiver(answering(group, "takes"), served()) as (port, heard):
            notifier = TeamRobotNotifier(outbound, lambda: clock[0])
            one, two = (
                robot_address(f"https://127.0.0.1:{port}/?key={key}", None, Product.WECOM)
                for key in ("one", "two")
            )
            told = [await notifier.tell(one, notice(key=str(each))) for each in range(21)]
            other = await notifier.tell(two, notice())
            clock[0] += timedelta(minutes=1)
            again = await notifier.tell(one, notice())
            await outbound.close()
            return told, other, again, len(heard)

    told, other, again, heard = asyncio.run(story())
    assert told == [TAKEN] * 20 + [Told(Outcome.LATER, "too_often", timedelta(minutes=1))]
    assert (other, again, heard) == (TAKEN, TAKEN, 22)
