"""How each channel is: when it was last heard, how far its clock is off, whether it takes what is
sent to it. Doors and senders are watched; nothing of it outlives a restart."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

import msgspec

from miaohui.adapters.channels.port import Answer, Door, Outcome, Read, Sender
from miaohui.adapters.storage.live_ports import Outgoing
from miaohui.domain.desk.deadlines.offset import ClockOffset
from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.problems import Problem

Place = tuple[str, str]  # shop and channel
# What was told much later than it happened says nothing about the clock.
FRESH = timedelta(minutes=10)
SENT_AT = "webhook-timestamp"


class Failing(msgspec.Struct, frozen=True):
    """Since when a channel takes nothing, and what it said last."""

    since: datetime
    reason: str | None


class ChannelHealth:
    """What was noticed of the channels of a house, by shop and channel."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self.heard_at: dict[Place, datetime] = {}
        self.offsets: dict[Place, ClockOffset] = {}
        self.failing: dict[Place, Failing] = {}
        self._listeners: list[Callable[[Place], None]] = []

    def tell(self, listener: Callable[[Place], None]) -> None:
        """Tell somebody where a channel begins to fail, or works again."""
        self._listeners.append(listener)

    def expect_failure(self, place: Place) -> None:
        """A channel took nothing when the house was closed: so it is until it takes something."""
        self.failing.setdefault(place, Failing(self._clock(), None))

    def hear(self, place: Place, at: datetime, received_at: datetime) -> None:
        """An event came in."""
        self.heard_at[place] = received_at
        if abs(received_at - at) <= FRESH:
            self.offsets[place] = self.offsets.get(place, ClockOffset()).hear(at, received_at)

    def hear_sent(self, place: Place, sent_at: datetime, received_at: datetime) -> None:
        """Something came in that says when it was sent, and is signed."""
        known = self.offsets.get(place, ClockOffset())
        self.offsets[place] = known.hear_sent(sent_at, received_at)

    def note(self, place: Place, answer: Answer) -> None:
        """A channel answered to a message, or did not."""
        known = self.failing.get(place)
        works = answer.outcome is Outcome.TAKEN
        if works:
            self.failing.pop(place, None)
        else:
            since = known.since if known else self._clock()
            self.failing[place] = Failing(since, answer.reason)
        if works == (known is not None):
            for listener in self._listeners:
                listener(place)


class HeardDoor:
    """A door whose events and signed times are heard."""

    def __init__(self, within: Door, place: Place, health: ChannelHealth) -> None:
        self._within = within
        self._place = place
        self._health = health

    def admit(self, headers: Mapping[str, str], body: bytes, now: datetime) -> str:
        """See port.Door."""
        delivery = self._within.admit(headers, body, now)
        seconds = headers.get(SENT_AT, "")
        if seconds.isdigit():
            sent_at = datetime.fromtimestamp(int(seconds), UTC)
            self._health.hear_sent(self._place, sent_at, now)
        return delivery

    def taken(self, delivery: str, now: datetime) -> None:
        """See port.Door."""
        self._within.taken(delivery, now)

    def read(self, body: bytes, now: datetime) -> Read:
        """See port.Door."""
        read = self._within.read(body, now)
        for event in read.events:
            self._health.hear(self._place, event.at, now)
        return read

    def read_one(self, told: bytes, now: datetime) -> Event | Problem:
        """See port.Door."""
        read = self._within.read_one(told, now)
        if isinstance(read, Event):
            self._health.hear(self._place, read.at, now)
        return read


class NotedSender:
    """A sender whose answers are noted."""

    def __init__(self, within: Sender, place: Place, health: ChannelHealth) -> None:
        self._within = within
        self._place = place
        self._health = health

    async def send(self, outgoing: Outgoing) -> Answer:
        """See port.Sender."""
        answer = await self._within.send(outgoing)
        self._health.note(self._place, answer)
        return answer
