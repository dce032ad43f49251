"""What the desk decides now: who loses a chat, who gets which of the line, who counts as away."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from heapq import nsmallest

import msgspec
from msgspec.structs import replace

from miaohui.domain.desk.floor.chats import Chat, last_contact, request_of, waiting_of
from miaohui.domain.desk.floor.floor import ANSWER, Floor, patience_ends
from miaohui.domain.desk.routing.backlog import spread
from miaohui.domain.desk.routing.choice import Choice, Reason
from miaohui.domain.desk.routing.choosing import choose
from miaohui.domain.desk.routing.hindrances import may_get_any
from miaohui.domain.desk.routing.ordering import (
    USUAL_SECONDS_PER_REPLY,
    Waiting,
    order,
    urgency,
)
from miaohui.domain.desk.routing.people import NOTHING, Agent
from miaohui.domain.desk.routing.policy import Policy
from miaohui.domain.desk.routing.reassigning import Cause, cause_to_release
from miaohui.domain.desk.routing.sorting import policy_for
from miaohui.domain.directory.permission import may
from miaohui.domain.directory.presence import Presence
from miaohui.domain.vocabulary.intents import Assign, ChangePresence, Intent, Release

# While anything waits in line a pause, a window or a share may end at any second.
LOOK_AGAIN = timedelta(seconds=1)
# A chat that waits too long with somebody, and that nobody else could take, is tried again.
TRY_AGAIN = timedelta(seconds=10)
SHORT_LINE = 16  # chats that are looked at for each agent who is free
Agents = Mapping[str, Agent]


class Decision(msgspec.Struct, frozen=True):
    """What should happen now, and when to look again if nothing else happens before."""

    intents: Sequence[Intent]
    look_again: datetime | None


def decide(floor: Floor, now: datetime) -> Decision:
    """Decide about everything on the floor. What is given or taken away is promised, and not
    decided again until the promise is kept or broken."""
    intents: list[Intent] = []
    if floor.look_at_people is not None and now >= floor.look_at_people:
        intents += _presences(floor, now)
    if floor.changed_people or (floor.look_at_hands is not None and now >= floor.look_at_hands):
        intents += _released(floor, now)
    for shop in floor.shops_with_a_line():
        intents += _assigned(floor, shop, _serving(floor, shop, now), now)
    return Decision(intents, _look_again(floor, now))


def _presences(floor: Floor, now: datetime) -> Iterator[ChangePresence]:
    """Who has fallen silent, or is heard of again, and the log does not know."""
    for account, person in floor.people.items():
        presence = person.presence(now)
        if presence not in (person.logged, floor.presences_promised.get(account)):
            floor.presences_promised[account] = presence
            floor.changed_people.add(account)
            yield ChangePresence(account, presence.value)
    silences = (person.turns_away_at() for person in floor.people.values())
    ahead = (at for at in silences if at is not None and at > now)
    floor.look_at_people = min(ahead, default=None)


def _serving(floor: Floor, shop: str, now: datetime) -> Agents:
    """Who may serve a shop, with their shares of its chats."""
    agents = {person.account.id: person.agent(now) for person in floor.serving(shop)}
    for account, weight in floor.shops[shop].routing.weights.items():
        if account in agents:
            agents[account] = replace(agents[account], weight=weight)
    return agents


def _released(floor: Floor, now: datetime) -> Iterator[Intent]:
    """Chats that leave their agents, each to the next one if there is any."""
    for chat, cause in _leaving(floor, now):
        intent = _next_hands(floor, chat, cause, _serving(floor, chat.shop, now), now)
        if intent is not None:
            floor.promise(intent, now)
            yield intent
    ends = (patience_ends(floor, chat) for chat in _in_hands(floor, floor.loads))
    due = (end if end > now else now + TRY_AGAIN for end in ends if end is not None)
    floor.look_at_hands = min(due, default=None)


def _leaving(floor: Floor, now: datetime) -> list[tuple[Chat, Cause]]:
    """In the order in which new people should be found."""
    found: dict[str, tuple[Chat, Cause]] = {}
    for chat in list(_in_hands(floor, _whose_hands(floor, now))):
        cause = _cause(floor, chat, now)
        if cause is not None and chat.id not in floor.promised:
            found[chat.id] = chat, cause
    wanting = [waiting_of(chat) for chat, _ in found.values() if chat.wanting_since is not None]
    urgent = {each.conversation: None for each in order(Policy(), wanting, now, 0)}
    return [found[chat_id] for chat_id in (urgent | dict.fromkeys(found))]


def _whose_hands(floor: Floor, now: datetime) -> Iterable[str]:
    """Whose chats to look at: of those who changed, or of all when patience may have ended."""
    changed = sorted(floor.changed_people)
    floor.changed_people.clear()
    is_due = floor.look_at_hands is not None and now >= floor.look_at_hands
    return list(floor.loads) if is_due else changed


def _cause(floor: Floor, chat: Chat, now: datetime) -> Cause | None:
    holder = chat.holder
    person = floor.people.get(holder or "")
    held = floor.loads.held_by(holder or "").get(chat.id)
    if person is None or held is None:
        return None
    agent = person.agent(now) if may(person.account, ANSWER, chat.shop) else None
    policy = policy_for(floor.shops[chat.shop].routing, chat.wanted.group)
    return cause_to_release(policy, agent, held, now)


def _next_hands(
    floor: Floor, chat: Chat, cause: Cause, agents: Agents, now: datetime
) -> Assign | Release | None:
    holder = chat.holder
    assert holder is not None
    if cause is Cause.UNANSWERED:
        floor.pass_on(chat.id, holder, now)
    if chat.state.waiting_since is not None:
        excluded = floor.excluded(chat.id, now) | {holder}
        policy = policy_for(floor.shops[chat.shop].routing, chat.wanted.group)
        choice = _chosen(floor, policy, chat, agents, excluded, now)
        if choice.account is not None:
            return _assign(chat, choice, left=holder)
        if cause is Cause.UNANSWERED:
            return None  # nobody else could either
    return Release(chat.id, holder, cause.value)


def _in_hands(floor: Floor, accounts: Iterable[str]) -> Iterator[Chat]:
    for account in accounts:
        for chat_id in floor.loads.held_by(account):
            yield floor.chats[chat_id]


def _assigned(floor: Floor, shop: str, agents: Agents, now: datetime) -> Iterator[Intent]:
    """Chats of the line that somebody gets now."""
    online = any(agent.presence is Presence.ONLINE for agent in agents.values())
    since = floor.staffed_since(shop, online, now)
    if since is None:
        return
    for policy, line in _by_policy(floor, shop):
        backlog = [floor.chats[each.conversation] for each in line if each.since < since]
        yield from _kept(floor, _of_the_backlog(floor, policy, backlog, agents, now), now)
        fresh = [each for each in line if each.since >= since]
        yield from _of_the_line(floor, policy, fresh, agents, now)


def _by_policy(floor: Floor, shop: str) -> Iterable[tuple[Policy, Sequence[Waiting]]]:
    routing, line = floor.shops[shop].routing, list(floor.line(shop))
    if not routing.group_policies:
        return [(routing.policy, line)]
    by_policy: defaultdict[Policy, list[Waiting]] = defaultdict(list)
    for waiting in line:
        group = floor.chats[waiting.conversation].wanted.group
        by_policy[policy_for(routing, group)].append(waiting)
    return by_policy.items()


def _of_the_line(
    floor: Floor, policy: Policy, line: Sequence[Waiting], agents: Agents, now: datetime
) -> Iterator[Assign]:
    """In the policy's order, for as long as anybody is free. Else only those are looked at whose
    last contact may have them all the same."""
    in_vain: set[object] = set()
    for waiting in _in_order(floor, policy, line, agents, now):
        chat = floor.chats[waiting.conversation]
        excluded = floor.excluded(chat.id, now)
        wish = _wish(chat, excluded)
        if wish in in_vain and not _contact_is_there(chat, agents):
            continue
        choice = _chosen(floor, policy, chat, agents, excluded, now)
        if choice.account is None:
            in_vain.add(wish)
        else:
            yield from _kept(floor, [_assign(chat, choice)], now)


def _in_order(
    floor: Floor, policy: Policy, line: Sequence[Waiting], agents: Agents, now: datetime
) -> Iterator[Waiting]:
    """A long line is not put in order for the few who are free, nor for nobody."""
    free = sum(_is_free(floor, policy, agent, now) for agent in agents.values())
    key = urgency(policy, now, USUAL_SECONDS_PER_REPLY)
    if free == 0 or len(line) > SHORT_LINE * (free + 1):
        ahead = nsmallest(SHORT_LINE * free, line, key=key)
        yield from ahead
        if floor.known_buyers:
            told = {each.conversation for each in ahead}
            known = (each for each in line if each.conversation in floor.known_buyers - told)
            yield from sorted(known, key=key)
        if not any(_is_free(floor, policy, agent, now) for agent in agents.values()):
            return
    yield from sorted(line, key=key)


def _is_free(floor: Floor, policy: Policy, agent: Agent, now: datetime) -> bool:
    """Whether an agent may get anything at all."""
    return may_get_any(policy, agent, floor.loads.get(agent.account, NOTHING), now)


def _of_the_backlog(
    floor: Floor, policy: Policy, chats: Sequence[Chat], agents: Agents, now: datetime
) -> list[Assign]:
    """What gathered while nobody was there is spread over those who come."""
    if not chats:
        return []
    by_id = {chat.id: chat for chat in chats}
    requests = [request_of(chat, floor.excluded(chat.id, now)) for chat in chats]
    contacts = {chat.buyer: each for chat in chats if (each := last_contact(chat.state))}
    given = spread(policy, requests, list(agents.values()), floor.loads, contacts, now)
    return [
        _assign(by_id[each.request.conversation], each.choice)
        for each in given
        if each.choice.account is not None
    ]


def _kept(floor: Floor, intents: Iterable[Assign], now: datetime) -> Iterator[Assign]:
    for intent in intents:
        floor.promise(intent, now)
        yield intent


def _chosen(
    floor: Floor,
    policy: Policy,
    chat: Chat,
    agents: Agents,
    excluded: frozenset[str],
    now: datetime,
) -> Choice:
    request, contact = request_of(chat, excluded), last_contact(chat.state)
    return choose(policy, agents.values(), floor.loads, request, contact, now)


def _assign(chat: Chat, choice: Choice, left: str | None = None) -> Assign:
    assert choice.account is not None
    why = choice.reasons[choice.account]
    reason = why.by.value if why.reason is Reason.AHEAD and why.by else why.reason.value
    return Assign(chat.id, choice.account, reason, left, chat.wanted.group)


def _wish(chat: Chat, excluded: frozenset[str]) -> object:
    """What tells two chats apart for routing, but for who spoke with their buyers last."""
    asks = chat.wanted
    skills = tuple(sorted(asks.skills.items()))
    return chat.channel, asks.group, skills, asks.language, asks.band, excluded


def _contact_is_there(chat: Chat, agents: Agents) -> bool:
    contact = last_contact(chat.state)
    agent = agents.get(contact.account) if contact else None
    return agent is not None and agent.presence is Presence.ONLINE


def _look_again(floor: Floor, now: datetime) -> datetime | None:
    """The next instant at which time alone may change a decision."""
    in_line = now + LOOK_AGAIN if floor.shops_with_a_line() else None
    instants = (floor.look_at_people, floor.look_at_hands, in_line)
    return min((at for at in instants if at is not None and at > now), default=None)
