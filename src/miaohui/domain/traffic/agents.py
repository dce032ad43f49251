"""Agents: when they are there, how many chats they hold, how fast they write."""

from collections.abc import Sequence
from typing import Any

from miaohui.domain.traffic.arrivals import HOUR
from miaohui.domain.traffic.chance import Dice, durations
from miaohui.domain.traffic.settings import AgentSettings, Shift
from miaohui.domain.traffic.shops import ShopTraffic

FULL_SHIFT_HOURS = 12


class Agent:
    """A person at work. `chats` maps chat numbers to the visits held; `away_until` is the end
    of an unannounced break, during which the client stays online and chats keep coming."""

    __slots__ = ("account", "away_until", "chats", "day_off", "limit", "off_at", "pace", "shift")

    def __init__(
        self, account: int, limit: int, pace: float, shift: Shift, day_off: int | None
    ) -> None:
        self.account = account
        self.limit = limit
        self.pace = pace
        self.shift = shift
        self.day_off = day_off
        self.chats: dict[int, Any] = {}
        self.away_until = 0
        self.off_at = 0


class Craft:
    """The agents' settings as tables to draw from; all times in milliseconds."""

    __slots__ = ("absence", "between", "lingers", "settings", "thinking")

    def __init__(self, settings: AgentSettings) -> None:
        self.settings = settings
        self.thinking = durations(settings.thinking)
        self.between = durations(settings.between_messages)
        self.absence = durations(settings.absence)
        self.lingers = durations(settings.lingers)


def team_of(settings: AgentSettings, shop: ShopTraffic, dice: Dice) -> list[Agent]:
    """The shop's people; in a team everybody has one day off a week."""
    return [
        Agent(
            account=number,
            limit=shop.chats_at_once,
            pace=shop.pace * (0.75 + 0.5 * dice.random()),
            shift=_shift_of(settings, number, shop.agents),
            day_off=number % 7 if shop.agents >= settings.day_off_from_team else None,
        )
        for number in range(shop.agents)
    ]


def shift_on(agent: Agent, weekday: int, midnight: int) -> tuple[int, int] | None:
    """Start and end of the agent's work on a day; None on a day off."""
    if agent.day_off == weekday:
        return None
    return midnight + int(agent.shift.start * HOUR), midnight + int(agent.shift.end * HOUR)


def absences_in(
    craft: Craft, start: int, end: int, factor: float, dice: Dice
) -> list[tuple[int, int]]:
    """Start and end of the breaks that nobody planned for, in one shift."""
    share_of_full = (end - start) / (FULL_SHIFT_HOURS * HOUR)
    starts = [
        start + int(dice.random() * (end - start))
        for _ in range(dice.rounded(craft.settings.absences * factor * share_of_full))
    ]
    return [(at, at + dice.draw(craft.absence)) for at in starts]


def reply_takes(craft: Craft, agent: Agent, dice: Dice) -> int:
    """Milliseconds that the agent needs for a reply, the more the more chats are held."""
    load = 1 + craft.settings.slowdown * (len(agent.chats) - 1)
    return int(dice.draw(craft.thinking) * agent.pace * load)


def least_busy(on_duty: Sequence[Agent]) -> Agent | None:
    """The agent on duty with the fewest chats and room for one more."""
    best, fewest = None, 1 << 30
    for agent in on_duty:
        load = len(agent.chats)
        if load < fewest and load < agent.limit:
            best, fewest = agent, load
    return best


def _shift_of(settings: AgentSettings, number: int, team: int) -> Shift:
    return settings.alone if team == 1 else settings.shifts[number % len(settings.shifts)]
