"""Groups of three products: each looks at the signature as documented, and answers in its words."""

import base64
import hmac
import json
from collections.abc import Callable
from hashlib import sha256
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from tests.adapters.notify.notices import NOW
from tests.adapters.outbound.receivers import Heard, answer

from miaohui.adapters.notify.team_robots.address import Product

SECRET = "SEC-really-secret"


class Group(NamedTuple):
    """What a product's server does: where the robot is, what it checks, what it says."""

    path: str
    genuine: Callable[[Heard], bool]
    words: Callable[[dict], str]
    answers: dict[str, dict]


def wecom_words(message: dict) -> str:
    assert message["msgtype"] == "text"
    assert len(message["text"]["content"].encode()) <= 2048
    return message["text"]["content"]


def dingtalk_signed(heard: Heard) -> bool:
    query = parse_qs(urlsplit(heard.path).query)
    (timestamp,), (sign,) = query["timestamp"], query["sign"]
    mac = hmac.new(SECRET.encode(), f"{timestamp}\n{SECRET}".encode(), sha256).digest()
    return int(timestamp) == NOW.timestamp() * 1000 and base64.b64decode(sign) == mac


def dingtalk_words(message: dict) -> str:
    assert message["msgtype"] == "text"
    assert len(json.dumps(message, ensure_ascii=False).encode()) <= 20_000
    return message["text"]["content"]


def feishu_signed(heard: Heard) -> bool:
    assert len(heard.body) <= 20 * 1024
    message = json.loads(heard.body)
    mac = hmac.new(f"{message['timestamp']}\n{SECRET}".encode(), b"", sha256).digest()
    on_time = message["timestamp"] == str(int(NOW.timestamp()))
    return on_time and base64.b64decode(message["sign"]) == mac


def feishu_words(message: dict) -> str:
    assert message["msg_type"] == "post"
    ((_, post),) = message["content"]["post"].items()
    said = [
        part.get("text", "") + part.get("href", "") for line in post["content"] for part in line
    ]
    return "\n".join([post["title"], *said])


GROUPS = {
    Product.WECOM: Group(
        "/cgi-bin/webhook/send?key=693a91f6",
        lambda _: True,
        wecom_words,
        {
            "takes": {"errcode": 0, "errmsg": "ok"},
            "gone": {"errcode": 93000, "errmsg": "invalid webhook url, hint: [1653710655]"},
            "busy": {"errcode": 45009, "errmsg": "api freq out of limit"},
            "refuses": {"errcode": 93004, "errmsg": "robot is stopped"},
        },
    ),
    Product.DINGTALK: Group(
        "/robot/send?access_token=693a91f6",
        dingtalk_signed,
        dingtalk_words,
        {
            "takes": {"errcode": 0, "errmsg": "ok"},
            "gone": {"errcode": 300005, "errmsg": "token is not exist"},
            "busy": {"errcode": 130101, "errmsg": "send too fast, exceed 20 times per minute"},
            "refuses": {"errcode": 310000, "errmsg": "keywords not in content"},
        },
    ),
    Product.FEISHU: Group(
        "/open-apis/bot/v2/hook/693a91f6",
        feishu_signed,
        feishu_words,
        {
            "takes": {"code": 0, "msg": "success", "data": {}},
            "gone": {"code": 19001, "msg": "param invalid: incoming webhook access token invalid"},
            "busy": {"code": 11232, "msg": "frequency limited"},
            "refuses": {"code": 19024, "msg": "Key Words Not Found"},
        },
    ),
}


def answering(group: Group, mood: str) -> Callable[[Heard], bytes]:
    """A server that says `refuses` to whatever is not genuine."""

    def answered(heard: Heard) -> bytes:
        if mood == "babbles":
            return answer(200, body=b"<html>a gateway</html>")
        told = group.answers.get(mood, group.answers["takes"])
        body = told if group.genuine(heard) else group.answers["refuses"]
        return answer(200, "content-type: application/json", body=json.dumps(body).encode())

    return answered
