"""Today's figures of every shop, live: the report's own, kept up to date as events are heard."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from miaohui.domain.analytics.behind import Verdict
from miaohui.domain.analytics.figures import Figure
from miaohui.domain.analytics.hours import DayHours
from miaohui.domain.analytics.today import Today
from miaohui.domain.desk.floor.chats import Chat
from miaohui.domain.desk.floor.floor import Floor
from miaohui.domain.rules.assessment import Assessment
from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.instants import local_day
from miaohui.pipelines.live import Heard

# The pack that a live channel of a shop counts by: its name, and how it judges.
PackOf = Callable[[str, str], tuple[str, Sequence[Assessment]]]


# So many chats are judged before everybody else has a turn, the thread that commits included: it
# asks for the interpreter dozens of times, and waits each time while somebody computes.
AT_ONCE, PAUSE = 4, 0.002  # seconds


class RunningFigures:
    """A Follower of the floor that keeps one `Today` for each pack of a shop. Chats go by their
    ids."""

    def __init__(self, floor: Floor, pack_of: PackOf, clock: Callable[[], datetime]) -> None:
        self._floor = floor
        self._pack_of = pack_of
        self._clock = clock
        self._todays: dict[tuple[str, str], Today] = {}
        self.changed: set[str] = set()

    def entered(self, chat: Chat, history: Sequence[Event]) -> None:
        """See Follower."""
        self._hear(chat, history)

    def heard(self, news: Sequence[Heard]) -> None:
        """See Follower."""
        for each in news:
            if each.change is not None:
                self._hear(each.change.after, [each.change.event])

    async def settle(self, shop: str) -> None:
        """Judge again whatever changed, a little at a time, so that figures are quick to read."""
        for _, today in self._of(shop):
            for _ in today.settle(shop, self._clock(), AT_ONCE):
                await asyncio.sleep(PAUSE)

    def begin_anew(self, shop: str) -> None:
        """The channels of a shop count by other packs: what is on the floor is counted again, and
        what is not has to be brought."""
        for place in [each for each in self._todays if each[0] == shop]:
            del self._todays[place]
        self._of(shop)  # now, before the floor forgets anything

    def hours(self, shop: str) -> Mapping[str, DayHours]:
        """The rates of a shop's day hour by hour, by pack, as settled last."""
        return {name: each.hours(shop) for name, each in self._of(shop)}

    def behind(
        self, shop: str, metric: str, verdict: Verdict | None, hour: int | None
    ) -> list[str]:
        """The ids of the chats that today's figure of a shop is made of, under all of its packs,
        as settled last."""
        found = (each.behind(shop, metric, verdict, hour) for _, each in self._of(shop))
        return [chat for conversations in found for _, _, chat in conversations]

    def figures(self, shop: str, account: str | None = None) -> Mapping[str, Mapping[str, Figure]]:
        """Every figure of the day of a shop, or of one account in it, as settled last: by pack and
        metric."""
        return {name: each.figures(shop, account) for name, each in self._of(shop)}

    def moved(self) -> set[tuple[str, str]]:
        """Whose figures changed since this was asked last: shops and accounts."""
        return {each for today in self._todays.values() for each in today.moved()}

    def _of(self, shop: str) -> list[tuple[str, Today]]:
        for channel in self._floor.shops[shop].channels:
            self._today(shop, channel)
        names = {self._pack_of(shop, channel)[0] for channel in self._floor.shops[shop].channels}
        return [(name, self._todays[shop, name]) for name in sorted(names)]

    def _hear(self, chat: Chat, events: Sequence[Event]) -> None:
        today = self._today(chat.shop, chat.channel)
        today.hear(events)
        steering = self._floor.steering(chat.shop, chat.channel)
        if steering is not None:
            today.know((chat.shop, chat.channel, chat.id), steering.terms, chat.state)
        self.changed.add(chat.shop)

    def _today(self, shop: str, channel: str) -> Today:
        """The day of the pack that a channel counts by; a new one once its midnight has passed."""
        name, assessments = self._pack_of(shop, channel)
        known, now = self._todays.get((shop, name)), self._clock()
        if known is None or now >= known.ends:
            day = local_day(now, assessments[0].terms.zone)
            self._todays[shop, name] = known = self._begun(shop, name, assessments, day)
        return known

    def _begun(self, shop: str, name: str, assessments: Sequence[Assessment], day: date) -> Today:
        """A new day knows everything of the chats on the floor; others are heard as they enter."""
        today = Today(assessments, day)
        for chat in self._floor.chats.values():
            if chat.shop == shop and self._pack_of(shop, chat.channel)[0] == name:
                today.hear(chat.state.history)
                steering = self._floor.shops[chat.shop].channels[chat.channel]
                today.know((chat.shop, chat.channel, chat.id), steering.terms, chat.state)
        return today
