"""What one buyer does: how much they write, how long they wait, whether they come again."""

from miaohui.domain.traffic.book import Book, Dialogue, Phrases
from miaohui.domain.traffic.chance import Dice, choices, durations
from miaohui.domain.traffic.settings import BuyerSettings


class Buyer:
    """A person for ever: one conversation, the last agent, the last order."""

    __slots__ = ("chat", "here", "last_agent", "order", "visits")

    def __init__(self, chat: int) -> None:
        self.chat = chat
        self.visits = 0
        self.order = 0
        self.here = False
        self.last_agent: object | None = None


class Habits:
    """The buyers' settings as tables to draw from; all times in milliseconds."""

    __slots__ = (
        *("between", "comes_back_after", "messages", "patience", "rates_after", "ratings"),
        *("rounds", "settings", "thinking"),
    )

    def __init__(self, settings: BuyerSettings) -> None:
        self.settings = settings
        self.rounds = choices(settings.rounds)
        self.messages = choices(settings.messages)
        self.ratings = choices(settings.ratings)
        self.comes_back_after = choices(settings.comes_back_after)
        self.between = durations(settings.between_messages)
        self.thinking = durations(settings.thinking)
        self.patience = durations(settings.patience)
        self.rates_after = durations(settings.rates_after)


def rounds_wanted(habits: Habits, dialogue: Dialogue, dice: Dice) -> int:
    """How many rounds of the dialogue the buyer needs."""
    return min(1 + dice.draw(habits.rounds), len(dialogue.rounds))


def messages_of_round(
    habits: Habits, book: Book, asks: Phrases, first_round: bool, dice: Dice
) -> Phrases:
    """The texts that the buyer writes in a round, one after the other."""
    texts = asks[: 1 + dice.draw(habits.messages)]
    if first_round and dice.happens(habits.settings.says_hello):
        return (dice.pick(book.hellos), *texts)
    return texts


def days_until_return(habits: Habits, dice: Dice) -> int:
    """After how many days the buyer comes back; 0 is never."""
    if not dice.happens(habits.settings.comes_back):
        return 0
    return 1 + dice.draw(habits.comes_back_after)
