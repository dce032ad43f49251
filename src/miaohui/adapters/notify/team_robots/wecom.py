"""WeCom 企业微信, 群机器人 (now 消息推送).

Format, length and 20 messages a minute: https://developer.work.weixin.qq.com/document/path/99110
Codes: https://developer.work.weixin.qq.com/document/path/90313
"""

from datetime import datetime, timedelta

from miaohui.adapters.notify.port import Notice
from miaohui.adapters.notify.team_robots.dialect import Dialect, Request, Robot
from miaohui.adapters.notify.team_robots.pace import Limit
from miaohui.adapters.notify.team_robots.paragraphs import paragraphs

MOST_BYTES = 2_048
MINUTE = timedelta(minutes=1)


def request(robot: Robot, notice: Notice, _now: datetime) -> Request:
    """A text; it has no signature, the webhook itself is the secret."""
    # `<@name>` inside a text would call somebody.
    content = paragraphs(notice, MOST_BYTES).replace("<@", "(@")
    text: dict[str, object] = {"content": content}
    if notice.rings:
        text["mentioned_list"] = ["@all"]
    return Request(robot.webhook, {"msgtype": "text", "text": text})


WECOM = Dialect(
    hosts=frozenset({"qyapi.weixin.qq.com"}),
    limits=(Limit(20, MINUTE),),
    gone=frozenset({93000, 93008}),  # no such webhook or out of the group; not in the group
    later={-1: MINUTE, 45009: MINUTE, 45033: MINUTE},  # busy; too often; too many at once
    request=request,
)
