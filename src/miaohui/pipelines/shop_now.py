"""A shop right now, and its day so far, as pages and programs are told them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from miaohui.domain.analytics.figures import Figure
from miaohui.domain.analytics.hours import DayHours
from miaohui.domain.analytics.margins import Margin
from miaohui.domain.desk.floor.chats import Chat
from miaohui.domain.desk.routing.balance import Balance
from miaohui.domain.directory.presence import Presence


class Waits(msgspec.Struct, frozen=True, omit_defaults=True):
    """A chat whose buyer waits: since when, whose it is, and its line's last instant."""

    chat: str
    since: datetime
    account: str | None = None
    deadline: datetime | None = None


class AgentLoad(msgspec.Struct, frozen=True, omit_defaults=True):
    """An agent of a shop right now. `waiting`: buyers who wait with them, the first one since
    `waiting_since`, `urgent` the one to be answered first: the next that can still be saved, or
    else the oldest; `seconds_per_reply`: of late, the median."""

    account: str
    presence: Presence
    chats: int
    capacity: int
    waiting: int
    seconds_per_reply: float
    waiting_since: datetime | None = None
    urgent: Waits | None = None


class ShopNow(msgspec.Struct, frozen=True, omit_defaults=True):
    """A shop right now.

    `figures` by pack and metric, `margins` of its lines by pack, both of today. `waiting`: buyers
    who wait for a person, `in_line` of them with nobody, the first one since `waiting_since`;
    `lost`: those whose line has passed. `longest` waits longest, `urgent` is the next that can
    still be saved. `balance`: how evenly chats fell in the last quarters.
    """

    shop: str
    at: datetime
    figures: Mapping[str, Mapping[str, Figure]]
    margins: Mapping[str, Sequence[Margin]]
    agents: Sequence[AgentLoad]
    waiting: int = 0
    in_line: int = 0
    lost: int = 0
    waiting_since: datetime | None = None
    longest: Waits | None = None
    urgent: Waits | None = None
    balance: Sequence[Balance] = ()


class ShopHours(msgspec.Struct, frozen=True):
    """A shop's day of today hour by hour, by pack."""

    shop: str
    at: datetime
    days: Mapping[str, DayHours]


class MyDay(msgspec.Struct, frozen=True):
    """One's own figures of today in a shop, by pack and metric."""

    shop: str
    at: datetime
    mine: Mapping[str, Mapping[str, Figure]]


def since_when(chat: Chat) -> datetime:
    """Since when the buyer of a waiting chat waits."""
    assert chat.state.waiting_since is not None
    return chat.state.waiting_since


def waits(chat: Chat | None) -> Waits | None:
    """A waiting chat as it is told."""
    return None if chat is None else Waits(chat.id, since_when(chat), chat.holder, chat.deadline)


def most_urgent(waiting: Sequence[Chat], now: datetime) -> Chat | None:
    """Who is lost first of those that can still be saved."""
    saved = [each for each in waiting if each.deadline is not None and each.deadline >= now]
    return min(saved, key=lambda each: (each.deadline, each.id), default=None)
