"""A shop on the evening of 1 November, played from change to change as a timer would."""

from collections import deque
from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import msgspec
from tests.events import SHANGHAI, at

from miaohui.app.language import say
from miaohui.domain.desk.alarms.deciding import decide_alarms, next_alarm_at
from miaohui.domain.desk.alarms.settings import AlarmSettings, Kind, Level, Step, Way
from miaohui.domain.desk.alarms.situation import Person, Situation, WaitingChat
from miaohui.domain.desk.alarms.told import (
    Clear,
    Decision,
    Hold,
    Recipient,
    Tell,
    Told,
    name_of,
    remembered,
)
from miaohui.domain.desk.deadlines.clock import Clock
from miaohui.domain.directory.presence import Presence

DAY = (at("08:00:00"), at("23:00:00"))
MORNING = at("07:00:00")
ANNA, BAO = Recipient(Level.AGENT, "anna"), Recipient(Level.AGENT, "bao")
LEADS, OWNERS = Recipient(Level.LEAD), Recipient(Level.OWNER)
AWAKE = AlarmSettings(quiet_hours=None)
SCREEN = (Way.SCREEN,)


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


def waiting(
    since: str | datetime, account: str | None = "anna", chat: str = "c1", **more: Any
) -> WaitingChat:
    """A chat under a clock of three minutes."""
    start = at(since) if isinstance(since, str) else since
    limit = seconds(more.pop("limit", 180))
    told = {
        "chat": chat,
        "buyer": f"buyer of {chat}",
        "since": start,
        "clocks": (Clock("reply", start, start + limit),),
        "account": account,
    }
    return WaitingChat(**{**told, **more})


def person(account: str = "anna", there: bool = True, **more: Any) -> Person:
    """Somebody who came, or went, in the morning."""
    presence = Presence.ONLINE if there else Presence.OFF_SHIFT
    told = {"account": account, "name": account, "presence": presence, "since": MORNING}
    return Person(**{**told, **more})


def shop(*chats: WaitingChat, **more: Any) -> Situation:
    """Assessed from 08:00 to 23:00, Anna and Bao there, unless told otherwise."""
    told = {"zone": SHANGHAI, "windows": (DAY,), "people": (person(), person("bao"))}
    return Situation(chats=chats, **{**told, **more})


def only(kind: Kind, *steps: Step, **more: Any) -> AlarmSettings:
    """Settings with one ladder, all other kinds switched off, and nothing quiet."""
    ladders: Mapping[Kind, Sequence[Step]] = dict.fromkeys(Kind, ()) | {kind: steps}
    return AlarmSettings(ladders=ladders, **{"quiet_hours": None, **more})  # type: ignore[arg-type]


class Said(NamedTuple):
    """A decision and its instant."""

    at: datetime
    decision: Decision


class Play:
    """A shop's alarms over time; what is remembered survives as its wire form alone."""

    def __init__(
        self,
        settings: AlarmSettings = AWAKE,
        looks: Iterable[datetime] = (),
        cuts: Container[int] = (),
    ) -> None:
        """`looks`: instants at which somebody asks though there is nothing to do. `cuts`: which
        decisions are lost, with everything that was not remembered, before they are carried out."""
        self.settings = settings
        self._looks = deque(sorted(looks))
        self._cuts = cuts
        self._decided = 0
        self.situation = shop()
        self.told: list[Told] = []
        self.now = MORNING
        self.said: list[Said] = []

    def change(self, when: str | datetime, situation: Situation) -> None:
        """Let time pass, then the shop changes."""
        self.until(when)
        self.situation = situation
        self._decide()

    def until(self, when: str | datetime) -> None:
        """Let time pass, doing what is to be done at the exact instants and only then."""
        end = at(when) if isinstance(when, str) else when
        while (due := self.next()) is not None and due < end:
            assert due > self.now, "what is due now was done"
            self._look_before(due)
            self.now = due
            assert self._decide(), "there is something to do when the timer says so"
        self._look_before(end)
        self.now = end
        self._decide()

    def sleep(self, when: str | datetime) -> None:
        """Nothing is done until then, whatever falls due."""
        self.now = at(when) if isinstance(when, str) else when
        self._decide()

    def next(self) -> datetime | None:
        return next_alarm_at(self.settings, self.situation, self.told, self.now)

    def _look_before(self, end: datetime) -> None:
        while self._looks and self._looks[0] < end:
            look = self._looks.popleft()
            if look > self.now:
                decisions = decide_alarms(self.settings, self.situation, self.told, look)
                assert decisions == [], "there is nothing to do before the timer says so"

    def restart(self) -> None:
        """Everything but what was remembered is forgotten."""
        self.told = msgspec.json.decode(msgspec.json.encode(self.told), type=list[Told])

    def _decide(self) -> list[Decision]:
        decisions = decide_alarms(self.settings, self.situation, self.told, self.now)
        self._decided += 1
        if self._decided in self._cuts:
            self.restart()
            return self._decide()
        self.told = remembered(self.told, decisions, self.now)
        assert len({name_of(row) for row in self.told}) == len(self.told)
        self.said += (Said(self.now, decision) for decision in decisions)
        self._can_be_said(decisions)
        again = decide_alarms(self.settings, self.situation, self.told, self.now)
        assert again == [], "what was done is done"
        return decisions

    def _can_be_said(self, decisions: Sequence[Decision]) -> None:
        for decision in decisions:
            if isinstance(decision, Tell):
                for language in ("zh", "en"):
                    message = decision.message
                    said = say(message.key, message.values, language)
                    assert said != message.key, message
                    assert "{" not in said, message


def tells(play: Play, recipient: Recipient | None = None) -> list[tuple[str, str]]:
    """When what was told, in the order of time."""
    return [
        (clock(said.at), said.decision.message.key.removeprefix("alarm."))
        for said in play.said
        if isinstance(said.decision, Tell) and recipient in (None, said.decision.recipient)
    ]


def times(play: Play, recipient: Recipient | None = None) -> list[str]:
    return [when for when, _ in tells(play, recipient)]


def clears(play: Play) -> list[tuple[str, Recipient]]:
    return [
        (clock(said.at), said.decision.recipient)
        for said in play.said
        if isinstance(said.decision, Clear)
    ]


def holds(play: Play) -> list[str]:
    return [clock(said.at) for said in play.said if isinstance(said.decision, Hold)]


def last_tell(play: Play, recipient: Recipient | None = None) -> Tell:
    found = [
        said.decision
        for said in play.said
        if isinstance(said.decision, Tell) and recipient in (None, said.decision.recipient)
    ]
    return found[-1]


def clock(instant: datetime) -> str:
    """The local time, with a mark where it is one microsecond later."""
    local = instant.astimezone(SHANGHAI)
    assert local.microsecond in (0, 1), local
    return f"{local:%H:%M:%S}" + "+" * local.microsecond


def step(level: Level, after: int, *ways: Way) -> Step:
    return Step(level, after, ways or SCREEN)


def played(settings: AlarmSettings, changes: Iterable[tuple[str, Situation]], until: str) -> Play:
    play = Play(settings)
    for when, situation in changes:
        play.change(when, situation)
    play.until(until)
    return play
