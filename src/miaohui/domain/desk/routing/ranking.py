"""Who of those who may take a chat comes first: one number for each preference, less is better."""

from datetime import UTC, datetime
from math import inf

from miaohui.domain.desk.routing.people import (
    Agent,
    Load,
    assigned_within,
    chats,
    last_assigned,
    rounds_waiting,
)
from miaohui.domain.desk.routing.policy import Policy, Preference
from miaohui.domain.desk.routing.requests import Request

NEVER = datetime.min.replace(tzinfo=UTC)
Rank = tuple[float | datetime, ...]


def rank(policy: Policy, agent: Agent, load: Load, request: Request, now: datetime) -> Rank:
    """A number for each preference of the policy, in its order, and the turn as the last."""
    places = [_place(each, policy, agent, load, request, now) for each in policy.prefer]
    return (*places, _turn(load))


def answers_in(agent: Agent, load: Load) -> float:
    """Seconds until the agent would have answered one more round after those that wait."""
    return (rounds_waiting(load) + 1) * agent.seconds_per_reply


def in_time(agent: Agent, load: Load, request: Request, now: datetime) -> bool:
    """Whether the agent can answer before the round is lost; True where no clock runs."""
    if request.deadline is None:
        return True
    return answers_in(agent, load) <= (request.deadline - now).total_seconds()


def _place(
    preference: Preference,
    policy: Policy,
    agent: Agent,
    load: Load,
    request: Request,
    now: datetime,
) -> float | datetime:
    match preference:
        case Preference.GROUP:
            return _group(agent, request)
        case Preference.SKILLS:
            return -sum(agent.skills.get(skill, 0) for skill in request.skills)
        case Preference.LANGUAGE:
            return request.language is not None and request.language not in agent.languages
        case Preference.IN_TIME:
            return 0.0 if in_time(agent, load, request, now) else answers_in(agent, load)
        case Preference.SPARE:
            return chats(load, policy.idle_after, now) - agent.capacity
        case Preference.SHARE:
            taken = assigned_within(load, policy.share_over, now)
            return (taken + 1) / agent.weight if agent.weight > 0 else inf
        case Preference.TURN:
            return _turn(load)


def _group(agent: Agent, request: Request) -> float:
    if request.group is None:
        return 0
    return agent.groups.index(request.group) if request.group in agent.groups else inf


def _turn(load: Load) -> datetime:
    return last_assigned(load) or NEVER
