"""The night's backlog: spread over the first who arrive instead of dumped on the very first."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import msgspec

from miaohui.domain.desk.routing.choice import Choice
from miaohui.domain.desk.routing.choosing import choose
from miaohui.domain.desk.routing.ordering import Waiting, order
from miaohui.domain.desk.routing.people import NOTHING, Agent, Held, Load
from miaohui.domain.desk.routing.policy import Policy
from miaohui.domain.desk.routing.requests import LastContact, Request


class Given(msgspec.Struct, frozen=True):
    """A request of the backlog, and what was chosen for it."""

    request: Request
    choice: Choice


def spread(
    policy: Policy,
    backlog: Iterable[Request],
    agents: Sequence[Agent],
    load: Mapping[str, Load],
    contacts: Mapping[str, LastContact],
    now: datetime,
) -> list[Given]:
    """What is handed out of the backlog now, in the policy's order; call again as time passes.

    An agent gets at most `policy.backlog.at_most` chats in any `policy.backlog.per`, whatever is
    free, so that those who come a little later find some too; but whoever has answered everybody
    gets the next one, for it would help nobody to let that buyer wait. Everything else that bars an
    agent holds, but rounds may gather at one. `contacts`: by buyer, who last spoke with them.
    """
    brisk = msgspec.structs.replace(policy, waiting_at_most=None)
    calm = msgspec.structs.replace(brisk, windows=(*policy.windows, policy.backlog))
    loads = dict(load)
    given: list[Given] = []
    for request in _in_order(policy, backlog, now):
        last = contacts.get(request.buyer)
        done = [each for each in agents if not _is_waited_for(loads.get(each.account, NOTHING))]
        choice = choose(brisk, done, loads, request, last, now)
        if choice.account is None:
            choice = choose(calm, agents, loads, request, last, now)
        given.append(Given(request, choice))
        if choice.account is not None:
            loads[choice.account] = with_one_more(loads.get(choice.account, NOTHING), request, now)
    return given


def with_one_more(load: Load, request: Request, now: datetime) -> Load:
    """The load after getting a chat; unchanged where the agent holds it already."""
    if any(held.conversation == request.conversation for held in load.held):
        return load
    held = Held(
        conversation=request.conversation,
        channel=request.channel,
        active_at=now,
        waiting_since=request.waiting_since,
        deadline=request.deadline,
        band=request.band,
    )
    return Load(
        held=(*load.held, held),
        assigned_at=(*load.assigned_at, now),
        last_assigned_at=now,
    )


def _is_waited_for(load: Load) -> bool:
    return any(held.waiting_since is not None for held in load.held)


def _in_order(policy: Policy, backlog: Iterable[Request], now: datetime) -> list[Request]:
    by_conversation = {request.conversation: request for request in backlog}
    waiting = [
        Waiting(
            conversation=request.conversation,
            since=request.waiting_since,
            deadline=request.deadline,
            band=request.band,
        )
        for request in by_conversation.values()
    ]
    return [by_conversation[each.conversation] for each in order(policy, waiting, now)]
