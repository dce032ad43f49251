"""A crowd played under a routing: agents hold several chats and answer one round at a time."""

from collections import deque
from functools import partial
from statistics import median
from typing import Any, Protocol

import msgspec

from miaohui.domain.traffic.agenda import Agenda
from miaohui.domain.traffic.rush.crowd import Crowd, Visit

FOREVER = 1 << 62
REPLIES_REMEMBERED = 20


class Chat:
    """A visit under way. `since` is when its waiting round was written; `note` belongs to the
    routing, which may keep there what it knows of the round."""

    __slots__ = ("clerk", "note", "number", "round", "since", "visit")

    def __init__(self, number: int, visit: Visit) -> None:
        self.number = number
        self.visit = visit
        self.round = 0
        self.since = 0
        self.clerk: Clerk | None = None
        self.note: Any = None


class Clerk:
    """An agent at work. `waiting` are own chats whose round nobody answers yet, in the order
    written; `answering` is the one being answered. `replies`: milliseconds of the last ones;
    `changes` counts what happened to the agent, so that a routing need not look twice."""

    __slots__ = (
        *("answering", "changes", "chats", "last_given_at", "limit", "note", "number", "pace"),
        *("replies", "waiting"),
    )

    def __init__(self, number: int, pace: float, limit: int, usual_reply: float) -> None:
        self.number = number
        self.pace = pace
        self.limit = limit
        self.replies = deque([usual_reply], maxlen=REPLIES_REMEMBERED)
        self.chats: set[Chat] = set()
        self.waiting: list[Chat] = []
        self.answering: Chat | None = None
        self.last_given_at: int | None = None
        self.changes = 0
        self.note: Any = None

    @property
    def reply_takes(self) -> float:
        """Recent milliseconds a reply: the median, for replies that take minutes are rare."""
        return median(self.replies)


class Floor:
    """Everybody in the rush: `clerks` by number and `line`, the chats that nobody holds yet."""

    __slots__ = ("agenda", "clerks", "line", "rounds", "routing")

    def __init__(self, crowd: Crowd, routing: "Routing", usual_reply: float) -> None:
        self.routing = routing
        self.agenda = Agenda()
        self.line: list[Chat] = []
        self.rounds: list[Waited] = []
        self.clerks = [
            Clerk(number, pace, crowd.chats_at_once, usual_reply)
            for number, pace in enumerate(crowd.paces)
        ]


class Waited(msgspec.Struct, frozen=True):
    """A round of a visit: when it was written, taken up and answered, in milliseconds."""

    visit: int
    round: int
    clerk: int
    since: int
    taken_at: int
    answered_at: int
    counted: bool


class Routing(Protocol):
    """What a policy decides. It is asked whenever something changed, and changes nothing."""

    def place(self, at: int, floor: Floor) -> tuple[Chat, Clerk] | None:
        """A chat of the line, which is not empty, and who gets it now; None: all stay in line."""
        ...

    def next(self, at: int, clerk: Clerk, floor: Floor) -> Chat | None:
        """What an agent who has just become free answers: an own waiting round, one in line, or
        one that waits with a colleague, whose chat they take over."""
        ...


def play(crowd: Crowd, routing: Routing, usual_reply: float) -> list[Waited]:
    """Play the whole rush until every round is answered; rounds in the order of their answers.

    `usual_reply` is the milliseconds a reply that everybody is thought to need at first.
    """
    floor = Floor(crowd, routing, usual_reply)
    for number, visit in enumerate(crowd.visits):
        floor.agenda.put(visit.at, _write, Chat(number, visit))
    floor.agenda.run_until(FOREVER, floor)
    return floor.rounds


def _write(floor: Floor, at: int, chat: Chat) -> None:
    chat.since = at
    chat.note = None
    if chat.clerk is not None:
        chat.clerk.waiting.append(chat)
        chat.clerk.changes += 1
        _go_on(floor, at, chat.clerk)
        return
    floor.line.append(chat)
    _empty_line(floor, at)


def _empty_line(floor: Floor, at: int) -> None:
    while floor.line:
        placed = floor.routing.place(at, floor)
        if placed is None:
            return
        chat, clerk = placed
        _hold(floor, at, chat, clerk)
        _go_on(floor, at, clerk)


def _hold(floor: Floor, at: int, chat: Chat, clerk: Clerk) -> None:
    if chat.clerk is None:
        floor.line.remove(chat)
    else:
        chat.clerk.waiting.remove(chat)
        chat.clerk.chats.remove(chat)
        chat.clerk.changes += 1
    chat.clerk = clerk
    clerk.chats.add(chat)
    clerk.waiting.append(chat)
    clerk.last_given_at = at
    clerk.changes += 1


def _go_on(floor: Floor, at: int, clerk: Clerk) -> None:
    if clerk.answering is not None:
        return
    chat = floor.routing.next(at, clerk, floor)
    if chat is None:
        return
    if chat.clerk is not clerk:
        _hold(floor, at, chat, clerk)
    clerk.waiting.remove(chat)
    clerk.answering = chat
    takes = int(chat.visit.efforts[chat.round] * clerk.pace)
    floor.agenda.put(at + takes, partial(_answer, taken_at=at), clerk)


def _answer(floor: Floor, at: int, clerk: Clerk, *, taken_at: int) -> None:
    chat, clerk.answering = clerk.answering, None
    assert chat is not None
    clerk.changes += 1
    clerk.replies.append(at - taken_at)
    visit = chat.visit
    floor.rounds.append(
        Waited(chat.number, chat.round, clerk.number, chat.since, taken_at, at, visit.counted)
    )
    if chat.round < len(visit.pauses):
        floor.agenda.put(at + visit.pauses[chat.round], _write, chat)
        chat.round += 1
    else:
        floor.agenda.put(at + visit.lingers, _close, chat)
    _go_on(floor, at, clerk)


def _close(floor: Floor, at: int, chat: Chat) -> None:
    clerk = chat.clerk
    assert clerk is not None
    clerk.chats.remove(chat)
    clerk.changes += 1
    _go_on(floor, at, clerk)
    _empty_line(floor, at)
