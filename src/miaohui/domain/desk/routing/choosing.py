"""Who gets a chat: `choose`, on plain values, with a reason for every agent."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import cache

from miaohui.domain.desk.routing.choice import Choice, Reason, Why
from miaohui.domain.desk.routing.hindrances import PASSES_SOONEST, hindrance, not_there, overflows
from miaohui.domain.desk.routing.people import NOTHING, Agent, Load
from miaohui.domain.desk.routing.policy import Policy, Preference
from miaohui.domain.desk.routing.ranking import Rank, in_time, rank
from miaohui.domain.desk.routing.requests import LastContact, Request

Loads = Mapping[str, Load]
Barred = Mapping[str, Reason | None]

PASSES_SOON = PASSES_SOONEST | {
    *(Reason.FULL, Reason.CHANNEL_FULL, Reason.KEPT_FREE, Reason.BUSY, Reason.AWAY),
}


def choose(
    policy: Policy,
    agents: Iterable[Agent],
    load: Loads,
    request: Request,
    history: LastContact | None,
    now: datetime,
) -> Choice:
    """Choose who gets a chat, or nobody for now; the order of the agents does not matter.

    In this order: whoever holds the chat already and is there keeps it; the one who last spoke
    with the buyer, if the policy is sticky; the best by the policy's preferences of those whom
    nothing bars. Ties go to the longest since their last chat, then by account. `load` may leave
    out agents who hold nothing.
    """
    known = {agent.account: agent for agent in agents}
    holder = _holder(known, load, request, now)
    if holder is not None:
        return _stays(known, holder)
    barred = _barred(policy, known, load, request, now)
    last = _last_contact(policy, history, now)
    if last in known:
        if _can_be_back(barred[last], known[last], load, request, now):
            return _to_last_contact(barred, last)
        if barred[last] in PASSES_SOON and _still_waits_for_them(policy, request, now):
            return _to_last_contact(barred, None)
    return _best(policy, known, load, request, barred, now)


def _holder(known: Mapping[str, Agent], load: Loads, request: Request, now: datetime) -> str | None:
    """Who has the chat already: a buyer's next message makes no second assignment."""
    holders = [
        account
        for account in known
        for held in load.get(account, NOTHING).held
        if held.conversation == request.conversation
    ]
    there = (
        account
        for account in holders
        if not_there(known[account], request, now) in (None, Reason.BUSY)
    )
    return min(there, default=None)


def _barred(
    policy: Policy, known: Mapping[str, Agent], load: Loads, request: Request, now: datetime
) -> Barred:
    barred = _hindrances(policy, known, load, request, now, help_wanted=False)
    if request.group is None:
        return barred
    members = (bar for account, bar in barred.items() if request.group in known[account].groups)
    if not overflows(policy.overflow, request, members, now):
        return barred
    return _hindrances(policy, known, load, request, now, help_wanted=True)


def _hindrances(
    policy: Policy,
    known: Mapping[str, Agent],
    load: Loads,
    request: Request,
    now: datetime,
    help_wanted: bool,
) -> Barred:
    return {
        account: hindrance(policy, agent, load.get(account, NOTHING), request, now, help_wanted)
        for account, agent in known.items()
    }


def _last_contact(policy: Policy, history: LastContact | None, now: datetime) -> str | None:
    if policy.sticky is None or history is None or now - history.at > policy.sticky.within:
        return None
    return history.account


def _can_be_back(
    bar: Reason | None, agent: Agent, load: Loads, request: Request, now: datetime
) -> bool:
    """Whether a buyer's last contact may take them: free, or soon enough so to save the round."""
    if bar is Reason.BACKLOG:
        return in_time(agent, load.get(agent.account, NOTHING), request, now)
    return bar is None


def _still_waits_for_them(policy: Policy, request: Request, now: datetime) -> bool:
    patience = policy.sticky.wait_at_most if policy.sticky else timedelta(0)
    return now - request.waiting_since < patience


def _stays(known: Iterable[str], holder: str) -> Choice:
    reasons = dict.fromkeys(known, _why(Reason.HELD_BY_ANOTHER))
    return Choice(holder, {**reasons, holder: _why(Reason.HOLDS_IT)})


def _to_last_contact(barred: Barred, account: str | None) -> Choice:
    """To the last contact, or with None to nobody yet: the chat waits for that agent."""
    reasons = {other: _why(bar or Reason.KEPT_FOR_LAST_CONTACT) for other, bar in barred.items()}
    if account is not None:
        reasons[account] = _why(Reason.LAST_CONTACT)
    return Choice(account, reasons)


def _best(
    policy: Policy,
    known: Mapping[str, Agent],
    load: Loads,
    request: Request,
    barred: Barred,
    now: datetime,
) -> Choice:
    ranks = {
        account: rank(policy, known[account], load.get(account, NOTHING), request, now)
        for account, bar in barred.items()
        if bar is None
    }
    reasons = {account: _why(bar) for account, bar in barred.items() if bar is not None}
    if not ranks:
        return Choice(None, reasons)
    best = min(ranks, key=lambda account: (ranks[account], account))
    for account, behind in ranks.items():
        reasons[account] = _why(Reason.BEHIND, _difference(policy, ranks[best], behind))
    reasons[best] = _why_ahead(policy, ranks, best)
    return Choice(best, reasons)


def _why_ahead(policy: Policy, ranks: Mapping[str, Rank], best: str) -> Why:
    """What told the best from the next best."""
    others = [behind for account, behind in ranks.items() if account != best]
    if not others:
        return _why(Reason.ONLY_ONE)
    return _why(Reason.AHEAD, _difference(policy, ranks[best], min(others)))


def _difference(policy: Policy, ahead: Rank, behind: Rank) -> Preference:
    """The first preference by which two agents differ; equal in all, it was the turn."""
    for preference, mine, theirs in zip(policy.prefer, ahead, behind, strict=False):
        if mine != theirs:
            return preference
    return Preference.TURN


@cache
def _why(reason: Reason, by: Preference | None = None) -> Why:
    return Why(reason, by)
