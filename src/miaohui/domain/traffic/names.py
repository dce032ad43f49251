"""What the numbers in light rows are called outside."""

from miaohui.domain.traffic.agents import team_size
from miaohui.domain.traffic.book import Book
from miaohui.domain.traffic.settings import TrafficSettings
from miaohui.domain.traffic.shops import ShopTraffic
from miaohui.domain.traffic.words import NICKNAMES


class Names:
    """The words of one shop: its accounts by number, and how its ids are made.

    `turn`: one of several plays of the same shop, whose ids differ; its buyers have nicknames.
    """

    __slots__ = ("_stem", "_turn", "accounts", "channel", "shop", "texts")

    def __init__(
        self, settings: TrafficSettings, shop: ShopTraffic, book: Book, turn: int | None = None
    ) -> None:
        self.shop = shop.name
        self.channel = settings.channel
        self.texts = book.texts
        team = team_size(settings.agents, shop)
        self.accounts = [f"{shop.name}:客服{number + 1:02d}" for number in range(team)]
        self._turn = turn
        self._stem = shop.name if turn is None else f"{shop.name}-{turn}"

    def conversation(self, chat: int) -> str:
        """A conversation's id."""
        return f"{self._stem}-c{chat}"

    def chat(self, conversation: str) -> int | None:
        """The number of one of this play's conversations; None for any other."""
        stem, _, number = conversation.rpartition("-c")
        return int(number) if stem == self._stem and number.isdecimal() else None

    def buyer(self, chat: int) -> str:
        """A buyer's id."""
        if self._turn is None:
            return f"{self._stem}-b{chat}"
        return f"{NICKNAMES[chat % len(NICKNAMES)]}{self._turn}-{chat}"

    def order(self, order: int) -> str:
        """An order's number."""
        return f"{self._stem}-o{order}"

    def source_id(self, number: int) -> str:
        """The channel's own id of an event."""
        return f"{self._stem}-{number}"
