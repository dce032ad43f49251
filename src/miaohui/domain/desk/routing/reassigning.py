"""Which chats leave an agent who goes, stays away or does not come to them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum

import msgspec

from miaohui.domain.desk.routing.ordering import Waiting, urgency
from miaohui.domain.desk.routing.people import Agent, Held, Load, Presence
from miaohui.domain.desk.routing.policy import Policy


class Cause(StrEnum):
    """Why a chat is taken off an agent; `gone`: off shift, or no longer there at all."""

    GONE = "gone"
    AWAY = "away"
    UNANSWERED = "unanswered"


class Release(msgspec.Struct, frozen=True):
    """A chat that `account` loses. Where nobody waits in it, it lies with nobody until the buyer
    writes; where somebody does, it is to be chosen for anew without `account`."""

    conversation: str
    account: str
    cause: Cause
    waiting: bool


def reassign(
    policy: Policy, agents: Iterable[Agent], load: Mapping[str, Load], now: datetime
) -> list[Release]:
    """The chats to take off their agents now, in the order in which new ones are to be found.

    Of who is gone (or not among `agents`) all; of who is away those where a buyer waits; of
    anybody those that have waited for `unanswered_after` with this agent. Chats where nobody
    waits come last.
    """
    known = {agent.account: agent for agent in agents}
    found = [
        (held, Release(held.conversation, account, cause, held.waiting_since is not None))
        for account, each in load.items()
        for held in each.held
        if (cause := cause_to_release(policy, known.get(account), held, now)) is not None
    ]
    found.sort(key=lambda each: _place(policy, each[0], now))
    return [release for _, release in found]


def cause_to_release(
    policy: Policy, agent: Agent | None, held: Held, now: datetime
) -> Cause | None:
    """Why a chat should leave its agent; None: it stays. `agent` None: no longer there."""
    if agent is None or _has_gone(agent, now):
        return Cause.GONE
    if held.waiting_since is None:
        return None
    if agent.presence is Presence.AWAY:
        return Cause.AWAY
    gone_by = now - max(held.waiting_since, held.given_at or held.waiting_since)
    patience = policy.unanswered_after
    return Cause.UNANSWERED if patience is not None and gone_by >= patience else None


def _has_gone(agent: Agent, now: datetime) -> bool:
    ended = agent.shift_ends is not None and now >= agent.shift_ends
    return ended or agent.presence is Presence.OFF_SHIFT


def _place(policy: Policy, held: Held, now: datetime) -> tuple[object, ...]:
    if held.waiting_since is None:
        return True, held.conversation
    waiting = Waiting(
        conversation=held.conversation,
        since=held.waiting_since,
        deadline=held.deadline,
        band=held.band,
    )
    return False, urgency(policy, now, seconds_per_reply=0)(waiting)
