"""Notices said by robots in team chats."""

from collections.abc import Callable
from datetime import datetime

import msgspec

from miaohui.adapters.notify.port import Notice, Outcome, Told
from miaohui.adapters.notify.team_robots.address import read_address
from miaohui.adapters.notify.team_robots.dialect import told
from miaohui.adapters.notify.team_robots.pace import Pace
from miaohui.adapters.outbound.posting import Outbound
from miaohui.domain.directory.secret import Secret

HEADERS = {"content-type": "application/json; charset=utf-8"}


class TeamRobotNotifier:
    """port.Notifier; an address is a robot, see address.robot_address."""

    def __init__(self, outbound: Outbound, clock: Callable[[], datetime]) -> None:
        self._outbound = outbound
        self._clock = clock
        self._pace = Pace()

    async def tell(self, address: Secret, notice: Notice) -> Told:
        """See port.Notifier."""
        found = read_address(address)
        if found is None:
            return Told(Outcome.REFUSED, "bad_address")
        dialect, robot = found
        now = self._clock()
        pause = self._pace.pause(robot.webhook, dialect.limits, now)
        if pause is not None:
            return Told(Outcome.LATER, "too_often", pause)
        request = dialect.request(robot, notice, now)
        body = msgspec.json.encode(request.message)
        return told(dialect, await self._outbound.post(request.address, HEADERS, body))
