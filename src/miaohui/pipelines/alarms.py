"""Alarms carried out: when anything changed or an instant has come, the domain decides; what is to
be told is kept first, then it rings on pages and is sent on its way.

One timer waits for the next instant at which any shop has something to do.
"""

import asyncio
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import structlog

from miaohui.domain.desk.alarms.deciding import decide_alarms, next_alarm_at
from miaohui.domain.desk.alarms.settings import AlarmSettings, Level, Way
from miaohui.domain.desk.alarms.situation import Situation
from miaohui.domain.desk.alarms.standing import Standing, rows_under, standing_of
from miaohui.domain.desk.alarms.told import Clear, Recipient, Tell, Told, remembered, taken
from miaohui.domain.desk.floor.floor import Floor
from miaohui.domain.directory.accounts import Account
from miaohui.domain.rules.local_times import day_span
from miaohui.domain.vocabulary.instants import MICROSECOND, local_day
from miaohui.domain.vocabulary.problems import ReaderError
from miaohui.pipelines.alarm_bell import Bell
from miaohui.pipelines.alarm_book import AlarmBook, Errand
from miaohui.pipelines.alarm_frames import AlarmTold
from miaohui.pipelines.alarm_scene import Scene
from miaohui.pipelines.alarm_words import plain_values
from miaohui.pipelines.refusals import NotAllowed

# Between two looks at one shop: the more work a look is, the longer.
REST, LONGEST_REST = timedelta(seconds=0.2), timedelta(seconds=1)
REST_FOR_EACH = 10  # times as long as the look
TRY_AGAIN = timedelta(seconds=10)
PERSONAL = (Way.WEB_PUSH, Way.EMAIL)
log_book = structlog.get_logger(room="alarms")


class Judged(NamedTuple):
    """What was decided, when there is more to do, and how it stands then."""

    tells: Sequence[Tell]
    next_at: datetime | None
    told: Sequence[Told]
    standing: Sequence[Standing]


