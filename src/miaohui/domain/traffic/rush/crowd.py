"""Who writes what and when, and who is there: all chance of a rush, drawn before it is played."""

from collections.abc import Iterator
from math import floor
from random import Random

import msgspec

from miaohui.domain.traffic.arrivals import HOUR
from miaohui.domain.traffic.chance import Dice, choices, durations
from miaohui.domain.traffic.rush.settings import RushSettings


class Visit(msgspec.Struct, frozen=True):
    """One buyer's chat. `at` is its first round, in milliseconds since midnight; `efforts` the
    milliseconds that each round takes an agent of pace 1, `pauses` what the buyer needs between
    an answer and the next round; `lingers`: how long the chat stays open after the last answer.
    """

    at: int
    efforts: tuple[int, ...]
    pauses: tuple[int, ...]
    lingers: int
    counted: bool


class Crowd(msgspec.Struct, frozen=True):
    """Visits in time order, and the pace of each agent."""

    visits: tuple[Visit, ...]
    paces: tuple[float, ...]
    chats_at_once: int


def crowd_of(settings: RushSettings, load: float, random: Random) -> Crowd:
    """A rush whose peak offers `load` times what this team can answer (1.0 is its capacity)."""
    dice = Dice(random)
    # Paces as in `agents.team_of`, for a shop of pace 1.
    paces = tuple(0.75 + 0.5 * dice.random() for _ in range(settings.team))
    visits_an_hour = load * capacity_an_hour(settings, paces) / mean_rounds(settings)
    instants = sorted(_instants(settings, visits_an_hour, dice))
    return Crowd(
        visits=tuple(_visit(settings, at, dice) for at in instants),
        paces=paces,
        chats_at_once=settings.chats_at_once,
    )


def capacity_an_hour(settings: RushSettings, paces: tuple[float, ...]) -> float:
    """How many rounds an hour these agents answer if none of them is ever idle."""
    return sum(HOUR / (mean_effort(settings) * pace) for pace in paces)


def mean_effort(settings: RushSettings) -> float:
    """Mean milliseconds that a round takes an agent of pace 1."""
    tables = (durations(settings.agents.thinking), durations(settings.agents.writing))
    return sum(sum(table) / len(table) for table in tables)


def mean_rounds(settings: RushSettings) -> float:
    """Mean rounds of a visit, the thanks among them."""
    table = choices(settings.buyers.rounds)
    return 1 + sum(table) / len(table) + settings.buyers.says_thanks


def _instants(settings: RushSettings, visits_an_hour: float, dice: Dice) -> Iterator[int]:
    """As in `arrivals.arrivals_on`: about as many an hour as its weight says, anywhere in it."""
    hours = settings.arrivals.hours
    first, last = settings.peak
    usual = sum(hours[first:last]) / (last - first)
    for hour in range(floor(settings.starts), 24):
        begins, stops = max(settings.starts, hour), min(settings.ends, hour + 1)
        if begins < stops:
            count = dice.rounded(visits_an_hour * (stops - begins) * hours[hour] / usual)
            for _ in range(count):
                yield int(HOUR * (begins + dice.random() * (stops - begins)))


def _visit(settings: RushSettings, at: int, dice: Dice) -> Visit:
    buyers, agents = settings.buyers, settings.agents
    rounds = 1 + dice.draw(choices(buyers.rounds)) + dice.happens(buyers.says_thanks)
    thinking, writing = durations(agents.thinking), durations(agents.writing)
    pause = durations(buyers.thinking)
    first, last = settings.peak
    return Visit(
        at=at,
        efforts=tuple(dice.draw(thinking) + dice.draw(writing) for _ in range(rounds)),
        pauses=tuple(dice.draw(pause) for _ in range(rounds - 1)),
        lingers=dice.draw(durations(agents.lingers)),
        counted=first * HOUR <= at < last * HOUR,
    )
