"""How many more may be missed today before a line is broken, as alarms are decided on it."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta

from miaohui.domain.analytics.margins import margins_of, spoilt
from miaohui.domain.desk.alarms.situation import MissesLeft
from miaohui.domain.rules.pack import Threshold
from miaohui.domain.vocabulary.instants import local_day
from miaohui.pipelines.rule_book import RuleBook
from miaohui.pipelines.running_figures import RunningFigures

LOOKED_AT_EVERY = timedelta(seconds=1)


class MissesWatch:
    """Reads the running figures, each shop's once a second at the most. `lines`: values of lines
    that a shop gave itself."""

    def __init__(
        self,
        figures: RunningFigures,
        rules: RuleBook,
        lines: Callable[[str], Mapping[str, float]],
    ) -> None:
        self._figures = figures
        self._rules = rules
        self._lines = lines
        self._since: dict[tuple[str, str, date], datetime] = {}
        self._known: dict[str, tuple[datetime, int, tuple[MissesLeft, ...]]] = {}

    async def settle(self, shop: str, few: int, now: datetime) -> None:
        """Bring the figures up to date, a little at a time, if they are about to be read."""
        if few and self._is_due(shop, few, now):
            await self._figures.settle(shop)

    def left(self, shop: str, few: int, now: datetime) -> tuple[MissesLeft, ...]:
        """Where misses count, of each line; `few` 0: nobody wants to know."""
        if not few:
            return ()
        if self._is_due(shop, few, now):
            self._known[shop] = now, few, tuple(self._left(shop, few, now))
        return self._known[shop][2]

    def _is_due(self, shop: str, few: int, now: datetime) -> bool:
        known = self._known.get(shop)
        return known is None or known[1] != few or now - known[0] >= LOOKED_AT_EVERY

    def _left(self, shop: str, few: int, now: datetime) -> Iterator[MissesLeft]:
        for name, figures in self._figures.figures_of(shop).items():
            pack, day = self._rules.pack(name), local_day(now, self._rules.zone(name))
            labels: Mapping[str, Threshold] = {each.id: each for each in pack.thresholds}
            for margin in margins_of(pack, figures, self._lines(shop), day):
                left = spoilt(margin, figures[margin.metric], few)
                place = shop, f"{name}:{margin.line}", day
                if left is None:
                    self._since.pop(place, None)
                    continue
                since = self._since.setdefault(place, now) if left < few else now
                label = labels[margin.line].label
                yield MissesLeft(place[1], label, day, left, since)
