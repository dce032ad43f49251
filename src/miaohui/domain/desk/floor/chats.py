"""A chat on the floor: the state of its conversation, and what routing asks of it."""

from collections.abc import Collection, Sequence
from datetime import datetime

import msgspec
from msgspec.structs import replace

from miaohui.domain.conversation.state import State
from miaohui.domain.conversation.transitions import apply, fold
from miaohui.domain.desk.deadlines.clock import Clock, tightest
from miaohui.domain.desk.deadlines.running import clocks_of, lost_clocks_of
from miaohui.domain.desk.floor.rules import Steering
from miaohui.domain.desk.routing.ordering import Waiting
from miaohui.domain.desk.routing.people import Held
from miaohui.domain.desk.routing.requests import LastContact, Request
from miaohui.domain.desk.routing.sorting import Rule, Stage, Wanted, wanted
from miaohui.domain.rules.openings import opens_at
from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.kinds import Actor, Family, family_of

SALES = frozenset({"order.paid", "order.grouped", "order.shipped", "order.signed"})


class Chat(msgspec.Struct, frozen=True):
    """A conversation under its id in the log. `clocks` run for its waiting round, one a metric;
    `deadline` is the instant after which that round is lost, also when it has passed; where there
    is none, no clock can begin before `quiet_until`. The history in its state has no texts.
    `is_erased`: its buyer can be neither named nor answered any more, so nobody has it in hand."""

    id: str
    shop: str
    channel: str
    conversation: str
    buyer: str
    state: State = State()
    seq: int = 0
    clocks: tuple[Clock, ...] = ()
    deadline: datetime | None = None
    quiet_until: datetime | None = None
    wanted: Wanted = Wanted()
    is_erased: bool = False

    @property
    def holder(self) -> str | None:
        """Who has it in hand."""
        return None if self.is_erased else self.state.life.account

    @property
    def whose(self) -> str | None:
        """Who has it in hand; of a closed chat, who had it last. Those who see only their own
        chats see it."""
        if self.holder is not None or not self.state.life.closed:
            return self.holder
        given = (each.account for each in reversed(self.state.assignments))
        return next((account for account in given if account is not None), None)

    @property
    def wanting_since(self) -> datetime | None:
        """Since when somebody is to see to it: a buyer waits, or it was handed on to nobody."""
        if self.is_erased:
            return None
        return self.state.waiting_since or self.state.life.handed_on_at

    @property
    def is_restless(self) -> bool:
        """Whether the desk still has to do with it."""
        return not self.is_erased and self.is_open

    @property
    def is_open(self) -> bool:
        """Whether anything in it is not settled, whether or not anybody still can."""
        state = self.state
        return (
            state.waiting_since is not None
            or state.life.handed_on_at is not None
            or state.life.account is not None
            or state.life.snoozed_until is not None
            or any(task.closed_at is None for task in state.life.tasks)
            or any(each.reply is None for each in state.complaints)
        )

    @property
    def quiet_since(self) -> datetime:
        """When anything last happened in it."""
        return self.state.history[-1].at

    @property
    def needs_somebody(self) -> bool:
        """Whether somebody is to see to it and nobody has it."""
        return self.wanting_since is not None and self.holder is None


def opened(chat: Chat, history: Collection[Event], steering: Steering) -> Chat:
    """A chat with all that is known of it from the log."""
    return replace(
        chat,
        state=fold(history, steering.terms),
        seq=max((event.seq for event in history), default=0),
    )


def heard(chat: Chat, event: Event, steering: Steering) -> Chat:
    """The chat after one more event; clocks are set by `clocked`."""
    state = apply(chat.state, event, steering.terms)
    return replace(chat, state=state, seq=max(chat.seq, event.seq))


def goes_on_waiting(before: Chat, after: Chat, event: Event) -> bool:
    """Whether the buyer only says more in the same round, and no clock begins for that."""
    return (
        event.actor is Actor.BUYER
        and family_of(event.kind) is Family.MESSAGE
        and before.state.waiting_since is not None
        and before.state.waiting_since == after.state.waiting_since
        and len(after.state.standings) == len(before.state.standings) + 1
        and (before.deadline is not None or _is_quiet(before, event.at))
    )


