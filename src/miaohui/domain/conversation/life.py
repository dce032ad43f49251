"""What each event does to the life of a conversation at the desk: closed, snoozed, tags, tasks."""

from collections.abc import Callable
from datetime import UTC, datetime

from msgspec.structs import replace

from miaohui.domain.conversation.state import Life, Task
from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.kinds import TALK, UNASSIGNED, Actor, Origin, family_of

COMPLAINT, REFUND = "complaint", "refund"
BY_HAND = frozenset({Origin.HUMAN, Origin.ASSISTED})


def lived(life: Life, event: Event) -> Life:
    """The life after one more event; the same object where it changes nothing."""
    payload = event.payload
    match event.kind:
        case "assigned" | "transferred":
            return _given(life, event)
        case "unassigned":
            return replace(life, account=None, given_at=None)
        case "closed":
            return replace(_in_nobodys_hands(life), closed=True, snoozed_until=None)
        case "reopened":
            return replace(life, closed=False)
        case "snoozed":
            return replace(life, snoozed_until=instant_said(payload.until))
        case "tagged" if payload.tag is not None:
            return _tagged(life, payload.tag, removed=payload.purpose == "removed")
        case "task.opened" | "complaint.opened" | "refund.requested":
            return replace(life, tasks=(*life.tasks, _opened(event)))
        case "task.changed":
            return _change(life, lambda task: task.id == payload.about, _changed(event))
        case "task.closed":
            return _change(life, lambda task: task.id == payload.about, _closed(event))
        case "complaint.closed":
            return _change(life, lambda task: task.what == COMPLAINT, _closed(event))
        case "refund.succeeded" | "refund.closed":
            return _change(life, lambda task: _is_refund_of(task, payload.order), _closed(event))
        case "platform.intervened":
            return _change(life, lambda task: task.order == payload.order, _at_risk)
        case _:
            return _talked(life, event)


def instant_said(until: str | None) -> datetime | None:
    """The instant that an event says; None for none, and for what is no instant with an offset."""
    try:
        said = datetime.fromisoformat(until or "")
    except ValueError:
        return None
    return said.astimezone(UTC) if said.tzinfo else None


def _given(life: Life, event: Event) -> Life:
    account = None if event.account == UNASSIGNED else event.account
    handed_on = event.kind == "transferred" and account is None
    return replace(
        life,
        account=account,
        given_at=event.at if account else None,
        handed_on_at=event.at if handed_on else None,
        group=event.payload.group or life.group,
    )


def _in_nobodys_hands(life: Life) -> Life:
    return replace(life, account=None, given_at=None, handed_on_at=None)


def _talked(life: Life, event: Event) -> Life:
    """Whoever writes opens a closed chat again; a buyer wakes a snoozed one."""
    if family_of(event.kind) not in TALK:
        return life
    if event.actor is Actor.BUYER and (life.closed or life.snoozed_until is not None):
        return replace(life, closed=False, snoozed_until=None)
    if life.closed and event.actor is Actor.AGENT and event.origin in BY_HAND:
        return replace(life, closed=False)
    return life


def _tagged(life: Life, tag: str, removed: bool) -> Life:
    return replace(life, tags=life.tags - {tag} if removed else life.tags | {tag})


def _opened(event: Event) -> Task:
    payload = event.payload
    named = {"complaint.opened": COMPLAINT, "refund.requested": REFUND}
    return Task(
        id=event.source_id,
        what=named.get(event.kind) or payload.purpose or "follow_up",
        opened_at=event.at,
        account=event.account,
        due=instant_said(payload.until),
        order=payload.order,
    )


def _change(life: Life, concerns: Callable[[Task], bool], change: Callable[[Task], Task]) -> Life:
    tasks = tuple(
        change(task) if task.closed_at is None and concerns(task) else task for task in life.tasks
    )
    return life if tasks == life.tasks else replace(life, tasks=tasks)


def _changed(event: Event) -> Callable[[Task], Task]:
    """A change names only what changes; an owner is taken away by an account of ``''``."""
    due, account = instant_said(event.payload.until), event.account

    def change(task: Task) -> Task:
        owner = task.account if account is None else account or None
        return replace(task, account=owner, due=due or task.due)

    return change


def _closed(event: Event) -> Callable[[Task], Task]:
    return lambda task: replace(task, closed_at=event.at)


def _at_risk(task: Task) -> Task:
    return replace(task, risk=True)


def _is_refund_of(task: Task, order: str | None) -> bool:
    return task.what == REFUND and task.order == order
