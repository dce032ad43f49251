"""What `/metrics` tells of an open house: counts as they happen, the rest as it is when asked."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from functools import partial

from miaohui import __version__
from miaohui.adapters.monitoring.prometheus import CONTENT_TYPE, Monitor, Readings
from miaohui.adapters.storage.live_ports import Attempt, LiveLog, OutboxState
from miaohui.api.monitoring import MonitoringDoor
from miaohui.api.problems import Language, Say
from miaohui.domain.desk.floor.floor import Floor
from miaohui.domain.directory.secret import Secret
from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.intents import Intent
from miaohui.domain.vocabulary.problems import ReaderError
from miaohui.pipelines.intake import Intake
from miaohui.pipelines.running_figures import RunningFigures
from miaohui.pipelines.watching import Watching

INTENTS = {"Assign": "assign", "Release": "release", "ChangePresence": "change_presence"}


class Monitoring:
    """The monitor of one house, told by its pipelines."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.monitor = Monitor()
        self._clock = clock
        self._outbox: OutboxState | None = None
        self._settle: Callable[[], Awaitable[None]] = _nothing
        self.monitor.watch("build", "1 for the version that runs.", ["version"], _version)

    def decided(self, intent: Intent, waited: timedelta | None) -> None:
        """See live.Decided."""
        self.monitor.decided(INTENTS[type(intent).__name__], waited)

    def tried(self, _: Event, attempt: Attempt, attempts: int) -> None:
        """A sending.Listener; one that is only queued was not tried yet."""
        if attempts:
            self.monitor.tried(attempt.state.value)

    def notified(self, way: str, outcome: str) -> None:
        """A messenger.Tried."""
        self.monitor.notified(way, outcome)

    def counting(self, say: Say) -> Say:
        """Sentences for the outside, each counted by its key: they are problems, all of them."""

        def counted(key: str, values: Mapping[str, object], language: Language) -> str:
            self.monitor.refused(key)
            return say(key, values, language)

        return counted

    def watch_intake(self, intake: Intake) -> None:
        """Count what comes in, and read what waits."""
        intake.tell(lambda events: self.monitor.accepted(len(events)))
        waiting = "Events handed in and not written yet."
        self.monitor.watch("waiting_events", waiting, [], lambda: {(): intake.waiting})

    def watch_floor(self, floor: Floor, watching: Watching) -> None:
        """Read chats, people and pages."""
        watch = self.monitor.watch
        watch("pages", "Open pages of the desk.", [], lambda: {(): len(watching.pages())})
        watch("chats", "Chats on the floor.", ["state"], lambda: _chats(floor))
        people = "Sub-accounts by their presence."
        watch("people", people, ["presence"], lambda: _people(floor, self._clock()))

    def watch_figures(self, floor: Floor, figures: RunningFigures) -> None:
        """Read today's figures of each shop; names of shops stand on the page then."""
        self._settle = partial(_settled, floor, figures)
        labels = ["shop", "pack", "metric"]
        for part in ("numerator", "denominator", "pending"):
            read = partial(_figures, floor, figures, part)
            self.monitor.watch(f"figure_{part}", f"{part} of today's figures.", labels, read)

    def door(self, log: LiveLog, token: str | None) -> MonitoringDoor:
        """The door behind which the page is read."""
        watch = self.monitor.watch
        watch("outbox_messages", "Messages by state.", ["state"], self._outbox_messages)
        watch("outbox_oldest_seconds", "Age of the oldest queued one.", [], self._outbox_age)

        async def page() -> bytes:
            # Asked on a thread: the database may take its time, and the desk goes on.
            self._outbox = await asyncio.to_thread(_state_of, log)
            await self._settle()
            return self.monitor.page()

        return MonitoringDoor(page, CONTENT_TYPE, Secret(token) if token else None)

    def _outbox_messages(self) -> Readings:
        state = self._outbox
        return {} if state is None else {("queued",): state.queued, ("failed",): state.failed}

    def _outbox_age(self) -> Readings:
        state = self._outbox
        if state is None:
            return {}
        age = self._clock() - state.oldest_at if state.oldest_at else timedelta()
        return {(): max(age.total_seconds(), 0)}


def _version() -> Readings:
    return {(__version__,): 1}


def _state_of(log: LiveLog) -> OutboxState | None:
    """None where the database does not answer: the rest of the page is needed then most of all."""
    try:
        return log.outbox_state()
    except ReaderError:
        return None


def _chats(floor: Floor) -> Readings:
    chats = floor.chats.values()
    waiting = [chat for chat in chats if chat.state.waiting_since and not chat.is_erased]
    return {
        ("on_the_floor",): len(chats),
        ("restless",): sum(chat.is_restless for chat in chats),
        ("waiting",): len(waiting),
        ("in_line",): sum(chat.holder is None for chat in waiting),
    }


def _people(floor: Floor, now: datetime) -> Readings:
    active = (person for person in floor.people.values() if person.account.active)
    counted = Counter(person.presence(now).value for person in active)
    return {(presence,): count for presence, count in counted.items()}


async def _settled(floor: Floor, figures: RunningFigures) -> None:
    for shop in list(floor.shops):
        await figures.settle(shop)


async def _nothing() -> None:
    """No figures are shown."""


def _figures(floor: Floor, figures: RunningFigures, part: str) -> Readings:
    return {
        (shop, pack, metric): getattr(figure, part)
        for shop in floor.shops
        for pack, by_metric in figures.figures(shop).items()
        for metric, figure in by_metric.items()
    }
