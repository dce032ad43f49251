"""DingTalk 钉钉, 自定义机器人.

Format, signature, 20 messages a minute and ten minutes of silence for whoever says more:
https://open.dingtalk.com/document/orgapp/custom-robot-access
Codes: https://open.dingtalk.com/document/orgapp/custom-robots-send-group-messages, which lists
400101 and above; 130101, 300001 and 300005 are what its servers were seen to answer.
"""

import base64
import hmac
from datetime import datetime, timedelta
from hashlib import sha256
from urllib.parse import urlencode

from miaohui.adapters.notify.port import Notice
from miaohui.adapters.notify.team_robots.dialect import Dialect, Request, Robot
from miaohui.adapters.notify.team_robots.pace import Limit
from miaohui.adapters.notify.team_robots.paragraphs import paragraphs

MOST_BYTES = 3_000  # a message may have 20,000, and JSON writes some letters as six
SILENCE = timedelta(minutes=10)
MINUTE = timedelta(minutes=1)


def request(robot: Robot, notice: Notice, now: datetime) -> Request:
    """A text, signed in the address."""
    message = {
        "msgtype": "text",
        "text": {"content": paragraphs(notice, MOST_BYTES)},
        "at": {"isAtAll": notice.rings},
    }
    return Request(_signed(robot, now), message)


def _signed(robot: Robot, now: datetime) -> str:
    if robot.secret is None:
        return robot.webhook
    timestamp = str(int(now.timestamp() * 1000))
    said = f"{timestamp}\n{robot.secret}".encode()
    sign = base64.b64encode(hmac.digest(robot.secret.encode(), said, sha256)).decode()
    joint = "&" if "?" in robot.webhook else "?"
    return f"{robot.webhook}{joint}{urlencode({'timestamp': timestamp, 'sign': sign})}"


DINGTALK = Dialect(
    hosts=frozenset({"oapi.dingtalk.com"}),
    limits=(Limit(20, MINUTE),),
    # No such token, in the words of three versions; no such robot; the group was dissolved.
    gone=frozenset({300001, 300005, 400101, 400106, 400013}),
    later={-1: MINUTE, 130101: SILENCE, 410100: SILENCE},  # busy; too often
    request=request,
)
