"""A shop's floor for tests: events happen, the desk decides, and what it decides comes true."""

from collections.abc import Iterable
from datetime import timedelta

from msgspec.structs import replace
from tests.events import at, happens

from miaohui.adapters.pack_files.library import load_pack
from miaohui.domain.desk.floor.chats import Chat
from miaohui.domain.desk.floor.deciding import decide
from miaohui.domain.desk.floor.floor import Change, Floor
from miaohui.domain.desk.floor.people import Health
from miaohui.domain.desk.floor.rules import ShopRules, steering_of
from miaohui.domain.desk.routing.sorting import RoutingSettings
from miaohui.domain.directory.accounts import Account, Shops
from miaohui.domain.directory.presence import Presence
from miaohui.domain.directory.rights import AGENT
from miaohui.domain.vocabulary.events import Event
from miaohui.domain.vocabulary.intents import Assign, ChangePresence, Intent, Release

STEERING = steering_of(load_pack("pdd"))
TEA = Shops(only=frozenset({"tea"}))


class Evening:
    """The floor of the tea shop and its time. What is decided comes into the log at once."""

    def __init__(self, routing: RoutingSettings | None = None) -> None:
        self.floor = Floor()
        self.now = at("10:00:00")
        self.seq = 0
        self.left_alone: frozenset[str] = frozenset()
        self.rule(routing or RoutingSettings())

    def rule(self, routing: RoutingSettings) -> None:
        self.floor.keep_shop("tea", ShopRules(routing, {"webchat": STEERING}, self.left_alone))

    def agent(self, name: str, presence: Presence = Presence.ONLINE, **more: object) -> None:
        given = {"role": AGENT, "shops": TEA, **more}
        self.floor.keep_account(Account(name, name, **given))  # type: ignore[arg-type]
        self.floor.hear_presence(name, presence, chosen=True)
        self.beat(name)

    def beat(self, *names: str) -> None:
        for name in names or tuple(self.floor.people):
            self.floor.beat(name, "pc", Health(), self.now)

    def wait(self, seconds: float) -> "Evening":
        self.now += timedelta(seconds=seconds)
        return self

    def hear(self, event: Event) -> Change:
        chat = event.buyer
        self.seq += 1
        event = replace(event, seq=self.seq, source_id=event.source_id or f"e{self.seq}")
        if chat not in self.floor.chats:
            self.floor.enter(Chat(chat, "tea", "webchat", chat, chat), ())
        return self.floor.hear(chat, event)

    def asks(self, *buyers: str) -> None:
        for buyer in buyers:
            self.happens("text", buyer, actor="buyer")

    def answers(self, account: str, *buyers: str) -> None:
        for buyer in buyers:
            self.happens("text", buyer, actor="agent", account=account)

    def happens(self, kind: str, buyer: str, actor: str = "system", **more: object) -> Change:
        event = happens(kind, "10:00:00", actor, buyer=buyer, conversation=buyer, **more)
        return self.hear(replace(event, at=self.now))

    def decide(self) -> list[Intent]:
        """What the desk decides, all of which then happens."""
        intents = list(decide(self.floor, self.now).intents)
        self.comes_true(intents)
        return intents

    def comes_true(self, intents: Iterable[Intent]) -> None:
        for intent in intents:
            match intent:
                case Assign():
                    self.happens("assigned", intent.chat, account=intent.account)
                case Release():
                    self.happens("unassigned", intent.chat)
                case ChangePresence():
                    presence = Presence(intent.presence)
                    self.floor.hear_presence(intent.account, presence, chosen=False)

    def holders(self) -> dict[str, str | None]:
        return {chat.id: chat.holder for chat in self.floor.chats.values()}