def _is_quiet(chat: Chat, at: datetime) -> bool:
    return chat.quiet_until is not None and at < chat.quiet_until


def clocked(chat: Chat, steering: Steering, rules: Collection[Rule]) -> Chat:
    """The chat with its clocks, and what it asks for."""
    if chat.is_erased:
        return replace(chat, clocks=(), deadline=None, quiet_until=None, wanted=Wanted())
    state, life = chat.state, chat.state.life
    asks = wanted(rules, chat.channel, stage_of(state), life.tags, life.group) if rules else None
    clocks = _clocks(state, steering)
    line = tightest(clocks, steering.lines)
    return replace(
        chat,
        clocks=clocks,
        deadline=line and line.deadline,
        quiet_until=None if line else _quiet_until(state, clocks, steering),
        wanted=asks or Wanted(group=life.group),
    )


def _quiet_until(state: State, clocks: Sequence[Clock], steering: Steering) -> datetime | None:
    """When the hours open of the metrics that have no clock; None where nobody waits."""
    if state.waiting_since is None:
        return None
    runs, now = {clock.metric for clock in clocks}, state.history[-1].at
    opens = (opens_at(each, now) for each in steering.clocked if each.metric.id not in runs)
    return min(opens, default=None)


def _clocks(state: State, steering: Steering) -> tuple[Clock, ...]:
    """Those that run and those that ran out, as they stood when anything last happened."""
    if state.waiting_since is None and not any(each.reply is None for each in state.complaints):
        return ()
    now = state.history[-1].at
    running = clocks_of(state, steering.clocked, now)
    return (*running, *lost_clocks_of(state, steering.clocked, now))


def stage_of(state: State) -> Stage:
    """After the sale once anything was paid."""
    return "after_sale" if any(event.kind in SALES for event in state.history) else "pre_sale"


def bare(event: Event, chat_id: str) -> Event:
    """The event without what is personal, as the log gives histories: the floor reads no texts,
    and names nobody."""
    payload = event.payload
    if payload.text is not None or payload.media is not None or payload.extra:
        payload = replace(payload, text=None, media=None, extra={})
    return replace(event, conversation=chat_id, buyer=chat_id, payload=payload)


def request_of(chat: Chat, excluded: frozenset[str] = frozenset()) -> Request:
    """The chat as something to be assigned; somebody is to see to it."""
    since = chat.wanting_since
    assert since is not None
    return Request(
        shop=chat.shop,
        channel=chat.channel,
        conversation=chat.id,
        buyer=chat.buyer,
        waiting_since=since,
        deadline=chat.deadline,
        skills=chat.wanted.skills,
        language=chat.wanted.language,
        group=chat.wanted.group,
        band=chat.wanted.band,
        excluded=excluded,
    )


def waiting_of(chat: Chat) -> Waiting:
    """The chat as something that waits."""
    since = chat.wanting_since
    assert since is not None
    return Waiting(conversation=chat.id, since=since, deadline=chat.deadline, band=chat.wanted.band)


def held_of(chat: Chat) -> Held:
    """The chat as something an agent has in hand."""
    state = chat.state
    return Held(
        conversation=chat.id,
        channel=chat.channel,
        active_at=active_at(state),
        waiting_since=state.waiting_since,
        deadline=chat.deadline,
        band=chat.wanted.band,
        given_at=state.life.given_at,
    )


def active_at(state: State) -> datetime:
    """When anything was last said, or the chat was last given to somebody."""
    said = [state.sessions[-1].last] if state.sessions else []
    given = [state.assignments[-1].at] if state.assignments else []
    return max(said + given, default=state.history[-1].at)


def last_contact(state: State) -> LastContact | None:
    """The person who last answered the buyer, and when."""
    for round_ in reversed(state.rounds):
        if round_.reply is not None and round_.reply.account is not None:
            return LastContact(round_.reply.account, round_.reply.at)
    return None
