"""Buyers alone: they come, ask, wait for whoever answers, ask again, go on and leave.

Who answers is not played here: somebody says that it happened. All instants are milliseconds
since 1970 UTC, as in the rest of the model.
"""

from collections import deque
from math import log
from random import Random

from miaohui.domain.traffic.arrivals import HOUR
from miaohui.domain.traffic.book import Book
from miaohui.domain.traffic.buyers import Buyer
from miaohui.domain.traffic.service import lose_patience
from miaohui.domain.traffic.settings import TrafficSettings
from miaohui.domain.traffic.shops import ShopTraffic
from miaohui.domain.traffic.stage import Stage, Visit
from miaohui.domain.traffic.trace import Row
from miaohui.domain.traffic.trade import leave
from miaohui.domain.traffic.visits import arrive
from miaohui.domain.traffic.writing import is_finished, write

MOST_REMEMBERED = 100  # buyers who may come again
NEVER_ANSWERED = HOUR  # after they lost patience: then they are forgotten
AT_THE_DOOR, DOOR_OPENS = 5, 30_000  # so many come in the first half minute


class Crowd:
    """The buyers of one shop from an instant on, `visits_an_hour` of them on the average."""

    def __init__(
        self,
        settings: TrafficSettings,
        shop: ShopTraffic,
        random: Random,
        opens_at: int,
        visits_an_hour: float,
    ) -> None:
        self._stage = Stage(settings, shop, random, served_by=self._wait)
        self._between = HOUR / visits_an_hour
        self._here: dict[int, Visit] = {}
        self._gone: deque[Buyer] = deque(maxlen=MOST_REMEMBERED)
        for _ in range(AT_THE_DOOR):
            soon = opens_at + int(self._stage.dice.random() * DOOR_OPENS)
            self._stage.agenda.put(soon, arrive, None)
        self._expect_the_next(opens_at)

    @property
    def book(self) -> Book:
        """Where the texts of rows stand."""
        return self._stage.book

    @property
    def here(self) -> int:
        """How many buyers are there."""
        return len(self._here)

    def until(self, at: int) -> list[Row]:
        """What they do before an instant and was not told yet, in time order."""
        self._stage.agenda.run_until(at, self._stage)
        return self._stage.trace.take_until(at)

    def answered(self, chat: int, at: int) -> None:
        """Somebody answered; whoever is still writing, or waits for nothing, goes on as before."""
        visit = self._here.get(chat)
        if visit is None or not visit.waiting or at < visit.last:
            return
        visit.waiting = False
        visit.round += 1
        stage = self._stage
        if is_finished(visit):
            self._see_off(at, visit)
        else:
            stage.agenda.put(at + stage.dice.draw(stage.habits.thinking), write, visit)

    def _expect_the_next(self, at: int) -> None:
        gap = -log(1 - self._stage.dice.random()) * self._between
        self._stage.agenda.put(at + int(gap), self._come, None)

    def _come(self, stage: Stage, at: int, _: None) -> None:
        comes_back = stage.dice.happens(stage.settings.buyers.comes_back)
        arrive(stage, at, self._gone.popleft() if comes_back and self._gone else None)
        self._expect_the_next(at)

    def _wait(self, stage: Stage, _at: int, visit: Visit) -> None:
        self._here[visit.buyer.chat] = visit
        stage.agenda.put(visit.gives_up_at, lose_patience, visit)
        forgotten_at = visit.gives_up_at + NEVER_ANSWERED
        stage.agenda.put(forgotten_at, self._forget, (visit, visit.round))

    def _forget(self, _stage: Stage, _at: int, waited: tuple[Visit, int]) -> None:
        visit, round_ = waited
        if visit.waiting and visit.round == round_:
            visit.over, visit.buyer.here = True, False
            del self._here[visit.buyer.chat]

    def _see_off(self, at: int, visit: Visit) -> None:
        del self._here[visit.buyer.chat]
        leave(self._stage, at, visit)
        for buyers in self._stage.returning.values():
            self._gone.extend(buyers)
        self._stage.returning.clear()
