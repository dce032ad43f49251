"""The play of one shop: days of traffic as light rows, or as the events they stand for."""

from collections.abc import Iterable, Iterator
from datetime import date
from random import Random

from miaohui.domain.traffic.arrivals import DAY, arrivals_on, midnight
from miaohui.domain.traffic.duty import plan_shifts
from miaohui.domain.traffic.names import Names
from miaohui.domain.traffic.rendering import event_of
from miaohui.domain.traffic.settings import TrafficSettings
from miaohui.domain.traffic.shops import ShopTraffic
from miaohui.domain.traffic.stage import Stage
from miaohui.domain.traffic.trace import Row
from miaohui.domain.traffic.visits import arrive
from miaohui.domain.vocabulary.events import Event


def play_shop(
    settings: TrafficSettings,
    shop: ShopTraffic,
    days: Iterable[date],
    random: Random,
    turn: int | None = None,
) -> Iterator[Event]:
    """The shop's events on these local days (ascending), in time order, `seq` 0.

    `turn`: see names.Names. The same settings, shop, days and state of `random` give the same
    events everywhere.
    """
    stage = Stage(settings, shop, random)
    names = Names(settings, shop, stage.book, turn)
    for rows in play_days(stage, days):
        yield from (event_of(row, names) for row in rows)


def play_days(stage: Stage, days: Iterable[date]) -> Iterator[list[Row]]:
    """The rows of each local day, in time order; what would come after the last is dropped."""
    for day in days:
        yield _play_day(stage, day)


def _play_day(stage: Stage, day: date) -> list[Row]:
    end = midnight(stage.settings.arrivals, day) + DAY
    stage.today = day.toordinal()
    plan_shifts(stage, day)
    _plan_arrivals(stage, day)
    stage.agenda.run_until(end, stage)
    return stage.trace.take_until(end)


def _plan_arrivals(stage: Stage, day: date) -> None:
    instants = arrivals_on(stage.settings.arrivals, stage.shop.visits_a_day, day, stage.dice)
    returning = stage.returning.pop(stage.today, [])
    for number, at in enumerate(instants):
        buyer = returning[number] if number < len(returning) else None
        stage.agenda.put(at, arrive, buyer)
