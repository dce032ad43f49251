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

    async def look(self, shop: str, few: int, now: datetime) -> bool:
        """Bring the figures up to date, a little at a time, and see what is left of each line;
        `few` 0: nobody wants to know. False: looked at so lately that it has to wait."""
        if not few:
            self._known.pop(shop, None)
            return True
        known = self._known.get(shop)
        if known is not None and known[1] == few and now - known[0] < LOOKED_AT_EVERY:
            return False
        await self._figures.settle(shop)
        self._known[shop] = now, few, tuple(self._left(shop, few, now))
        return True

    def left(self, shop: str) -> tuple[MissesLeft, ...]:
        """What was seen last, where misses count, of each line."""
        return self._known[shop][2] if shop in self._known else ()

    def _left(self, shop: str, few: int, now: datetime) -> Iterator[MissesLeft]:
        for name, figures in self._figures.figures(shop).items():
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
