"""Feishu 飞书 and Lark, 自定义机器人.

Format, signature, codes, 20 KB, 100 messages a minute and 5 a second:
https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot
"""

import base64
import hmac
from datetime import datetime, timedelta
from hashlib import sha256

from miaohui.adapters.notify.port import Notice
from miaohui.adapters.notify.team_robots.dialect import Dialect, Request, Robot
from miaohui.adapters.notify.team_robots.pace import Limit
from miaohui.adapters.notify.texts import one_line, shortened, web_link
from miaohui.adapters.notify.words import words_of

MOST_TITLE_BYTES = 500
MOST_TEXT_BYTES = 3_000  # a message may have 20 KB, and JSON writes some letters as six
MINUTE = timedelta(minutes=1)
LOCALES = {"zh": "zh_cn", "en": "en_us"}


def request(robot: Robot, notice: Notice, now: datetime) -> Request:
    """A rich text (`post`), signed in the body."""
    post = {
        "title": shortened(one_line(notice.title), MOST_TITLE_BYTES),
        "content": _lines(notice),
    }
    message = {"msg_type": "post", "content": {"post": {LOCALES[notice.language]: post}}}
    return Request(robot.webhook, {**_signature(robot, now), **message})


def _lines(notice: Notice) -> list[list[dict[str, str]]]:
    link = web_link(notice.link)
    lines = [[{"tag": "text", "text": shortened(notice.text, MOST_TEXT_BYTES)}]]
    if link:
        lines.append([{"tag": "a", "text": words_of(notice.language).look, "href": link}])
    if notice.rings:
        lines.append([{"tag": "at", "user_id": "all"}])
    return lines


def _signature(robot: Robot, now: datetime) -> dict[str, str]:
    """The secret is inside the key, and nothing is signed: that is how it is documented."""
    if robot.secret is None:
        return {}
    timestamp = str(int(now.timestamp()))
    sign = hmac.digest(f"{timestamp}\n{robot.secret}".encode(), b"", sha256)
    return {"timestamp": timestamp, "sign": base64.b64encode(sign).decode()}


FEISHU = Dialect(
    hosts=frozenset({"open.feishu.cn", "open.larksuite.com"}),
    limits=(Limit(5, timedelta(seconds=1)), Limit(100, MINUTE)),
    gone=frozenset({19001}),  # no such webhook
    later={11232: MINUTE, 99991400: MINUTE},  # too often, or too much at once for everybody
    request=request,
)
