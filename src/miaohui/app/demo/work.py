"""What an agent who is played does next. No clock and no chance of its own: seconds and dice are
handed in."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from math import log

from miaohui.domain.conversation.card import Card
from miaohui.domain.traffic.agents import FULL_SHIFT_HOURS, Craft
from miaohui.domain.traffic.chance import Dice

LONGEST_IDLE = 5.0
FAREWELL_SHORTENS = 0.3
Cards = Mapping[str, Card]


def is_own(card: Card | None, account: str) -> bool:
    """Whether a chat is in an account's hands."""
    return card is not None and card.life.account == account


class Work:
    """The order in which one agent does things, `pace` times as fast as a person."""

    def __init__(self, account: str, craft: Craft, dice: Dice, pace: float) -> None:
        self._account = account
        self._craft = craft
        self._dice = dice
        self._pace = pace
        # Since when a buyer waits, and at how many messages the chat is overlooked: 0 at none.
        self._seen: dict[str, tuple[datetime | None, int]] = {}
        self._close_at: dict[str, float] = {}
        self._break_at: float | None = None

    def next_to_answer(self, cards: Cards) -> str | None:
        """The own chat whose buyer waits longest; the overlooked wait until they ask again."""
        self._seen = {chat: seen for chat, seen in self._seen.items() if chat in cards}
        waiting = [
            (card.waiting_since, chat)
            for chat, card in self._own(cards)
            if card.waiting_since is not None and not self._overlooks(chat, card)
        ]
        return min(waiting)[1] if waiting else None

    def next_to_close(self, cards: Cards, now: float) -> str | None:
        """An own chat in which nothing more was said for a while."""
        quiet = {chat for chat, card in self._own(cards) if card.waiting_since is None}
        self._close_at = {chat: at for chat, at in self._close_at.items() if chat in quiet}
        for chat in quiet - self._close_at.keys():
            self._close_at[chat] = now + self._lingers()
        due = [(at, chat) for chat, at in self._close_at.items() if at <= now]
        return min(due)[1] if due else None

    def answered(self, chat: str, farewell: bool, now: float) -> None:
        """The buyer may go on, or was seen off."""
        self._close_at[chat] = now + self._lingers() * (FAREWELL_SHORTENS if farewell else 1)

    def closed(self, chat: str, now: float) -> None:
        """The chat was closed, or could not be: it is looked at again in a while."""
        self._close_at[chat] = now + self._lingers()

    def wants_a_break(self, now: float) -> bool:
        """Now and then, by chance; after that not for a while."""
        due = self._break_at is not None and now >= self._break_at
        if due or self._break_at is None:
            between = FULL_SHIFT_HOURS * 3600 / self._craft.settings.absences / self._pace
            self._break_at = now - log(1 - self._dice.random()) * between
        return due

    def slowness(self, cards: Cards) -> float:
        """How many times as long everything takes with so many chats at once."""
        chats = sum(1 for _ in self._own(cards))
        return 1 + self._craft.settings.slowdown * max(chats - 1, 0)

    def idle_seconds(self, now: float) -> float:
        """For how long there is nothing to do unless the house tells something."""
        return max(min([LONGEST_IDLE, *(at - now for at in self._close_at.values())]), 0.0)

    def _own(self, cards: Cards) -> Iterator[tuple[str, Card]]:
        return ((chat, card) for chat, card in cards.items() if is_own(card, self._account))

    def _overlooks(self, chat: str, card: Card) -> bool:
        seen = self._seen.get(chat)
        if seen is None or seen[0] != card.waiting_since:
            at = card.waiting if self._dice.happens(self._craft.settings.overlooks) else 0
            seen = self._seen[chat] = (card.waiting_since, at)
        return seen[1] == card.waiting

    def _lingers(self) -> float:
        return self._dice.draw(self._craft.lingers) / 1000 / self._pace
