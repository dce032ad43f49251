"""The desk's own policies dressed for the rush: `choose` and `first` decide, nothing else."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from miaohui.domain.desk.routing.choosing import choose
from miaohui.domain.desk.routing.ordering import Waiting, first
from miaohui.domain.desk.routing.people import Agent, Held, Load
from miaohui.domain.desk.routing.policy import Policy
from miaohui.domain.desk.routing.reassigning import Cause, cause_to_release
from miaohui.domain.desk.routing.requests import Request
from miaohui.domain.traffic.rush.play import Chat, Clerk, Floor
from miaohui.domain.vocabulary.instants import EPOCH

SHOP, CHANNEL = "shop-0001", "simulator"


class DeskRouting:
    """A policy of the desk as a `Routing` of the rush, for one play.

    In the rush a chat takes its place until it is closed, under every policy alike.
    """

    def __init__(self, policy: Policy, answer_within_seconds: int) -> None:
        self.policy = replace(policy, idle_after=None)
        # An agent who asks for the next round is free, whatever still waits with them.
        self.of_the_free = replace(self.policy, waiting_at_most=None)
        self.answer_within = timedelta(seconds=answer_within_seconds)
        self.chats: dict[str, Chat] = {}

    def place(self, at: int, floor: Floor) -> tuple[Chat, Clerk] | None:
        """The chat that is first in line, to whom `choose` says."""
        if not any(self._might_take(clerk) for clerk in floor.clerks):
            return None
        chat = self._first(at, floor.line)
        clerk = None if chat is None else self._chosen(self.policy, at, chat, floor.clerks)
        return None if chat is None or clerk is None else (chat, clerk)

    def next(self, at: int, clerk: Clerk, floor: Floor) -> Chat | None:
        """What comes first of the agent's own rounds, the line, and what colleagues give up."""
        if len(clerk.chats) >= clerk.limit:
            return self._first(at, clerk.waiting, clerk)
        others = [*floor.line, *self._given_up(at, clerk, floor)]
        chat = self._first(at, [*clerk.waiting, *others], clerk)
        if chat is None or chat.clerk is clerk:
            return chat
        if self._chosen(self.of_the_free, at, chat, [clerk]):
            return chat
        return self._first(at, clerk.waiting, clerk)

    def _might_take(self, clerk: Clerk) -> bool:
        """Saves asking `choose` where everybody is full, or all have a round to answer."""
        if len(clerk.chats) >= clerk.limit:
            return False
        return self.policy.waiting_at_most is None or clerk.answering is None

    def _given_up(self, at: int, clerk: Clerk, floor: Floor) -> Iterable[Chat]:
        patience = self.policy.unanswered_after
        if patience is None:
            return
        before = at - patience // timedelta(milliseconds=1)
        for other in floor.clerks:
            for chat in other.waiting:
                if other is not clerk and chat.since <= before:
                    agent, load = _known(other, self)
                    held = next(each for each in load.held if self.chats[each.conversation] is chat)
                    cause = cause_to_release(self.policy, agent, held, instant(at))
                    if cause is Cause.UNANSWERED:
                        yield chat

    def _first(self, at: int, chats: Sequence[Chat], clerk: Clerk | None = None) -> Chat | None:
        if len(chats) < 2:
            return chats[0] if chats else None
        rounds = [self.waiting(chat) for chat in chats]
        speed = {} if clerk is None else {"seconds_per_reply": clerk.reply_takes / 1000}
        found = first(self.policy, rounds, instant(at), **speed)
        return None if found is None else self.chats[found.conversation]

    def _chosen(self, policy: Policy, at: int, chat: Chat, clerks: list[Clerk]) -> Clerk | None:
        waiting = self.waiting(chat)
        known = [_known(clerk, self) for clerk in clerks]
        request = Request(
            shop=SHOP,
            channel=CHANNEL,
            conversation=waiting.conversation,
            buyer=waiting.conversation,
            waiting_since=waiting.since,
            deadline=waiting.deadline,
            excluded=frozenset() if chat.clerk is None else frozenset((_account(chat.clerk),)),
        )
        choice = choose(
            policy,
            [agent for agent, _ in known],
            {agent.account: load for agent, load in known},
            request,
            None,
            instant(at),
        )
        chosen = (clerk for clerk in clerks if _account(clerk) == choice.account)
        return next(chosen, None)

    def waiting(self, chat: Chat) -> Waiting:
        """The round that waits in a chat, or waited last, as the desk sees it."""
        if chat.note is None:
            since = instant(chat.since)
            name = f"c{chat.number:06d}"
            chat.note = Waiting(conversation=name, since=since, deadline=since + self.answer_within)
            self.chats[name] = chat
        return chat.note


def instant(at: int) -> datetime:
    """Milliseconds of the rush as an instant; which day it is does not matter."""
    return EPOCH + timedelta(milliseconds=at)


def _account(clerk: Clerk) -> str:
    return f"客服{clerk.number + 1:02d}"


def _known(clerk: Clerk, routing: DeskRouting) -> tuple[Agent, Load]:
    """The agent and their load as the desk sees them, made anew only after a change."""
    if clerk.note is None or clerk.note[0] != clerk.changes:
        given = clerk.last_given_at
        agent = Agent(
            account=_account(clerk),
            capacity=clerk.limit,
            seconds_per_reply=clerk.reply_takes / 1000,
        )
        load = Load(
            held=tuple(_held(chat, routing) for chat in clerk.chats),
            last_assigned_at=None if given is None else instant(given),
        )
        clerk.note = (clerk.changes, agent, load)
    return clerk.note[1:]


def _held(chat: Chat, routing: DeskRouting) -> Held:
    waiting, clerk = routing.waiting(chat), chat.clerk
    assert clerk is not None
    waits = chat is clerk.answering or chat in clerk.waiting
    return Held(
        conversation=waiting.conversation,
        channel=CHANNEL,
        active_at=waiting.since,
        waiting_since=waiting.since if waits else None,
        deadline=waiting.deadline if waits else None,
    )
