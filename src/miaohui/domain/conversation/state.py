"""The state of one conversation (docs/metrics.md section 4)."""

from collections.abc import Mapping
from datetime import datetime, timedelta, tzinfo

import msgspec

from miaohui.domain.conversation.replies import ReplyClass
from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.kinds import Mark


class Terms(msgspec.Struct, frozen=True):
    """What a pack says about reading a conversation."""

    replies: ReplyClass
    session_gap: timedelta
    zone: tzinfo


class Standing(msgspec.Struct, frozen=True):
    """An event at the place where it counts; a confirmed reply stands at its confirmation.

    `touches`: keeps its session alive; `replies`: is a counted reply; `bot_answers`: is a bot's
    answer to a burst; `speaks` is the event whose actor, account and purpose hold.
    """

    at: datetime
    seq: int
    event: Event
    speaks: Event
    touches: bool = False
    replies: bool = False
    bot_answers: bool = False


class Reply(msgspec.Struct, frozen=True):
    """A counted reply. `assigned_at`: when its account was last given the chat before it."""

    at: datetime
    account: str | None
    source_id: str
    assigned_at: datetime | None = None


class Message(msgspec.Struct, frozen=True):
    """One buyer message and the session it fell in."""

    at: datetime
    session: int


class Round(msgspec.Struct, frozen=True):
    """Buyer messages without a counted reply in between, and the reply that ended them."""

    messages: tuple[Message, ...]
    opens_session: bool
    reply: Reply | None = None

    @property
    def start(self) -> datetime:
        """The first message; a further message never moves it."""
        return self.messages[0].at

    @property
    def session(self) -> int:
        """The session that the round starts in."""
        return self.messages[0].session


class Session(msgspec.Struct, frozen=True):
    """First and last instant of talk whose neighbours are less than the gap apart."""

    first: datetime
    last: datetime
    sampled: bool = False


class Assignment(msgspec.Struct, frozen=True):
    """From `at` on the chat lies with `account`; None: with nobody."""

    at: datetime
    account: str | None


class Complaint(msgspec.Struct, frozen=True):
    """An opened complaint and what answered it: a counted reply or its closing."""

    at: datetime
    reply: Reply | None = None


class SpamReport(msgspec.Struct, frozen=True):
    """A report and the platform's last verdict on it; None: still merely reported."""

    at: datetime
    confirmed: bool | None = None


class Task(msgspec.Struct, frozen=True):
    """Something promised or to be seen to beside the chat. `id` is the source_id of the event
    that opened it, `what` a word such as `complaint`, `refund` or `follow_up`, `due` when it must
    be done, `risk` that the platform has stepped in."""

    id: str
    what: str
    opened_at: datetime
    account: str | None = None
    due: datetime | None = None
    order: str | None = None
    risk: bool = False
    closed_at: datetime | None = None


class Life(msgspec.Struct, frozen=True):
    """What the desk made of a conversation.

    `account` has it in hand since `given_at`: nobody once it is closed, also when it opens again
    because somebody writes. `handed_on_at`: it was passed on to nobody yet. `group` is who it is
    for; a snooze ends when the buyer writes.
    """

    account: str | None = None
    given_at: datetime | None = None
    handed_on_at: datetime | None = None
    closed: bool = False
    snoozed_until: datetime | None = None
    group: str | None = None
    tags: frozenset[str] = frozenset()
    tasks: tuple[Task, ...] = ()


class State(msgspec.Struct, frozen=True):
    """Everything known of one conversation. `history` is in order of `(at, seq)`."""

    history: tuple[Event, ...] = ()
    standings: tuple[Standing, ...] = ()
    rounds: tuple[Round, ...] = ()
    sessions: tuple[Session, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    complaints: tuple[Complaint, ...] = ()
    human_requests: tuple[datetime, ...] = ()
    spam_reports: tuple[SpamReport, ...] = ()
    marks: Mapping[Mark, bool] = {}
    life: Life = Life()

    @property
    def waiting_since(self) -> datetime | None:
        """When the open round began: from then on we owe the buyer a reply; else None."""
        if not self.rounds or self.rounds[-1].reply is not None:
            return None
        return self.rounds[-1].start

    @property
    def account(self) -> str | None:
        """Who the chat lies with now."""
        return self.assignments[-1].account if self.assignments else None
