"""What alarms are decided on: a shop as it stands at one instant."""

from datetime import date, datetime, tzinfo

import msgspec

from miaohui.domain.desk.deadlines.clock import Clock
from miaohui.domain.directory.presence import THERE, Presence
from miaohui.domain.rules.pack import Words


class WaitingChat(msgspec.Struct, frozen=True, kw_only=True):
    """A chat with an open round, or an open complaint.

    `since`: when it began. `clocks`: those the shop steers by, the ones that ran out included;
    none: nothing is assessed. `account` and `group`: who has it, None: nobody. `buyer` is shown as
    it is.
    """

    chat: str
    buyer: str
    since: datetime
    clocks: tuple[Clock, ...]
    account: str | None = None
    group: str | None = None


class Page(msgspec.Struct, frozen=True):
    """Whether somebody's page can ring, `since` when it is as it is."""

    since: datetime
    muted: bool = False
    may_notify: bool = True


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who answers in the shop.

    `since`: when they came (online, busy) or went (away, off shift). `shift_starts` and
    `shift_ends`: of the running or next shift; None: nobody knows. `full`: no room for another
    chat. `page` None: none is open.
    """

    account: str
    name: str
    presence: Presence
    since: datetime
    shift_starts: datetime | None = None
    shift_ends: datetime | None = None
    full: bool = False
    page: Page | None = None


class Channel(msgspec.Struct, frozen=True):
    """A channel: when anything last came in, and since when it reports errors."""

    id: str
    name: str
    last_heard_at: datetime | None = None
    failing_since: datetime | None = None


class MissesLeft(msgspec.Struct, frozen=True):
    """How many more may be missed on `day` before a line is broken, negative: it is; and `since`
    when there are so few. `line` is the threshold's id, `name` what people call it, in each
    language where those differ."""

    line: str
    name: str | Words
    day: date
    left: int
    since: datetime


class Situation(msgspec.Struct, frozen=True, kw_only=True):
    """A shop at one instant. `windows`: assessed hours from opening to closing instant, in order;
    today's, and tomorrow's so that nothing is forgotten over midnight."""

    zone: tzinfo
    windows: tuple[tuple[datetime, datetime], ...] = ()
    chats: tuple[WaitingChat, ...] = ()
    people: tuple[Person, ...] = ()
    channels: tuple[Channel, ...] = ()
    misses_left: tuple[MissesLeft, ...] = ()


def is_there(person: Person) -> bool:
    """Whether somebody is at their page."""
    return person.presence in THERE