class Alarms:
    """The alarms of all shops of a house. Belongs to the event loop; decides on threads."""

    def __init__(
        self,
        floor: Floor,
        scene: Scene,
        book: AlarmBook,
        bell: Bell,
        settings_of: Callable[[str], AlarmSettings],
        robots_of: Callable[[str], Collection[str]],
        clock: Callable[[], datetime],
    ) -> None:
        """`robots_of`: the names of the team robots that a shop's alarms are told to."""
        self._floor = floor
        self._scene = scene
        self._book = book
        self._bell = bell
        self._settings_of = settings_of
        self._robots_of = robots_of
        self._clock = clock
        self._stirred: set[str] = set()
        self._next: dict[str, datetime] = {}
        self._rested: dict[str, datetime] = {}
        self._woken = asyncio.Event()
        self._turn = asyncio.Lock()
        self.sent: Callable[[], None] = lambda: None  # told when errands wait
        told = [(shop, row) for shop in book.shops() for row in book.told(shop)]
        scene.begin(told, clock())
        scene.stir, scene.expect = self.stir, self.expect

    def stir(self, shop: str) -> None:
        """Something changed that alarms of a shop are made of."""
        self._stirred.add(shop)
        self._woken.set()

    def expect(self, shop: str, at: datetime) -> None:
        """There will be something to decide."""
        known = self._next.get(shop)
        if known is None or at < known:
            self._next[shop] = at
            self._woken.set()

    async def run(self) -> None:
        """Until cancelled."""
        await self._scene.remember()
        for shop in {*self._floor.shops, *self._book.shops()}:
            self.stir(shop)
        while True:
            self._woken.clear()
            await self.look_at_what_is_due()
            await self._sleep()

    async def look_at_what_is_due(self) -> None:
        """Decide about every shop in which something changed, or whose instant has come."""
        for shop in self._due():
            try:
                await self.look(shop)
            except Exception:
                # Ours to mend; the other shops' alarms must not wait for that.
                log_book.exception("alarms not decided", shop=shop)
                self._next[shop] = self._clock() + TRY_AGAIN

    async def look(self, shop: str) -> None:
        """Decide about one shop, and do what is decided."""
        self._stirred.discard(shop)
        if shop not in self._floor.shops or self._scene.shop(shop) is None:
            await self._forget(shop)
            return
        await self._scene.look_at_figures(shop, self._settings_of(shop), self._clock())
        async with self._turn:
            began = asyncio.get_running_loop().time()
            now, settings = self._clock(), self._settings_of(shop)
            situation = self._scene.situation(shop, settings, now)
            judged = await asyncio.to_thread(self._judge, shop, settings, situation, now)
            self._after(shop, situation, judged, now)
            took = asyncio.get_running_loop().time() - began
        rest = min(max(REST, REST_FOR_EACH * timedelta(seconds=took)), LONGEST_REST)
        self._rested[shop] = self._clock() + rest

    async def take(
        self, account: Account, alarm_id: str, until: datetime | None
    ) -> AlarmTold | NotAllowed | None:
        """Somebody takes an alarm, or as much of it as was told by an instant. What was taken
        stays with whoever took it first. None: there is none that they may know of."""
        found = self._bell.find(account, alarm_id)
        if found is None:
            return None
        shop, posted = found
        if not self._bell.may_take(account, shop, posted):
            return NotAllowed()
        async with self._turn:
            told, notice = self._book.told(shop), posted.standing.notice
            keys = {row.key for row in rows_under(told, notice, until)}
            rows = taken(told, keys, posted.standing.recipient, account.id)
            if rows:
                kept = {(row.key, row.recipient): row for row in (*told, *rows)}
                await asyncio.to_thread(self._remember, shop, kept.values(), (), {notice})
        await self.look(shop)
        after = self._bell.find(account, alarm_id)
        return posted.told if after is None else after[1].told

    def _judge(
        self, shop: str, settings: AlarmSettings, situation: Situation, now: datetime
    ) -> Judged:
        """On a thread: what is decided is kept before anybody hears of it."""
        before = self._book.told(shop)
        decisions = decide_alarms(settings, situation, before, now)
        told = remembered(before, decisions, now)
        tells = [each for each in decisions if isinstance(each, Tell)]
        over = {each.notice for each in decisions if isinstance(each, Clear) and not each.left}
        errands = [errand for tell in tells for errand in self._errands(shop, tell, now)]
        if decisions or len(told) != len(before) or self._book.is_behind:
            self._remember(shop, told, errands, over)
        standing = standing_of(settings, situation, told, now)
        return Judged(tells, next_alarm_at(settings, situation, told, now), told, standing)

    def _remember(
        self,
        shop: str,
        told: Iterable[Told],
        errands: Iterable[Errand],
        taken_back: Collection[str],
    ) -> None:
        try:
            self._book.remember(shop, told, errands, taken_back)
        except ReaderError as error:
            keys = [problem.key for problem in error.problems]
            log_book.error("alarms not kept, told all the same", shop=shop, problems=keys)

    def _after(self, shop: str, situation: Situation, judged: Judged, now: datetime) -> None:
        _, midnight = day_span(ZoneInfo(str(situation.zone)), local_day(now, situation.zone))
        ahead = [midnight, *_crossings(situation, now)]
        ahead += [judged.next_at] if judged.next_at else []
        ahead += [now + TRY_AGAIN] if self._book.is_behind else []
        self._next[shop] = min(ahead)
        self._scene.listen(shop, judged.told, situation)
        self._bell.post(shop, judged.standing, judged.tells)
        for tell in judged.tells:
            log_book.info("told", shop=shop, kind=tell.kind, level=tell.recipient.level)
        if judged.tells:
            self.sent()

    def _errands(self, shop: str, tell: Tell, now: datetime) -> Iterator[Errand]:
        for way, to in self._receivers(shop, tell.recipient, tell.ways):
            yield Errand(
                shop=shop,
                notice=tell.notice,
                way=way,
                to=to,
                kind=tell.kind,
                key=tell.message.key,
                values=plain_values(tell.message.values),
                urgency=tell.urgency,
                told_at=now,
                chat=tell.chats[0] if tell.chats else None,
            )

    def _receivers(
        self, shop: str, recipient: Recipient, ways: Collection[Way]
    ) -> Iterator[tuple[Way, str]]:
        """Robots speak to a whole team: what is one agent's is not for them."""
        personal = [way for way in PERSONAL if way in ways]
        if personal:
            for account in self._bell.people(recipient, shop):
                yield from ((way, account.id) for way in personal)
        if Way.WEBHOOK in ways and recipient.level is not Level.AGENT:
            yield from ((Way.WEBHOOK, robot) for robot in self._robots_of(shop))

    async def _forget(self, shop: str) -> None:
        """A shop is no longer there, nor anything that was told of it."""
        self._next.pop(shop, None)
        self._rested.pop(shop, None)
        if self._book.told(shop):
            await asyncio.to_thread(self._remember, shop, (), (), ())
        self._bell.post(shop, ())

    def _due(self) -> list[str]:
        now = self._clock()
        stirred = {each for each in self._stirred if self._rested.get(each, now) <= now}
        return sorted(stirred | {shop for shop, at in self._next.items() if at <= now})

    async def _sleep(self) -> None:
        """Until anything is due; a shop that was just looked at has a rest first."""
        now = self._clock()
        ends = [self._rested.get(each, now) for each in self._stirred]
        at = min([*ends, *self._next.values()], default=None)
        wait = None if at is None else max((at - now).total_seconds(), 0)
        with suppress(TimeoutError):
            async with asyncio.timeout(wait):
                await self._woken.wait()


def _crossings(situation: Situation, now: datetime) -> Iterator[datetime]:
    """When chats will be lost, and what is left of a line is less."""
    for chat in situation.chats:
        yield from (clock.deadline + MICROSECOND for clock in chat.clocks if clock.deadline >= now)
