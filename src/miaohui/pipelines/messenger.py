"""Errands run: each notice goes to its receiver, again with longer pauses while that may help."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol

import structlog

from miaohui.adapters.notify.port import Notice, Notifier, Outcome, Told, Urgency
from miaohui.domain.desk.alarms.settings import Way
from miaohui.domain.directory.secret import Secret
from miaohui.domain.vocabulary.problems import ReaderError
from miaohui.pipelines.alarm_book import AlarmBook, Errand
from miaohui.pipelines.alarm_words import Language, SayAlarm, told_in

AT_ONCE = 16  # errands under way
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=2), timedelta(minutes=1)
GIVE_UP_AFTER = timedelta(minutes=10)  # repeats say it anew, and as it is by then
NOT_SET_UP = "not_set_up"
log_book = structlog.get_logger(room="messenger")
# Told of each try: the way, and what came of it.
Tried = Callable[[str, str], None]


class Receiver(NamedTuple):
    """One address of whoever an errand is for, and the language they read."""

    address: Secret
    language: Language


class Ways(Protocol):
    """How people can be told."""

    def notifier(self, way: Way) -> Notifier | None:
        """None: the house is not set up for it. Raises ReaderError for settings that do not
        work."""
        ...

    def receivers(self, errand: Errand) -> Sequence[Receiver]:
        """The addresses of whoever an errand is for. Blocks."""
        ...

    def forget(self, errand: Errand, address: Secret) -> None:
        """Nobody is there any more. Blocks."""
        ...


class Run(NamedTuple):
    """How far an errand has come: how often it was tried, when it is due again, and where it was
    not taken yet; None: nowhere."""

    errand: Errand
    tries: int
    due_at: datetime
    left: Sequence[Receiver] | None = None


class Messenger:
    """Runs what the book holds. Belongs to the event loop."""

    def __init__(
        self,
        book: AlarmBook,
        ways: Ways,
        name_of: Callable[[str], str],
        say: SayAlarm,
        clock: Callable[[], datetime],
        tried: Tried = lambda _, __: None,
        link_of: Callable[[Errand], str | None] = lambda _: None,
    ) -> None:
        """`name_of`: what a shop is called."""
        self._book = book
        self._ways = ways
        self._name_of = name_of
        self._say = say
        self._clock = clock
        self._tried = tried
        self._link_of = link_of
        self._runs: dict[str, Run] = {}
        self._under_way: set[str] = set()
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Something may have to go out."""
        self._woken.set()

    async def run(self) -> None:
        """Until cancelled; what is under way then is run again after the next start."""
        self._under_way.clear()
        async with asyncio.TaskGroup() as group:
            while True:
                self._woken.clear()
                for run in self._due():
                    self._under_way.add(run.errand.name)
                    group.create_task(self._carry(run))
                await self._sleep()

    def _due(self) -> list[Run]:
        now, errands = self._clock(), self._book.errands()
        known = {each.name: each for each in errands}
        self._runs = {n: run for n, run in self._runs.items() if known.get(n) == run.errand}
        for errand in errands:
            self._runs.setdefault(errand.name, Run(errand, 0, now))
        free = AT_ONCE - len(self._under_way)
        waiting = (run for name, run in self._runs.items() if name not in self._under_way)
        due = sorted((run for run in waiting if run.due_at <= now), key=lambda run: run.due_at)
        return due[: max(free, 0)]

    async def _sleep(self) -> None:
        ahead = [run.due_at for name, run in self._runs.items() if name not in self._under_way]
        wait: float | None = None
        if ahead and len(self._under_way) < AT_ONCE:
            wait = max((min(ahead) - self._clock()).total_seconds(), 0)
        with suppress(TimeoutError):
            async with asyncio.timeout(wait):
                await self._woken.wait()

    async def _carry(self, run: Run) -> None:
        try:
            again = await self._tell(run)
            if again is not None:
                self._runs[run.errand.name] = again
                return
            self._runs.pop(run.errand.name, None)
            await asyncio.to_thread(self._book.settle, run.errand)
        except ReaderError as error:
            keys = [problem.key for problem in error.problems]
            log_book.error("errand not crossed off", way=run.errand.way, problems=keys)
        finally:
            self._under_way.discard(run.errand.name)
            self._woken.set()

    async def _tell(self, run: Run) -> Run | None:
        """Try once at every address that has not taken it; the run that is left of it."""
        errand, notifier = run.errand, self._notifier(run.errand.way)
        if notifier is None or self._clock() - errand.told_at > GIVE_UP_AFTER:
            self._note(errand, Told(Outcome.REFUSED, "too_late" if notifier else NOT_SET_UP))
            return None
        receivers = run.left
        if receivers is None:
            receivers = await asyncio.to_thread(self._ways.receivers, errand)
        answers = await asyncio.gather(
            *(notifier.tell(each.address, self._notice(errand, each)) for each in receivers)
        )
        for receiver, told in zip(receivers, answers, strict=True):
            self._note(errand, told)
            if told.outcome is Outcome.GONE:
                await asyncio.to_thread(self._ways.forget, errand, receiver.address)
        late = {
            receiver: told
            for receiver, told in zip(receivers, answers, strict=True)
            if told.outcome is Outcome.LATER
        }
        return _again(run, late, self._clock()) if late else None

    def _notifier(self, way: Way) -> Notifier | None:
        try:
            return self._ways.notifier(way)
        except ReaderError as error:
            log_book.error("way unfit", way=way, problems=[each.key for each in error.problems])
            return None

    def _note(self, errand: Errand, told: Told) -> None:
        """A house that was never set up for a way has chosen so: nothing is broken then."""
        self._tried(errand.way, told.outcome)
        if told.outcome is not Outcome.TAKEN:
            usual = told.outcome is Outcome.LATER or told.reason == NOT_SET_UP
            log = log_book.info if usual else log_book.warning
            reason, shop = told.reason, errand.shop
            log("not told", way=errand.way, shop=shop, outcome=told.outcome, reason=reason)

    def _notice(self, errand: Errand, to: Receiver) -> Notice:
        kind = f"alarm_title.{errand.kind or 'summary'}"
        shop = {"shop": self._name_of(errand.shop)}
        return Notice(
            key=f"{errand.shop}/{errand.notice}",
            title=self._say(kind, shop, to.language),
            text=told_in(self._say, errand.key, errand.values, to.language),
            link=self._link_of(errand),
            urgency=Urgency(errand.urgency.value),
            language=to.language,
        )


def _again(run: Run, late: Mapping[Receiver, Told], now: datetime) -> Run:
    """Pauses double from two seconds to a minute, or are as long as the other side asks."""
    pause = min(FIRST_PAUSE * 2 ** min(run.tries, 10), LONGEST_PAUSE)
    asked = [told.after for told in late.values() if told.after is not None]
    return Run(run.errand, run.tries + 1, now + max([pause, *asked]), list(late))
