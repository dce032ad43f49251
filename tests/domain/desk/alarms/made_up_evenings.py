"""Evenings that nobody thought up: played to their end, with what stood when, and who took what."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from hypothesis import strategies as st
from msgspec.structs import replace
from tests.domain.desk.alarms.evening import Play, only, seconds, shop, waiting
from tests.events import at

from miaohui.domain.desk.alarms.settings import (
    RANKS,
    AlarmSettings,
    Kind,
    Level,
    QuietHours,
    Repeats,
    Step,
    Way,
)
from miaohui.domain.desk.alarms.situation import WaitingChat
from miaohui.domain.desk.alarms.told import Hold, Place, Recipient, Tell, Told, place_of, taken
from miaohui.domain.vocabulary.instants import MICROSECOND, iso

START = at("22:55:00")
CHATS = ("c1", "c2", "c3", "c4")
OFFSETS = (-90, -60, -45, -20, -17, -3, 0, 2, 10, 40)
NEVER = at("9T00:00:00")

steps = st.builds(
    Step,
    st.sampled_from(Level),
    st.sampled_from(OFFSETS),
    st.sampled_from([(Way.SCREEN,), (Way.WEB_PUSH,), (Way.SOUND, Way.EMAIL)]),
)
ladders = st.lists(steps, max_size=6, unique_by=lambda step: (step.level, step.seconds))
repeats = st.sampled_from([None, 12, 30, 100])
nights = st.sampled_from(
    [
        None,
        QuietHours("22:58", "23:02", kinds=(), ways=()),
        QuietHours("22:50", "22:57", kinds=(), ways=(Way.SCREEN,)),
        QuietHours("22:58", "23:02", kinds=(Kind.WAITING,), ways=()),
    ]
)


@st.composite
def some_settings(draw) -> AlarmSettings:
    return only(
        Kind.WAITING,
        *draw(ladders),
        repeats=Repeats(draw(repeats), draw(repeats), draw(repeats)),
        quiet_hours=draw(nights),
        coalesce_seconds=draw(st.sampled_from([0, 5, 10])),
    )


class Change(NamedTuple):
    """After a pause the buyer of a chat asks, it is answered or moves, or somebody takes it."""

    pause: int
    what: str
    chat: str
    account: str | None
    limit: int


changes = st.builds(
    Change,
    st.integers(1, 70),
    st.sampled_from(["ask", "ask", "ask", "answer", "move", "take"]),
    st.sampled_from(CHATS),
    st.sampled_from(["anna", "anna", "bao", None]),
    st.sampled_from([180, 180, 60, 30]),
)
evenings = st.lists(changes, max_size=25)


class Since(NamedTuple):
    """A span of time."""

    begins: datetime
    ends: datetime


class Heard(NamedTuple):
    """What a recipient heard of one alarm at an instant; `summed`: at the end of quiet hours."""

    at: datetime
    row: Told
    summed: bool


class Evening:
    """An evening played to its end, with what stood when, and who took what."""

    def __init__(
        self,
        rules: AlarmSettings,
        evening: Sequence[Change],
        looks: Iterable[datetime] = (),
        cuts: Container[int] = (),
        ends: bool = True,
    ) -> None:
        self.rules = rules
        self.play = Play(rules, looks, cuts)
        self.play.sleep(START)
        self.chats: dict[str, WaitingChat] = {}
        self.stood: dict[Place, list[tuple[datetime, datetime]]] = defaultdict(list)
        self.lines: dict[str, tuple[datetime, datetime]] = {}
        self.took: list[tuple[datetime, Place]] = []
        self.accounts: dict[str, list[tuple[datetime, str | None]]] = defaultdict(list)
        self._since: dict[Place, datetime] = {}
        for change in evening:
            self._happens(change)
        if ends:
            self._end()

    def _end(self) -> None:
        """Five more minutes, and everything is answered."""
        self.play.until(self.play.now + seconds(300))
        self.chats = {}
        self._turn()
        self.play.until(self.play.now + timedelta(hours=1))

    def _happens(self, change: Change) -> None:
        self.play.until(self.play.now + seconds(change.pause))
        known = self.chats.get(change.chat)
        match change.what:
            case "ask" if known is None:
                asked = waiting(self.play.now, change.account, change.chat, limit=change.limit)
                self.chats[change.chat] = asked
            case "answer":
                self.chats.pop(change.chat, None)
            case "move" if known is not None:
                self.chats[change.chat] = replace(known, account=change.account)
            case "take":
                self._take(change)
            case _:
                pass
        self._turn()

    def _take(self, change: Change) -> None:
        """Somebody takes everything that one recipient was told of the chat."""
        self.play.restart()
        rows = [row for row in self.play.told if row.chat == change.chat and not row.held]
        for row in rows[change.limit % 3 :][:1]:
            changed = taken(self.play.told, [row.key], row.recipient, "somebody")
            kept = [each for each in self.play.told if place_of(each) != place_of(row)]
            self.play.told = [*kept, *changed]
            self.took += ((self.play.now, place_of(each)) for each in changed)

    def _turn(self) -> None:
        """The shop is as it is now; what begins and ceases to stand is noted."""
        now = self.play.now
        standing = set(self._places())
        for place in [place for place in self._since if place not in standing]:
            self.stood[place].append((self._since.pop(place), now))
        self._since |= {place: now for place in standing if place not in self._since}
        self.play.change(now, shop(*self.chats.values(), windows=()))

    def _places(self) -> Iterator[Place]:
        for chat in self.chats.values():
            [clock] = chat.clocks
            key = f"waiting:{chat.chat}:{iso(chat.since)}:reply"
            self.lines[key] = clock.start, clock.deadline
            if not self.accounts[key] or self.accounts[key][-1][1] != chat.account:
                self.accounts[key].append((self.play.now, chat.account))
            for step in self.steps(key):
                yield key, self.recipient(step.level, chat.account)

    def steps(self, key: str) -> list[Step]:
        start, deadline = self.lines[key]
        return [
            step
            for step in self.rules.ladders[Kind.WAITING]
            if step.seconds >= 0 or deadline + seconds(step.seconds) > start
        ]

    def recipient(self, level: Level, account: str | None) -> Recipient:
        if level is Level.OWNER:
            return Recipient(Level.OWNER)
        if level is Level.AGENT and account:
            return Recipient(Level.AGENT, account)
        return Recipient(Level.LEAD)

    def steps_of(self, place: Place, now: datetime) -> list[Step]:
        """The steps that a recipient hears of a chat as it lies at an instant."""
        key, recipient = place
        lay_with = [account for when, account in self.accounts[key] if when <= now]
        account = lay_with[-1] if lay_with else None
        return [
            step for step in self.steps(key) if self.recipient(step.level, account) == recipient
        ]

    def lies_since(self, key: str, now: datetime) -> datetime:
        """Since when a chat lies with whom it lies with."""
        return [when for when, _ in self.accounts[key] if when <= now][-1]

    def addressed(
        self, place: Place, begins: datetime, ends: datetime
    ) -> Iterator[tuple[Since, Step]]:
        """Each step with how long it was this recipient's while the alarm stood with them."""
        moves = [when for when, _ in self.accounts[place[0]] if begins < when < ends]
        for since, until in pairwise([begins, *moves, ends]):
            for step in self.steps_of(place, since):
                yield Since(since, until), step

    def due(self, key: str, step: Step) -> datetime:
        _, deadline = self.lines[key]
        if step.seconds < 0:
            return deadline + seconds(step.seconds)
        return deadline + MICROSECOND + seconds(step.seconds)

    def crossed(self, key: str) -> datetime:
        return self.lines[key][1] + MICROSECOND

    def standing(self) -> Iterable[Place]:
        """What stands now."""
        return list(self._since)

    def intervals(self) -> Iterator[tuple[Place, datetime, datetime, list[Heard]]]:
        """How long each alarm stood with each recipient, and what they heard of it."""
        heard = self.heard()
        for place, spans in self.stood.items():
            for begins, ends in spans:
                yield place, begins, ends, [h for h in heard[place] if begins <= h.at <= ends]

    def heard(self) -> Mapping[Place, list[Heard]]:
        found: dict[Place, list[Heard]] = defaultdict(list)
        for when, decision in self.play.said:
            if isinstance(decision, Tell | Hold):
                for row in decision.rows:
                    summed = isinstance(decision, Tell) and decision.kind is None
                    found[place_of(row)].append(Heard(when, row, summed))
        return found

    def taken_between(self, place: Place, begins: datetime, ends: datetime) -> int:
        """How high up somebody had taken an alarm that stood; -1: nobody. An agent is only
        spared what they took themselves."""
        key, recipient = place
        ranks = [
            RANKS[taken_at[1].level]
            for when, taken_at in self.took
            if taken_at[0] == key
            and (taken_at[1] == recipient or recipient.level is not Level.AGENT)
            and when <= ends
            and self._still_stands(taken_at, when, begins)
        ]
        return max(ranks, default=-1)

    def _still_stands(self, place: Place, when: datetime, until: datetime) -> bool:
        spans = [*self.stood[place], (self._since.get(place, NEVER), NEVER)]
        return any(begins <= when <= ends and until < ends for begins, ends in spans)
