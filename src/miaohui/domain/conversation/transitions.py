"""What each event does to a conversation: `apply(state, event, terms) -> state`."""

from bisect import insort
from collections.abc import Iterable, Sequence
from datetime import datetime

from msgspec.structs import replace

from miaohui.domain.conversation.deliveries import is_delivery, standing_of, standings_of
from miaohui.domain.conversation.life import lived
from miaohui.domain.conversation.state import (
    Assignment,
    Complaint,
    Message,
    Reply,
    Round,
    Session,
    SpamReport,
    Standing,
    State,
    Terms,
)
from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.kinds import UNASSIGNED, Actor, Family, Mark, family_of


def apply(state: State, event: Event, terms: Terms) -> State:
    """The state after one more event.

    One that comes late, or that changes where another stands, refolds the conversation.
    """
    if _comes_late(state, event) or _moves_another(state, event):
        return fold((*state.history, event), terms)
    return _stand(replace(state, history=(*state.history, event)), standing_of(event, terms), terms)


def fold(events: Iterable[Event], terms: Terms) -> State:
    """The state after all the events, in whatever order they come."""
    history: list[Event] = []
    for event in events:
        insort(history, event, key=_place)
    return fold_in_order(history, terms)


def fold_in_order(history: Sequence[Event], terms: Terms) -> State:
    """The state after events that are already in order of `(at, seq)`."""
    state = State(history=tuple(history))
    for standing in sorted(standings_of(history, terms), key=lambda each: (each.at, each.seq)):
        state = _stand(state, standing, terms)
    return state


def _place(event: Event) -> tuple[datetime, int]:
    return event.at, event.seq


def _comes_late(state: State, event: Event) -> bool:
    return bool(state.history) and _place(event) < _place(state.history[-1])


def _moves_another(state: State, event: Event) -> bool:
    return is_delivery(event) or any(
        known.payload.about == event.source_id for known in state.history if is_delivery(known)
    )


def _stand(state: State, standing: Standing, terms: Terms) -> State:
    life = lived(state.life, standing.event)
    state = replace(state, standings=(*state.standings, standing), life=life)
    if standing.touches:
        state = _touch_session(state, standing.at, terms)
    if standing.replies:
        return _answer(state, standing)
    event = standing.event
    match event.kind:
        case _ if event.actor is Actor.BUYER and family_of(event.kind) is Family.MESSAGE:
            return _ask(state, event.at)
        case "assigned" | "transferred":
            return _assign(state, event.at, event.account)
        case "unassigned":
            return _assign(state, event.at, None)
        case "human_requested":
            return replace(state, human_requests=(*state.human_requests, event.at))
        case "complaint.opened":
            return replace(state, complaints=(*state.complaints, Complaint(event.at)))
        case "complaint.closed":
            return _close_complaints(state, _reply_of(state, standing))
        case "spam.reported":
            return replace(state, spam_reports=(*state.spam_reports, SpamReport(event.at)))
        case "spam.confirmed" | "spam.rejected":
            return _judge_spam(state, event.kind == "spam.confirmed")
        case "buyer.marked" | "buyer.unmarked":
            return _mark(state, event.payload.mark, event.kind == "buyer.marked")
        case _:
            return state


def _touch_session(state: State, at: datetime, terms: Terms) -> State:
    if state.sessions and at - state.sessions[-1].last < terms.session_gap:
        last = replace(state.sessions[-1], last=at)
        return replace(state, sessions=(*state.sessions[:-1], last))
    return replace(state, sessions=(*state.sessions, Session(at, at)))


def _ask(state: State, at: datetime) -> State:
    message = Message(at, len(state.sessions) - 1)
    if state.waiting_since is not None:
        last = state.rounds[-1]
        longer = replace(last, messages=(*last.messages, message))
        return replace(state, rounds=(*state.rounds[:-1], longer))
    session = state.sessions[-1]
    opened = Round((message,), opens_session=not session.sampled)
    return replace(
        state,
        rounds=(*state.rounds, opened),
        sessions=(*state.sessions[:-1], replace(session, sampled=True)),
    )


def _answer(state: State, standing: Standing) -> State:
    reply = _reply_of(state, standing)
    state = _close_complaints(state, reply)
    if state.waiting_since is None:
        return state
    return replace(state, rounds=(*state.rounds[:-1], replace(state.rounds[-1], reply=reply)))


def _reply_of(state: State, standing: Standing) -> Reply:
    account = _somebody(standing.speaks.account)
    given = [each.at for each in state.assignments if account and each.account == account]
    return Reply(standing.at, account, standing.speaks.source_id, given[-1] if given else None)


def _close_complaints(state: State, reply: Reply) -> State:
    closed = tuple(each if each.reply else replace(each, reply=reply) for each in state.complaints)
    return replace(state, complaints=closed)


def _assign(state: State, at: datetime, account: str | None) -> State:
    return replace(state, assignments=(*state.assignments, Assignment(at, _somebody(account))))


def _somebody(account: str | None) -> str | None:
    return None if account == UNASSIGNED else account


def _judge_spam(state: State, confirmed: bool) -> State:
    if not state.spam_reports:
        return state
    judged = replace(state.spam_reports[-1], confirmed=confirmed)
    return replace(state, spam_reports=(*state.spam_reports[:-1], judged))


def _mark(state: State, mark: str | None, holds: bool) -> State:
    if mark not in tuple(Mark):
        return state
    return replace(state, marks={**state.marks, Mark(mark): holds})
