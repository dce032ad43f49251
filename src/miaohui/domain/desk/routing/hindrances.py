"""Why an agent may not take a request: the first bar that stands in the way."""

from collections.abc import Iterable
from datetime import datetime

from miaohui.domain.desk.routing.choice import Reason
from miaohui.domain.desk.routing.people import (
    Agent,
    Load,
    Presence,
    assigned_within,
    chats,
    chats_in,
    last_assigned,
    rounds_waiting,
)
from miaohui.domain.desk.routing.policy import Overflow, Policy
from miaohui.domain.desk.routing.requests import Request

ABSENT = {
    Presence.OFF_SHIFT: Reason.OFF_SHIFT,
    Presence.AWAY: Reason.AWAY,
    Presence.BUSY: Reason.BUSY,
}
PASSES_SOONEST = {Reason.COOL_DOWN, Reason.WINDOW_LIMIT, Reason.BACKLOG}


def hindrance(
    policy: Policy, agent: Agent, load: Load, request: Request, now: datetime, help_wanted: bool
) -> Reason | None:
    """What keeps an agent from a request; None: nothing. `help_wanted`: of other groups, too."""
    return (
        not_there(agent, request, now)
        or _leaves(policy, agent, now)
        or _does_not_fit(policy, agent, request, help_wanted)
        or _has_no_room(policy, agent, load, request, now)
        or _had_enough(policy, load, now)
    )


def may_get_any(policy: Policy, agent: Agent, load: Load, now: datetime) -> bool:
    """Whether an agent is there and has room for any chat at all, whatever it asks for."""
    there = agent.shift_ends is None or agent.shift_ends - now >= policy.leaving_before
    return (
        there
        and agent.presence is Presence.ONLINE
        and chats(load, policy.idle_after, now) < agent.capacity
        and _had_enough(policy, load, now) is None
    )


def not_there(agent: Agent, request: Request, now: datetime) -> Reason | None:
    """The bars that hold even for a chat the agent already has."""
    if not _may_serve(agent, request):
        return Reason.NO_RIGHT
    if agent.shift_ends is not None and now >= agent.shift_ends:
        return Reason.OFF_SHIFT
    if agent.presence is not Presence.ONLINE:
        return ABSENT[agent.presence]
    return Reason.JUST_PASSED_ON if agent.account in request.excluded else None


def overflows(
    overflow: Overflow | None,
    request: Request,
    bars_of_members: Iterable[Reason | None],
    now: datetime,
) -> bool:
    """Whether other groups may take a request that bars keep from each member of its own."""
    bars = set(bars_of_members)
    if overflow is None or None in bars:
        return False
    if overflow.when_full and bars.isdisjoint(PASSES_SOONEST):
        return True
    return overflow.after is not None and now - request.waiting_since >= overflow.after


def _may_serve(agent: Agent, request: Request) -> bool:
    return (agent.shops is None or request.shop in agent.shops) and (
        agent.channels is None or request.channel in agent.channels
    )


def _leaves(policy: Policy, agent: Agent, now: datetime) -> Reason | None:
    if agent.shift_ends is None or agent.shift_ends - now >= policy.leaving_before:
        return None
    return Reason.LEAVING


def _does_not_fit(
    policy: Policy, agent: Agent, request: Request, help_wanted: bool
) -> Reason | None:
    if policy.skills == "required" and _lacks_skill(agent, request):
        return Reason.SKILL
    if policy.language == "required" and _does_not_speak(agent, request):
        return Reason.LANGUAGE
    if request.group is None or request.group in agent.groups:
        return None
    return None if help_wanted and _helps(policy.overflow, agent) else Reason.GROUP


def _lacks_skill(agent: Agent, request: Request) -> bool:
    wanted = request.skills.items()
    return bool(wanted) and any(agent.skills.get(skill, 0) < level for skill, level in wanted)


def _does_not_speak(agent: Agent, request: Request) -> bool:
    return request.language is not None and request.language not in agent.languages


def _helps(overflow: Overflow | None, agent: Agent) -> bool:
    if overflow is None:
        return False
    return overflow.to is None or not overflow.to.isdisjoint(agent.groups)


def _has_no_room(
    policy: Policy, agent: Agent, load: Load, request: Request, now: datetime
) -> Reason | None:
    held = chats(load, policy.idle_after, now)
    if held >= agent.capacity:
        return Reason.FULL
    most = agent.channel_capacity.get(request.channel)
    if most is not None and chats_in(load, request.channel, policy.idle_after, now) >= most:
        return Reason.CHANNEL_FULL
    reserve = policy.reserve
    if reserve and request.band < reserve.from_band and held >= agent.capacity - reserve.places:
        return Reason.KEPT_FREE
    return None


def _had_enough(policy: Policy, load: Load, now: datetime) -> Reason | None:
    if policy.cool_down:
        last = last_assigned(load)
        if last is not None and now - last < policy.cool_down:
            return Reason.COOL_DOWN
    for window in policy.windows:
        if assigned_within(load, window.per, now) >= window.at_most:
            return Reason.WINDOW_LIMIT
    most = policy.waiting_at_most
    return Reason.BACKLOG if most is not None and rounds_waiting(load) > most else None
