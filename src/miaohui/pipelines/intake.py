"""Intake: what many callers hand in at once is committed together, and acknowledged after that.

One thread writes. While a commit is on its way to the disk the next events gather, so that a
busy moment makes bigger commits, not a longer queue.
"""

import asyncio
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from datetime import datetime
from queue import Empty, SimpleQueue
from threading import Thread

import msgspec

from miaohui.adapters.storage.live_ports import Attempt, LiveLog, Recorded
from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.problems import Problem, ReaderError

COMMIT_EVENTS = 2_000  # the most that one commit holds: about 50 ms of writing
MOST_WAITING = 20_000  # more events than this waiting to be written are refused
# What refuses an event now and takes it later.
PASSING = frozenset(
    {
        *("intake.busy", "intake.closing"),
        *("log.busy", "log.disk_full", "log.disk_failed", "log.read_only"),
        *("log.database_lost", "log.database_unreachable"),
    }
)
Listener = Callable[[Sequence[Event]], None]
# What goes round a commit of so many events, on the thread that writes; must be quick.
Committing = Callable[[int], AbstractContextManager[object]]


class Line:
    """What one caller hands in, in an order that must hold: once a part of it was refused for a
    reason that passes, so is all that comes behind, until the caller begins a new line."""

    __slots__ = ("broken",)

    def __init__(self) -> None:
        self.broken: ReaderError | None = None


class Given(msgspec.Struct, frozen=True, eq=False):
    """What one caller handed in, and where the answer goes."""

    events: Sequence[Event]
    going_out: Collection[int]
    attempts: Sequence[Attempt]
    answer: asyncio.Future[Sequence[Recorded]]
    line: Line | None = None


# What the log said to one caller: where its events lie, or why they do not.
Outcome = tuple[Given, Sequence[Recorded] | BaseException]


class Intake:
    """The one way into a live log. Belongs to the event loop that made it."""

    def __init__(
        self,
        log: LiveLog,
        clock: Callable[[], datetime],
        most_waiting: int = MOST_WAITING,
        committing: Committing = nullcontext,
    ) -> None:
        self._log = log
        self._clock = clock
        self._most_waiting = most_waiting
        self._committing = committing
        self._loop = asyncio.get_running_loop()
        self._queue: SimpleQueue[Given | None] = SimpleQueue()
        self._waiting = 0
        self._closing = False
        self._listeners: list[Listener] = []
        self._thread = Thread(target=self._write, name="miaohui-intake", daemon=True)
        self._thread.start()

    @property
    def waiting(self) -> int:
        """Events that were handed in and are not answered yet."""
        return self._waiting

    def tell(self, listener: Listener) -> None:
        """Tell somebody of all new events, with their `seq`, in the order of the log; on the
        event loop, right after the callers that handed them in."""
        self._listeners.append(listener)

    def give(
        self,
        events: Sequence[Event],
        going_out: Collection[int] = (),
        attempts: Sequence[Attempt] = (),
        line: Line | None = None,
    ) -> asyncio.Future[Sequence[Recorded]]:
        """Hand in events, and what goes out with them, as live_ports.LiveLog.record takes them;
        durable once the answer is there.

        Raises ReaderError `intake.busy` when too much is waiting and `intake.closing` once this
        house closes; the answer raises whatever the log cannot take.
        """
        trouble = self._trouble(len(events))
        if trouble is not None:
            if line is not None:
                line.broken = trouble
            raise trouble
        given = Given(events, going_out, attempts, self._loop.create_future(), line)
        self._waiting += len(events)
        self._queue.put(given)
        return given.answer

    def _trouble(self, count: int) -> ReaderError | None:
        """Why nothing can be handed in right now."""
        if self._closing:
            return ReaderError(Problem("intake.closing"))
        if self._waiting and self._waiting + count > self._most_waiting:
            return ReaderError(Problem("intake.busy", {"waiting": self._waiting}))
        return None

    async def take(
        self,
        events: Sequence[Event],
        going_out: Collection[int] = (),
        attempts: Sequence[Attempt] = (),
    ) -> Sequence[Recorded]:
        """The same, waiting for the answer; a caller that goes away takes nothing back."""
        return await asyncio.shield(self.give(events, going_out, attempts))

    async def close(self) -> None:
        """Take nothing more, write what was handed in, and come back when all is on the disk."""
        if not self._closing:
            self._closing = True
            self._queue.put(None)
        await asyncio.to_thread(self._thread.join)
        # The last answers stand in the loop's queue already; let them be given.
        await asyncio.sleep(0)

    def _write(self) -> None:
        while (first := self._queue.get()) is not None:
            together = [first]
            last = self._gather(together)
            outcomes = list(self._committed(together))
            self._loop.call_soon_threadsafe(self._answer, outcomes)
            if last:
                return

    def _gather(self, together: list[Given]) -> bool:
        """Add what has been handed in meanwhile; whether that was the last."""
        size = len(together[0].events)
        with suppress(Empty):
            while size < COMMIT_EVENTS:
                given = self._queue.get_nowait()
                if given is None:
                    return True
                together.append(given)
                size += len(given.events)
        return False

    def _committed(self, together: Sequence[Given]) -> Iterator[Outcome]:
        whole = [given for given in together if given.line is None or given.line.broken is None]
        if len(whole) < len(together):
            lines = ((given, given.line) for given in together)
            yield from ((given, line.broken) for given, line in lines if line and line.broken)
        if whole:
            yield from self._recorded(whole)

    def _recorded(self, together: Sequence[Given]) -> Iterator[Outcome]:
        try:
            recorded = self._record(together)
        except BaseException as error:
            if len(together) == 1 or passes(error):
                yield from ((given, _broken(given.line, error)) for given in together)
                return
            # One of them stands in the way of all: each for itself, so that only it is refused.
            for given in together:
                yield from self._recorded([given])
            return
        first = 0
        for given in together:
            yield given, recorded[first : first + len(given.events)]
            first += len(given.events)

    def _record(self, together: Sequence[Given]) -> Sequence[Recorded]:
        events: list[Event] = []
        going_out: list[int] = []
        attempts: list[Attempt] = []
        for given in together:
            going_out += (len(events) + place for place in given.going_out)
            attempts += given.attempts
            events += given.events
        with self._committing(len(events)):
            return self._log.record(events, self._clock(), going_out, attempts)

    def _answer(self, outcomes: Sequence[Outcome]) -> None:
        new: list[Event] = []
        for given, outcome in outcomes:
            self._waiting -= len(given.events)
            if isinstance(outcome, BaseException):
                _refuse(given.answer, outcome)
                continue
            if not given.answer.done():
                given.answer.set_result(outcome)
            new += (
                msgspec.structs.replace(event, seq=recorded.seq)
                for event, recorded in zip(given.events, outcome, strict=True)
                if recorded.is_new
            )
        if new:
            for listener in self._listeners:
                listener(new)


def passes(error: BaseException) -> bool:
    """Whether the same may be taken another time."""
    return isinstance(error, ReaderError) and error.problems[0].key in PASSING


def _broken(line: Line | None, error: BaseException) -> BaseException:
    """A text that can never be written stands in nobody's way; what passes breaks the line."""
    if line is not None and isinstance(error, ReaderError) and passes(error):
        line.broken = error
    return error


def _refuse(answer: asyncio.Future[Sequence[Recorded]], error: BaseException) -> None:
    if not answer.done():
        answer.set_exception(error)
        # Whoever asked may be gone; asyncio need not complain that nobody looked.
        answer.exception()
