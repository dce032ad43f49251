"""Agents: when they are there, how many chats they hold, how fast they write."""

from collections.abc import Sequence
from math import ceil
from typing import Any

from miaohui.domain.traffic.arrivals import HOUR
from miaohui.domain.traffic.chance import Dice, durations
from miaohui.domain.traffic.settings import AgentSettings, Shift
from miaohui.domain.traffic.shops import ShopTraffic

FULL_SHIFT_HOURS = 12


class Agent:
    """A person at work. `chats` maps chat numbers to the visits held; `away_until` is the end
    of an unannounced break, during which the client stays online and chats keep coming."""

    __slots__ = (
        "account",
        "away_until",
        "busy_until",
        "chats",
        "day_off",
        "helper",
        "limit",
        "off_at",
        "pace",
        "shift",
    )

    def __init__(self, account: int, limit: int, pace: float, shift: Shift) -> None:
        self.account = account
        self.limit = limit
        self.pace = pace
        self.shift = shift
        self.day_off: int | None = None
        self.helper = False
        self.chats: dict[int, Any] = {}
        self.away_until = 0
        self.busy_until = 0
        self.off_at = 0


class Craft:
    """The agents' settings as tables to draw from; all times in milliseconds."""

    __slots__ = ("absence", "between", "lingers", "settings", "thinking", "writing")

    def __init__(self, settings: AgentSettings) -> None:
        self.settings = settings
        self.thinking = durations(settings.thinking)
        self.writing = durations(settings.writing)
        self.between = durations(settings.between_messages)
        self.absence = durations(settings.absence)
        self.lingers = durations(settings.lingers)


def team_of(settings: AgentSettings, shop: ShopTraffic, dice: Dice) -> list[Agent]:
    """The shop's people, then the helpers who come on festivals only."""
    shifts = _shifts_of(settings, shop.agents)
    team = [
        Agent(
            account=number,
            limit=shop.chats_at_once,
            pace=shop.pace * (0.75 + 0.5 * dice.random()),
            shift=shifts[number % len(shifts)],
        )
        for number in range(team_size(settings, shop))
    ]
    for agent in team:
        agent.helper = agent.account >= shop.agents
        agent.day_off = agent.account % 7 if shop.agents >= settings.day_off_from_team else None
    return team


def team_size(settings: AgentSettings, shop: ShopTraffic) -> int:
    """How many accounts the shop has; one who works alone has no helpers."""
    helpers = shop.agents * settings.helpers_on_festivals if shop.agents > 1 else 0
    return shop.agents + ceil(helpers)


def shift_on(agent: Agent, weekday: int, festival: bool, midnight: int) -> tuple[int, int] | None:
    """Start and end of the agent's work on a day, which may lie in the next; None if off."""
    if not festival and (agent.helper or agent.day_off == weekday):
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


def replies_at(craft: Craft, agent: Agent, ready: int, dice: Dice) -> int:
    """When the agent answers what is ready from an instant on: after any break and after the
    reply they are writing; slower, the more chats they hold."""
    begin = max(ready, agent.away_until, agent.busy_until)
    agent.busy_until = begin + int(dice.draw(craft.writing) * agent.pace)
    load = 1 + craft.settings.slowdown * (len(agent.chats) - 1)
    return begin + int(dice.draw(craft.thinking) * agent.pace * load)


def least_busy(on_duty: Sequence[Agent]) -> Agent | None:
    """The agent on duty with the fewest chats and room for one more."""
    best, fewest = None, 1 << 30
    for agent in on_duty:
        load = len(agent.chats)
        if load < fewest and load < agent.limit:
            best, fewest = agent, load
    return best


def _shifts_of(settings: AgentSettings, team: int) -> tuple[Shift, ...]:
    if team == 1:
        return (settings.alone,)
    if team < settings.around_the_clock_from_team:
        return settings.shifts
    return settings.around_the_clock
