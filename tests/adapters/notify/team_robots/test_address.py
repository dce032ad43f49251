import json

import pytest

from miaohui.adapters.notify.team_robots.address import Product, read_address, robot_address
from miaohui.adapters.notify.team_robots.dingtalk import DINGTALK
from miaohui.adapters.notify.team_robots.feishu import FEISHU
from miaohui.adapters.notify.team_robots.wecom import WECOM
from miaohui.domain.vocabulary.problems import ReaderError


@pytest.mark.parametrize(
    ("webhook", "dialect"),
    [
        ("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a", WECOM),
        ("https://oapi.dingtalk.com/robot/send?access_token=5f", DINGTALK),
        ("https://open.feishu.cn/open-apis/bot/v2/hook/77", FEISHU),
        ("https://open.larksuite.com/open-apis/bot/v2/hook/77", FEISHU),
    ],
)
def test_a_webhook_says_whose_robot_it_is(webhook, dialect):
    found, robot = read_address(robot_address(f" {webhook}\n", " SEC1 "))
    assert (found, robot.webhook, robot.secret) == (dialect, webhook, "SEC1")


def test_a_company_may_run_a_product_on_its_own_host():
    address = robot_address("https://chat.corp.example/hook/7", product=Product.FEISHU)
    assert json.loads(address.reveal()) == {
        "product": "feishu",
        "webhook": "https://chat.corp.example/hook/7",
    }
    found, robot = read_address(address)
    assert (found, robot.secret) == (FEISHU, None)


@pytest.mark.parametrize(
    "webhook",
    [
        "",
        "https://example.com/hook",
        "http://open.feishu.cn/open-apis/bot/v2/hook/77",
        "https://open.feishu.cn.evil.example/hook",
        "https://[open.feishu.cn/hook",
        "oapi.dingtalk.com/robot/send?access_token=5f",
    ],
)
def test_what_is_no_webhook_of_a_robot_is_told_so(webhook):
    with pytest.raises(ReaderError) as refused:
        robot_address(webhook)
    assert refused.value.problems[0].key == "robot.webhook"


def test_a_robot_shows_neither_its_webhook_nor_its_secret():
    found = read_address(robot_address("https://open.feishu.cn/hook/77", "SEC1"))
    assert not {"SEC1", "hook"} & set(repr(found[1]).replace("/", " ").split())
    assert "SEC1" not in repr(found[1])
    assert "feishu" not in repr(found[1])
