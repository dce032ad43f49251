"""What the numbers in light rows are called outside."""

from miaohui.domain.traffic.agents import team_size
from miaohui.domain.traffic.book import Book
from miaohui.domain.traffic.settings import TrafficSettings
from miaohui.domain.traffic.shops import ShopTraffic


class Names:
    """The words of one shop: its accounts by number, and how its ids are made."""

    __slots__ = ("accounts", "channel", "shop", "texts")

    def __init__(self, settings: TrafficSettings, shop: ShopTraffic, book: Book) -> None:
        self.shop = shop.name
        self.channel = settings.channel
        self.texts = book.texts
        team = team_size(settings.agents, shop)
        self.accounts = [f"{shop.name}:客服{number + 1:02d}" for number in range(team)]

    def conversation(self, chat: int) -> str:
        """A conversation's id."""
        return f"{self.shop}-c{chat}"

    def buyer(self, chat: int) -> str:
        """A buyer's id."""
        return f"{self.shop}-b{chat}"

    def order(self, order: int) -> str:
        """An order's number."""
        return f"{self.shop}-o{order}"

    def source_id(self, number: int) -> str:
        """The channel's own id of an event."""
        return f"{self.shop}-{number}"
