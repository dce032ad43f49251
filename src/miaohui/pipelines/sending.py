"""The outbox emptied: each message goes to its channel, at least once, in the order of its
conversation, again and again with longer pauses until the channel takes or refuses it."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial

from miaohui.adapters.channels.port import Answer, Outcome, Sender
from miaohui.adapters.storage.live_ports import Attempt, LiveLog, Outgoing, Sending
from miaohui.domain.vocabulary.events import Event
from miaohui.pipelines.intake import Intake

AT_ONCE = 64  # messages under way, each of another conversation
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=1), timedelta(minutes=5)
GIVE_UP_AFTER = timedelta(hours=24)  # a chat that old has been lost, and been told so
JITTER = 0.2
NO_CHANNEL = Answer(Outcome.REFUSED, "no_channel")
Listener = Callable[[Event, Attempt, int], None]


class Postman:
    """Sends what the outbox holds, as soon as it is due. Belongs to the event loop."""

    def __init__(
        self,
        log: LiveLog,
        intake: Intake,
        senders: Mapping[tuple[str, str], Sender],
        clock: Callable[[], datetime],
        chance: Callable[[], float],
    ) -> None:
        """`senders` by (shop, channel); `chance` gives numbers from 0 to 1."""
        self._log = log
        self._intake = intake
        self._senders = senders
        self._clock = clock
        self._chance = chance
        self._woken = asyncio.Event()
        self._under_way: set[tuple[str, int]] = set()
        self._listeners: list[Listener] = []
        intake.tell(self._hear)

    def tell(self, listener: Listener) -> None:
        """Tell somebody how far each message has come, once the log knows: its event, what became
        of it, and how often it was tried; first that it is queued."""
        self._listeners.append(listener)

    async def run(self) -> None:
        """Until cancelled; what is under way then is tried again after the next start."""
        async with asyncio.TaskGroup() as group:
            while True:
                self._woken.clear()
                for outgoing in await self._due():
                    self._under_way.add(_key(outgoing))
                    group.create_task(self._deliver(outgoing))
                await self._sleep()

    def wake(self) -> None:
        """Something may have to go out."""
        self._woken.set()

    def _hear(self, _: Sequence[Event]) -> None:
        self.wake()

    async def _due(self) -> Sequence[Outgoing]:
        free = AT_ONCE - len(self._under_way)
        if free <= 0:
            return ()
        # Those under way are still queued in the log: ask for as many more.
        due = await asyncio.to_thread(self._log.due, self._clock(), AT_ONCE + free)
        return [each for each in due if _key(each) not in self._under_way][:free]

    async def _sleep(self) -> None:
        next_due = await asyncio.to_thread(self._log.next_due)
        wait: float | None = None
        if next_due is not None and not self._under_way:
            wait = max((next_due - self._clock()).total_seconds(), 0)
        try:
            async with asyncio.timeout(wait):
                await self._woken.wait()
        except TimeoutError:
            return

    async def _deliver(self, outgoing: Outgoing) -> None:
        if outgoing.attempts == 0:
            queued = Attempt(*_key(outgoing), Sending.QUEUED)
            self._told(outgoing.event, queued, 0)
        sender = self._senders.get((outgoing.event.shop, outgoing.event.channel))
        answer = NO_CHANNEL if sender is None else await sender.send(outgoing)
        attempt = attempted(outgoing, answer, self._clock(), self._chance())
        try:
            await self._intake.take([], attempts=[attempt])
            self._told(outgoing.event, attempt, outgoing.attempts + 1)
        finally:
            self._under_way.discard(_key(outgoing))
            self._woken.set()

    def _told(self, event: Event, attempt: Attempt, attempts: int) -> None:
        for listener in self._listeners:
            listener(event, attempt, attempts)


def attempted(outgoing: Outgoing, answer: Answer, now: datetime, chance: float) -> Attempt:
    """What to note of a try. Pauses double from a second to five minutes, a fifth up or down by
    `chance` (0 to 1) so that many messages do not come back at once; after a day it is over."""
    noted = partial(Attempt, outgoing.event.shop, outgoing.event.seq)
    if answer.outcome is Outcome.TAKEN:
        return noted(Sending.SENT)
    sent_at = outgoing.event.received_at or outgoing.event.at
    if answer.outcome is Outcome.REFUSED or now - sent_at > GIVE_UP_AFTER:
        return noted(Sending.FAILED, reason=answer.reason)
    pause = min(FIRST_PAUSE * 2 ** min(outgoing.attempts, 20), LONGEST_PAUSE)
    pause *= 1 + JITTER * (2 * chance - 1)
    return noted(Sending.QUEUED, now + max(pause, answer.after or pause), answer.reason)


def _key(outgoing: Outgoing) -> tuple[str, int]:
    return outgoing.event.shop, outgoing.event.seq
