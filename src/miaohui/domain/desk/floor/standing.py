"""Where a waiting buyer stands: how many come before them, and how long it takes, as far as that
can honestly be told. A number that nothing was measured for is not told."""

from collections import defaultdict, deque
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from statistics import median

import msgspec

from miaohui.domain.desk.floor.chats import Chat, waiting_of
from miaohui.domain.desk.floor.floor import Floor
from miaohui.domain.desk.floor.people import Person
from miaohui.domain.desk.routing.ordering import USUAL_SECONDS_PER_REPLY, order
from miaohui.domain.desk.routing.sorting import policy_for
from miaohui.domain.directory.permission import may
from miaohui.domain.directory.presence import Presence
from miaohui.domain.directory.rights import Right

REMEMBERED = timedelta(minutes=10)
LEAST_SPAN = timedelta(minutes=1)
LEAST_MEASURED = 3  # fewer say nothing
REALLY_WAITED = timedelta(seconds=5)  # who got somebody at once says nothing of the line
LONGEST_TOLD = timedelta(minutes=30)
THERE = (Presence.ONLINE, Presence.BUSY)


class Standing(msgspec.Struct, frozen=True):
    """`ahead`: waiting buyers who come before; `wait`: how long it takes until somebody answers,
    None where nobody could say."""

    ahead: int
    wait: timedelta | None = None


class LinePace:
    """How fast the line of a shop moves while there is one."""

    def __init__(self) -> None:
        self._began: datetime | None = None
        self._left: deque[datetime] = deque()

    def stands(self, now: datetime) -> None:
        """Somebody waits in line."""
        self._began = self._began or now

    def is_empty(self) -> None:
        """Nobody waits any more: what was measured is over."""
        self._began = None
        self._left.clear()

    def left(self, now: datetime, waited: timedelta) -> None:
        """Somebody got out of the line."""
        if self._began is not None and waited >= REALLY_WAITED:
            self._left.append(now)

    def seconds_a_chat(self, now: datetime) -> float | None:
        """How long one place takes; None while too little was seen."""
        while self._left and now - self._left[0] > REMEMBERED:
            self._left.popleft()
        if self._began is None or len(self._left) < LEAST_MEASURED:
            return None
        span = now - max(self._began, now - REMEMBERED)
        return span.total_seconds() / len(self._left) if span >= LEAST_SPAN else None


Paces = Mapping[str | None, LinePace]  # of a shop's lines, by the group that they wait for


def standings(floor: Floor, shop: str, paces: Paces, now: datetime) -> dict[str, Standing]:
    """Where every waiting buyer of a shop stands, by the ids of their chats."""
    found: dict[str, Standing] = {}
    for group, chats in _lines(floor, shop).items():
        seconds = _line_seconds(floor, shop, paces.get(group), now)
        for ahead, chat in enumerate(_ordered(floor, chats, now, USUAL_SECONDS_PER_REPLY)):
            found[chat] = Standing(ahead, _told(seconds(ahead) if seconds else None))
    for person in _answering(floor, shop):
        found |= _in_hands(floor, shop, person, now)
    return found


def people_there(floor: Floor, shop: str, now: datetime) -> int:
    """How many people are there for the buyers of a shop."""
    return sum(each.presence(now) is Presence.ONLINE for each in _answering(floor, shop))


def _lines(floor: Floor, shop: str) -> dict[str | None, list[Chat]]:
    lines: defaultdict[str | None, list[Chat]] = defaultdict(list)
    for waiting in floor.line(shop):
        chat = floor.chats[waiting.conversation]
        lines[chat.wanted.group].append(chat)
    return lines


def _line_seconds(
    floor: Floor, shop: str, pace: LinePace | None, now: datetime
) -> Callable[[int], float] | None:
    """How long it takes with so many ahead: the line as it moved, and then an answer."""
    place = pace.seconds_a_chat(now) if pace else None
    there = [each for each in _answering(floor, shop) if each.presence(now) is Presence.ONLINE]
    answers = [each.seconds_per_reply for each in there if _is_measured(each)]
    if place is None or not answers:
        return None
    return lambda ahead: (ahead + 1) * place + median(answers)


def _in_hands(floor: Floor, shop: str, person: Person, now: datetime) -> dict[str, Standing]:
    """Those who wait with one agent, who answers one after the other."""
    held = (floor.chats[each] for each in floor.loads.held_by(person.account.id))
    chats = [each for each in held if each.shop == shop and each.state.waiting_since is not None]
    one = person.seconds_per_reply
    is_there = person.presence(now) in THERE and _is_measured(person)
    return {
        chat: Standing(ahead, _told((ahead + 1) * one if is_there else None))
        for ahead, chat in enumerate(_ordered(floor, chats, now, one))
    }


def _ordered(floor: Floor, chats: Sequence[Chat], now: datetime, seconds: float) -> list[str]:
    """In the order in which they are answered."""
    if not chats:
        return []
    policy = policy_for(floor.shops[chats[0].shop].routing, chats[0].wanted.group)
    return [each.conversation for each in order(policy, map(waiting_of, chats), now, seconds)]


def _answering(floor: Floor, shop: str) -> list[Person]:
    people = floor.people.values()
    return [each for each in people if may(each.account, Right.CHATS_ANSWER, shop)]


def _is_measured(person: Person) -> bool:
    return len(person.replies) >= LEAST_MEASURED


def _told(seconds: float | None) -> timedelta | None:
    wait = None if seconds is None else timedelta(seconds=seconds)
    return wait if wait is not None and wait <= LONGEST_TOLD else None
