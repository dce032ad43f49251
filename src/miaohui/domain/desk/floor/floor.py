"""The floor itself: events in, changes out, and what is promised but not yet in the log."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import UTC, datetime, timedelta

import msgspec

from miaohui.domain.conversation.replies import counts
from miaohui.domain.desk.floor.chats import (
    Chat,
    clocked,
    goes_on_waiting,
    heard,
    held_of,
    last_contact,
    opened,
    waiting_of,
)
from miaohui.domain.desk.floor.loads import Loads
from miaohui.domain.desk.floor.people import Health, Person
from miaohui.domain.desk.floor.rules import ShopRules, Steering
from miaohui.domain.desk.routing.ordering import Waiting
from miaohui.domain.desk.routing.sorting import policy_for
from miaohui.domain.directory.accounts import Account
from miaohui.domain.directory.permission import may
from miaohui.domain.directory.presence import Presence
from miaohui.domain.directory.rights import Right
from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.intents import Assign, ChangePresence, Intent, Release

# For so long nobody is given again what they passed on or did not come to.
PASSED_ON_FOR = timedelta(minutes=1)
AT_ONCE = datetime.min.replace(tzinfo=UTC)
ANSWER = Right.CHATS_ANSWER
GIVING = frozenset({"assigned", "unassigned", "transferred", "closed"})


class Change(msgspec.Struct, frozen=True):
    """A chat before and after an event. `answers`: it is a counted reply; `late`: it came behind
    others or moved one, or after an erasure, so that whoever follows the chat needs it anew."""

    before: Chat
    after: Chat
    event: Event
    answers: bool = False
    late: bool = False


class Floor:
    """All that the desk decides from. Time never goes back."""

    def __init__(self) -> None:
        self.chats: dict[str, Chat] = {}
        self.people: dict[str, Person] = {}
        self.shops: dict[str, ShopRules] = {}
        self.loads = Loads()
        self.promised: dict[str, Assign | Release] = {}
        self.presences_promised: dict[str, Presence] = {}
        # When to look whether chats should leave their agents; None: not before anything happens.
        self.look_at_hands: datetime | None = AT_ONCE
        # Whose chats to look at before that, and when somebody's silence may have lasted too long.
        self.changed_people: set[str] = set()
        self.look_at_people: datetime | None = AT_ONCE
        # Chats in line whose buyers somebody has spoken with before.
        self.known_buyers: set[str] = set()
        self._line: defaultdict[str, dict[str, Waiting]] = defaultdict(dict)
        self._passed_on: defaultdict[str, dict[str, datetime]] = defaultdict(dict)
        self._staffed_since: dict[str, datetime] = {}
        self._serving: dict[str, list[Person]] = {}

    # What there is
    def keep_shop(self, shop: str, rules: ShopRules) -> None:
        """A shop is there, or its rules changed."""
        self.shops[shop] = rules
        self.look_at_hands = AT_ONCE
        self._serving.pop(shop, None)
        for chat in [each for each in self.chats.values() if each.shop == shop]:
            steering = rules.channels.get(chat.channel)
            if steering is not None:
                self._place(chat, clocked(chat, steering, rules.routing.rules))

    def keep_account(self, account: Account) -> None:
        """A sub-account is there, or changed."""
        self.people.setdefault(account.id, Person(account)).be(account)
        self.changed_people.add(account.id)
        self.look_at_people = AT_ONCE
        self._serving.clear()

    def steering(self, shop: str, channel: str) -> Steering | None:
        """How chats of a channel are steered; None for one that is not live."""
        rules = self.shops.get(shop)
        return None if rules is None else rules.channels.get(channel)

    # What happens
    def enter(self, chat: Chat, history: Collection[Event]) -> Chat:
        """Bring a chat of a live channel on the floor, or anew, with all the log knows of it."""
        rules = self.shops[chat.shop]
        steering = rules.channels[chat.channel]
        known = clocked(opened(chat, history, steering), steering, rules.routing.rules)
        self._place(self.chats.get(chat.id, known), known)
        return known

    def name(self, chat_id: str, conversation: str, buyer: str) -> None:
        """What a chat and its buyer are called: known again when somebody erased comes back."""
        chat = self.chats[chat_id]
        if (chat.conversation, chat.buyer) != (conversation, buyer):
            self.chats[chat_id] = msgspec.structs.replace(
                chat, conversation=conversation, buyer=buyer
            )

    def erase(self, chat_id: str, conversation: str = "", buyer: str = "") -> None:
        """The buyer of a chat is erased: nobody has it or is to do anything in it, and it is called
        what erased ones are called."""
        chat = self.chats[chat_id]
        self.leave(chat_id)
        erased = msgspec.structs.replace(
            chat, conversation=conversation, buyer=buyer, is_erased=True
        )
        steering = self.shops[chat.shop].channels[chat.channel]
        self.chats[chat_id] = clocked(erased, steering, ())

    def hear(self, chat_id: str, event: Event) -> Change:
        """Take in the next event of a chat that is on the floor."""
        before = self.chats[chat_id]
        rules = self.shops[before.shop]
        steering = rules.channels[before.channel]
        after = heard(before, event, steering)
        if before.is_erased:  # somebody erased is back, or the platform tells of them once more
            after = msgspec.structs.replace(after, is_erased=False)
        if not goes_on_waiting(before, after, event):
            after = clocked(after, steering, rules.routing.rules)
        self._note_answer(before, after, event)
        self._note_giving(after, event)
        self._place(before, after)
        terms = steering.terms
        answers = counts(terms.replies, event, terms.zone)
        is_new = before.is_erased or _came_late(before, after)
        return Change(before, after, event, answers, is_new)

    def hear_presence(
        self, account: str, presence: Presence, chosen: bool, at: datetime = AT_ONCE
    ) -> None:
        """Somebody is something else from an instant on, as the log says; `chosen`: because
        somebody wanted it, not for their silence."""
        self.presences_promised.pop(account, None)
        person = self.people.get(account)
        if person is not None:
            person.log(presence, at)
            if chosen:
                person.choose(presence)
            self.changed_people.add(account)
            self.look_at_people = AT_ONCE

    def beat(self, account: str, device: str, health: Health | None, now: datetime) -> None:
        """A page of an account was heard of."""
        person = self.people[account]
        person.beat(device, health, now)
        if person.presence(now) is not person.logged:
            self.look_at_people = AT_ONCE

    def forget(self, chat_ids: Iterable[str]) -> None:
        """Drop chats that are at rest: the log knows them."""
        for chat_id in chat_ids:
            chat = self.chats.get(chat_id)
            if chat is not None and not chat.is_restless:
                del self.chats[chat_id]
                self._passed_on.pop(chat_id, None)

    def leave(self, chat_id: str) -> None:
        """A chat is no longer the desk's: its channel was closed."""
        chat = self.chats.pop(chat_id)
        promise = self.promised.pop(chat_id, None)
        promised = promise.account if isinstance(promise, Assign) else None
        for account in (chat.holder, promised):
            if account is not None:
                self.loads.let_go(account, chat_id)
        self._leave_line(chat)
        self._passed_on.pop(chat_id, None)

    # What is decided
    def promise(self, intent: Assign | Release, now: datetime) -> None:
        """Hold to a decision until the log has it: nobody decides on that chat again, and what
        is given counts as load."""
        chat = self.chats[intent.chat]
        self.promised[chat.id] = intent
        self._leave_line(chat)
        left = intent.left if isinstance(intent, Assign) else intent.account
        if left is not None:
            self.loads.let_go(left, chat.id)
        if isinstance(intent, Assign):
            self.loads.hold(intent.account, msgspec.structs.replace(held_of(chat), given_at=now))
            self.loads.give(intent.account, now)

    def break_promise(self, intent: Intent) -> None:
        """The log did not take a decision: all stands as before."""
        if isinstance(intent, ChangePresence):
            self.presences_promised.pop(intent.account, None)
            return
        self.promised.pop(intent.chat, None)
        if isinstance(intent, Assign):
            self.loads.let_go(intent.account, intent.chat)
        if intent.chat in self.chats:
            self._place(self.chats[intent.chat], self.chats[intent.chat])

    def pass_on(self, chat_id: str, account: str, now: datetime) -> None:
        """Somebody passed a chat on, or did not come to it: it goes to others first."""
        self._passed_on[chat_id][account] = now + PASSED_ON_FOR

    # What is seen
    def line(self, shop: str) -> Collection[Waiting]:
        """The chats of a shop that somebody is to see to and that nobody has, in no order."""
        return self._line[shop].values()

    def serving(self, shop: str) -> list[Person]:
        """Everybody who may answer in a shop."""
        if shop not in self._serving:
            everybody = self.people.values()
            may_answer = (each for each in everybody if may(each.account, ANSWER, shop))
            self._serving[shop] = list(may_answer)
        return self._serving[shop]

    def shops_with_a_line(self) -> list[str]:
        """Shops in which anything waits in line."""
        return [shop for shop, waiting in self._line.items() if waiting]

    def excluded(self, chat_id: str, now: datetime) -> frozenset[str]:
        """Who passed a chat on of late."""
        passed_on = self._passed_on.get(chat_id, {})
        return frozenset(account for account, until in passed_on.items() if now < until)

    def staffed_since(self, shop: str, online: bool, now: datetime) -> datetime | None:
        """Since when anybody has been online for a shop; None: nobody is."""
        if not online:
            self._staffed_since.pop(shop, None)
            return None
        return self._staffed_since.setdefault(shop, now)

    def _place(self, before: Chat, after: Chat) -> None:
        """Put a chat where it belongs: in somebody's hands, in line, or aside."""
        self.chats[after.id] = after
        if before.holder is not None and before.holder != after.holder:
            self.loads.let_go(before.holder, after.id)
        if after.id in self.promised:
            return
        if after.holder is not None:
            self.loads.hold(after.holder, held_of(after))
            self._note_patience(after)
        rules = self.shops[after.shop]
        if after.needs_somebody and after.channel not in rules.left_alone:
            self._line[after.shop][after.id] = waiting_of(after)
            if last_contact(after.state) is not None:
                self.known_buyers.add(after.id)
        else:
            self._leave_line(after)

    def _leave_line(self, chat: Chat) -> None:
        self._line[chat.shop].pop(chat.id, None)
        self.known_buyers.discard(chat.id)

    def _note_patience(self, chat: Chat) -> None:
        """When an agent will have had this waiting chat for too long."""
        ends = patience_ends(self, chat)
        if ends is not None and (self.look_at_hands is None or ends < self.look_at_hands):
            self.look_at_hands = ends

    def _note_answer(self, before: Chat, after: Chat, event: Event) -> None:
        """How long an answer took, and that those who passed the chat on may have it again."""
        since = before.state.waiting_since
        if since is None or after.state.waiting_since is not None:
            return
        self._passed_on.pop(after.id, None)
        contact = last_contact(after.state)
        if contact is not None and contact.account in self.people:
            self.people[contact.account].answered(since, before.state.life.given_at, event.at)

    def _note_giving(self, after: Chat, event: Event) -> None:
        """A promise is kept once the log has it; whatever else was given counts as well."""
        if event.kind not in GIVING:
            return
        promise = self.promised.pop(after.id, None)
        promised = promise.account if isinstance(promise, Assign) else None
        if promised is not None and promised != after.holder:
            self.loads.let_go(promised, after.id)
        if after.holder is not None and after.holder != promised and event.kind != "closed":
            self.loads.give(after.holder, event.at)


def patience_ends(floor: Floor, chat: Chat) -> datetime | None:
    """Until when an agent may leave a buyer waiting; None: for ever, or nobody waits."""
    since, given_at = chat.state.waiting_since, chat.state.life.given_at
    policy = policy_for(floor.shops[chat.shop].routing, chat.wanted.group)
    if since is None or given_at is None or policy.unanswered_after is None:
        return None
    return max(since, given_at) + policy.unanswered_after


def _came_late(before: Chat, after: Chat) -> bool:
    """Whether the conversation was folded anew rather than grown at its end."""
    known = before.state.standings
    return after.state.standings[: len(known)] != known
